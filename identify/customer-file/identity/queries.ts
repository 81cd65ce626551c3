import { lockKey, type Store, withLock } from '@vinculo/postgres';
import { type Kysely, sql } from 'kysely';
import type { Kind } from './customer-record.ts';
import type { DecidedPair, StoredModel } from './linkage.worker.ts';

type Reader = Kysely<unknown>;

/** The decisions in force. */
export async function decisionsInForce(db: Reader): Promise<DecidedPair[]> {
  const { rows } = await sql<DecidedPair>`
    select record_a as a, record_b as b, same from decision where undone_at is null order by id`.execute(db);
  return rows;
}

export interface ModelInForce extends StoredModel {
  id: string;
  kind: Kind;
  records: number;
  precision: number | null;
  recall: number | null;
  /** Whether it remembers its file: one that does not weighs by the file at hand, and is to be trained anew. */
  remembers: boolean;
}

/**
 * The newest model of each kind, without what it remembers of its file: enough to say what it is, not to link with. That is
 * {@link modelsInForce}.
 */
export async function modelsKnown(db: Reader): Promise<Partial<Record<Kind, ModelInForce>>> {
  const { rows } = await sql<ModelInForce>`
    select distinct on (kind) id, kind, model, threshold, precision, recall, records, learned is not null as remembers
      from match_model order by kind, trained_at desc`.execute(db);
  return Object.fromEntries(rows.map((row) => [row.kind, row]));
}

/** The newest model of each kind, to link with. A million records make one of some megabytes. */
export async function modelsInForce(db: Reader): Promise<Partial<Record<Kind, ModelInForce>>> {
  const known = await modelsKnown(db);
  for (const one of Object.values(known)) one.model = await wholeModel(db, one);
  return known;
}

/** A model with what it remembers of its file. */
export async function wholeModel(db: Reader, { id, model }: Pick<ModelInForce, 'id' | 'model'>): Promise<unknown> {
  const { rows } = await sql<{ learned: unknown }>`select learned from match_model where id = ${id}`.execute(db);
  return rows[0]?.learned ? { ...(model as object), learned: rows[0].learned } : model;
}

/** How much a file may grow before the model that fitted it is learned anew. */
const OUTGROWN = 1.3;

/** Whether a model no longer fits so many records, or never remembered what it was trained on. */
export function outgrown({ records, remembers }: Pick<ModelInForce, 'records' | 'remembers'>, now: number): boolean {
  return now > records * OUTGROWN || !remembers;
}

/** Trust in each source, 0 to 100. */
export async function sourceTrust(db: Reader): Promise<[source: string, trust: number][]> {
  const { rows } = await sql<{ id: string; trust: number }>`select id, trust from source`.execute(db);
  return rows.map(({ id, trust }) => [id, trust]);
}

/** Changes whenever somebody else changes who is who: what a plan was made with holds only while this stays the same. */
export async function identityState(db: Reader): Promise<string> {
  const { rows } = await sql<{ state: string }>`
    select coalesce((select max(changed_at)::text from identity_change), '') || ' ' ||
           coalesce((select max(greatest(decided_at, undone_at))::text from decision), '') || ' ' ||
           coalesce((select max(number)::text from identity_log), '') as state`.execute(db);
  return rows[0]!.state;
}

/** Whether customers are being imported, or about to be. */
export async function customerImportsUnderWay(db: Reader): Promise<boolean> {
  const { rows } = await sql<{ some: boolean }>`
    select exists (select from import where kind = 'customers' and state in ('waiting', 'checking', 'committing')) as some`.execute(db);
  return rows[0]!.some;
}

/** Now, by the clock of the desk: as Postgres writes it, and in microseconds since 1970. Later than every link already opened. */
export async function momentOf(tx: Reader): Promise<{ text: string; micros: number }> {
  const { rows } = await sql<{ text: string; micros: number }>`
    select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.USZ') as text, (extract(epoch from at) * 1000000)::bigint as micros
      from clock_timestamp() at`.execute(tx);
  return rows[0]!;
}

/**
 * Keeps unification's writing and people's changes of identity out of each other's way: they share the file among themselves, it
 * has it alone. Held until the transaction ends.
 */
export async function lockIdentity(tx: Reader, mode: 'alone' | 'shared'): Promise<void> {
  if (mode === 'alone') await sql`select pg_advisory_xact_lock(hashtext('identity'))`.execute(tx);
  else await sql`select pg_advisory_xact_lock_shared(hashtext('identity'))`.execute(tx);
}

/**
 * Says in the desk that a whole run thinks about who is who, for as long as it works: records that come meanwhile are saved and wait
 * for the next run, or every one of them would make this run think again. Goes away with the process.
 */
export function whileThinking<T>(store: Store, work: () => Promise<T>): Promise<T> {
  return withLock(store, THINKING, work);
}

/** Whether nobody thinks; then nobody begins to before this transaction has ended. */
export async function nobodyThinks(tx: Reader): Promise<boolean> {
  const { rows } = await sql<{ free: boolean }>`select pg_try_advisory_xact_lock_shared(${lockKey(THINKING)}::bigint) as free`.execute(tx);
  return rows[0]!.free;
}

const THINKING = 'identity thinking';
