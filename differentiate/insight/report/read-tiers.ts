import { ValueTier } from '@vinculo/customer-file/api/customers';
import type { Warehouse } from '@vinculo/warehouse';
import type { Figures } from './read-report.ts';
import type { Scope } from './scope.ts';

type Tier = Figures['tiers'][number];

/** The tiers as last scored, of everybody who ever bought: not of the period alone. */
export async function readTiers(warehouse: Pick<Warehouse, 'rows'>, { params, whose }: Scope): Promise<Tier[]> {
  const [counted, brought] = await Promise.all([
    warehouse.rows<Pick<Tier, 'tier' | 'customers' | 'potential'>>(
      `select toString(tier) as tier, toUInt32(count()) as customers, sum(potential) as potential from customer_tier where ${whose} group by tier`,
      params,
    ),
    warehouse.rows<Pick<Tier, 'tier' | 'revenue' | 'profit' | 'lifetimeValue'>>(
      `select toString(tier) as tier, toFloat64(sum(revenue)) as revenue, toFloat64(sum(profit)) as profit, sum(lifetime_value) as lifetimeValue
         from fact_customer where ${whose} group by tier`,
      params,
    ),
  ]);
  return ValueTier.options.flatMap((tier) => {
    const [many, money] = [counted.find((row) => row.tier === tier), brought.find((row) => row.tier === tier)];
    return many ? [{ revenue: 0, profit: null, lifetimeValue: null, ...money, ...many }] : [];
  });
}
