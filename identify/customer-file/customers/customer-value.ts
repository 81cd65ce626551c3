import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import type { CustomerValue } from '../api/customers.ts';
import { toScore } from './customer-row.ts';
import { findCustomer, recordIds } from '../identity/find-customer.ts';
import { findScore } from './find-score.ts';

/**
 * The purchases of a customer's records in the company's currency, with their cost: the line's own, or the product's where the line
 * has none. An order is counted where scoring counts it: at its first line, if it brought something in all.
 */
const LINES = `
  select p.*, coalesce(p.cost, toDecimal64(p.quantity * m.cost, 4)) as known_cost, m.category as category,
         sum(p.amount) over whole > 0 and row_number() over (whole order by p.occurred_at, p.line_id) = 1 as is_order
    from (select *, if(order_key = '', toString(line_id), order_key) as of_order from purchase final
           where record_id in {records:Array(UUID)} and currency in ('', {currency:String})) p
    left join (select product_key, cost, category from product final
                where product_key in (select product_key from purchase where record_id in {records:Array(UUID)})) m
      on m.product_key = p.product_key
  window whole as (partition by p.source_id, p.of_order)`;

/** The figures of one customer, from the purchase lines themselves: by month (the last 36), by category, by channel. */
export async function customerValue({ store, warehouse, settings }: Context, id: string): Promise<z.infer<typeof CustomerValue>> {
  const { customer } = await findCustomer(store, id);
  const { timeZone, currency } = await settings.get();
  const [score, records] = await Promise.all([findScore(store, customer.id), recordIds(store, customer.id)]);
  const [byMonth, byCategory, byChannel] = await Promise.all([
    warehouse.rows<{ month: string; revenue: number; margin: number | null; orders: number }>(
      `select * from (
         select formatDateTime(occurred_at, '%Y-%m', {timeZone:String}) as month, toFloat64(sum(amount)) as revenue,
                if(countIf(isNotNull(known_cost)) = 0, null, toFloat64(sumIf(amount - known_cost, isNotNull(known_cost)))) as margin,
                toUInt32(countIf(is_order)) as orders
           from (${LINES}) group by month order by month desc limit 36
       ) order by month`,
      { records, timeZone, currency },
    ),
    warehouse.rows<{ category: string; revenue: number; share: number }>(
      `select category, brought as revenue, if(total = 0, 0, brought / total) as share from (
         select category, toFloat64(sum(amount)) as brought, sum(brought) over () as total from (${LINES}) group by category
       ) order by brought desc limit 12`,
      { records, currency },
    ),
    warehouse.rows<{ channel: string; revenue: number; orders: number }>(
      `select channel, toFloat64(sum(amount)) as revenue, toUInt32(countIf(is_order)) as orders
         from (${LINES}) group by channel order by revenue desc`,
      { records, currency },
    ),
  ]);
  return { score: score ? toScore(score) : null, byMonth, byCategory, byChannel };
}
