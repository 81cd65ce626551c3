// Customers whose household is to be looked at again: they are put down as they change, and one job takes them all.
import type { Context } from '@vinculo/http';
import { type Kysely, sql } from 'kysely';
import { SYSTEM, type Transaction } from '@vinculo/postgres';
import { tellWarehouse } from '../identity/tell-warehouse.ts';

/** From so many on, everybody is looked at. */
export const MOST_PENDING = 5_000;

/** Puts customers down, or everybody when they are many, and asks for the job. */
export async function awaitForming({ jobs }: Context, tx: Transaction, customers: readonly string[]): Promise<void> {
  if (customers.length === 0) return;
  if (customers.length > MOST_PENDING)
    return void (await jobs.enqueue('household.form', {}, { actor: SYSTEM, tx, key: 'household.form.all' }));
  await sql`
    insert into household_pending (customer_id, asked_at) select id, clock_timestamp() from unnest(${[...new Set(customers)]}::uuid[]) as asked(id)
    on conflict (customer_id) do update set asked_at = excluded.asked_at`.execute(tx);
  await jobs.enqueue('household.form', { scope: 'changed' }, { actor: SYSTEM, tx, key: 'household.form.changed' });
}

/** The customers that a unification made, changed, or led elsewhere; no more than it takes to look at everybody. */
export async function changedByUnification(db: Kysely<unknown>, unification: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with run as (select linked_at from unification where id = ${unification})
    select id from customer where merged_into is null and changed_at = (select linked_at from run)
    union
    select other_id from identity_change where changed_at = (select linked_at from run) and other_id is not null
    limit ${MOST_PENDING + 1}`.execute(db);
  return rows.map((row) => row.id);
}

/** Calls with the customers put down, and forgets them when it is done; who was put down again meanwhile stays. */
export async function withPending(context: Context, work: (customers: string[]) => Promise<unknown>): Promise<void> {
  const { store } = context;
  const { rows } = await sql<{ customer_id: string; asked_at: string }>`
    select customer_id, asked_at::text from household_pending limit ${MOST_PENDING * 2}`.execute(store.db);
  if (rows.length === 0) return;
  // Homes are read in the warehouse, which hears of records saved one by one a moment later.
  await tellWarehouse(context);
  await work(rows.map((row) => row.customer_id));
  await sql`
    delete from household_pending p using unnest(${rows.map((row) => row.customer_id)}::uuid[], ${rows.map((row) => row.asked_at)}::timestamptz[]) as done(id, asked_at)
     where p.customer_id = done.id and p.asked_at = done.asked_at`.execute(store.db);
}
