// How a segment grew, and who came and went.
import { decodeCursor, toPage } from '@vinculo/http';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { MovesQuery, SegmentHistory } from './api.ts';
import type { Segments } from './environment.ts';
import { findRow } from './segment-row.ts';
import { precise } from './lines.ts';

const DAYS = 400;
const BATCHES = 50;

export async function segmentHistory({ context }: Segments, id: string): Promise<z.infer<typeof SegmentHistory>> {
  const { db } = context.store;
  await findRow(db, id);
  const [days, batches] = await Promise.all([
    sql<{ day: string; size: number; entered: number; gone: number }>`
      select day, size, entered, gone from segment_day where segment_id = ${id} and day > current_date - ${DAYS}::integer order by day`.execute(
      db,
    ),
    sql<{
      id: string;
      reason: z.infer<typeof SegmentHistory>['batches'][number]['reason'];
      entered: number;
      gone: number;
      size: number;
      at: Date;
    }>`
      select id, reason, entered, gone, size, at from segment_batch where segment_id = ${id} order by at desc limit ${BATCHES}`.execute(db),
  ]);
  return { days: days.rows, batches: batches.rows.map(({ at, ...batch }) => ({ ...batch, at: at.toISOString() })) };
}

interface Move {
  customer: string;
  entered: number;
  batch: string;
  at: string;
}

/** Who entered and left, newest first; of one batch, all of it. */
export async function segmentMoves({ context }: Segments, id: string, query: z.output<typeof MovesQuery>) {
  const { store, warehouse } = context;
  await findRow(store.db, id);
  const [before, beforeCustomer] = (decodeCursor(query.cursor, 2) as [string, string] | undefined) ?? [];
  // Only what the desk knows counts: the newest batches, so that at least a page of moves is in them.
  const { rows: batches } = await sql<{ id: string; reason: 'rule' | 'event' | 'scored' | 'time' | 'list'; at: Date }>`
    select id, reason, at from segment_batch
     where segment_id = ${id} ${query.batch ? sql`and id = ${query.batch}` : sql``} ${before ? sql`and at <= ${new Date(before)}` : sql``}
     order by at desc limit 1000`.execute(store.db);
  const reasons = new Map(batches.map(({ id: batch, reason }) => [batch, reason]));
  const rows = await warehouse.rows<Move>(
    `select toString(customer_id) as customer, entered, toString(batch_id) as batch, formatDateTime(at, '%Y-%m-%dT%H:%i:%S', 'UTC') || '.' || leftPad(toString(toUnixTimestamp64Milli(at) % 1000), 3, '0') || 'Z' as at
       from segment_move m final
      where segment_id = {segment:UUID} and m.at >= {oldest:DateTime64(6, 'UTC')} and batch_id in {batches:Array(UUID)}
        ${query.entered ? `and entered = {entered:UInt8}` : ''}
        ${before ? `and (m.at < {before:DateTime64(6, 'UTC')} or (m.at = {before:DateTime64(6, 'UTC')} and toString(customer_id) > {beforeCustomer:String}))` : ''}
      order by m.at desc, customer limit {limit:UInt32}`,
    {
      segment: id,
      oldest: precise(batches.at(-1)?.at ?? new Date()),
      batches: batches.map((batch) => batch.id),
      entered: query.entered === 'yes' ? 1 : 0,
      before: before ? precise(new Date(before)) : precise(new Date()),
      beforeCustomer: beforeCustomer ?? '',
      limit: query.limit + 1,
    },
  );
  const { items, next } = toPage(rows, query.limit, (row) => [row.at, row.customer]);
  const { rows: names } = await sql<{ id: string; name: string }>`
    select id, display_name as name from customer where id = any(${items.map(({ customer }) => customer)}::uuid[])`.execute(store.db);
  const nameOf = new Map(names.map(({ id: customer, name }) => [customer, name]));
  return {
    items: items.map(({ customer, entered, batch, at }) => ({
      customerId: customer,
      name: nameOf.get(customer) ?? null,
      entered: entered === 1,
      reason: reasons.get(batch)!,
      at,
    })),
    next,
  };
}
