// Who the normal customers are: those who bought, by where they live, how old they are, what they buy and where.
import type { Warehouse } from '@vinculo/warehouse';
import { type Buyers, spreadOf } from './read-buyers.ts';
import type { Period } from './period.ts';
import type { Figures } from './read-report.ts';
import { NOW, type Scope } from './scope.ts';

type Normal = Figures['normal'];

export async function readNormal(
  warehouse: Pick<Warehouse, 'rows'>,
  { params, whose }: Scope,
  spread: Buyers['spread'],
  { to }: Period,
): Promise<Normal> {
  const bought = `select distinct customer_id from customer_order where amount > 0 and ${NOW('occurred_at')} and ${whose}`;
  const profiles = `customer_profile final where alive and customer_id in (${bought})`;
  const [who] = await warehouse.rows<{ people: number; companies: number; aged: number; age: number[] }>(
    `select toUInt32(countIf(kind = 'person')) as people, toUInt32(countIf(kind = 'company')) as companies, toUInt32(countIf(isNotNull(birth_date))) as aged,
            quantilesIf(0.25, 0.5, 0.75)(dateDiff('day', assumeNotNull(birth_date), toDate32({to:String})) / 365.25, isNotNull(birth_date)) as age
       from ${profiles}`,
    { ...params, to },
  );
  const provinces = await warehouse.rows<Normal['provinces'][number]>(
    `select province as name, toUInt32(count()) as customers, count() / sum(count()) over () as share
       from ${profiles} and province != '' group by province order by customers desc, name limit 5`,
    params,
  );
  const channels = await warehouse.rows<Normal['channels'][number]>(
    `select channel as name, toUInt32(uniqExact(customer_id)) as customers, count() / sum(count()) over () as share
       from customer_order where amount > 0 and ${NOW('occurred_at')} and ${whose} group by channel order by share desc, name limit 5`,
    params,
  );
  const categories = await warehouse.rows<Normal['categories'][number]>(
    `select name, customers, share, revenue, revenueShare from (
       select toString(category) as name, toUInt32(uniqExact(customer_id)) as customers,
              customers / (select count() from (${bought})) as share, toFloat64(sum(amount)) as revenue,
              revenue / sum(revenue) over () as revenueShare
         from customer_line where category != '' and ${NOW('occurred_at')} and ${whose} group by category
     ) order by revenue desc, name limit 8`,
    params,
  );
  return {
    people: who!.people,
    companies: who!.companies,
    age: who!.aged > 0 ? spreadOf(who!.age) : null,
    provinces,
    channels,
    categories,
    ...spread,
  };
}
