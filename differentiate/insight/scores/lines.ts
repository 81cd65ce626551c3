// Every purchase line with who bought it, what it was and what it left: joined once, for all the steps that follow.
import { currentCosts } from '../money/current-costs.ts';
import { marginParameters } from '../money/stated-margins.ts';
import { numberCustomers } from './number-customers.ts';
import { replaceTable } from './replace-table.ts';
import type { ScoreStep } from './score-step.ts';

/**
 * Lines in another currency than the company's are left out rather than added up as if they were the same. The margin of a
 * line comes from its own cost or its product's; without either, from what the company states for the category, or for all.
 */
const LINES = `
  select i.customer_id, cityHash64(p.source_id, if(p.order_key = '', toString(p.line_id), p.order_key)), p.occurred_at, p.source_id, p.order_key,
         p.product_key, m.category, m.subcategory, m.brand, p.channel, p.store, p.quantity, p.amount,
         coalesce(p.cost, toDecimal64(p.quantity * m.cost, 4)) as known_cost,
         coalesce(p.amount - known_cost, toDecimal64(p.amount * m.stated, 4), toDecimal64(p.amount * {companyMargin:Nullable(Decimal(9, 4))}, 4)) as left,
         multiIf(isNotNull(known_cost), 0, isNotNull(m.stated), 1, isNotNull(left), 2, 3) as basis,
         p.discount, p.coupon_discount,
         greatest(ifNull(p.list_amount, p.amount + p.discount + p.coupon_discount), toDecimal64(0, 4)), i.customer_no, toDate(p.occurred_at, {timeZone:String})
    from purchase p final
    join (
      select r.record_id as record_id, r.customer_id as customer_id, n.customer_no as customer_no
        from (select record_id, customer_id from identity final) r join customer_number n on n.customer_id = r.customer_id
    ) i on i.record_id = p.record_id
    left any join (
      select product_key, category, toLowCardinality(subcategory) as subcategory, brand, cost,
             if(has({categories:Array(String)}, category), arrayMap(x -> toDecimal64(x, 4), {categoryMargins:Array(String)})[indexOf({categories:Array(String)}, category)], null) as stated
        from product final
    ) m on m.product_key = p.product_key
   where p.currency in ('', {currency:String})`;

const COLUMNS =
  'customer_id, order_id, occurred_at, source_id, order_key, product_key, category, subcategory, brand, channel, store, quantity, amount, margin, basis, discount, coupon, listed, customer_no, day';

export const linesStep: ScoreStep = {
  name: 'lines',
  after: [],
  async run({ store, warehouse }, { currency, timeZone, signal }) {
    await numberCustomers(warehouse, 'select customer_id from identity final', signal);
    const { table } = await currentCosts(store.db);
    await replaceTable(warehouse, 'customer_line', (next) =>
      warehouse.command(
        `insert into ${next} (${COLUMNS}) select * except (known_cost) from (${LINES})`,
        { currency, timeZone, ...marginParameters(table) },
        { signal },
      ),
    );
  },
};
