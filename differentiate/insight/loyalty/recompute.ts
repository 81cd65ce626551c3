import type { Context } from '@vinculo/http';
import type { Actor } from '@vinculo/postgres';

/** Has everybody scored again after what scoring reads was changed. One waiting run is enough for any number of changes. */
export const recompute = ({ jobs }: Context, actor: Actor): Promise<string> =>
  jobs.enqueue('insight.score', {}, { actor, key: 'insight.score' });
