// The warehouse hears of records saved one by one in handfuls, a moment later: a part of a table for each would drown it. What it
// has not heard yet is written in the desk, in the transaction that saved it, so that nothing is forgotten when the process ends.
import type { Context } from '@vinculo/http';
import { type Kysely, sql } from 'kysely';
import { SYSTEM, type Transaction, withLock } from '@vinculo/postgres';
import type { MatchKeys } from '../records/normalise-record.ts';

/** What linkage compares of a record, with its masks of quality. */
export interface MatchRow extends MatchKeys {
  filled: number;
  invalid: number;
}

export interface Untold {
  record: string;
  /** match_record.version. */
  version: number;
  match: MatchRow | null;
  /** Whether linkage has seen this version of the record. */
  lookedAt: boolean;
}

/** Notes what the warehouse is to be told. In the transaction that changes it. */
export async function noteUntold(tx: Transaction, untold: readonly Untold[]): Promise<void> {
  if (untold.length === 0) return;
  await sql`
    insert into untold_record as u (record_id, version, match, looked_at)
    select record, version, match, "lookedAt"
      from jsonb_to_recordset(${JSON.stringify(untold)}::jsonb) as n(record uuid, version bigint, match jsonb, "lookedAt" boolean)
    on conflict (record_id) do update
      set version = excluded.version, match = coalesce(excluded.match, u.match), looked_at = excluded.looked_at`.execute(tx);
}

interface Row {
  record_id: string;
  version: number;
  match: MatchRow | null;
  looked_at: boolean;
  /** Null with what follows when the source has withdrawn the record. */
  source_id: string | null;
  key: string;
  kind: string;
  traits: string;
  changed_at: Date | null;
  /** Microseconds since 1970. */
  withdrawn: number | null;
  customer_id: string | null;
  reason: string | null;
  rule: string;
  since: number;
  /** Changes whenever the note is written again. */
  stamp: string;
}

const AT_ONCE = 2_000;

/**
 * Tells the warehouse what it has not heard; afterwards it knows all that was saved before. One at a time: whoever read that a record
 * is there must not say so after another has said that it is gone. Doing it again changes nothing.
 */
export async function tellWarehouse(stores: Pick<Context, 'store' | 'warehouse'>): Promise<number> {
  const { rows } = await sql<{ something: boolean }>`select exists (select from untold_record) as something`.execute(stores.store.db);
  return rows[0]!.something ? withLock(stores.store, 'tell the warehouse', () => tellAll(stores)) : 0;
}

async function tellAll({ store, warehouse }: Pick<Context, 'store' | 'warehouse'>): Promise<number> {
  let told = 0;
  for (;;) {
    const rows = await untold(store.db);
    if (rows.length === 0) return told;
    await forgetWithdrawn(
      warehouse,
      rows.filter(({ source_id }) => source_id === null),
    );
    const match = rows.flatMap(({ match: keys, record_id, source_id, key, kind, traits, changed_at, version }) =>
      keys && source_id ? [{ ...keys, record_id, source_id, key, kind, traits, changed_at: changed_at!.toISOString(), version }] : [],
    );
    if (match.length > 0) await warehouse.insert('match_record', match);
    const owned = rows.flatMap(({ record_id, customer_id, reason, rule, version, since, looked_at }) =>
      customer_id ? [{ record_id, customer_id, reason, rule, record_version: looked_at ? version : 0, version: since }] : [],
    );
    if (owned.length > 0) await warehouse.insert('identity', owned);
    await store.transaction(SYSTEM, async (tx) => {
      await sql`
        delete from untold_record u using unnest(${rows.map(({ record_id }) => record_id)}::uuid[], ${rows.map(({ stamp }) => stamp)}::text[]) as t(record, stamp)
         where u.record_id = t.record and u.xmin::text = t.stamp`.execute(tx);
    });
    told += rows.length;
    if (rows.length < AT_ONCE) return told;
  }
}

/** Forgets those of these records that the desk does not hold. Returns how many. */
export async function forgetGone({ store, warehouse }: Pick<Context, 'store' | 'warehouse'>, records: readonly string[]): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select id from unnest(${records}::uuid[]) as asked(id) where not exists (select from source_record r where r.id = asked.id)`.execute(
    store.db,
  );
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0)
    for (const table of ['match_record', 'identity'])
      await warehouse.command(`delete from ${table} where record_id in {ids:Array(UUID)}`, { ids });
  return ids.length;
}

/** What is newer stays: the record came back, and somebody told so, since this was read. */
async function forgetWithdrawn(warehouse: Context['warehouse'], rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ record_id }) => record_id);
  const until = 'version <= arrayElement({until:Array(UInt64)}, indexOf({ids:Array(UUID)}, record_id))';
  const forget = (table: string, versions: number[]) =>
    warehouse.command(`delete from ${table} where record_id in {ids:Array(UUID)} and ${until}`, { ids, until: versions });
  await forget(
    'match_record',
    rows.map(({ version }) => version),
  );
  await forget(
    'identity',
    rows.map(({ withdrawn }) => withdrawn ?? 0),
  );
}

async function untold(db: Kysely<unknown>): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select u.record_id, u.version, u.match, u.looked_at, r.source_id, r.key, r.kind, r.traits::text as traits, r.changed_at, l.customer_id, l.reason,
           coalesce(l.evidence ->> 'rule', '') as rule, (extract(epoch from l.valid_from) * 1000000)::bigint as since, (extract(epoch from w.withdrawn_at) * 1000000)::bigint as withdrawn, u.xmin::text as stamp
      from untold_record u
      left join source_record r on r.id = u.record_id
      left join withdrawn_record w on w.record_id = u.record_id
      left join link l on l.record_id = u.record_id and l.valid_to is null
     order by u.record_id limit ${AT_ONCE}`.execute(db);
  return rows;
}
