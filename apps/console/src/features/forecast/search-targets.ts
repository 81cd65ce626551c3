import type { Target } from '../../ui/link.tsx';

/** The lists behind the numbers of the forecast. */
export const behind = {
  worth: (): Target => ({ to: '/customers', search: { buyers: 'yes', sort: '-lifetime_value' } }),
  alive: (alive: 'likely' | 'unlikely'): Target => ({ to: '/customers', search: { alive, sort: '-lifetime_value' } }),
  month: (month: string): Target => ({ to: '/customers', search: { bought: month, sort: '-revenue' } }),
};
