import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { Quality } from '../api/identity.ts';
import { QUALITY_FIELDS } from '../records/quality-fields.ts';

const OF_PEOPLE = new Set<string>(['given', 'surname1', 'surname2', 'birth_date', 'gender']);
const OF_COMPANIES = new Set<string>(['company']);

interface SourceRow {
  source: string;
  people: number;
  companies: number;
  filled_of: number[];
  invalid_of: number[];
}

/**
 * How complete and how valid each field of each source is, over every record. A field a source never sends is not held
 * against it; a person has no company name and a company no birth date.
 */
export async function quality({ store, warehouse }: Pick<Context, 'store' | 'warehouse'>): Promise<z.infer<typeof Quality>> {
  const counts = (mask: string) => `[${QUALITY_FIELDS.map((_, bit) => `countIf(bitTest(${mask}, ${bit}))`).join(', ')}]`;
  const [rows, labels] = await Promise.all([
    warehouse.rows<SourceRow>(
      `select toString(source_id) as source, countIf(kind = 'person') as people, countIf(kind = 'company') as companies,
              ${counts('m.filled')} as filled_of, ${counts('bitAnd(m.filled, m.invalid)')} as invalid_of
         from match_record m final group by source_id`,
    ),
    sql<{ id: string; label: string }>`select id, label from source`.execute(store.db),
  ]);
  const labelOf = new Map(labels.rows.map(({ id, label }) => [id, label]));
  const fields = rows.flatMap((row) =>
    QUALITY_FIELDS.flatMap((field, bit) => {
      const records = OF_PEOPLE.has(field) ? row.people : OF_COMPANIES.has(field) ? row.companies : row.people + row.companies;
      const filled = row.filled_of[bit]!;
      if (filled === 0 || records === 0) return [];
      return [
        {
          sourceId: row.source,
          sourceLabel: labelOf.get(row.source) ?? row.source,
          field,
          records,
          completeness: Math.min(1, filled / records),
          validity: (filled - row.invalid_of[bit]!) / filled,
        },
      ];
    }),
  );
  const weight = fields.reduce((sum, { records }) => sum + records, 0);
  const score = fields.reduce((sum, { records, completeness, validity }) => sum + records * completeness * validity, 0);
  return {
    score: weight ? score / weight : 0,
    fields: fields.toSorted((a, b) => a.completeness * a.validity - b.completeness * b.validity),
  };
}
