import { composed, type Feature } from '@vinculo/http';
import { part as handBack } from './hand-back/part.ts';
import { part as hooks } from './hooks/part.ts';
import { part as pulls } from './pulls/part.ts';
import { part as webhooks } from './webhooks/part.ts';

/** Data in and out on a schedule or at an event: pulls, webhooks in (hooks) and out, hand-back of customers and scores. */
export const feature: Feature = {
  name: 'connections',
  migrations: new URL('./migrations/', import.meta.url),
  ...composed([pulls, hooks, webhooks, handBack]),
};
