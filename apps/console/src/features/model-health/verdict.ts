import type { ModelHealth } from '@vinculo/customer-file/api/relink';
import type { z } from 'zod';

export type Health = z.infer<typeof ModelHealth>;

/** From here on a field is worth watching, and from here on another world: the usual limits of the population stability index. */
export const SOME_DRIFT = 0.1;
export const MUCH_DRIFT = 0.25;

export interface Verdict {
  is: 'good' | 'watch' | 'bad' | 'unknown' | 'few';
  fields: string[];
}

/** What all of it comes to, in one word. */
export function verdictOf({ since }: Health): Verdict {
  if (!since) return { is: 'unknown', fields: [] };
  const known = since.drift.filter(({ psi }) => psi !== null);
  if (known.length === 0) return { is: 'few', fields: [] };
  const over = (limit: number) => known.filter(({ psi }) => psi! > limit).map(({ field }) => field);
  if (over(MUCH_DRIFT).length > 0) return { is: 'bad', fields: over(MUCH_DRIFT) };
  if (over(SOME_DRIFT).length > 0) return { is: 'watch', fields: over(SOME_DRIFT) };
  return { is: 'good', fields: [] };
}
