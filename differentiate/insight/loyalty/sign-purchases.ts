// The purchases behind a sign: those that speak most, or the latest where all of them do.
import type { z } from 'zod';
import { findCustomer } from '@vinculo/customer-file';
import type { Context } from '@vinculo/http';
import type { LoyaltyPurchases, LoyaltyPurchasesQuery } from '../api/loyalty.ts';
import { statedMarket } from './market-facts.ts';

type Asked = z.infer<typeof LoyaltyPurchasesQuery>;

/** Which lines a sign is read of, and which of them first. The rest are read of every line, the latest first. */
const BEHIND: Partial<Record<Asked['sign'], { where?: string; order?: string }>> = {
  deals: { where: 'discount > 0 or listed > amount + discount + coupon' },
  coupons: { where: 'coupon > 0' },
  price: { where: 'isNotNull(usual)', order: 'amount + coupon - usual' },
  exclusive: { where: 'product in {exclusiveProducts:Array(String)} or category in {exclusiveCategories:Array(String)}' },
  contract: { where: 'product in {contractProducts:Array(String)} or category in {contractCategories:Array(String)}' },
  sameness: { order: 'count() over (partition by product) desc, product' },
  store: { where: "store != ''" },
  near: { where: "store != ''" },
};

/** @throws VIN_CUSTOMER_NOT_FOUND */
export async function signPurchases(
  { store, warehouse, settings }: Context,
  id: string,
  { sign, limit }: Asked,
): Promise<z.infer<typeof LoyaltyPurchases>> {
  const { customer } = await findCustomer(store, id);
  const [{ currency }, stated] = await Promise.all([settings.get(), statedMarket(store)]);
  const { where = '1', order } = BEHIND[sign] ?? {};
  const items = await warehouse.rows<z.infer<typeof LoyaltyPurchases>['items'][number]>(
    `with mine as (
       select * from purchase final
        where record_id in (select record_id from identity final where customer_id = {customer:UUID}) and amount > 0 and currency in ('', {currency:String})
     ), usual_price as (
       select product_key, quantileExactInclusive(0.5)(toFloat64(amount + coupon) / toFloat64(quantity)) as unit from customer_line
        where product_key in (select product_key from mine where product_key != '') and amount > 0 and quantity > 0
        group by product_key
     )
     select formatDateTime(at, '%Y-%m-%dT%H:%i:%SZ') as at, if(name = '', product, name) as product, category, quantity, amount, discount, coupon, usual,
            store, channel
       from (
         select p.occurred_at as at, p.product_key as product, m.name as name, m.category as category, toFloat64(p.quantity) as quantity,
                toFloat64(p.amount) as amount, toFloat64(p.discount) as discount, toFloat64(p.coupon_discount) as coupon,
                ifNull(toFloat64(p.list_amount), 0) as listed, if(u.unit > 0, u.unit * toFloat64(p.quantity), null) as usual, p.store as store, p.channel as channel
           from mine p
           left join (select product_key, name, category from product final where product_key in (select product_key from mine)) m on m.product_key = p.product_key
           left join usual_price u on u.product_key = p.product_key
       ) where ${where} order by ${order ? `${order}, ` : ''}at desc limit {limit:UInt32}`,
    { customer: customer.id, currency, limit, ...stated },
  );
  return { items };
}
