import type { z } from 'zod';
import { decodeCursor, encodeCursor } from '@vinculo/http';
import { type RawBuilder, sql } from 'kysely';
import type { Actor, Store } from '@vinculo/postgres';
import type { CustomerListQuery } from '../api/customers.ts';
import { conditions, type Filter, needsScore, scoreConditions } from './filter.ts';
import { type CustomerListRow, listColumns, toCustomerRow } from './customer-row.ts';
import { type SearchWords, searchWords } from './search-words.ts';

type Query = z.infer<typeof CustomerListQuery>;
type Sort = NonNullable<Query['sort']>;

/** How each order walks its index, and the values of a row that a cursor remembers. */
const ORDERS: Record<
  Exclude<Sort, 'relevance'>,
  { by: 'customer' | 'score'; column: RawBuilder<unknown>; type: RawBuilder<unknown>; down: boolean; unknown?: true }
> = {
  name: { by: 'customer', column: sql`c.sort_name`, type: sql`text`, down: false },
  '-changed': { by: 'customer', column: sql`c.changed_at`, type: sql`timestamptz`, down: true },
  '-revenue': { by: 'score', column: sql`s.revenue`, type: sql`numeric`, down: true },
  '-last_purchase': { by: 'score', column: sql`s.last_purchase_at`, type: sql`timestamptz`, down: true },
  '-orders': { by: 'score', column: sql`s.orders`, type: sql`integer`, down: true },
  // Of these it may not be known for every buyer: those follow the others.
  profit: { by: 'score', column: sql`s.profit`, type: sql`numeric`, down: false, unknown: true },
  '-profit': { by: 'score', column: sql`s.profit`, type: sql`numeric`, down: true, unknown: true },
  '-lifetime_value': { by: 'score', column: sql`s.lifetime_value`, type: sql`numeric`, down: true, unknown: true },
  '-churn_risk': { by: 'score', column: sql`s.churn_risk`, type: sql`real`, down: true, unknown: true },
};

/** Relevance is judged among this many of the customers that match; nobody pages further than that by relevance. */
const CANDIDATES = 400;
/** Names that so many customers have are looked for among the worthiest, so far down. */
const COMMON = 5000;
const FAR_DOWN = 20_000;
/** Up to so many customers with the scores asked for are gathered before they are sorted. */
const SMALL = 5000;

/**
 * One page of customers. Orders by a purchase figure list the buyers first and then those who have not bought, so that
 * the list holds everybody the count counts.
 */
export async function listCustomers(store: Store, actor: Actor, query: Query) {
  const search = query.search ? await searchWords(store, query.search) : undefined;
  const words = search?.query;
  const sort = query.sort ?? (words ? 'relevance' : 'name');
  if (sort === 'relevance') return byRelevance(store, actor, query, search);

  const order = ORDERS[sort];
  const [from, last, lastId] = (decodeCursor(query.cursor, 3) as [Phase, unknown, unknown] | undefined) ?? ['first', undefined, undefined];
  const rows: (CustomerListRow & { phase: Phase })[] = [];
  const take = async (phase: Phase, more: (limit: number) => Promise<CustomerListRow[]>) => {
    if (PHASES.indexOf(phase) < PHASES.indexOf(from) || rows.length > query.limit) return;
    for (const row of await more(query.limit + 1 - rows.length)) rows.push({ ...row, phase });
  };
  const after = (phase: Phase) => (query.cursor && phase === from ? { last, lastId } : undefined);
  await take('first', (limit) => walk(store, query, words, order, after('first'), limit));
  if (order.unknown) await take('unknown', (limit) => walkUnknown(store, query, words, order.column, after('unknown')?.lastId, limit));
  if (order.by === 'score' && !needsScore(query))
    await take('rest', (limit) => withoutScore(store, query, words, after('rest')?.lastId, limit));

  const items = rows.slice(0, query.limit);
  const end = items.at(-1);
  const next = rows.length > query.limit && end ? encodeCursor([end.phase, end.sort_value, end.id]) : null;
  return { items: items.map((row) => toCustomerRow(row, actor)), next };
}

