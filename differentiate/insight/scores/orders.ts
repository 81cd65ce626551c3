// The orders of every customer, out of the purchase lines: joined with who is who once, for all the steps that follow.
import { marginParameters } from '../money/stated-margins.ts';
import { currentCosts } from '../money/current-costs.ts';
import { replaceTable } from './replace-table.ts';
import type { ScoreStep } from './score-step.ts';

/**
 * Lines in another currency than the company's are left out rather than added up as if they were the same. The margin of a
 * line comes from its own cost or its product's; without either, from what the company states for the category, or for all.
 */
const ORDERS = `
  select customer_id, cityHash64(source_id, order_name) as order_id, source_id, any(key) as order_key, min(at) as occurred_at, max(at) as last_at,
         sum(paid) as amount, -sumIf(paid, paid < 0) as returned, sum(left) as margin,
         sumIf(paid, isNotNull(left)) as known_revenue, sum(off) as saved, sum(before) as listed, count() as lines,
         any(via) as channel, any(shop) as store, maxIf(weakest, paid != 0) as basis
    from (
      select i.customer_id as customer_id, p.source_id as source_id, p.order_key as key,
             if(p.order_key = '', toString(p.line_id), p.order_key) as order_name, p.occurred_at as at, p.amount as paid,
             coalesce(p.cost, toDecimal64(p.quantity * m.cost, 4)) as known_cost,
             coalesce(paid - known_cost, toDecimal64(paid * m.stated, 4), toDecimal64(paid * {companyMargin:Nullable(Decimal(9, 4))}, 4)) as left,
             multiIf(isNotNull(known_cost), 0, isNotNull(m.stated), 1, isNotNull(left), 2, 3) as weakest,
             toFloat64(p.discount + p.coupon_discount) as off,
             toFloat64(greatest(ifNull(p.list_amount, p.amount + p.discount + p.coupon_discount), toDecimal64(0, 4))) as before,
             p.channel as via, p.store as shop
        from purchase p final
        join (select record_id, customer_id from identity final) i on i.record_id = p.record_id
        left join (select product_key, cost,
                          if(has({categories:Array(String)}, category), arrayMap(m -> toDecimal64(m, 4), {categoryMargins:Array(String)})[indexOf({categories:Array(String)}, category)], null) as stated
                     from product final where isNotNull(cost) or has({categories:Array(String)}, category)) m on m.product_key = p.product_key
       where p.currency in ('', {currency:String})
    )
   group by customer_id, source_id, order_name
  settings join_use_nulls = 1`;

export const ordersStep: ScoreStep = {
  name: 'orders',
  async run({ store, warehouse }, { currency, signal }) {
    const { table } = await currentCosts(store.db);
    await replaceTable(warehouse, 'customer_order', (next) =>
      warehouse.command(`insert into ${next} ${ORDERS}`, { currency, ...marginParameters(table) }, { signal }),
    );
  },
};
