import { composed, type Feature } from '@vinculo/http';
import { part as collect } from './collect/part.ts';
import { part as load } from './load/part.ts';
import { part as snippet } from './snippet/part.ts';
import { part as watch } from './watch/part.ts';

/** What happens on the web, in apps and at tills, as it happens: taken in at the door, loaded, watched. */
export const feature: Feature = {
  name: 'events',
  migrations: new URL('./migrations/', import.meta.url),
  warehouse: new URL('./warehouse/', import.meta.url),
  ...composed([collect, load, watch, snippet]),
};
