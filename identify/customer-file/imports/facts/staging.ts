import type { Warehouse } from '@vinculo/warehouse';
import { FACT_KINDS, type FactCheck, type FactKind, type FactKindName } from './fact-kinds.ts';
import { fieldsOf, type Reading } from './fields.ts';
import { literal } from './sql-values.ts';

/** The staging table of an import. */
export function stagingName(importId: string): string {
  return `import_${importId.replaceAll('-', '')}`;
}

/** Everything that may stand under the name of a staging table: what goes in, the view that reads it, and beside it. */
const PARTS = ['_view', '_in', '_repeat', '_gone', ''];

/** The column that holds the customer's number as the file has it, where nothing else is known of its customers. */
export const CUSTOMER_NUMBER = 'customer_number';

export async function dropStaging(warehouse: Warehouse, name: string): Promise<void> {
  for (const part of PARTS) await warehouse.command(`drop table if exists ${name}${part}`);
}

/**
 * Makes the staging table of a file of facts. Text goes into `<name>_in`, which keeps nothing; a view reads, checks and
 * converts each row on its way into `<name>`. The engine computes what several columns need once, which DEFAULT expressions
 * of the table itself would not: that takes twice the time.
 */
export async function createStaging(
  warehouse: Warehouse,
  name: string,
  kind: FactKindName,
  fileColumns: readonly string[],
  reading: Reading,
): Promise<void> {
  const { columns, checks, namedBy, whole: wholes, beside }: FactKind = FACT_KINDS[kind];
  const read = fieldsOf(reading);
  const facts = columns(read);
  const numbered = reading.numbersOnly && facts.some((column) => column.name === 'record_id');
  const numbers = numbered ? [{ name: CUSTOMER_NUMBER, type: 'String', sql: read.text('customer_key') }] : [];
  const typed = [...facts, ...(beside?.(read) ?? []), ...numbers];
  const used = checks(read).filter(({ field }) => read.has(field));
  const named = namedBy !== undefined && read.has(namedBy) ? `${read.text(namedBy)} != ''` : '0';
  const wrong = used.length === 0 ? '0' : used.map((check) => `(${check.wrong})`).join(' or ');
  const whole = fileColumns.map((column, i) => `${literal(column)}, c${i + 1}`).join(', ');
  const steps = read.steps.map((step) => `${step.sql} as ${step.name}`);

  await dropStaging(warehouse, name);
  await warehouse.command(`
    create table ${name} (
      row UInt64, ${typed.map((column) => `${column.name} ${column.type}`).join(', ')}, named UInt8, whole UInt8, wrong UInt8,
      errors ${ERRORS}, raw String, hash UInt64
    ) engine = MergeTree order by row`);
  await warehouse.command(
    `create table ${name}_in (row UInt64, ${fileColumns.map((_, i) => `c${i + 1} String`).join(', ')}) engine = Null`,
  );
  await warehouse.command(`
    create materialized view ${name}_view to ${name} as
    ${steps.length === 0 ? '' : `with ${steps.join(',\n      ')}`}
    select row,
      ${typed.map((column) => `cast(${column.sql}, ${literal(column.type)}) as ${column.name}`).join(',\n      ')},
      ${named} as named,
      ${wholes ? `not (${named}) and (${wholes.when(read)})` : '0'} as whole,
      ${wrong} as wrong,
      cast(if(wrong, ${failures(used, fileColumns, reading)}, []), '${ERRORS}') as errors,
      if(wrong, toJSONString(map(${whole})), '') as raw,
      ${contentHashSql(kind, facts)} as hash
    from ${name}_in`);
}

/** Said in full, because a file whose mapped columns have no check gives an empty list of no type. */
const ERRORS = 'Array(Tuple(reason String, column String, value String))';

/** The checks that a row fails, as an array of reason, column of the file and value. */
function failures(checks: readonly FactCheck[], fileColumns: readonly string[], { columns }: Reading): string {
  if (checks.length === 0) return '[]';
  const tuples = checks.map(({ field, reason, wrong }) => {
    const column = columns.get(field)!;
    return `if(${wrong}, ('${reason}', ${literal(fileColumns[Number(column.slice(1)) - 1]!)}, ${column}), ('', '', ''))`;
  });
  return `arrayFilter(e -> e.1 != '', [${tuples.join(', ')}])`;
}

/** What an insert into the staging table names. */
export function stagingInput(name: string, fileColumns: readonly string[]): string {
  return `${name}_in (row, ${fileColumns.map((_, i) => `c${i + 1}`).join(', ')})`;
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
