import { decodeCursor, toPage } from '@vinculo/http';
import type { Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { SegmentCount, SegmentFilter, SegmentListQuery } from './api.ts';
import { type Row, segmentColumns, toRow } from './segment-row.ts';

const ORDERS = {
  name: { column: sql`lower(s.name)`, type: sql`text`, down: false, value: (row: Row) => row.name.toLowerCase() },
  '-size': { column: sql`s.size`, type: sql`integer`, down: true, value: (row: Row) => row.size },
  '-moved': {
    column: sql`date_trunc('milliseconds', coalesce(s.moved_at, s.created_at))`,
    type: sql`timestamptz`,
    down: true,
    value: (row: Row) => (row.moved_at ?? row.created_at).toISOString(),
  },
};

/** One page of segments and lists. */
export async function listSegments({ db }: Pick<Store, 'db'>, query: z.infer<typeof SegmentListQuery>) {
  const order = ORDERS[query.sort ?? '-moved'];
  const all = conditions(query);
  const [last, lastId] = decodeCursor(query.cursor, 2) ?? [];
  if (query.cursor) {
    const beyond = order.down ? sql`<` : sql`>`;
    all.push(
      sql`(${order.column} ${beyond} ${last}::${order.type} or (${order.column} = ${last}::${order.type} and s.id > ${lastId}::uuid))`,
    );
  }
  const { rows } = await sql<Row>`
    select ${segmentColumns} from segment s where ${sql.join(all, sql` and `)}
     order by ${order.column} ${order.down ? sql`desc` : sql`asc`}, s.id limit ${query.limit + 1}`.execute(db);
  const { items, next } = toPage(rows, query.limit, (row) => [order.value(row), row.id]);
  return { items: items.map(toRow), next };
}

function conditions(query: z.infer<typeof SegmentFilter>) {
  const all = [query.archived === 'yes' ? sql`s.archived_at is not null` : sql`s.archived_at is null`];
  if (query.kind) all.push(sql`s.kind = ${query.kind}`);
  if (query.search) all.push(sql`s.name || ' ' || s.description ilike ${`%${query.search.replace(/[\\%_]/g, '\\$&')}%`}`);
  return all;
}

export async function countSegments(
  { db }: Pick<Store, 'db'>,
  query: z.infer<typeof SegmentFilter>,
): Promise<z.infer<typeof SegmentCount>> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from segment s where ${sql.join(conditions(query), sql` and `)}`.execute(db);
  return { count: rows[0]!.count, exact: true };
}
