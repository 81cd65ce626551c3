import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import type { CustomerTier } from '../api/tiers.ts';
import type { Worth } from './score.ts';
import { MISSING } from './tier-query.ts';

interface Row
  extends Pick<
    z.infer<typeof CustomerTier>,
    'tier' | 'worth' | 'profit' | 'place' | 'buyers' | 'spent' | 'potential' | 'wallet' | 'alike'
  > {
  basis: Worth;
  computed_at: string;
}

/** The tier of a customer and what it was made of; null for who has never bought, or before the first scoring. */
export async function customerTier({ warehouse, settings }: Context, customer: string): Promise<z.infer<typeof CustomerTier> | null> {
  const [row] = await warehouse.rows<Row>(
    `select toString(tier) as tier, potential, wallet, toString(basis) as basis, ifNull(worth, 0) as worth, toFloat64(profit) as profit, place, buyers, spent,
            alike, computed_at
       from customer_tier where customer_id = {customer:UUID}`,
    { customer },
  );
  if (!row) return null;
  const { currency } = await settings.get();
  const { computed_at: computedAt, ...tier } = row;
  return {
    ...tier,
    computedAt,
    currency,
    missing: await warehouse.rows<z.infer<typeof CustomerTier>['missing'][number]>(MISSING, { customer }),
  };
}
