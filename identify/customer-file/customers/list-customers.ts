import type { z } from 'zod';
import { decodeCursor, encodeCursor } from '@vinculo/http';
import { type RawBuilder, sql } from 'kysely';
import type { Actor, Store } from '@vinculo/postgres';
import type { CustomerListQuery } from '../api/customers.ts';
import { conditions, type Filter, needsScore, readFrom, scoreConditions } from './filter.ts';
import { type LongSegment, type Members, type Place, sifted } from './members.ts';
import { type CustomerListRow, listColumns, toCustomerRow } from './customer-row.ts';
import { type RankedSort, type Ranking, rankedRows } from './ranking.ts';
import { type SearchWords, searchWords } from './search-words.ts';

type Query = z.infer<typeof CustomerListQuery>;
type Sort = NonNullable<Query['sort']>;

/** How each order walks its index, or that of the ranking, and the values of a row that a cursor remembers. */
const ORDERS: Record<
  Exclude<Sort, 'relevance'>,
  { by: 'customer' | 'score'; column: RawBuilder<unknown>; type: RawBuilder<unknown>; down: boolean; unknown?: true; ranked?: RankedSort }
> = {
  name: { by: 'customer', column: sql`c.sort_name`, type: sql`text`, down: false },
  '-changed': { by: 'customer', column: sql`c.changed_at`, type: sql`timestamptz`, down: true },
  '-revenue': { by: 'score', column: sql`s.revenue`, type: sql`numeric`, down: true },
  '-last_purchase': { by: 'score', column: sql`s.last_purchase_at`, type: sql`timestamptz`, down: true },
  '-orders': { by: 'score', column: sql`s.orders`, type: sql`integer`, down: true, ranked: '-orders' },
  // Of these it may not be known for every buyer: those follow the others.
  profit: { by: 'score', column: sql`s.profit`, type: sql`numeric`, down: false, unknown: true, ranked: 'profit' },
  '-profit': { by: 'score', column: sql`s.profit`, type: sql`numeric`, down: true, unknown: true, ranked: '-profit' },
  '-lifetime_value': {
    by: 'score',
    column: sql`s.lifetime_value`,
    type: sql`numeric`,
    down: true,
    unknown: true,
    ranked: '-lifetime_value',
  },
  '-churn_risk': { by: 'score', column: sql`s.churn_risk`, type: sql`real`, down: true, unknown: true, ranked: '-churn_risk' },
};

/** Relevance is judged among this many of the customers that match; nobody pages further than that by relevance. */
const CANDIDATES = 400;
/** Of a long segment they are looked for among so many. */
const MATCHING = 10_000;
/** Names that so many customers have are looked for among the worthiest, so far down. */
const COMMON = 5000;
const FAR_DOWN = 20_000;
/** Up to so many customers with the scores asked for are gathered before they are sorted. */
const SMALL = 5000;

/**
 * One page of customers. Orders by a purchase figure list the buyers first and then those who have not bought, so that
 * the list holds everybody the count counts.
 *
 * @param members of `query.segment`.
 * @param ranking what keeps the orders the desk has no index for; without one it sorts.
 */
export async function listCustomers(store: Store, actor: Actor, query: Query, members?: Members, ranking?: Ranked) {
  const search = query.search ? await searchWords(store, query.search) : undefined;
  const words = search?.query;
  const sort = query.sort ?? (words ? 'relevance' : 'name');
  if (sort === 'relevance') return byRelevance(store, actor, query, search, members);

  const order = ORDERS[sort];
  const [from, last, lastId] = (decodeCursor(query.cursor, 3) as [Phase, unknown, unknown] | undefined) ?? ['first', undefined, undefined];
  const rows: (CustomerListRow & { phase: Phase })[] = [];
  const take = async (phase: Phase, more: (limit: number) => Promise<CustomerListRow[]>) => {
    if (PHASES.indexOf(phase) < PHASES.indexOf(from) || rows.length > query.limit) return;
    for (const row of await more(query.limit + 1 - rows.length)) rows.push({ ...row, phase });
  };
  const after = (phase: Phase) => (query.cursor && phase === from ? { last, lastId } : undefined);
  // Every index of an order has the words of the scores, but no channels.
  const few = needsScore(query) && (order.by === 'customer' || query.channel !== undefined) && !words && (await isSmall(store, query));
  // What few are called the desk finds sooner than a ranking passes over everybody else.
  const rare = search !== undefined && search.expected < COMMON;
  const listed: Listed = { store, filter: query, words, members, few, ranking: rare ? undefined : ranking };
  const sift = async (read: (place: Place | undefined, limit: number) => Promise<CustomerListRow[]>, phase: Phase, limit: number) => {
    const found = await sifted(listed.members, read, after(phase), limit);
    if (found) return found;
    listed.members = { ids: await (members as LongSegment).all() };
    return read(after(phase), limit);
  };
  await take('first', (limit) =>
    sift(async (place, most) => (await walkRanked(listed, order, true, place, most)) ?? walk(listed, order, place, most), 'first', limit),
  );
  if (order.unknown)
    await take('unknown', (limit) =>
      sift(
        async (place, most) =>
          (await walkRanked(listed, order, false, place, most)) ?? walkUnknown(listed, order.column, place?.lastId, most),
        'unknown',
        limit,
      ),
    );
  if (order.by === 'score' && !needsScore(query))
    await take('rest', (limit) => sift((place, most) => withoutScore(listed, place?.lastId, most), 'rest', limit));

  const items = rows.slice(0, query.limit);
  const end = items.at(-1);
  const next = rows.length > query.limit && end ? encodeCursor([end.phase, end.sort_value, end.id]) : null;
  return { items: items.map((row) => toCustomerRow(row, actor)), next };
}

