import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import { newId, SYSTEM, type Transaction } from '@vinculo/postgres';
import { CUSTOMER_COLUMNS } from './customer-record.ts';
import { buildDeferred } from './deferred-indexes.ts';
import { CHANGE_COLUMNS, LINK_COLUMNS } from './identity-lines.ts';
import type { KindFigures, LinkageThread } from './linkage.worker.ts';
import { choicesInForce } from './field-choices.ts';
import { identityState, lockIdentity, momentOf, sourceTrust } from './queries.ts';
import { noteIdentity } from './identity-log.ts';
import { findDoubtful, saveDoubtful } from './doubts/save-doubtful.ts';
import { getSurvivorship } from './survivorship-rules.ts';
import { forgetGone } from './tell-warehouse.ts';
import { owned, type Thread } from '@vinculo/threads';

export interface WriteTask {
  unification: string;
  scope: 'all' | 'new' | 'rebuild';
  startedAt: Date;
  /** What identityState said when the plan was made. */
  state: string;
  thread: Thread<LinkageThread>;
  figures: Record<string, unknown>;
  models: Partial<Record<'person' | 'company', KindFigures>>;
  /** Customers to build. */
  customers: number;
  /** Customers that become others. */
  redirects: { from: string; into: string }[];
  /** Nothing was there before: rows go straight into the tables, whose indexes are built at the end. */
  first: boolean;
  /** Whether every customer there is is built. */
  everyone: boolean;
  progress(phase: string, done: number, total: number): Promise<void>;
  /** Whatever else belongs to this change, in its transaction; `at` is the moment its links begin. */
  also?(tx: Transaction, at: string): Promise<void>;
}

/** The plan was made before somebody changed who is who: make it again. */
export class PlanOutdated extends Error {}

const TRAIT_QUERY = `
  select record_id, source_id, toUInt64(toUnixTimestamp64Milli(changed_at)) as changed, key, traits
    from match_record final`;
/** Up to this many records are asked for by id; more, and reading all of them in one stream is quicker. */
const MOST_BY_NAME = 20_000;
/** More changes than this are told in one event instead of one each. */
const MOST_EVENTS = 200;

/**
 * Writes a plan to the desk in one transaction: killed at any moment, the file is as it was before or as it is after, and the run
 * that takes the work up starts again from what it finds. People's own changes of identity wait meanwhile.
 *
 * @throws PlanOutdated when people changed the identity of customers since the plan was made; nothing is written.
 */
export async function writeIdentity(context: Context, task: WriteTask): Promise<{ changed: number }> {
  const { store } = context;
  return store.transaction(SYSTEM, async (tx) => {
    await lockIdentity(tx, 'alone');
    if ((await identityState(tx)) !== task.state) throw new PlanOutdated();
    const at = await momentOf(tx);
    await task.thread.call('begin', at, await getSurvivorship(tx), await sourceTrust(tx), await choicesInForce(tx));

    await saveModels(tx, task);
    const doubtful = task.scope === 'rebuild' ? undefined : await findDoubtful(tx, task.thread);
    await writeLinks(context, tx, task, at.text);
    const changed = await writeCustomers(context, tx, task);
    await redirect(tx, task.redirects, at.text);
    if (doubtful) await saveDoubtful(tx, doubtful);
    await store.copyIn(tx, 'identity_change', CHANGE_COLUMNS, once(await task.thread.call('changes')));
    await writeWords(context, tx, task);
    if (task.first) await buildDeferred(tx, (done, total) => task.progress('index', done, total));

    await sql`
      insert into unification (id, scope, figures, started_at, linked_at)
      values (${task.unification}, ${task.scope}, ${JSON.stringify(task.figures)}, ${task.startedAt}, ${at.text})`.execute(tx);
    const events = await task.thread.call('events', MOST_EVENTS);
    for (const { id, kind } of events?.created ?? []) await tx.emit('customer.created', { kind: 'customer', id }, { kind });
    for (const { kept, gone } of events?.merged ?? []) await tx.emit('customer.merged', { kind: 'customer', id: kept }, { kept, gone });
    await task.also?.(tx, at.text);
    await noteIdentity(tx, null);
    return { changed };
  });
}

async function saveModels(tx: Transaction, { models }: WriteTask): Promise<void> {
  for (const [kind, { model, threshold, precision, recall, records, figures }] of Object.entries(models)) {
    if (!model) continue;
    const { learned, ...parameters } = model;
    await sql`
      insert into match_model (id, kind, model, learned, threshold, precision, recall, records, figures)
      values (${newId()}, ${kind}, ${JSON.stringify(parameters)}, ${learned ? JSON.stringify(learned) : null}, ${threshold}, ${precision}, ${recall},
              ${records}, ${JSON.stringify(figures ?? {})})`.execute(tx);
  }
}

async function writeLinks({ store }: Context, tx: Transaction, { thread, first }: WriteTask, at: string): Promise<void> {
  const lines = pieces(() => thread.call('linkLines'));
  if (first) return void (await store.copyIn(tx, 'link', LINK_COLUMNS, lines));
  await sql`create temp table opened (like link including defaults) on commit drop`.execute(tx);
  await store.copyIn(tx, 'opened', LINK_COLUMNS, lines);
  await sql`analyze opened`.execute(tx);
  await sql`update link l set valid_to = ${at} from opened o where l.record_id = o.record_id and l.valid_to is null`.execute(tx);
  await sql`insert into link select * from opened`.execute(tx);
}

