import type { Target } from '../../ui/link.tsx';

/** The lists behind the numbers of worth. */
export const behind = {
  group: (group: string): Target => ({ to: '/customers', search: { group, sort: '-revenue' } }),
  decile: (decile: number): Target => ({ to: '/customers', search: { decile, sort: '-revenue' } }),
  best: (percent: number): Target => ({ to: '/customers', search: { best: percent, sort: '-revenue' } }),
  cell: (recency: number, frequency: number): Target => ({ to: '/customers', search: { recency, frequency, sort: '-revenue' } }),
  month: (month: string): Target => ({ to: '/customers', search: { bought: month, sort: '-revenue' } }),
  buyers: (): Target => ({ to: '/customers', search: { buyers: 'yes', sort: '-revenue' } }),
  everyone: (): Target => ({ to: '/customers' }),
};
