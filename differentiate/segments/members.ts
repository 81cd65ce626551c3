// The customers of a segment, a page at a time, and as a file. Who they are is in the warehouse, what they are called on the desk.
import { type CustomerListRow, exportColumns, exportCustomers, listColumns, toCustomerRow } from '@vinculo/customer-file';
import { fail } from '@vinculo/errors';
import { decodeCursor, encodeCursor } from '@vinculo/http';
import type { Language } from '@vinculo/languages';
import type { Actor } from '@vinculo/postgres';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { MembersQuery } from './api.ts';
import { audience } from './audience.ts';
import type { Segments } from './environment.ts';
import { findRow } from './segment-row.ts';

type Query = z.output<typeof MembersQuery>;

/** Up to so many members the desk is given their ids; of more, the desk's order is walked and the warehouse asked who is one. */
const SMALL = 20_000;
/** Customers looked at in one step of the walk. */
const STEP = 2_000;

const ORDERS: Record<Query['sort'], { column: RawBuilder<unknown>; type: RawBuilder<unknown>; down: boolean; scored: boolean }> = {
  name: { column: sql`c.sort_name`, type: sql`text`, down: false, scored: false },
  '-revenue': { column: sql`s.revenue`, type: sql`numeric`, down: true, scored: true },
  '-last_purchase': { column: sql`s.last_purchase_at`, type: sql`timestamptz`, down: true, scored: true },
};

type Part = 'buyers' | 'others';
interface Place {
  part: Part;
  last?: unknown;
  lastId?: unknown;
}

/** One page of the members, masked as in the list of customers. Sorted by a purchase figure, who has bought nothing comes last. */
export async function listMembers(segments: Segments, actor: Actor, id: string, query: Query) {
  const { context } = segments;
  await findRow(context.store.db, id);
  if (query.sort === '-revenue' && !actor.permissions.has('value.read')) throw fail('VIN_ACCESS_DENIED', { permission: 'value.read' });
  const order = ORDERS[query.sort];
  const [part, last, lastId] = (decodeCursor(query.cursor, 3) as [Part, unknown, unknown] | undefined) ?? [];
  let place: Place | undefined = part ? { part, last, lastId } : { part: 'buyers' };
  const few = await audience.few(context, id, SMALL);
  const found: (CustomerListRow & { part: Part })[] = [];
  while (place && found.length <= query.limit) {
    const limit = few ? query.limit + 1 - found.length : STEP;
    const rows: CustomerListRow[] = await walk(segments, order, place, few, limit);
    const inside = few
      ? undefined
      : await audience.among(
          context,
          id,
          rows.map((row) => row.id),
        );
    for (const row of rows) if (!inside || inside.has(row.id)) found.push({ ...row, part: place.part });
    const end = rows.at(-1);
    if (rows.length === limit && end) place = { part: place.part, last: end.sort_value, lastId: end.id };
    else place = place.part === 'buyers' && order.scored ? { part: 'others' } : undefined;
  }
  const items = found.slice(0, query.limit);
  const end = items.at(-1);
  const next = found.length > query.limit && end ? encodeCursor([end.part, end.sort_value, end.id]) : null;
  return { items: items.map((row) => toCustomerRow(row, actor)), next };
}

async function walk(
  { context }: Segments,
  { column, type, down, scored }: (typeof ORDERS)['name'],
  { part, last, lastId }: Place,
  few: string[] | undefined,
  limit: number,
): Promise<CustomerListRow[]> {
  const rest = part === 'others';
  const all = [sql`c.merged_into is null`];
  if (few) all.push(sql`c.id = any(${few}::uuid[])`);
  if (rest) all.push(sql`s.customer_id is null`);
  const id = scored && !rest ? sql`s.customer_id` : sql`c.id`;
  if (lastId !== undefined) {
    const beyond = down ? sql`<` : sql`>`;
    all.push(
      rest
        ? sql`c.id > ${lastId}::uuid`
        : sql`(${column} ${beyond} ${last}::${type} or (${column} = ${last}::${type} and ${id} > ${lastId}::uuid))`,
    );
  }
  const from =
    scored && !rest
      ? sql`customer_score s join customer c on c.id = s.customer_id`
      : sql`customer c left join customer_score s on s.customer_id = c.id`;
  const { rows } = await sql<CustomerListRow>`
    select ${listColumns}, ${rest ? sql`null` : sql`${column}::text`} as sort_value
      from ${from} where ${sql.join(all, sql` and `)}
     order by ${rest ? sql`` : sql`${column} ${down ? sql`desc` : sql`asc`}, `}${id} limit ${limit}`.execute(context.store.db);
  return rows;
}

/** The members as a file, in id order, with the columns and words of the list of customers. */
export async function exportMembers({ context }: Segments, actor: Actor, segment: string, format: 'csv' | 'jsonl', language: Language) {
  await findRow(context.store.db, segment);
  const { timeZone } = await context.settings.get();
  return exportCustomers(context.store, actor, {
    filter: {},
    among: audience.members(context, segment),
    columns: exportColumns(actor),
    format,
    language,
    timeZone,
  });
}
