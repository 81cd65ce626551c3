import type { z } from 'zod';
import { fail, notFound } from '@vinculo/errors';
import { type Context, decodeCursor, toPage } from '@vinculo/http';
import { type CountryCode } from '@vinculo/normalise';
import { sql } from 'kysely';
import { type Actor, newId } from '@vinculo/postgres';
import type { Correction, CorrectionPreview, NewCorrection } from '../api/quality.ts';
import { maskField, seesPersonal } from '../identity/mask.ts';
import { valueOf } from '../identity/traits.ts';
import { CORRECTED_FIELDS, correctionKey } from '../records/corrections.ts';
import { normaliseRecord, type RawRecord } from '../records/normalise-record.ts';
import { maskValue } from './mask-value.ts';
import { valueCondition } from './problem-conditions.ts';
import { showRecords } from './problem-records.ts';

type Asked = z.infer<typeof NewCorrection>;
type Shown = z.infer<typeof Correction>;

const SAMPLE = 8;

/** How many records a correction would change, and a few of them before and after. Nothing is written. */
export async function previewCorrection(
  { store, warehouse }: Context,
  actor: Actor,
  asked: Asked,
): Promise<z.infer<typeof CorrectionPreview>> {
  const { field, wrong, right, source } = checked(asked);
  const { where, params } = valueCondition(field, wrong, source);
  const [[counted], sample] = await Promise.all([
    warehouse.rows<{ records: number }>(`select count() as records from match_record final where ${where}`, params),
    warehouse.rows<{ id: string }>(
      `select toString(record_id) as id from match_record final where ${where} order by record_id limit ${SAMPLE}`,
      params,
    ),
  ]);
  const ids = sample.map(({ id }) => id);
  const shown = await showRecords(store, actor, ids, field);
  const { rows } = await sql<{ id: string; raw: RawRecord; country: string }>`
    select r.id, r.raw, s.country from source_record r join source s on s.id = r.source_id where r.id = any(${ids}::uuid[])`.execute(
    store.db,
  );
  const open = seesPersonal(actor);
  const after = new Map(
    rows.map(({ id, raw, country }) => {
      const { traits } = normaliseRecord(raw, {
        country: country as CountryCode,
        dateOrder: 'dmy',
        corrections: { [field]: { [wrong]: right } },
      });
      const value = valueOf(traits, field);
      return [id, open ? value : maskField(field, value)];
    }),
  );
  return {
    records: Number(counted!.records),
    sample: ids.flatMap((id) => {
      const record = shown.get(id);
      return record ? [{ recordId: id, name: record.name, before: record.value, after: after.get(id) ?? '' }] : [];
    }),
  };
}

/** Puts a value right wherever it comes, now and in whatever is imported later; a job changes the records there are. */
export async function makeCorrection({ store, jobs }: Context, actor: Actor, asked: Asked): Promise<Shown> {
  const { field, wrong, right, source } = checked(asked);
  const id = newId();
  await store.transaction(actor, async (tx) => {
    const { rows } = await sql`
      insert into correction (id, field, source_id, wrong, "right", made_by)
      values (${id}, ${field}, ${source ?? null}, ${wrong}, ${right}, ${JSON.stringify(by(actor))})
      on conflict do nothing returning id`.execute(tx);
    if (rows.length === 0) throw fail('VIN_QUALITY_CORRECTED_ALREADY');
    await tx.emit('correction.made', { kind: 'correction', id }, { field, source: source ?? null });
    await jobs.enqueue('quality.correct', { correctionId: id }, { actor, tx });
  });
  return (await corrections({ store }, actor, { limit: 1, id })).items[0]!;
}

/** Takes a correction back: the records it changed are read again as their sources give them. */
export async function undoCorrection({ store, jobs }: Context, actor: Actor, id: string): Promise<Shown> {
  await store.transaction(actor, async (tx) => {
    const { rows } = await sql<{ undone_at: Date | null }>`select undone_at from correction where id = ${id} for update`.execute(tx);
    if (!rows[0]) throw notFound('correction', id);
    if (rows[0].undone_at) throw fail('VIN_QUALITY_UNDONE_ALREADY');
    await sql`update correction set undone_at = now(), undone_by = ${JSON.stringify(by(actor))} where id = ${id}`.execute(tx);
    await tx.emit('correction.undone', { kind: 'correction', id }, {});
    await jobs.enqueue('quality.correct', { correctionId: id }, { actor, tx });
  });
  return (await corrections({ store }, actor, { limit: 1, id })).items[0]!;
}

interface Row {
  id: string;
  field: string;
  source_id: string | null;
  label: string | null;
  wrong: string;
  right: string;
  records: number;
  applied: boolean;
  made_by: string;
  made_at: Date;
  undone_by: string | null;
  undone_at: Date | null;
}

/** What people put right, newest first. */
export async function corrections(
  { store }: Pick<Context, 'store'>,
  actor: Actor,
  { cursor, limit, id }: { cursor?: string; limit: number; id?: string },
): Promise<{ items: Shown[]; next: string | null }> {
  const after = decodeCursor(cursor, 2);
  const { rows } = await sql<Row>`
    select c.id, c.field, c.source_id, s.label, c.wrong, c."right", c.records, c.applied_at is not null as applied,
           c.made_by ->> 'name' as made_by, c.made_at, c.undone_by ->> 'name' as undone_by, c.undone_at
      from correction c left join source s on s.id = c.source_id
     where ${id ? sql`c.id = ${id}` : sql`true`} ${after ? sql`and (c.made_at, c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
     order by c.made_at desc, c.id desc limit ${limit + 1}`.execute(store.db);
  const open = seesPersonal(actor);
  const mask = (field: string, value: string) => (open ? value : maskValue(field, value));
  const { items, next } = toPage(rows, limit, (row) => [row.made_at.toISOString(), row.id]);
  return {
    items: items.map((row) => ({
      id: row.id,
      field: row.field,
      sourceId: row.source_id,
      sourceLabel: row.label,
      value: mask(row.field, row.wrong),
      right: mask(row.field, row.right),
      records: row.records,
      state: row.undone_at ? 'undone' : row.applied ? 'applied' : 'applying',
      madeBy: row.made_by,
      madeAt: row.made_at.toISOString(),
      undoneBy: row.undone_by,
      undoneAt: row.undone_at?.toISOString() ?? null,
    })),
    next,
  };
}

function checked({ field, value, right, source }: Asked): { field: string; wrong: string; right: string; source: string | undefined } {
  if (!Object.hasOwn(CORRECTED_FIELDS, field)) throw fail('VIN_QUALITY_FIELD', { field });
  return { field, wrong: correctionKey(value), right: right.trim(), source };
}

const by = ({ kind, id, name }: Actor) => ({ kind, id, name });
