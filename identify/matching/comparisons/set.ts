import type { Comparison } from './comparison.ts';
import { byTokens } from './token-sets.ts';

/** Lists of things (tags, genres, authors) parted by `;`, `,`, `|` or `/`: by those two values have in common, in whatever order. */
export const set: Comparison = {
  columns: [1, 1],
  levels: [
    { is: 'exact', m: 0.45 },
    { is: 'similar', at: 0.7, m: 0.2 },
    { is: 'similar', at: 0.4, m: 0.15 },
    { is: 'similar', at: 0.1, m: 0.1 },
    { is: 'different', m: 0.1 },
  ],
  build: byTokens(itemsOf, { slips: false }),
};

export function itemsOf(value: string): string[] {
  return value
    .split(/[;,|/]| - /)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
