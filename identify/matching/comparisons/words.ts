import { wordsOf } from '../prepare-values.ts';
import type { Comparison } from './comparison.ts';
import { byTokens } from './token-sets.ts';

/** Free text (titles, descriptions, authors): by the words two values share, a rare word counting for more, in whatever order. */
export const words: Comparison = {
  columns: [1, 1],
  levels: [
    { is: 'exact', m: 0.25 },
    { is: 'similar', at: 0.9, m: 0.18 },
    { is: 'similar', at: 0.75, m: 0.17 },
    { is: 'similar', at: 0.6, m: 0.15 },
    { is: 'similar', at: 0.45, m: 0.11 },
    { is: 'similar', at: 0.3, m: 0.07 },
    { is: 'similar', at: 0.15, m: 0.04 },
    { is: 'different', m: 0.03 },
  ],
  build: byTokens(wordsOf, { slips: true }),
};
