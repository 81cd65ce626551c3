// Who the normal customers are: those who bought, by where they live, how old they are, what they buy and where.
import type { Warehouse } from '@vinculo/warehouse';
import type { Figures } from './read-report.ts';
import { NOW, type Scope } from './scope.ts';
import { spreadOf } from './spread.ts';

/** What each customer spent is found beside everything else of the buyers. */
type Normal = Omit<Figures['normal'], 'spend' | 'orders' | 'averageOrder'>;

const PROVINCES = 5;

interface Who {
  whole: number;
  name: string;
  customers: number;
  people: number;
  companies: number;
  aged: number;
  age: number[];
}

/** @param buyers customers who bought in the period. */
export async function readNormal(warehouse: Pick<Warehouse, 'rows'>, { params, whose }: Scope, buyers: Promise<number>): Promise<Normal> {
  const bought = `fact_order where amount > 0 and ${NOW} and ${whose}`;
  const [who, channels, categories, all] = await Promise.all([
    warehouse.rows<Who>(
      `select grouping(province) as whole, province as name, toUInt32(count()) as customers,
              toUInt32(countIf(kind = 'person')) as people, toUInt32(countIf(kind = 'company')) as companies, toUInt32(countIf(isNotNull(birth_date))) as aged,
              quantilesExactInclusiveIf(0.25, 0.5, 0.75)(dateDiff('day', assumeNotNull(birth_date), toDate32({to:String})) / 365.25, isNotNull(birth_date)) as age
         from customer_profile final where alive and customer_id in (select customer_id from ${bought})
        group by grouping sets ((), (province))`,
      params,
    ),
    warehouse.rows<Normal['channels'][number]>(
      `select channel as name, toUInt32(uniqExact(customer_no)) as customers, count() / sum(count()) over () as share
         from ${bought} group by channel order by share desc, name limit 5`,
      params,
    ),
    warehouse.rows<Omit<Normal['categories'][number], 'share'>>(
      `select name, customers, revenue, revenueShare from (
         select toString(category) as name, toUInt32(uniqExactIf(customer_no, amount > 0 and customer_no in (select customer_no from ${bought}))) as customers, toFloat64(sum(amount)) as revenue,
                revenue / sum(revenue) over () as revenueShare
           from customer_line where category != '' and ${NOW} and ${whose} group by category
       ) order by revenue desc, name limit 8`,
      params,
    ),
    buyers,
  ]);
  const everybody = who.find(({ whole }) => whole === 1);
  const provinces = who.filter(({ whole, name }) => whole === 0 && name !== '');
  const placed = provinces.reduce((sum, { customers }) => sum + customers, 0);
  return {
    people: everybody?.people ?? 0,
    companies: everybody?.companies ?? 0,
    age: everybody && everybody.aged > 0 ? spreadOf(everybody.age) : null,
    provinces: provinces
      .toSorted((a, b) => b.customers - a.customers || (a.name < b.name ? -1 : 1))
      .slice(0, PROVINCES)
      .map(({ name, customers }) => ({ name, customers, share: customers / placed })),
    channels,
    categories: categories.map((one) => ({ ...one, share: one.customers / all })),
  };
}