/** A list by a score: those whose score is known, buyers of whom it is not, and who has never bought. */
const PHASES = ['first', 'unknown', 'rest'] as const;
type Phase = (typeof PHASES)[number];

interface Listed {
  store: Store;
  filter: Filter;
  words: string | undefined;
  members: Members | undefined;
  /** Those with the scores asked for are few. */
  few?: boolean;
  ranking?: Ranked | undefined;
}

/** A ranking for one reading of its stores. */
type Ranked = (asked: Parameters<Ranking['next']>[1]) => ReturnType<Ranking['next']>;

type Order = (typeof ORDERS)['name'];

/** Undefined where the desk walks or sorts by itself. @param known those whose figure is known, or the others. */
async function walkRanked(listed: Listed, order: Order, known: boolean, after: Place | undefined, limit: number) {
  const { store, filter, words, members, few, ranking } = listed;
  const sort = order.ranked;
  if (!sort || !ranking || few || members?.ids) return undefined;
  const start = after && { value: after.last as string | null, id: after.lastId as string };
  return rankedRows(
    (place, most) => ranking({ sort, filter, known, after: place, limit: most }),
    async (ranked, most) => {
      const [ids, values] = [ranked.map(({ id }) => id), ranked.map(({ value }) => value)];
      const { rows } = await sql<CustomerListRow>`
        select ${listColumns}, r.value as sort_value
          from unnest(${ids}::uuid[], ${values}::text[]) with ordinality as r(id, value, place)
          join customer c on c.id = r.id
          join customer_score s on s.customer_id = c.id
         where ${conditions(filter, words)}
         order by r.place
         limit ${most}`.execute(store.db);
      return rows;
    },
    start,
    limit,
  );
}

async function walk(listed: Listed, order: Order, after: Place | undefined, limit: number) {
  const { store, filter, words } = listed;
  const direction = order.down ? sql`desc` : sql`asc`;
  const id = order.by === 'score' ? sql`s.customer_id` : sql`c.id`;
  // The index of the latest changes is read as it stands; those of figures have ids upwards.
  const idDown = order.down && order.by === 'customer';
  const idDirection = idDown ? sql`desc` : sql`asc`;
  const beyond = order.down ? sql`<` : sql`>`;
  const idBeyond = idDown ? sql`<` : sql`>`;
  const start = after
    ? sql`and (${order.column} ${beyond} ${after.last}::${order.type} or (${order.column} = ${after.last}::${order.type} and ${id} ${idBeyond} ${after.lastId}::uuid))`
    : sql``;
  const { gathered, from } = readFrom(order.by === 'score' || needsScore(filter) ? 'score' : 'customer', listed);
  const { rows } = await sql<CustomerListRow>`
    ${gathered}
    select ${listColumns}, ${order.column}::text as sort_value
      from ${from}
     where ${conditions(filter, words)} ${order.unknown ? sql`and ${order.column} is not null` : sql``} ${start}
     order by ${order.column} ${direction}, ${id} ${idDirection}
     limit ${limit}`.execute(store.db);
  return rows;
}

async function walkUnknown(listed: Listed, column: RawBuilder<unknown>, afterId: unknown, limit: number) {
  const { store, filter, words } = listed;
  const { gathered, from } = readFrom('score', listed);
  const { rows } = await sql<CustomerListRow>`
    ${gathered}
    select ${listColumns}, null as sort_value
      from ${from}
     where ${conditions(filter, words)} and ${column} is null ${afterId ? sql`and s.customer_id > ${afterId}::uuid` : sql``}
     order by s.customer_id
     limit ${limit}`.execute(store.db);
  return rows;
}

async function withoutScore(listed: Listed, afterId: unknown, limit: number) {
  const { store, filter, words } = listed;
  const { gathered, from } = readFrom('customer', listed);
  const { rows } = await sql<CustomerListRow>`
    ${gathered}
    select ${listColumns}, null as sort_value
      from ${from}
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
  members?: Members,
) {
  if (!search?.query) return { items: [], next: null };
  const [offset] = (decodeCursor(query.cursor, 1) ?? [0]) as [number];
  const enough = offset + query.limit + 1;
  let rows: CustomerListRow[] = [];
  if (search.whole && search.expected >= COMMON && !members) rows = await bestOf(store, query, search.whole, enough);
  const found = (words: string) => candidates({ store, filter: query, words, members }, search.query!, enough);
  if (rows.length < enough && search.whole) rows = await found(search.whole);
  if (rows.length < enough) rows = await found(search.query);
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

/** Of a long segment, those of its members among the first who match. */
async function matching({ store, filter, words, members }: Listed): Promise<Members | undefined> {
  if (!members || members.ids) return members;
  const { from } = readFrom('customer', { filter });
  const { rows } = await sql<{ id: string }>`select c.id from ${from} where ${conditions(filter, words)} limit ${MATCHING}`.execute(
    store.db,
  );
  return { ids: [...(await members.among(rows.map(({ id }) => id)))] };
}

/** For the others: the first that match, those with the whole words that were typed before those with their beginnings. */
async function candidates(listed: Listed, typed: string, enough: number): Promise<CustomerListRow[]> {
  const { store, filter, words } = listed;
  const members = await matching(listed);
  const { gathered, from } = readFrom('customer', { filter, members });
  const { rows } = await sql<CustomerListRow>`
    ${members?.ids ? sql`${gathered}, ` : sql`with`} candidate as (
      select c.id, c.search
        from ${from}
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
