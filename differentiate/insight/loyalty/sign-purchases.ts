// The purchases behind a sign: exactly those that were counted, those that speak most first, or the latest where all of them do.
import type { z } from 'zod';
import { findCustomer } from '@vinculo/customer-file';
import type { Context } from '@vinculo/http';
import type { LoyaltyPurchases, LoyaltyPurchasesQuery } from '../api/loyalty.ts';
import { LINES_OF_CUSTOMER } from '../scores/lines-of-customer.ts';
import { IS_PRICED, IS_REDUCED, IS_REWARDED, PRODUCTS } from './fact-query.ts';
import { statedMarket } from './market-facts.ts';

type Asked = z.infer<typeof LoyaltyPurchasesQuery>;
type Item = z.infer<typeof LoyaltyPurchases>['items'][number];

/** Of visits, all that was bought, given and brought back in them; of lines, what was paid of them. */
type Behind = ({ visits: string } | { lines: string }) & { order?: string };

const NO_RIVAL = `o.store in {stores:Array(String)}
  or o.customer_id in (select customer_id from customer_loyalty_fact where customer_id = {customer:UUID} and province in {provinces:Array(String)})`;
/** Which orders `o` or lines `p` a sign is read of, and which of the lines speak most. The rest are read of every visit. */
const BEHIND: Partial<Record<Asked['sign'], Behind>> = {
  sameness: { lines: "p.product_key != ''", order: 'count() over (partition by p.product_key) desc, p.product_key' },
  variety: { lines: "p.category != ''" },
  deals: { lines: IS_REDUCED },
  price: { lines: IS_PRICED, order: 'toFloat64(p.amount + p.coupon) - usual' },
  exclusive: { lines: 'p.product_key in {exclusiveProducts:Array(String)} or p.category in {exclusiveCategories:Array(String)}' },
  contract: { lines: 'p.product_key in {contractProducts:Array(String)} or p.category in {contractCategories:Array(String)}' },
  store: { visits: "o.store != ''" },
  near: { visits: "o.store != ''" },
  channel: { visits: "o.channel != ''" },
  coupons: { visits: IS_REWARDED, order: 'p.coupon > 0 desc' },
  no_rival: { visits: NO_RIVAL },
};

/** What the shelf says less what was paid, where only the list price tells a discount. */
const OFF = `if(${IS_REDUCED}, greatest(p.discount, p.listed - p.amount - p.coupon), p.discount)`;

const isBehind = (behind: Behind) =>
  'lines' in behind
    ? `p.amount > 0 and (${behind.lines})`
    : `p.order_id in (select o.order_id from customer_order o where o.customer_id = {customer:UUID} and o.amount > 0 and (${behind.visits}))`;

/** @throws VIN_CUSTOMER_NOT_FOUND */
export async function signPurchases(
  { store, warehouse, settings }: Context,
  id: string,
  { sign, limit }: Asked,
): Promise<z.infer<typeof LoyaltyPurchases>> {
  const { customer } = await findCustomer(store, id);
  const [{ timeZone }, stated] = await Promise.all([settings.get(), statedMarket(store)]);
  const behind: Behind = BEHIND[sign] ?? { visits: '1' };
  const order = behind.order ? `${behind.order}, ` : '';
  const rows = await warehouse.rows<Item & { total: number }>(
    `with bought as (select distinct product_key from customer_line where ${LINES_OF_CUSTOMER} and product_key != '')
     select formatDateTime(p.occurred_at, '%Y-%m-%dT%H:%i:%SZ') as at, if(m.name = '', p.product_key, m.name) as product, p.category as category,
            toFloat64(p.quantity) as quantity, toFloat64(p.amount) as amount, toFloat64(${OFF}) as discount, toFloat64(p.coupon) as coupon,
            if(u.usual > 0 and ${IS_PRICED}, u.usual * toFloat64(p.quantity), null) as usual, p.store as store, p.channel as channel,
            toUInt32(count() over ()) as total
       from customer_line p
       left join (select product_key, name from product final where product_key in bought) m on m.product_key = p.product_key
       left join (select product_key, usual from (${PRODUCTS}) where product_key in bought) u on u.product_key = p.product_key
      where p.${LINES_OF_CUSTOMER} and ${isBehind(behind)}
      order by ${order}p.occurred_at desc, p.order_id, p.product_key limit {limit:UInt32}`,
    { customer: customer.id, timeZone, limit, ...stated },
  );
  // The answer's shape leaves the total out of the rows.
  return { total: rows[0]?.total ?? 0, items: rows };
}
