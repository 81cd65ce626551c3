// What people do with rejected events: send them again, let them go, take them up again.
import { notFound } from '@vinculo/errors';
import type { Actor, Store, Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { ChangedErrors, ChosenErrors } from '../../api/load.ts';
import { ARRIVALS_CHANNEL } from '../../collect/arrivals.ts';
import { found } from './list-errors.ts';

type Chosen = z.infer<typeof ChosenErrors>;
type Changed = z.infer<typeof ChangedErrors>;

/** At once; of more, whoever asks again gets the next. */
const MOST = 5_000;
/** Of one row of the inbox. */
const BATCH = 100;

/**
 * Puts rejected events into the inbox again, as they came: whatever was put right since, in the product or at the source, counts now.
 * They are `replayed` as soon as they are taken in, and open again with the new reason where they are not.
 */
export async function replayErrors(store: Store, actor: Actor, chosen: Chosen): Promise<Changed> {
  return store.transaction(actor, async (tx) => {
    const { ids, left } = await choose(tx, chosen, ['open', 'dismissed']);
    await sql`
      insert into inbox (source_id, type, events, body, replay)
      select source_id, 'batch', count(*), convert_to(jsonb_build_object('batch', jsonb_agg(body order by id))::text, 'UTF8'), array_agg(id order by id)
        from (select id, source_id, body, row_number() over (partition by source_id order by id) / ${BATCH} as part
                from event_error where id = any(${ids}::uuid[])) e
       group by source_id, part`.execute(tx);
    if (ids.length > 0) {
      await sql`select pg_notify(${ARRIVALS_CHANNEL}, '')`.execute(tx);
      await tx.emit('event.replayed', { kind: 'event_error', id: ids.length === 1 ? ids[0]! : '*' }, { events: ids.length });
    }
    return { changed: ids.length, left, ids };
  });
}

/**
 * Sends one again, corrected. It stays the same message, unless the correction says another.
 *
 * @throws VIN_EVENT_ERROR_NOT_FOUND
 */
export async function replayCorrected(store: Store, actor: Actor, id: string, body: Record<string, unknown>): Promise<Changed> {
  return store.transaction(actor, async (tx) => {
    const { rows } = await sql<{ source_id: string; message_id: string; type: string }>`
      select source_id, message_id, type from event_error where id = ${id} for update`.execute(tx);
    const [error] = rows;
    if (!error) throw notFound('event_error', id);
    const event = { messageId: error.message_id, type: error.type, ...body };
    await sql`
      insert into inbox (source_id, type, events, body, replay)
      values (${error.source_id}, 'batch', 1, ${Buffer.from(JSON.stringify({ batch: [event] }))}, ${[id]}::uuid[])`.execute(tx);
    await sql`select pg_notify(${ARRIVALS_CHANNEL}, '')`.execute(tx);
    await tx.emit('event.corrected', { kind: 'event_error', id }, { events: 1 });
    return { changed: 1, left: 0, ids: [id] };
  });
}

/** Lets them go: nobody is asked about them any more. */
export const dismissErrors = (store: Store, actor: Actor, chosen: Chosen): Promise<Changed> =>
  setState(store, actor, chosen, { from: ['open'], to: 'dismissed', told: 'event.dismissed' });

/** Undoes that. */
export const restoreErrors = (store: Store, actor: Actor, chosen: Chosen): Promise<Changed> =>
  setState(store, actor, chosen, { from: ['dismissed'], to: 'open', told: 'event.restored' });

async function setState(store: Store, actor: Actor, chosen: Chosen, { from, to, told }: { from: string[]; to: string; told: string }) {
  return store.transaction(actor, async (tx): Promise<Changed> => {
    const { ids, left } = await choose(tx, chosen, from);
    await sql`update event_error set state = ${to}, changed_at = now() where id = any(${ids}::uuid[])`.execute(tx);
    if (ids.length > 0) await tx.emit(told, { kind: 'event_error', id: ids.length === 1 ? ids[0]! : '*' }, { events: ids.length });
    return { changed: ids.length, left, ids };
  });
}

async function choose(tx: Transaction, { ids, filter }: Chosen, states: readonly string[]): Promise<{ ids: string[]; left: number }> {
  const which = ids ? sql`e.id = any(${ids}::uuid[])` : found(filter ?? {});
  const { rows } = await sql<{ id: string }>`
    select e.id from event_error e where ${which} and e.state = any(${states}::text[])
     order by e.received_at desc, e.id desc limit ${MOST} for update`.execute(tx);
  if (rows.length < MOST) return { ids: rows.map(({ id }) => id), left: 0 };
  const { rows: counted } = await sql<{ all: number }>`
    select count(*) as all from event_error e where ${which} and e.state = any(${states}::text[])`.execute(tx);
  return { ids: rows.map(({ id }) => id), left: counted[0]!.all - rows.length };
}
