import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { Quality } from '../api/identity.ts';
import { QUALITY_FIELDS } from '../records/quality-fields.ts';

type QualityReport = z.infer<typeof Quality>;

/** Fields that only one kind of customer can have, so that nobody is asked for the company of a person. */
const ONLY_OF: Record<string, 'person' | 'company'> = {
  given: 'person',
  surname1: 'person',
  surname2: 'person',
  birth_date: 'person',
  gender: 'person',
  company: 'company',
};

/** How complete and how valid each field of each source is, from the bit masks of the records: one pass in the warehouse. */
export async function quality({ store, warehouse }: Pick<Context, 'store' | 'warehouse'>): Promise<QualityReport> {
  const sums = QUALITY_FIELDS.map((_, n) => `sum(bitTest(filled, ${n})) as filled_${n}, sum(bitTest(invalid, ${n})) as invalid_${n}`);
  const [rows, { rows: sources }] = await Promise.all([
    warehouse.rows<Record<string, number> & { source: string; kind: string }>(
      `select toString(source_id) as source, toString(kind) as kind, count() as records, ${sums.join(', ')} from match_record final group by source_id, kind`,
    ),
    sql<{ id: string; label: string }>`select id, label from source`.execute(store.db),
  ]);
  const labels = new Map(sources.map(({ id, label }) => [id, label]));

  const fields: QualityReport['fields'] = [];
  for (const source of new Set(rows.map((row) => row.source))) {
    const own = rows.filter((row) => row.source === source);
    QUALITY_FIELDS.forEach((field, n) => {
      const asked = own.filter(({ kind }) => !ONLY_OF[field] || ONLY_OF[field] === kind);
      const sum = (column: string) => asked.reduce((total, row) => total + Number(row[column]), 0);
      const [records, filled, invalid] = [sum('records'), sum(`filled_${n}`), sum(`invalid_${n}`)];
      // What a source never sends is not held against it: a survey without ids is not a bad survey.
      if (records === 0 || filled === 0) return;
      fields.push({
        sourceId: source,
        sourceLabel: labels.get(source) ?? source,
        field,
        records,
        completeness: filled / records,
        validity: (filled - invalid) / filled,
      });
    });
  }
  fields.sort((a, b) => a.sourceLabel.localeCompare(b.sourceLabel));
  const weight = fields.reduce((sum, { records }) => sum + records, 0);
  const score =
    weight === 0 ? 1 : fields.reduce((sum, { records, completeness, validity }) => sum + records * completeness * validity, 0) / weight;
  return { score, fields };
}
