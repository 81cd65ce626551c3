import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { QualityField } from '../api/quality.ts';
import { QUALITY_FIELDS } from '../records/quality-fields.ts';

export type FieldFigures = z.infer<typeof QualityField>;

/** Fields that only one kind of customer can have, so that nobody is asked for the company of a person. */
const ONLY_OF: Record<string, 'person' | 'company'> = {
  given: 'person',
  surname1: 'person',
  surname2: 'person',
  birth_date: 'person',
  gender: 'person',
  company: 'company',
};

/** The folded values that records are compared by, for the fields that have them. */
const VALUE_OF: Record<string, string> = {
  given: 'given_root',
  surname1: 'surname1',
  surname2: 'surname2',
  company: 'company',
  birth_date: 'birth_date',
  national_id: 'national_id',
  email: 'email',
  phone: `if(mobile != '', mobile, phone)`,
  street: 'street',
  postcode: 'postcode',
  city: 'city',
};
/** What should be one record's alone. */
const OF_ONE = new Set(['national_id', 'email', 'phone']);
/** More records of one customer than this are a mistake of their own, and comparing them all would take for ever. */
const MOST_COMPARED = 50;

type Shares = Map<string, { uniqueness: number | null; agreement: number | null }>;

/**
 * Completeness, validity, uniqueness, agreement and freshness of each field of each source. One pass in the warehouse for the bit
 * masks, and one for each field whose values are compared: some seconds for a million records, so it is a job's work.
 */
export async function measureFields(
  { store, warehouse }: Pick<Context, 'store' | 'warehouse'>,
  { compare = true }: { compare?: boolean } = {},
): Promise<FieldFigures[]> {
  const sums = QUALITY_FIELDS.map(
    (_, n) =>
      `sum(bitTest(filled, ${n})) as filled_${n}, sum(bitTest(invalid, ${n})) as invalid_${n}, countIf(bitTest(filled, ${n}) and recent) as fresh_${n}`,
  );
  const rows = await warehouse.rows<Record<string, number> & { source: string; kind: string }>(
    `select toString(source_id) as source, toString(kind) as kind, count() as records, ${sums.join(', ')}
       from (select source_id, kind, filled, invalid, changed_at > now() - interval 1 year as recent from match_record final)
      group by source_id, kind`,
    {},
    { background: true },
  );
  const { rows: sources } = await sql<{ id: string; label: string }>`select id, label from source`.execute(store.db);
  const labels = new Map(sources.map(({ id, label }) => [id, label]));
  const compared = new Map<string, Shares>();
  if (compare) for (const field of Object.keys(VALUE_OF)) compared.set(field, await compareValues({ warehouse }, field));

  const fields: FieldFigures[] = [];
  for (const source of new Set(rows.map((row) => row.source))) {
    const own = rows.filter((row) => row.source === source);
    QUALITY_FIELDS.forEach((field, n) => {
      const asked = own.filter(({ kind }) => !ONLY_OF[field] || ONLY_OF[field] === kind);
      const sum = (column: string) => asked.reduce((total, row) => total + Number(row[column]), 0);
      const [records, filled, invalid, fresh] = [sum('records'), sum(`filled_${n}`), sum(`invalid_${n}`), sum(`fresh_${n}`)];
      // What a source never sends is not held against it: a survey without ids is not a bad survey.
      if (records === 0 || filled === 0) return;
      const shares = compared.get(field)?.get(source);
      fields.push({
        sourceId: source,
        sourceLabel: labels.get(source) ?? source,
        field,
        records,
        completeness: filled / records,
        validity: (filled - invalid) / filled,
        uniqueness: shares?.uniqueness ?? null,
        agreement: shares?.agreement ?? null,
        freshness: fresh / filled,
      });
    });
  }
  return fields.toSorted((a, b) => a.sourceLabel.localeCompare(b.sourceLabel));
}

/** By source: how many values are one record's alone, and how many agree with what another source says of the same customer. */
async function compareValues({ warehouse }: Pick<Context, 'warehouse'>, field: string): Promise<Shares> {
  const value = VALUE_OF[field]!;
  const shares: Shares = new Map();
  const share = (source: string) => shares.get(source) ?? shares.set(source, { uniqueness: null, agreement: null }).get(source)!;
  if (OF_ONE.has(field)) {
    const rows = await warehouse.rows<{ source: string; share: number }>(
      `select toString(source_id) as source, uniqExact(value) / count() as share
         from (select source_id, ${value} as value from match_record final) where value != '' group by source_id`,
      {},
      { background: true },
    );
    for (const { source, share: unique } of rows) share(source).uniqueness = unique;
  }
  const rows = await warehouse.rows<{ source: string; share: number }>(
    `select toString(x.1) as source, countIf(arrayExists(y -> y.1 != x.1 and y.2 = x.2, said)) / count() as share
       from (
         select groupArray((m.source_id, m.value)) as said
           from (select record_id, source_id, ${value} as value from match_record final where value != '') m
           join (select record_id, customer_id from identity final) i on i.record_id = m.record_id
          group by i.customer_id having count() between 2 and ${MOST_COMPARED} and min(m.source_id) != max(m.source_id)
       ) array join said as x
      group by x.1`,
    {},
    { background: true },
  );
  for (const { source, share: agreement } of rows) share(source).agreement = agreement;
  return shares;
}

/** The grade of them all: the mean of completeness × validity, weighted by records. */
export function scoreOf(fields: readonly Pick<FieldFigures, 'records' | 'completeness' | 'validity'>[]): number {
  const weight = fields.reduce((sum, { records }) => sum + records, 0);
  return weight === 0
    ? 1
    : fields.reduce((sum, { records, completeness, validity }) => sum + records * completeness * validity, 0) / weight;
}
