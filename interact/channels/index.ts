import { composed, type Feature } from '@vinculo/http';
import { part as entries } from './entries/part.ts';
import { part as log } from './log/part.ts';
import { part as mailbox } from './mailbox/part.ts';
import { part as post } from './post/part.ts';
import { part as replies } from './replies/part.ts';

/** What is said by phone, face to face, on paper and by mail, and becomes part of the customer file. */
export const feature: Feature = {
  name: 'channels',
  migrations: new URL('./migrations/', import.meta.url),
  ...composed([entries, log, replies, post, mailbox]),
};