/** Returns how many customers are new or differ from before. */
async function writeCustomers(context: Context, tx: Transaction, task: WriteTask): Promise<number> {
  const { store } = context;
  const lines = customerLines(context, task);
  if (task.first) return store.copyIn(tx, 'customer', CUSTOMER_COLUMNS, lines);
  await sql`create temp table built (like customer including defaults) on commit drop`.execute(tx);
  await store.copyIn(tx, 'built', CUSTOMER_COLUMNS, lines);
  await sql`analyze built`.execute(tx);
  const { numAffectedRows } = await sql`
    insert into customer as c select * from built
    on conflict (id) do update set
      kind = excluded.kind, merged_into = null, display_name = excluded.display_name, sort_name = excluded.sort_name,
      email = excluded.email, phone = excluded.phone, national_id = excluded.national_id, birth_date = excluded.birth_date,
      gender = excluded.gender, city = excluded.city, province = excluded.province, golden = excluded.golden,
      records = excluded.records, sources = excluded.sources, search = excluded.search, changed_at = excluded.changed_at,
      known_since = excluded.known_since,
      weakest = case when excluded.records > 1 then coalesce(excluded.weakest, c.weakest) end
    where (c.kind, c.merged_into, c.golden, c.records, c.sources, c.search, c.known_since) is distinct from
          (excluded.kind, null, excluded.golden, excluded.records, excluded.sources, excluded.search, excluded.known_since)
       or (excluded.weakest is not null and c.weakest is distinct from excluded.weakest)`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Reads over connections of their own: that of the transaction is busy with the COPY these lines feed. */
async function* customerLines({ store, warehouse }: Context, { thread, customers, progress }: WriteTask): AsyncGenerator<Buffer> {
  const tell = async () => progress('golden', (await thread.call('built')).built, customers);
  const ids = await thread.call('recordsToBuild', MOST_BY_NAME);
  if (ids) {
    for (let from = 0; from < ids.length; from += 5_000) {
      const { rows } = await sql<{ record: string; source: string; key: string; changedAt: number; traits: string }>`
        select id as record, source_id as source, key, (extract(epoch from changed_at) * 1000)::bigint as "changedAt", traits::text as traits
          from source_record where id = any(${ids.slice(from, from + 5_000)}::uuid[])`.execute(store.db);
      yield asBuffer(await thread.call('addRecordsByName', rows));
      await tell();
    }
    const { missing } = await thread.call('built');
    if (missing === 0) return;
    // The desk is right: what the warehouse holds beyond it is forgotten, and the job tries again without.
    const gone = await forgetGone({ store, warehouse }, ids);
    throw new Error(`${missing} customers have records that the desk does not hold; ${gone} of them are now forgotten`);
  }

  // One piece is worked on in the thread while the next is read and the one before is written.
  let working: Promise<Uint8Array> | undefined;
  for await (const bytes of warehouse.bytes(TRAIT_QUERY, undefined, { format: 'RowBinary' })) {
    const next = thread.call('addTraits', owned(bytes));
    next.catch(() => {});
    if (working) yield asBuffer(await working);
    working = next;
    await tell();
  }
  if (working) yield asBuffer(await working);
  const { missing } = await thread.call('built');
  if (missing > 0) throw new Error(`${missing} customers have records whose traits neither store holds`);
}

async function redirect(tx: Transaction, redirects: WriteTask['redirects'], at: string): Promise<void> {
  if (redirects.length === 0) return;
  await sql`
    update customer c set merged_into = r.into, changed_at = ${at}
      from unnest(${redirects.map(({ from }) => from)}::uuid[], ${redirects.map(({ into }) => into)}::uuid[]) as r("from", "into")
     where c.id = r."from"`.execute(tx);
}

/** Words are counted whole when everybody is built; in between a count only grows, which is all that correcting typing errors needs. */
async function writeWords({ store }: Context, tx: Transaction, { thread, first, everyone }: WriteTask): Promise<void> {
  const lines = once(await thread.call('words'));
  if (first) return void (await store.copyIn(tx, 'search_word', ['word', 'frequency'], lines));
  await sql`create temp table counted (word text, frequency integer) on commit drop`.execute(tx);
  await store.copyIn(tx, 'counted', ['word', 'frequency'], lines);
  if (everyone) await sql`delete from search_word w where not exists (select from counted c where c.word = w.word)`.execute(tx);
  await sql`
    insert into search_word as w select word, frequency from counted
    on conflict (word) do update set frequency = case when ${everyone} then excluded.frequency else greatest(w.frequency, excluded.frequency) end
    where w.frequency < excluded.frequency or ${everyone}`.execute(tx);
}

async function* pieces(next: () => Promise<Uint8Array | undefined>): AsyncGenerator<Buffer> {
  for (let piece = await next(); piece !== undefined; piece = await next()) yield asBuffer(piece);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Buffer> {
  if (bytes.length > 0) yield asBuffer(bytes);
}

const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
