// Entering and leaving, batch by batch. First the warehouse notes who (segment_move), then the desk commits how many together with
// the events, then segment_member is brought up to date. A server that ends in between leaves an open batch, which the next turn
// closes: so each move counts once, and is told once.
import type { Context } from '@vinculo/http';
import { newId, SYSTEM, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import { ASK_EVERYBODY } from './compile.ts';
import { precise } from './lines.ts';
import { dayOf } from './period.ts';

type Stores = Pick<Context, 'store' | 'warehouse' | 'settings'>;

export type MoveReason = 'rule' | 'event' | 'scored' | 'time' | 'list';

export interface Batch {
  segment: string;
  reason: MoveReason;
  at: Date;
}

export interface Moved {
  entered: number;
  gone: number;
  size: number;
}

/** Customers named in one event. */
export const EVENT_IDS = 1_000;
/** Beyond so many the event gives their number and the batch, whose customers are read page by page. */
const MOST_NAMED = 20_000;

/**
 * Moves customers in and out.
 *
 * @param moves a query that gives `customer_id` and `entered`, 1 or 0, of those who are not where they should be.
 * @param size counts the members afterwards, where that is known without adding up.
 * @returns undefined when nobody moves.
 */
export async function moveBatch(
  stores: Stores,
  { segment, reason, at }: Batch,
  moves: { sql: string; params: Record<string, unknown> },
  signal?: AbortSignal,
): Promise<Moved | undefined> {
  const { warehouse } = stores;
  const id = newId();
  await warehouse.command(
    `insert into segment_move (segment_id, batch_id, customer_id, entered, at)
     select {segment:UUID}, {batch:UUID}, customer_id, entered, {at:DateTime64(6, 'UTC')} from (${moves.sql})`,
    { ...moves.params, segment, batch: id, at: precise(at) },
    { signal, settings: ASK_EVERYBODY },
  );
  const [counted] = await warehouse.rows<{ entered: number; gone: number }>(
    `select countIf(m.entered = 1) as entered, countIf(m.entered = 0) as gone from segment_move as m
      where segment_id = {segment:UUID} and at = {at:DateTime64(6, 'UTC')} and batch_id = {batch:UUID}`,
    { segment, batch: id, at: precise(at) },
  );
  if (!counted || counted.entered + counted.gone === 0) return undefined;
  const size = await commitBatch(stores, { id, segment, reason, at }, counted);
  if (size === undefined) return undefined;
  await applyBatch(stores, { id, segment_id: segment, at });
  return { ...counted, size };
}

/** Undefined when the segment was archived meanwhile. */
async function commitBatch(
  { store, warehouse, settings }: Stores,
  { id, segment, reason, at }: Batch & { id: string },
  { entered, gone }: { entered: number; gone: number },
): Promise<number | undefined> {
  const { timeZone } = await settings.get();
  const named = await idsOf(warehouse, { id, segment, at }, entered + gone);
  return store.transaction(SYSTEM, async (tx) => {
    const { rows } = await sql<{ size: number; name: string }>`
      update segment set size = greatest(size + ${entered} - ${gone}, 0), moved_at = ${at} where id = ${segment} and archived_at is null
      returning size, name`.execute(tx);
    if (!rows[0]) return undefined;
    const { size, name } = rows[0];
    await sql`
      insert into segment_batch (id, segment_id, reason, entered, gone, size, at) values (${id}, ${segment}, ${reason}, ${entered}, ${gone}, ${size}, ${at})`.execute(
      tx,
    );
    await noteDay(tx, segment, dayOf(at, timeZone), { size, entered, gone });
    for (const [type, ids, count] of [
      ['segment.entered', named?.entered, entered],
      ['segment.left', named?.gone, gone],
    ] as const) {
      if (count === 0) continue;
      const subject = { kind: 'segment', id: segment };
      if (!ids) await tx.emit(type, subject, { name, batch: id, reason, count, customers: null });
      else
        for (let from = 0; from < ids.length; from += EVENT_IDS) {
          const customers = ids.slice(from, from + EVENT_IDS);
          await tx.emit(type, subject, { name, batch: id, reason, count: customers.length, customers });
        }
    }
    return size;
  });
}

/** The size at the end of a day, and how many came and went. */
export async function noteDay(tx: Transaction, segment: string, day: string, { size, entered, gone }: Moved): Promise<void> {
  await sql`
    insert into segment_day (segment_id, day, size, entered, gone) values (${segment}, ${day}, ${size}, ${entered}, ${gone})
    on conflict (segment_id, day) do update
      set size = excluded.size, entered = segment_day.entered + excluded.entered, gone = segment_day.gone + excluded.gone`.execute(tx);
}

async function idsOf(warehouse: Stores['warehouse'], { id, segment, at }: { id: string; segment: string; at: Date }, count: number) {
  if (count > MOST_NAMED) return undefined;
  const rows = await warehouse.rows<{ id: string; entered: number }>(
    `select toString(customer_id) as id, entered from segment_move
      where segment_id = {segment:UUID} and at = {at:DateTime64(6, 'UTC')} and batch_id = {batch:UUID} order by id`,
    { segment, at: precise(at), batch: id },
  );
  return {
    entered: rows.filter(({ entered }) => entered).map((row) => row.id),
    gone: rows.filter(({ entered }) => !entered).map((row) => row.id),
  };
}

async function applyBatch(
  { store, warehouse }: Stores,
  { id, segment_id, at }: { id: string; segment_id: string; at: Date },
): Promise<void> {
  await warehouse.command(
    `insert into segment_member (segment_id, customer_id, inside, since)
     select segment_id, customer_id, entered, at from segment_move
      where segment_id = {segment:UUID} and at = {at:DateTime64(6, 'UTC')} and batch_id = {batch:UUID}`,
    { segment: segment_id, at: precise(at), batch: id },
  );
  await sql`update segment_batch set applied_at = now() where id = ${id}`.execute(store.db);
}

/** Finishes what a server that ended left half done. Under the lock of segments, before anything is compared. */
export async function closeBatches(stores: Stores): Promise<void> {
  const { rows } = await sql<{ id: string; segment_id: string; at: Date }>`
    select id, segment_id, at from segment_batch where applied_at is null order by at`.execute(stores.store.db);
  for (const row of rows) await applyBatch(stores, row);
}
