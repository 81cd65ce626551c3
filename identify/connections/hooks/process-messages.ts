// What came becomes customers and facts, in the order in which it came. Everything here may be done twice: a server that ends in
// between does it again.
import {
  type ContactFact,
  findSource,
  type PurchaseFact,
  removeFacts,
  type Saved,
  saveRecords,
  tellFacts,
  writeFacts,
} from '@vinculo/customer-file';
import type { Context } from '@vinculo/http';
import { SYSTEM, withLock } from '@vinculo/postgres';
import { sql } from 'kysely';
import { findRow, type HookRow } from './hook-row.ts';
import { readMessage, type Reason, type Thing } from './read-message.ts';

const BATCH = 50;
/** After so many failures of ours a message is put aside; it can be read again. */
const ATTEMPTS = 8;

interface Message {
  id: string;
  body: string;
  received_at: Date;
  attempts: number;
}

/** Hooks with messages that can be read now. */
export async function dueHooks({ store }: Pick<Context, 'store'>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select h.id from hook h
     where h.mapping is not null and h.deleted_at is null
       and exists (select from hook_message m where m.hook_id = h.id and m.state = 'waiting' and m.next_at <= now())`.execute(store.db);
  return rows.map(({ id }) => id);
}

/** Reads the next messages of a hook. @returns how many. */
export function processHook(context: Context, id: string): Promise<number> {
  // One at a time, in whatever process: what is said later of a customer must win.
  return withLock(context.store, `hook ${id}`, async () => {
    const hook = await findRow(context.store.db, id);
    if (!hook.mapping) return 0;
    const { rows } = await sql<Message>`
      select id, body, received_at, attempts from hook_message
       where hook_id = ${id} and state = 'waiting' and next_at <= now() order by id limit ${BATCH}`.execute(context.store.db);
    if (rows.length === 0) return 0;
    try {
      await processSome(context, hook, rows);
    } catch (error) {
      // One of them may be the trouble: the others need not wait for it.
      for (const row of rows) await processSome(context, hook, [row]).catch((own: unknown) => postpone(context, row, own));
      if (rows.length > 1) context.log.warn({ err: error, hook: id }, 'Messages of a hook were read one by one after a failure');
    }
    return rows.length;
  });
}

async function processSome(context: Context, hook: HookRow, messages: readonly Message[]): Promise<void> {
  const { store, warehouse, settings } = context;
  const source = await findSource(store, hook.source_id);
  const { currency } = await settings.get();
  const read = messages.map((message) => {
    const things = readMessage(JSON.parse(message.body), hook.mapping!, { source: source.id, currency, receivedAt: message.received_at });
    return { message, things, reasons: things.flatMap(({ reasons }) => reasons) };
  });
  const taken = read.filter(({ reasons }) => reasons.length === 0);
  const things = taken.flatMap((one) => one.things.filter(({ ignored }) => !ignored));
  const saved = await save(context, source, things);
  const purchases = lastOrders(things);
  const contacts = lastOf(
    things.flatMap(({ contact }) => contact ?? []),
    ({ contact_id }) => contact_id,
  );
  await forgetOldLines(context, purchases);
  // What was said last takes the place of what was said before, also when it is read again later.
  await writeFacts(warehouse, { purchase: purchases, contact: contacts }, messages.at(-1)!.received_at);
  await store.transaction(SYSTEM, async (tx) => {
    for (const { message, things: own, reasons } of read) await finish(tx, message, own, reasons, saved);
    const kinds = [...(purchases.length > 0 ? (['purchase'] as const) : []), ...(contacts.length > 0 ? (['contact'] as const) : [])];
    if (kinds.length > 0)
      await tellFacts(
        tx,
        [...purchases, ...contacts].map((fact) => fact.record_id),
        kinds,
      );
  });
}

type SavedRecord = Saved['records'][number];

async function save(
  context: Context,
  source: { id: string; country: string },
  things: readonly Thing[],
): Promise<Map<string, SavedRecord>> {
  const records = things.flatMap(({ record }) => (record ? [record] : []));
  const all = new Map<string, SavedRecord>();
  for (let from = 0; from < records.length; from += 500) {
    const { records: saved } = await saveRecords(context, SYSTEM, { source, records: records.slice(from, from + 500) });
    for (const one of saved) all.set(one.key, one);
  }
  return all;
}

/** Of an order that several messages tell of, the lines of the last. */
function lastOrders(things: readonly Thing[]): PurchaseFact[] {
  const orders = new Map<string, PurchaseFact[]>();
  for (const { purchases } of things) if (purchases[0]) orders.set(orderOf(purchases[0]), purchases);
  return [...orders.values()].flatMap((lines) => lastOf(lines, ({ line_id: id }) => id));
}

const orderOf = ({ record_id: record, order_key: order }: Pick<PurchaseFact, 'record_id' | 'order_key'>) => `${record} ${order}`;

const lastOf = <T extends PurchaseFact | ContactFact>(facts: readonly T[], id: (fact: T) => string): T[] => [
  ...new Map(facts.map((fact) => [id(fact), fact])).values(),
];

/** An order told again is all there is of it: lines it had before and has no longer go. */
async function forgetOldLines({ warehouse }: Pick<Context, 'warehouse'>, lines: readonly PurchaseFact[]): Promise<void> {
  if (lines.length === 0) return;
  const [records, orders, ids] = [
    [...new Set(lines.map((line) => line.record_id))],
    [...new Set(lines.map((line) => line.order_key))],
    new Set(lines.map((line) => line.line_id)),
  ];
  const told = new Set(lines.map(orderOf));
  const known = await warehouse.rows<{ record: string; line: string; order_key: string }>(
    `select toString(record_id) as record, toString(line_id) as line, order_key from purchase final
      where record_id in {records:Array(UUID)} and source_id = {source:UUID} and order_key in {orders:Array(String)}`,
    { records, orders, source: lines[0]!.source_id },
  );
  const gone = known.filter(({ record, line, order_key: order }) => told.has(`${record} ${order}`) && !ids.has(line));
  await removeFacts(
    warehouse,
    'purchase',
    [...new Set(gone.map(({ record }) => record))],
    gone.map(({ line }) => line),
  );
}

type Tx = Parameters<Parameters<Context['store']['transaction']>[1]>[0];

async function finish(
  tx: Tx,
  { id }: Message,
  things: readonly Thing[],
  reasons: readonly Reason[],
  saved: Map<string, SavedRecord>,
): Promise<void> {
  const state = reasons.length > 0 ? 'rejected' : things.every(({ ignored }) => ignored) ? 'ignored' : 'done';
  const customers = things.flatMap(({ record }) => {
    const one = record && saved.get(record.key);
    return one ? [{ key: one.key, customerId: one.customerId, outcome: one.outcome }] : [];
  });
  const count = (of: (thing: Thing) => number) => things.reduce((sum, thing) => sum + of(thing), 0);
  const result = {
    customers: customers.slice(0, 50),
    purchases: count((thing) => thing.purchases.length),
    contacts: count((thing) => (thing.contact ? 1 : 0)),
  };
  await sql`
    update hook_message set state = ${state}, reasons = ${JSON.stringify(reasons.slice(0, 50))}, attempts = attempts + 1, done_at = now(),
           result = ${state === 'done' ? JSON.stringify(result) : null}
     where id = ${id}`.execute(tx);
}

async function postpone({ store, log }: Pick<Context, 'store' | 'log'>, { id, attempts }: Message, error: unknown): Promise<void> {
  log.warn({ err: error, message: id }, 'A message of a hook could not be read');
  const over = attempts + 1 >= ATTEMPTS;
  const reasons = over ? JSON.stringify([{ where: '', reason: 'failed', value: '' }]) : '[]';
  await sql`
    update hook_message
       set attempts = attempts + 1, next_at = now() + make_interval(secs => ${2 ** (attempts + 1)}), state = ${over ? 'rejected' : 'waiting'},
           reasons = ${reasons}
     where id = ${id} and state = 'waiting'`.execute(store.db);
}
