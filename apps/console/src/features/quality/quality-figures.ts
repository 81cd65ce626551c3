import type { Quality as QualitySchema, QualityField as QualityFieldSchema } from '@vinculo/customer-file/api/quality';
import type { z } from 'zod';
import type { Measure } from './search.ts';

export type Quality = z.infer<typeof QualitySchema>;
export type QualityField = z.infer<typeof QualityFieldSchema>;
export type Problem = Quality['problems'][number];

/** 0..1: what is there, what of it is right, or both; or how it compares. Where nothing is there or nothing was compared: `null`. */
export function measured(cell: QualityField, measure: Measure): number | null {
  if (measure === 'completeness') return cell.completeness;
  if (measure === 'uniqueness' || measure === 'agreement' || measure === 'freshness') return cell[measure];
  if (measure === 'validity') return cell.completeness === 0 ? null : cell.validity;
  return cell.completeness * cell.validity;
}

/** Names of the fields, the one that lacks most over all sources first. */
export function fieldsWorstFirst(fields: readonly QualityField[]): string[] {
  const sums = new Map<string, { records: number; lacking: number }>();
  for (const cell of fields) {
    const sum = sums.get(cell.field) ?? { records: 0, lacking: 0 };
    sums.set(cell.field, {
      records: sum.records + cell.records,
      lacking: sum.lacking + cell.records * (1 - cell.completeness * cell.validity),
    });
  }
  return [...sums]
    .toSorted(([, a], [, b]) => b.lacking / Math.max(1, b.records) - a.lacking / Math.max(1, a.records))
    .map(([field]) => field);
}

/** By source, the grade counted as that of them all: completeness × validity over its fields. Worst first. */
export function gradesOfSources(fields: readonly QualityField[]): { id: string; label: string; grade: number }[] {
  const sources = new Map<string, { label: string; records: number; right: number }>();
  for (const { sourceId, sourceLabel, records, completeness, validity } of fields) {
    const sum = sources.get(sourceId) ?? { label: sourceLabel, records: 0, right: 0 };
    sources.set(sourceId, { ...sum, records: sum.records + records, right: sum.right + records * completeness * validity });
  }
  return [...sources]
    .map(([id, { label, records, right }]) => ({ id, label, grade: right / Math.max(1, records) }))
    .toSorted((a, b) => a.grade - b.grade);
}
