import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import type { CustomerTier } from '../api/tiers.ts';
import type { Worth } from './score.ts';
import { MISSING } from './tier-query.ts';

interface Row {
  tier: z.infer<typeof CustomerTier>['tier'];
  potential: number | null;
  wallet: number | null;
  evidence: string;
  computed_at: string;
}
type Evidence = Record<'worth' | 'profit' | 'place' | 'buyers' | 'spent' | 'alike', string> & { basis: Worth };

/** The tier of a customer and what it was made of; null for who has never bought, or before the first scoring. */
export async function customerTier({ warehouse, settings }: Context, customer: string): Promise<z.infer<typeof CustomerTier> | null> {
  const [row] = await warehouse.rows<Row>(
    `select toString(tier) as tier, potential, wallet, evidence, computed_at from customer_tier where customer_id = {customer:UUID}`,
    { customer },
  );
  if (!row) return null;
  const { currency } = await settings.get();
  const told = JSON.parse(row.evidence) as Evidence;
  return {
    tier: row.tier,
    computedAt: row.computed_at,
    currency,
    basis: told.basis,
    worth: Number(told.worth),
    profit: told.profit === '' ? null : Number(told.profit),
    place: Number(told.place),
    buyers: Number(told.buyers),
    spent: Number(told.spent),
    potential: row.potential,
    wallet: row.wallet,
    alike: Number(told.alike),
    missing: await warehouse.rows<z.infer<typeof CustomerTier>['missing'][number]>(MISSING, { customer }),
  };
}
