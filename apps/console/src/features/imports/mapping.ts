import type { ColumnMapping, FieldInfo, ImportKind, ProposedColumn } from './schemas.ts';

/** Who decided what a column means. */
export type Decider = 'person' | 'memory' | 'proposal' | 'none';

export interface MappedColumn {
  column: string;
  samples: string[];
  /** `null`: not imported. */
  field: string | null;
  by: Decider;
  /** Why it was proposed; empty when it was not. */
  reason: string;
  /** Too little speaks for the proposal to take it without a look. */
  unsure: boolean;
  /** Likely fields, best first. */
  likely: string[];
  /** Another column gives the same field. */
  clashes: boolean;
}

/** As @vinculo/normalise says: from here on a proposal can be taken without asking. */
const SURE = 0.6;

/**
 * What each column of a file means: what the person said, else what was remembered of the source, else what its name and
 * values propose; always a field that this kind of file has.
 */
export function mapColumns(
  proposed: readonly ProposedColumn[],
  kind: ImportKind,
  fields: readonly FieldInfo[],
  said: ColumnMapping,
  remembered: ColumnMapping | undefined,
): MappedColumn[] {
  const known = new Set(fieldsOf(kind, fields));
  const usable = (field: string | null | undefined): field is string | null => field !== undefined && (field === null || known.has(field));

  const mapped = proposed.map(({ column, samples, field, score, reason, alternatives }): MappedColumn => {
    const likely = [...(field ? [field] : []), ...alternatives].filter((one) => known.has(one));
    const own = said[column];
    const memory = remembered?.[column];
    const base = { column, samples, reason, unsure: score < SURE, likely, clashes: false };
    if (usable(own)) return { ...base, field: own, by: 'person' };
    if (usable(memory)) return { ...base, field: memory, by: 'memory' };
    const first = field !== null && known.has(field) ? field : null;
    return { ...base, field: first, by: first ? 'proposal' : 'none' };
  });

  const times = new Map<string, number>();
  for (const { field } of mapped) if (field) times.set(field, (times.get(field) ?? 0) + 1);
  return mapped.map((one) => ({ ...one, clashes: one.field !== null && times.get(one.field)! > 1 }));
}

export const fieldsOf = (kind: ImportKind, fields: readonly FieldInfo[]): string[] =>
  fields.filter(({ kinds }) => kinds.includes(kind)).map(({ field }) => field);

export const asMapping = (columns: readonly MappedColumn[]): ColumnMapping =>
  Object.fromEntries(columns.map(({ column, field }) => [column, field]));

/**
 * Required fields that no column gives: those known to be required, at once, and those the server missed when last asked,
 * unless a column chosen since then gives them. Which fields can tell one customer from another only the server knows.
 */
export function missingFields(
  kind: ImportKind,
  fields: readonly FieldInfo[],
  columns: readonly MappedColumn[],
  missed: readonly string[],
): string[] {
  const required = kind === 'customers' ? [] : fields.filter((field) => field.required.includes(kind)).map(({ field }) => field);
  const given = new Set(columns.map(({ field }) => field));
  return [...new Set([...required, ...missed])].filter((field) => !given.has(field));
}
