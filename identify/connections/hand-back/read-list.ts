// The customers of a list, page by page, as rows of the chosen fields.
import { createHash } from 'node:crypto';
import { countCustomers, customerConditions, searchWords } from '@vinculo/customer-file';
import { fail } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { HandBackList } from '../api/hand-backs.ts';
import type { ConnectionSources } from '../webhooks/sources.ts';
import { type HandedField, ID } from './fields.ts';

export type List = z.output<typeof HandBackList>;
export type Cell = string | number | null;
export interface ListRow {
  id: string;
  /** In the order of the fields, the id not among them. */
  cells: Cell[];
}

const PAGE = 1_000;

/** Pages of rows; nothing is held but one. @throws VIN_HAND_BACK_LIST when the segment is gone. */
export async function* readList(
  context: Pick<Context, 'store' | 'warehouse'>,
  { audience }: ConnectionSources,
  list: List,
  fields: readonly HandedField[],
  most = Number.POSITIVE_INFINITY,
): AsyncGenerator<ListRow[]> {
  const { store } = context;
  const columns = sql.join([ID, ...fields].map((field, n) => sql`${field.sql} as ${sql.id(`f${n}`)}`));
  const read = async (where: RawBuilder<unknown>, limit: number): Promise<ListRow[]> => {
    const { rows } = await sql<Record<string, unknown>>`
      select ${columns} from customer c left join customer_score s on s.customer_id = c.id
       where ${where} order by c.id limit ${limit}`.execute(store.db);
    return rows.map((row) => ({ id: String(row.f0), cells: fields.map((field, n) => cellOf(row[`f${n + 1}`], field)) }));
  };
  if (list.kind === 'segment') {
    if (!audience || (await audience.nameOf(context, list.id)) === undefined) throw fail('VIN_HAND_BACK_LIST');
    let left = most;
    for await (const ids of audience.members(context, list.id)) {
      for (let from = 0; from < ids.length && left > 0; from += PAGE) {
        const rows = await read(sql`c.merged_into is null and c.id = any(${ids.slice(from, from + Math.min(PAGE, left))}::uuid[])`, PAGE);
        left -= rows.length;
        yield rows;
      }
      if (left <= 0) return;
    }
    return;
  }
  const { query: words } = list.filter.search ? await searchWords(store, list.filter.search) : { query: undefined };
  if (list.filter.search && !words) return;
  const filtered = customerConditions(list.filter, words);
  let after = '00000000-0000-0000-0000-000000000000';
  for (let left = most; left > 0; ) {
    const rows = await read(sql`${filtered} and c.id > ${after}::uuid`, Math.min(PAGE, left));
    if (rows.length === 0) return;
    after = rows.at(-1)!.id;
    left -= rows.length;
    yield rows;
    if (rows.length < PAGE) return;
  }
}

/** How many there are, to say so before it starts. */
export async function countList(
  context: Pick<Context, 'store' | 'warehouse'>,
  { audience }: ConnectionSources,
  list: List,
): Promise<{ count: number; exact: boolean }> {
  if (list.kind === 'filter') return countCustomers(context.store, list.filter);
  if (!audience || (await audience.nameOf(context, list.id)) === undefined) throw fail('VIN_HAND_BACK_LIST');
  let count = 0;
  for await (const ids of audience.members(context, list.id)) count += ids.length;
  return { count, exact: true };
}

function cellOf(value: unknown, { type }: HandedField): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (type === 'number' || type === 'integer') return Number(value);
  return String(value);
}

/** What a row says, for telling whether it changed. */
export const hashOf = ({ cells }: ListRow): Buffer => createHash('sha256').update(JSON.stringify(cells)).digest().subarray(0, 12);