/** A list by a score: those whose score is known, buyers of whom it is not, and who has never bought. */
const PHASES = ['first', 'unknown', 'rest'] as const;
type Phase = (typeof PHASES)[number];

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
  // The planner takes a group for scattered evenly over every order, and passes over half the file for one whose customers
  // all come late in it. A small one is gathered whole and put in order.
  const gathered = order.by === 'customer' && needsScore(filter) && !words && (await isSmall(store, filter));
  const { rows } = await sql<CustomerListRow>`
    ${gathered ? sql`with member as materialized (select * from customer_score s where ${scoreConditions(filter)})` : sql``}
    select ${listColumns}, ${order.column}::text as sort_value
      from ${gathered ? sql`member s join customer c on c.id = s.customer_id` : from}
     where ${conditions(filter, words)} ${order.unknown ? sql`and ${order.column} is not null` : sql``} ${start}
     order by ${order.column} ${direction}${order.unknown && order.down ? sql` nulls last` : sql``}, ${id} ${idDirection}
     limit ${limit}`.execute(store.db);
  return rows;
}

async function walkUnknown(
  store: Store,
  filter: Filter,
  words: string | undefined,
  column: RawBuilder<unknown>,
  afterId: unknown,
  limit: number,
) {
  const { rows } = await sql<CustomerListRow>`
    select ${listColumns}, null as sort_value
      from customer_score s join customer c on c.id = s.customer_id
     where ${conditions(filter, words)} and ${column} is null ${afterId ? sql`and s.customer_id > ${afterId}::uuid` : sql``}
     order by s.customer_id
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

/** Whether few enough have the scores asked for to be gathered and sorted. */
async function isSmall(store: Store, filter: Filter): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from (select 1 from customer_score s where ${scoreConditions(filter)} limit ${SMALL + 1}) counted`.execute(
    store.db,
  );
  return rows[0]!.n <= SMALL;
}

/** Whoever is called as was typed comes first, and among them the worthier customer. */
export async function byRelevance(
  store: Store,
  actor: Actor,
  query: Filter & Pick<Query, 'cursor' | 'limit'>,
  search: SearchWords | undefined,
) {
  if (!search?.query) return { items: [], next: null };
  const [offset] = (decodeCursor(query.cursor, 1) ?? [0]) as [number];
  const enough = offset + query.limit + 1;
  let rows: CustomerListRow[] = [];
  if (search.whole && search.expected >= COMMON) rows = await bestOf(store, query, search.whole, enough);
  if (rows.length < enough && search.whole) rows = await candidates(store, query, search.whole, search.query, enough);
  if (rows.length < enough) rows = await candidates(store, query, search.query, search.query, enough);
  const next = rows.length >= enough ? encodeCursor([offset + query.limit]) : null;
  return { items: rows.slice(offset, offset + query.limit).map((row) => toCustomerRow(row, actor)), next };
}

/** For names that many have: from the worthiest customer downwards until enough of them have it. */
async function bestOf(store: Store, filter: Filter, words: string, enough: number): Promise<CustomerListRow[]> {
  const { rows } = await sql<CustomerListRow>`
    select ${listColumns}, null as sort_value
      from (select * from customer_score order by revenue desc, customer_id limit ${FAR_DOWN}) s
      join customer c on c.id = s.customer_id
     where ${conditions(filter, words)}
     order by s.revenue desc, s.customer_id
     limit ${enough}`.execute(store.db);
  return rows;
}

/** For the others: the first that match, those with the whole words that were typed before those with their beginnings. */
async function candidates(store: Store, filter: Filter, words: string, typed: string, enough: number): Promise<CustomerListRow[]> {
  const { rows } = await sql<CustomerListRow>`
    with candidate as (
      select c.id, c.search
        from customer c left join customer_score s on s.customer_id = c.id
       where ${conditions(filter, words)}
       limit ${CANDIDATES}
    )
    select ${listColumns}, null as sort_value
      from candidate
      join customer c on c.id = candidate.id
      left join customer_score s on s.customer_id = c.id
     order by candidate.search @@ ${typed.replaceAll(':*', '')}::tsquery desc, s.revenue desc nulls last, c.sort_name, c.id
     limit ${enough}`.execute(store.db);
  return rows;
}
