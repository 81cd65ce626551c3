// Every purchase line with who bought it, what it was and what it left: joined once, for all the steps that follow.
import { tellWarehouse } from '@vinculo/customer-file';
import { currentCosts } from '../money/current-costs.ts';
import { marginParameters } from '../money/stated-margins.ts';
import { numberCustomers } from './number-customers.ts';
import { fingerprintOf, replaceChanged } from './replace-changed.ts';
import type { ScoreStep } from './score-step.ts';

/**
 * What is known of each product, list beside list, the last entry for those of which nothing is. A list knows no nulls: whether there
 * is a cost, and a margin stated for the category, stands in lists of their own.
 */
const LISTS = {
  key: 'product_key',
  category: 'toString(category)',
  cost: 'ifNull(cost, 0)',
  costed: 'isNotNull(cost)',
  margin: 'if(stated > 0, arrayMap(x -> toDecimal64(x, 4), {categoryMargins:Array(String)})[stated], 0)',
  stated: 'stated > 0',
};
const list = (name: keyof typeof LISTS) => `catalogue.${Object.keys(LISTS).indexOf(name) + 1}`;
const CATALOGUE = `
  select tuple(${Object.values(LISTS)
    .map((value) => `groupArray(${value})`)
    .join(', ')})
    from (
      select product_key, category, cost, indexOf({categories:Array(String)}, category) as stated from product final where product_key != ''
      union all
      select '', '', null, 0
    )`;

/**
 * Lines in another currency than the company's are left out rather than added up as if they were the same. The margin of a
 * line comes from its own cost or its product's; without either, from what the company states for the category, or for all.
 *
 * A product is looked up once for each block of lines it is in, not for each line: words become places of a dictionary first.
 */
const LINES = `
  with (${CATALOGUE}) as catalogue
  select i.customer_id, cityHash64(p.source_id, if(p.order_key = '', toString(p.line_id), p.order_key)), p.occurred_at,
         toString(toLowCardinality(p.source_id)), toLowCardinality(p.product_key) as product, transform(product, ${list('key')}, ${list('category')}, ''),
         p.channel, p.store, p.quantity, p.amount,
         cast(transform(product, ${list('key')}, range(1, toUInt32(length(${list('key')}) + 1)), toUInt32(0)), 'UInt32') as place,
         coalesce(p.cost, if(${list('costed')}[place], toDecimal64(p.quantity * ${list('cost')}[place], 4), null)) as known_cost,
         coalesce(p.amount - known_cost, if(${list('stated')}[place], toDecimal64(p.amount * ${list('margin')}[place], 4), null),
                  toDecimal64(p.amount * {companyMargin:Nullable(Decimal(9, 4))}, 4)) as left,
         multiIf(isNotNull(known_cost), 0, ${list('stated')}[place], 1, isNotNull(left), 2, 3) as basis,
         p.discount, p.coupon_discount,
         greatest(ifNull(p.list_amount, p.amount + p.discount + p.coupon_discount), toDecimal64(0, 4)), i.customer_no, toDate(p.occurred_at, {timeZone:String})
    from purchase p final
    join (
      select r.record_id as record_id, r.customer_id as customer_id, n.customer_no as customer_no
        from (select record_id, customer_id from identity final) r join customer_number n on n.customer_id = r.customer_id
    ) i on i.record_id = p.record_id
   where p.currency in ('', {currency:String})`;

const COLUMNS =
  'customer_id, order_id, occurred_at, source, product_key, category, channel, store, quantity, amount, margin, basis, discount, coupon, listed, customer_no, day';

export const linesStep: ScoreStep = {
  name: 'lines',
  after: [],
  async run({ store, warehouse }, { currency, timeZone, signal }) {
    // Of records saved one by one it hears a moment later: whoever changed before now is to be in the lines.
    await tellWarehouse({ store, warehouse });
    await numberCustomers(warehouse, 'select customer_id from identity final', signal);
    const { table } = await currentCosts(store.db);
    const params = { currency, timeZone, ...marginParameters(table) };
    const content = await fingerprintOf(warehouse, ['purchase', 'identity', 'product'], [LINES, params]);
    await replaceChanged(warehouse, 'customer_line', content, (next) =>
      warehouse.command(`insert into ${next} (${COLUMNS}) select * except (place, known_cost) from (${LINES})`, params, { signal }),
    );
  },
};
