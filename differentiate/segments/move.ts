// One customer, or a few: in or out by what is true of them now, without looking at anybody else.
import { tellWarehouse } from '@vinculo/customer-file';
import { withLock } from '@vinculo/postgres';
import { sql } from 'kysely';
import { closeBatches, moveBatch } from './batch.ts';
import { binder, type Compiled, compile } from './compile.ts';
import { meaningOf, type Segments } from './environment.ts';
import { precise, scoredAt, touch } from './lines.ts';
import { listsHolding } from './list-members.ts';
import { readProfiles } from './profiles.ts';
import type { Rule } from './rule.ts';

/** Customers judged at once: their ids fit into one parameter. */
const AT_ONCE = 2_000;
/** Rules in one query. */
const RULES = 20;

/** Everything about segments happens one after the other, in whatever process. */
export const alone = <T>({ context }: Segments, work: () => Promise<T>) => withLock(context.store, 'segments', work);

/** Looks at every customer put down. @returns how many were. */
export async function movePending(segments: Segments, signal?: AbortSignal): Promise<number> {
  let looked = 0;
  for (;;) {
    signal?.throwIfAborted();
    const some = await alone(segments, () => moveSome(segments));
    looked += some;
    if (some < AT_ONCE) return looked;
  }
}

async function moveSome(segments: Segments): Promise<number> {
  const { context } = segments;
  const { rows } = await sql<{ customer_id: string; asked_at: string; touched_at: string; visits: boolean }>`
    select customer_id, asked_at::text, to_char(asked_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') as touched_at, visits
      from segment_pending order by asked_at limit ${AT_ONCE}`.execute(context.store.db);
  if (rows.length === 0) return 0;
  const customers = rows.map((row) => row.customer_id);
  await closeBatches(context);
  // The warehouse hears of records saved one by one a moment later: here it is now.
  await tellWarehouse(context);
  const at = new Date();
  await readProfiles(context, customers);
  // What was there when the tables of scoring were read is in them.
  const since = precise(await scoredAt(segments));
  await touch(
    context,
    rows.filter(({ visits, touched_at }) => !visits && touched_at >= since),
  );
  await moveCustomers(segments, customers, at);
  await sql`
    delete from segment_pending p using unnest(${customers}::uuid[], ${rows.map((row) => row.asked_at)}::timestamptz[]) as done(id, asked_at)
     where p.customer_id = done.id and p.asked_at = done.asked_at`.execute(context.store.db);
  return rows.length;
}

/** Where each of them should be, against where they are. */
async function moveCustomers(segments: Segments, customers: readonly string[], at: Date): Promise<void> {
  const { context } = segments;
  const { rows } = await sql<{ id: string; kind: string; rule: Rule | null }>`
    select id, kind, rule from segment where kind <> 'prospects' and archived_at is null and counted_at is not null order by id`.execute(
    context.store.db,
  );
  if (rows.length === 0) return;
  const should = new Map<string, Set<string>>();
  const rules = rows.flatMap(({ id, rule }) => (rule ? [{ id, rule }] : []));
  const judged = new Set<string>();
  for (let from = 0; from < rules.length; from += RULES) {
    for (const id of await judge(segments, rules.slice(from, from + RULES), customers, at, should)) judged.add(id);
  }
  const lists = rows.filter(({ kind }) => kind === 'list').map(({ id }) => id);
  if (lists.length > 0) {
    for (const [id, members] of await listsHolding(context.store.db, lists, customers)) should.set(id, members);
    for (const id of lists) judged.add(id);
  }
  const are = await membershipsOf(segments, [...judged], customers);
  for (const id of judged) {
    const now = should.get(id) ?? new Set();
    const before = are.get(id) ?? new Set();
    const entered = customers.filter((customer) => now.has(customer) && !before.has(customer));
    const gone = customers.filter((customer) => before.has(customer) && !now.has(customer));
    if (entered.length + gone.length === 0) continue;
    const reason = lists.includes(id) ? 'list' : 'event';
    await moveBatch(context, { segment: id, reason, at }, chosen(entered, gone));
  }
}

/** Those that enter and those that leave, as a query. */
export const chosen = (entered: readonly string[], gone: readonly string[]) => ({
  sql: 'select arrayJoin({entering:Array(UUID)}) as customer_id, 1 as entered union all select arrayJoin({leaving:Array(UUID)}), 0',
  params: { entering: entered, leaving: gone },
});

/** Which of the customers each rule holds for, put into `into`. @returns the rules that could be asked. */
async function judge(
  segments: Segments,
  rules: readonly { id: string; rule: Rule }[],
  customers: readonly string[],
  at: Date,
  into: Map<string, Set<string>>,
): Promise<string[]> {
  const { context } = segments;
  const { meaning } = await meaningOf(
    segments,
    rules.map(({ rule }) => rule.where),
    at,
  );
  const values = binder();
  const asked: { id: string; compiled: Compiled }[] = [];
  for (const { id, rule } of rules) {
    try {
      asked.push({ id, compiled: compile(rule.where, meaning, { only: ONLY, touched: false }, values) });
    } catch (error) {
      context.log.warn({ err: error, segment: id }, 'The rule of a segment cannot be understood any more');
    }
  }
  if (asked.length === 0) return [];
  const found = await context.warehouse.rows<{ id: string; holds: number[] }>(
    `select toString(p.customer_id) as id, [${asked.map(({ compiled }) => `toUInt8(${compiled.where})`).join(', ')}] as holds
       from customer_profile as p final where p.alive and p.customer_id in (${ONLY})`,
    { ...asked[0]!.compiled.params, ...values.params, customers },
  );
  asked.forEach(({ id }, n) => into.set(id, new Set(found.filter(({ holds }) => holds[n]).map((row) => row.id))));
  return asked.map(({ id }) => id);
}
const ONLY = 'select arrayJoin({customers:Array(UUID)})';

/** Which segments have which of these customers today. */
export async function membershipsOf(
  { context }: Segments,
  segments: readonly string[],
  customers: readonly string[],
): Promise<Map<string, Set<string>>> {
  const rows = await context.warehouse.rows<{ segment: string; customer: string }>(
    `select toString(segment_id) as segment, toString(customer_id) as customer from segment_member final
      where segment_id in {segments:Array(UUID)} and customer_id in {customers:Array(UUID)} and inside`,
    { segments, customers },
  );
  const found = new Map<string, Set<string>>();
  for (const { segment, customer } of rows) {
    const members = found.get(segment) ?? new Set();
    found.set(segment, members.add(customer));
  }
  return found;
}
