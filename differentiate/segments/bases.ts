// Where the rows of each fact are read. The tables that scoring makes are quick and lag behind; the facts themselves are always
// right and cost a join with who is who. Customers with facts newer than the tables are read from the facts, everybody else from
// the tables: so a rule gives the same at any moment, however it is asked.
import type { FactBase } from './facts.ts';

/** Whose facts: everybody's, or those of the customers in a set (a query that gives `customer_id`). */
export interface Whose {
  only?: string;
  /** Some customers have facts that the tables do not: see segment_touched. */
  touched: boolean;
}

/** Tables made elsewhere that hold what the facts say, in a quicker form; without one the facts are read. */
export interface QuickTables {
  /** `customer_id`, `order_id`, `occurred_at`, `amount`, `channel`, `store`: one row an order. */
  order?: string;
  line?: string;
}

const COLUMNS: Record<FactBase, string> = {
  order: 'customer_id, order_id, occurred_at, amount, channel, store',
  line: 'customer_id, order_id, occurred_at, product_key, category, channel, store, quantity, amount',
  contact: 'customer_id, occurred_at, channel, direction, topic, outcome',
  campaign_contact: 'customer_id, occurred_at, campaign_key, channel, response',
  redemption: 'customer_id, redeemed_at as occurred_at, coupon_key, campaign_key',
  event: 'customer_id, occurred_at, type, name, path, referrer, campaign, products, categories, search',
};

const ORDER_ID = `cityHash64(p.source_id, if(p.order_key = '', toString(p.line_id), p.order_key))`;
/** Purchases in another currency are left out, as everywhere. */
const COMPANY_CURRENCY = `p.currency in ('', {currency:String})`;

/** Purchase lines with their customer and product, from the facts. */
export const linesFrom = (set?: string) => `
  select i.customer_id as customer_id, ${ORDER_ID} as order_id, p.occurred_at as occurred_at, p.product_key as product_key,
         m.category as category, p.channel as channel, p.store as store, p.quantity as quantity, p.amount as amount
    from (select * from purchase final ${ofRecords(set)}) p
    join (${identity(set)}) i on i.record_id = p.record_id
    left any join (select product_key, category from product final) m on m.product_key = p.product_key
   where ${COMPANY_CURRENCY}`;

const ordersFrom = (set?: string) => `
  select i.customer_id as customer_id, ${ORDER_ID} as order_id, min(p.occurred_at) as occurred_at, sum(p.amount) as amount,
         any(p.channel) as channel, any(p.store) as store
    from (select * from purchase final ${ofRecords(set)}) p
    join (${identity(set)}) i on i.record_id = p.record_id
   where ${COMPANY_CURRENCY}
   group by customer_id, order_id`;

const factsFrom = (base: Exclude<FactBase, 'order' | 'line'>, set?: string) => `
  select i.customer_id as customer_id, p.* except (record_id)
    from (select * from ${base} final ${base === 'event' ? eventsThere(set) : ofRecords(set)}) p
    join (${identity(set)}) i on i.record_id = p.record_id`;

const identity = (set?: string) => `select record_id, customer_id from identity final ${set ? `where customer_id in (${set})` : ''}`;
const ofRecords = (set?: string) => (set ? `where record_id in (select record_id from identity final where customer_id in (${set}))` : '');

/** What a device did before anybody was known is written again under who it was, and gone under the device. */
const eventsThere = (set?: string) => (set ? `${ofRecords(set)} and not gone` : 'where not gone');

function fromFacts(base: FactBase, set?: string): string {
  if (base === 'order') return ordersFrom(set);
  if (base === 'line') return linesFrom(set);
  return factsFrom(base, set);
}

const TOUCHED = 'select customer_id from segment_touched';

/** A query of the rows of a fact, with its customer: see {@link COLUMNS}. */
export function rowsOf(base: FactBase, { only, touched }: Whose, quick: QuickTables): string {
  const columns = COLUMNS[base];
  const table = base === 'order' || base === 'line' ? quick[base] : undefined;
  if (only || !table) return `select ${columns} from (${fromFacts(base, only)})`;
  if (!touched) return `select ${columns} from ${table}`;
  return `select ${columns} from ${table} where customer_id not in (${TOUCHED})
    union all select ${columns} from (${fromFacts(base, TOUCHED)})`;
}
