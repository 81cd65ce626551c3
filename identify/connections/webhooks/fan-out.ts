// Events about very many customers, page by page: how far it got is committed with the messages of the page.
import type { Context } from '@vinculo/http';
import { SYSTEM, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { Told } from './event-types.ts';
import { addDeliveries } from './note-events.ts';
import type { ConnectionSources } from './sources.ts';

const PAGE = 1_000;

interface Row {
  event_id: string;
  kind: 'unification' | 'segment';
  type: string;
  data: { unification?: string; segment?: { id: string; name: string }; batch?: string };
  occurred_at: Date;
  after: string;
}

/** Turns the next page of the oldest such event into messages. @returns false when there is none. */
export async function fanOut(context: Pick<Context, 'store' | 'warehouse'>, { audience }: ConnectionSources): Promise<boolean> {
  const { rows: any } = await sql`select from webhook_fan_out limit 1`.execute(context.store.db);
  if (any.length === 0) return false;
  return context.store.transaction(SYSTEM, async (tx) => {
    const { rows } = await sql<Row>`select * from webhook_fan_out order by event_id limit 1 for update skip locked`.execute(tx);
    const row = rows[0];
    if (!row) return false;
    const { ids, told } = row.kind === 'unification' ? await unified(tx, row) : await moved();
    await addDeliveries(tx, { id: row.event_id, occurredAt: row.occurred_at }, told);
    if (ids.length < PAGE) await sql`delete from webhook_fan_out where event_id = ${row.event_id}`.execute(tx);
    else await sql`update webhook_fan_out set after = ${ids.at(-1)!} where event_id = ${row.event_id}`.execute(tx);
    return true;

    async function moved(): Promise<{ ids: string[]; told: Told[] }> {
      const { segment, batch } = row!.data;
      if (!audience || !segment || !batch) return { ids: [], told: [] };
      const entered = row!.type === 'segment.entered';
      const ids = await audience.moved(context, { id: segment.id, batch, entered, after: row!.after, limit: PAGE });
      return { ids, told: ids.map((customer) => ({ type: row!.type, customer, data: { segment } })) };
    }
  });
}

/** Customers that a unification made or changed. Those of whom it told one by one have their message already. */
async function unified(tx: Transaction, { data, after }: Row): Promise<{ ids: string[]; told: Told[] }> {
  const { rows } = await sql<{ id: string; created: boolean; told: boolean }>`
    with run as (select started_at, linked_at from unification where id::text = ${data.unification ?? ''})
    select c.id, c.first_seen = c.changed_at as created,
           exists (select from webhook_delivery d
                    where d.webhook_id in (select id from webhook where deleted_at is null) and d.customer_id = c.id and d.occurred_at >= run.started_at
                      and d.type = case when c.first_seen = c.changed_at then 'customer.created' else 'customer.updated' end) as told
      from customer c, run
     where c.changed_at between run.started_at and run.linked_at and c.merged_into is null and c.id > ${after}
     order by c.id limit ${PAGE}`.execute(tx);
  const told = rows
    .filter((row) => !row.told)
    .map(({ id, created }): Told => ({ type: created ? 'customer.created' : 'customer.updated', customer: id, data: {} }));
  return { ids: rows.map(({ id }) => id), told };
}
