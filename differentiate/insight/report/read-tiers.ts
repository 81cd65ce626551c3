import { ValueTier } from '@vinculo/customer-file/api/customers';
import type { Warehouse } from '@vinculo/warehouse';
import type { Figures } from './read-report.ts';
import type { Scope } from './scope.ts';

/** The tiers as last scored, of everybody who ever bought: not of the period alone. */
export async function readTiers(warehouse: Pick<Warehouse, 'rows'>, { params, whose }: Scope): Promise<Figures['tiers']> {
  const rows = await warehouse.rows<Figures['tiers'][number]>(
    `select toString(t.tier) as tier, toUInt32(count()) as customers, toFloat64(sum(v.revenue)) as revenue,
            if(countIf(isNotNull(p.profit)) = 0, null, toFloat64(sum(p.profit))) as profit,
            if(countIf(f.model != '') = 0, null, sum(f.lifetime_value)) as lifetimeValue, sum(t.potential) as potential
       from (select customer_id, tier, potential from customer_tier where ${whose}) t
       left join customer_value v on v.customer_id = t.customer_id
       left join customer_profit p on p.customer_id = t.customer_id
       left join customer_forecast f on f.customer_id = t.customer_id
      group by tier`,
    params,
  );
  return ValueTier.options.flatMap((tier) => rows.filter((row) => row.tier === tier));
}
