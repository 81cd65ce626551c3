// Whose profile an event of the customer file may have changed.
import type { OutboxEvent } from '@vinculo/postgres';
import { type Kysely, sql } from 'kysely';

/** From so many on, everybody is looked at. */
export const MOST_PENDING = 5_000;

export type Touched = (event: Pick<OutboxEvent, 'subject' | 'data'>, db: Kysely<unknown>) => Promise<readonly string[] | 'everybody'>;

/** Whom it names, in whatever word. */
export const named: Touched = async ({ subject, data }) => {
  const many = Array.isArray(data.customers) ? (data.customers as unknown[]) : [];
  const ids = [subject.kind === 'customer' ? subject.id : undefined, data.kept, data.gone, data.made, data.customer, data.other, ...many];
  return ids.filter((id): id is string => typeof id === 'string' && UUID.test(id));
};

export const TOUCHED: Readonly<Record<string, Touched>> = {
  'customers.unified': ({ subject }, db) => changedByUnification(db, subject.id),
  'customer.created': named,
  'customer.changed': named,
  'customer.edited': named,
  'customer.edit_undone': named,
  'customer.merged': named,
  'customer.split': named,
  'customer.identity_undone': named,
  'source.record_withdrawn': named,
  'linkage.undone': async () => 'everybody',
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The customers that a unification made, changed, or led elsewhere; no more than it takes to look at everybody. */
async function changedByUnification(db: Kysely<unknown>, unification: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with run as (select linked_at, started_at from unification where id = ${unification})
    select id from customer where changed_at between (select started_at from run) and (select linked_at from run)
    union
    select other_id from identity_change where changed_at between (select started_at from run) and (select linked_at from run) and other_id is not null
    limit ${MOST_PENDING + 1}`.execute(db);
  return rows.map((row) => row.id);
}
