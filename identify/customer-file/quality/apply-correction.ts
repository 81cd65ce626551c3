import type { Context } from '@vinculo/http';
import type { JobHandle } from '@vinculo/jobs';
import type { CountryCode } from '@vinculo/normalise';
import { sql } from 'kysely';
import { SYSTEM, type Transaction } from '@vinculo/postgres';
import { noteUntold, tellWarehouse } from '../identity/tell-warehouse.ts';
import type { Corrections } from '../records/corrections.ts';
import { normaliseRecord, type RawRecord } from '../records/normalise-record.ts';
import { correctionsOf } from '../records/corrections-in-force.ts';
import { valueCondition } from './problem-conditions.ts';
import { takeSnapshot } from './quality-snapshot.ts';

interface CorrectionRow {
  field: string;
  source_id: string | null;
  wrong: string;
  undone_at: Date | null;
}

const AT_ONCE = 1000;

/**
 * Reads the records a correction is about again, with every correction in force; with one that was taken back, those it had
 * changed. Batches of a transaction each: killed in between, the job begins anew and does again what changes nothing.
 *
 * @returns records that are different now.
 */
export async function applyCorrection(
  context: Context,
  correctionId: string,
  run: Pick<JobHandle, 'signal' | 'progress' | 'actor'>,
): Promise<{ records: number }> {
  const { store, jobs } = context;
  const { rows } = await sql<CorrectionRow>`select field, source_id, wrong, undone_at from correction where id = ${correctionId}`.execute(
    store.db,
  );
  const correction = rows[0];
  if (!correction) return { records: 0 };
  // What was saved moments ago is to be corrected too.
  await tellWarehouse(context);
  const ids = correction.undone_at ? await changedBy(context, correctionId) : await concerned(context, correction);
  let records = 0;
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    run.signal.throwIfAborted();
    const batch = ids.slice(at, at + AT_ONCE);
    const versions = await versionsOf(context, batch);
    records += await store.transaction(SYSTEM, (tx) => readAgain(tx, batch, versions, correction.undone_at ? undefined : correctionId));
    await run.progress({ done: Math.min(at + AT_ONCE, ids.length), total: ids.length, phase: 'correcting' });
  }
  await tellWarehouse(context);
  // Measured here, so that what was put right is gone from the worst problems when the job ends; and again after unification.
  await takeSnapshot(context);
  await store.transaction(run.actor, async (tx) => {
    if (!correction.undone_at) {
      await sql`
        update correction set applied_at = now(), records = (select count(*) from corrected_record where correction_id = ${correctionId})
         where id = ${correctionId}`.execute(tx);
    }
    await jobs.enqueue('identity.unify', { scope: 'new' }, { actor: run.actor, key: 'identity.unify.new', tx });
    await jobs.enqueue('quality.measure', {}, { actor: run.actor, key: 'quality.measure', tx });
  });
  return { records };
}

async function concerned({ warehouse }: Context, { field, source_id, wrong }: CorrectionRow): Promise<string[]> {
  const { where, params } = valueCondition(field, wrong, source_id ?? undefined);
  const ids: string[] = [];
  for await (const rows of warehouse.stream<{ id: string }>(
    `select toString(record_id) as id from match_record final where ${where} order by record_id`,
    params,
  )) {
    for (const { id } of rows) ids.push(id);
  }
  return ids;
}

async function changedBy({ store }: Context, correctionId: string): Promise<string[]> {
  const { rows } = await sql<{ record_id: string }>`
    select record_id from corrected_record where correction_id = ${correctionId} order by record_id`.execute(store.db);
  return rows.map(({ record_id }) => record_id);
}

/** match_record.version, which only grows. */
async function versionsOf({ warehouse }: Context, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await warehouse.rows<{ id: string; version: number }>(
    `select toString(record_id) as id, max(version) as version from match_record where record_id in {ids:Array(UUID)} group by record_id`,
    { ids },
  );
  return new Map(rows.map(({ id, version }) => [id, Number(version)]));
}

interface RecordRow {
  id: string;
  source_id: string;
  country: string;
  raw: RawRecord;
  traits: unknown;
  date_order: 'dmy' | 'mdy' | 'ymd' | null;
  same: boolean;
}

async function readAgain(
  tx: Transaction,
  ids: readonly string[],
  versions: ReadonlyMap<string, number>,
  correctionId: string | undefined,
): Promise<number> {
  // The order of the days is that of the file the record came in.
  const { rows } = await sql<RecordRow>`
    select r.id, r.source_id, s.country, r.raw, r.traits, i.options ->> 'dateOrder' as date_order
      from source_record r join source s on s.id = r.source_id left join import i on i.id = r.import_id
     where r.id = any(${ids}::uuid[])
     order by r.id for update of r`.execute(tx);
  const corrections = new Map<string, Corrections>();
  const now = Date.now();
  const changed = [];
  for (const { id, source_id, country, raw, traits, date_order } of rows) {
    if (!corrections.has(source_id)) corrections.set(source_id, await correctionsOf(tx, source_id));
    const read = normaliseRecord(raw, {
      country: country as CountryCode,
      dateOrder: date_order ?? (country === 'US' ? 'mdy' : 'dmy'),
      corrections: corrections.get(source_id)!,
    });
    if (sorted(read.traits) === sorted(traits)) continue;
    changed.push({ id, kind: read.kind, traits: read.traits, match: { ...read.match, filled: read.filled, invalid: read.invalid } });
  }
  if (changed.length === 0) return 0;
  await sql`
    update source_record r set kind = c.kind, traits = c.traits
      from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as c(id uuid, kind text, traits jsonb)
     where r.id = c.id`.execute(tx);
  await noteUntold(
    tx,
    changed.map(({ id, match }) => ({ record: id, version: Math.max(now, (versions.get(id) ?? 0) + 1), match, lookedAt: false })),
  );
  if (correctionId) {
    await sql`
      insert into corrected_record (correction_id, record_id)
      select ${correctionId}, id from unnest(${changed.map(({ id }) => id)}::uuid[]) as t(id) on conflict do nothing`.execute(tx);
  }
  return changed.length;
}

/** The same for the same content: the desk gives the fields of JSON in an order of its own. */
function sorted(value: unknown): string {
  return JSON.stringify(Object.entries(value as object).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
