// Scores are made for everybody at once, every so often; what somebody bought a second ago shows on their page at once all the same.
import type { Context } from '@vinculo/http';
import type { Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';

export interface FreshFigures {
  /** In the company's currency. */
  revenue: number;
  orders: number;
  lastPurchaseAt: string;
}

/** Notes that these records have purchases the scores do not know. */
export async function notePurchases(tx: Transaction, records: readonly string[]): Promise<void> {
  await sql`
    insert into fresh_purchase (record_id) select id from unnest(${[...new Set(records)]}::uuid[]) as told(id) order by id
    on conflict (record_id) do update set told_at = clock_timestamp()`.execute(tx);
}

/** Scores begun at `since` have read everything told before it. */
export async function forgetPurchases(tx: Transaction, since: Date): Promise<void> {
  await sql`delete from fresh_purchase where told_at < ${since}`.execute(tx);
}

/** What the customer of these records bought until now, counted as scoring counts; null where the scores have it all. */
export async function freshFigures({ store, warehouse, settings }: Context, records: readonly string[]): Promise<FreshFigures | null> {
  const { rows } = await sql`select from fresh_purchase where record_id = any(${records}::uuid[]) limit 1`.execute(store.db);
  if (rows.length === 0) return null;
  const { currency } = await settings.get();
  const [found] = await warehouse.rows<FreshFigures>(
    `select toFloat64(sum(paid)) as revenue, toUInt32(countIf(paid > 0)) as orders,
            formatDateTime(if(orders = 0, max(at), maxIf(at, paid > 0)), '%Y-%m-%dT%H:%i:%S.000Z', 'UTC') as lastPurchaseAt
       from (select sum(f.amount) as paid, min(f.occurred_at) as at
               from (select line_id, source_id, order_key, occurred_at, amount, currency from purchase
                      where record_id in {records:Array(UUID)} order by version desc limit 1 by record_id, line_id) as f
              where f.currency in ('', {currency:String})
              group by f.source_id, if(f.order_key = '', toString(f.line_id), f.order_key))
     having count() > 0`,
    { records, currency },
    { settings: { max_threads: 1 } },
  );
  return found ?? null;
}
