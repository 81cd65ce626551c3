import { LoyaltyType } from '@vinculo/customer-file/api/customers';
import type { Warehouse } from '@vinculo/warehouse';
import type { Figures } from './read-report.ts';
import { buyersOf, type Scope } from './scope.ts';

type Types = Figures['loyalty']['types'];

/** Why those who bought come back, as last scored, with what they brought in the period. */
export async function readLoyalty(warehouse: Pick<Warehouse, 'rows'>, scope: Scope): Promise<Figures['loyalty']> {
  const rows = await warehouse.rows<Types[number]>(
    `select toString(l.type) as type, toUInt32(count()) as customers, count() / sum(count()) over () as share, sum(b.spend) as revenue,
            if(countIf(isNotNull(p.profit)) = 0, null, toFloat64(sum(p.profit))) as profit
       from (${buyersOf(scope)}) b
       join (select customer_id, type from customer_loyalty) l on l.customer_id = b.customer_id
       left join (select customer_id, profit from customer_profit) p on p.customer_id = b.customer_id
      where b.orders > 0
      group by type`,
    scope.params,
  );
  return { types: LoyaltyType.options.flatMap((type) => rows.filter((row) => row.type === type)) };
}
