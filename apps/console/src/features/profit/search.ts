import { z } from 'zod';
import type { Target } from '../../ui/link.tsx';

/** What may stand in the URL of the list: the words of the API's ProfitCustomersQuery. */
export const profitListSearch = z.object({
  order: z.enum(['worst', 'best']).optional(),
  which: z.enum(['below', 'above', 'unknown']).optional(),
  reason: z.string().optional(),
  decile: z.coerce.number().optional(),
  basis: z.enum(['cost', 'category', 'company']).optional(),
});
export type ProfitListSearch = z.infer<typeof profitListSearch>;

const list = (search: ProfitListSearch): Target => ({ to: '/value/profit/customers', search });

/** The lists behind the figures of profit. */
export const behindProfit = {
  everyone: () => list({ order: 'best' }),
  below: () => list({ which: 'below' }),
  unknown: () => list({ which: 'unknown' }),
  reason: (reason: string) => list({ reason }),
  decile: (decile: number) => list({ decile, order: 'best' }),
  basis: (basis: 'cost' | 'category' | 'company') => list({ basis, order: 'best' }),
};
