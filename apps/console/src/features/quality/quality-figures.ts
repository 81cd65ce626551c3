import type { Quality as QualitySchema, QualityField as QualityFieldSchema } from '@vinculo/customer-file/api/identity';
import type { z } from 'zod';
import type { Measure } from './search.ts';

export type Quality = z.infer<typeof QualitySchema>;
export type QualityField = z.infer<typeof QualityFieldSchema>;

/** 0..1: what is there, what of it is right, or both. Where nothing is there, nothing can be right or wrong: `null`. */
export function measured(cell: QualityField, measure: Measure): number | null {
  if (measure === 'completeness') return cell.completeness;
  if (measure === 'validity') return cell.completeness === 0 ? null : cell.validity;
  return cell.completeness * cell.validity;
}

/** Records in which the field is missing or wrong. */
export const lacking = (cell: QualityField): number => Math.round(cell.records * (1 - cell.completeness * cell.validity));

/** The fields that cost most, most records first; those the source does not have at all come last, because they are no mistake of anybody. */
export function worstFirst(fields: readonly QualityField[]): QualityField[] {
  const absent = (cell: QualityField) => Number(cell.completeness === 0);
  return fields.filter((cell) => lacking(cell) > 0).toSorted((a, b) => absent(a) - absent(b) || lacking(b) - lacking(a));
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
