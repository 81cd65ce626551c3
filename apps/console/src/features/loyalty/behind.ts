import type { Target } from '../../ui/link.tsx';

/** The lists behind the numbers of loyalty. */
export const behind = {
  type: (loyalty: string): Target => ({ to: '/customers', search: { loyalty, sort: '-revenue' } }),
  decile: (loyalty: string, decile: string): Target => ({
    to: '/customers',
    search: { loyalty, decile: Number(decile), sort: '-revenue' },
  }),
  tier: (loyalty: string, tier: string): Target => ({ to: '/customers', search: { loyalty, tier, sort: '-revenue' } }),
  province: (loyalty: string | undefined, province: string): Target => ({
    to: '/customers',
    search: { loyalty, province, sort: '-revenue' },
  }),
};
