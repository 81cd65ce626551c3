import type { z } from 'zod';
import { decodeCursor, encodeCursor } from '@vinculo/http';
import { type RawBuilder, sql } from 'kysely';
import type { Actor, Store } from '@vinculo/postgres';
import type { CustomerListQuery } from '../api/customers.ts';
import { conditions, type Filter, needsScore } from './filter.ts';
import { type CustomerListRow, listColumns, toCustomerRow } from './customer-row.ts';
import { searchWords } from './search-words.ts';

type Query = z.infer<typeof CustomerListQuery>;
type Sort = NonNullable<Query['sort']>;

/** How each order walks its index, and the values of a row that a cursor remembers. */
const ORDERS: Record<
  Exclude<Sort, 'relevance'>,
  { by: 'customer' | 'score'; column: RawBuilder<unknown>; type: RawBuilder<unknown>; down: boolean }
> = {
  name: { by: 'customer', column: sql`c.sort_name`, type: sql`text`, down: false },
  '-changed': { by: 'customer', column: sql`c.changed_at`, type: sql`timestamptz`, down: true },
  '-revenue': { by: 'score', column: sql`s.revenue`, type: sql`numeric`, down: true },
  '-last_purchase': { by: 'score', column: sql`s.last_purchase_at`, type: sql`timestamptz`, down: true },
  '-orders': { by: 'score', column: sql`s.orders`, type: sql`integer`, down: true },
};

/** Relevance is judged among this many of the customers that match; nobody pages further than that by relevance. */
const CANDIDATES = 400;

/**
 * One page of customers. Orders by a purchase figure list the buyers first and then those who have not bought, so that
 * the list holds everybody the count counts.
 */
export async function listCustomers(store: Store, actor: Actor, query: Query) {
  const { query: words } = query.search ? await searchWords(store, query.search) : { query: undefined };
  const sort = query.sort ?? (words ? 'relevance' : 'name');
  if (sort === 'relevance') return byRelevance(store, actor, query, words);

  const order = ORDERS[sort];
  const [phase, last, lastId] = decodeCursor(query.cursor, 3) ?? ['first', undefined, undefined];
  const rows: CustomerListRow[] = [];
  if (phase === 'first') {
    rows.push(...(await walk(store, query, words, order, query.cursor ? { last, lastId } : undefined, query.limit + 1)));
  }
  const tail = order.by === 'score' && !needsScore(query) && rows.length <= query.limit;
  const buyers = rows.length;
  if (tail) rows.push(...(await withoutScore(store, query, words, phase === 'rest' ? lastId : undefined, query.limit + 1 - rows.length)));

  const items = rows.slice(0, query.limit);
  const end = items.at(-1);
  let next: string | null = null;
  if (rows.length > query.limit && end)
    next = encodeCursor(items.length <= buyers && phase === 'first' ? ['first', end.sort_value, end.id] : ['rest', null, end.id]);
  return { items: items.map((row) => toCustomerRow(row, actor)), next };
}

async function walk(
  store: Store,
  filter: Filter,
  words: string | undefined,
  order: (typeof ORDERS)['name'],
  after: { last: unknown; lastId: unknown } | undefined,
  limit: number,
) {
  const direction = order.down ? sql`desc` : sql`asc`;
  const id = order.by === 'score' ? sql`s.customer_id` : sql`c.id`;
  const idDirection = order.by === 'score' ? sql`asc` : direction;
  const beyond = order.down ? sql`<` : sql`>`;
  const idBeyond = order.by === 'score' || !order.down ? sql`>` : sql`<`;
  const start = after
    ? sql`and (${order.column} ${beyond} ${after.last}::${order.type} or (${order.column} = ${after.last}::${order.type} and ${id} ${idBeyond} ${after.lastId}::uuid))`
    : sql``;
  const from =
    order.by === 'score' || needsScore(filter)
      ? sql`customer_score s join customer c on c.id = s.customer_id`
      : sql`customer c left join customer_score s on s.customer_id = c.id`;
  const { rows } = await sql<CustomerListRow>`
    select ${listColumns}, ${order.column}::text as sort_value
      from ${from}
     where ${conditions(filter, words)} ${start}
     order by ${order.column} ${direction}, ${id} ${idDirection}
     limit ${limit}`.execute(store.db);
  return rows;
}

async function withoutScore(store: Store, filter: Filter, words: string | undefined, afterId: unknown, limit: number) {
  const { rows } = await sql<CustomerListRow>`
    select ${listColumns}, null as sort_value
      from customer c left join customer_score s on s.customer_id = c.id
     where ${conditions(filter, words)} and s.customer_id is null ${afterId ? sql`and c.id > ${afterId}::uuid` : sql``}
     order by c.id
     limit ${limit}`.execute(store.db);
  return rows;
}

/** Among the first candidates that match: the whole words typed first, then the worthier customer. */
async function byRelevance(store: Store, actor: Actor, query: Query, words: string | undefined) {
  if (!words) return { items: [], next: null };
  const [offset] = (decodeCursor(query.cursor, 1) ?? [0]) as [number];
  const whole = words.replaceAll(':*', '');
  const { rows } = await sql<CustomerListRow>`
    with candidate as (
      select c.id, c.search
        from customer c left join customer_score s on s.customer_id = c.id
       where ${conditions(query, words)}
       limit ${CANDIDATES}
    )
    select ${listColumns}, null as sort_value
      from candidate
      join customer c on c.id = candidate.id
      left join customer_score s on s.customer_id = c.id
     order by candidate.search @@ ${whole}::tsquery desc, s.revenue desc nulls last, c.sort_name, c.id
     offset ${offset} limit ${query.limit + 1}`.execute(store.db);
  const next = rows.length > query.limit ? encodeCursor([offset + query.limit]) : null;
  return { items: rows.slice(0, query.limit).map((row) => toCustomerRow(row, actor)), next };
}
