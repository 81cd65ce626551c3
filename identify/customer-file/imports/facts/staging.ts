import { literal } from './sql-values.ts';
import { FACT_KINDS, type FactKind, type FactKindName, fieldsOf, type Reading } from './fact-kinds.ts';

/** The staging table of an import. */
export function stagingName(importId: string): string {
  return `import_${importId.replaceAll('-', '')}`;
}

/**
 * The staging table of a file of facts: what goes in is text, what is kept is checked and typed. The columns of the file are
 * EPHEMERAL, so the engine reads, checks and converts each row while it is inserted, and never stores the text.
 */
export function createStaging(name: string, kind: FactKindName, fileColumns: readonly string[], reading: Reading): string {
  const { columns, checks, namedBy }: FactKind = FACT_KINDS[kind];
  const read = fieldsOf(reading);
  const typed = columns(read);
  const named = namedBy !== undefined && read.has(namedBy) ? `${read.text(namedBy)} != ''` : '0';
  const used = checks(read).filter(({ field }) => read.has(field));
  const fileColumn = (field: string) => fileColumns[Number(reading.columns.get(field)!.slice(1)) - 1]!;
  const failures = used.map(
    ({ field, reason, wrong }) =>
      `if(${wrong}, ('${reason}', ${literal(fileColumn(field))}, ${reading.columns.get(field)!}), ('', '', ''))`,
  );
  const whole = fileColumns.map((column, i) => `${literal(column)}, c${i + 1}`).join(', ');
  return `create table ${name} (
    row UInt64,
    ${fileColumns.map((_, i) => `c${i + 1} String ephemeral ''`).join(',\n    ')},
    ${read.steps.map((step) => `${step.name} ${step.type} ephemeral ${step.sql}`).join(',\n    ')},
    ${typed.map((column) => `${column.name} ${column.type} default ${column.sql}`).join(',\n    ')},
    named UInt8 default ${named},
    wrong UInt8 default ${used.length === 0 ? '0' : used.map(({ wrong }) => `(${wrong})`).join(' or ')},
    errors Array(Tuple(reason String, column String, value String)) default
      if(wrong, arrayFilter(e -> e.1 != '', [${failures.length === 0 ? `('', '', '')` : failures.join(', ')}]), []),
    raw String default if(wrong, toJSONString(map(${whole})), ''),
    hash UInt64 default ${contentHashSql(kind, typed)}
  ) engine = MergeTree order by row`;
}

/** Columns an insert into the staging table names. */
export function stagingInput(name: string, fileColumns: readonly string[]): string {
  return `${name} (row, ${fileColumns.map((_, i) => `c${i + 1}`).join(', ')})`;
}

/** How the engine's CSV parser has to read what the blocks hold: values as they are, only the quotes taken off. */
export function stagingSettings(delimiter: string): Record<string, string | number> {
  return {
    format_csv_delimiter: delimiter,
    format_csv_allow_single_quotes: 0,
    format_csv_allow_double_quotes: 1,
    input_format_csv_trim_whitespaces: 0,
    input_format_csv_use_best_effort_in_schema_inference: 0,
    input_format_null_as_default: 0,
    input_format_csv_empty_as_default: 0,
    short_circuit_function_evaluation: 'force_enable',
    max_insert_block_size: 2_000_000,
  };
}

/** A hash of what a row says beside its key, the same for a row of staging and for the fact it becomes. */
export function contentHashSql(kind: FactKindName, columns: readonly { name: string }[]): string {
  const { key }: FactKind = FACT_KINDS[kind];
  const values = columns.filter(({ name }) => !key.includes(name)).map(({ name }) => `ifNull(toString(${name}), '\\\\N')`);
  return `cityHash64(concat(${["''", "''", ...values.flatMap((value) => [value, `'\\n'`])].join(', ')}))`;
}
