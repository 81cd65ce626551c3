import type { Target } from '../../ui/link.tsx';

/** The lists behind the numbers of worth. */
export const behind = {
  group: (group: string): Target => ({ to: '/customers', search: { group, sort: '-revenue' } }),
  decile: (decile: number): Target => ({ to: '/customers', search: { decile, sort: '-revenue' } }),
  buyers: (): Target => ({ to: '/customers', search: { buyers: 'yes', sort: '-revenue' } }),
  everyone: (): Target => ({ to: '/customers' }),
};
