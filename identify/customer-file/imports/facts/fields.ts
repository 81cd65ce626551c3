// The fields of a row of facts, as the SQL expressions of one file.
import { bareNumberSql, dateSql, decimalSql, instantSql, literal, recordIdSql, textSql, uuidSql } from './sql-values.ts';

/** What reading depends on besides the kind. */
export interface Reading {
  sourceId: string;
  decimal: ',' | '.';
  dateOrder: 'dmy' | 'mdy' | 'ymd';
  timeZone: string;
  currency: string;
  /** The source whose customer numbers it uses; its own without. */
  customersOf?: string | undefined;
  /** Nothing but their numbers is known of those customers: they are kept, to make records of them. */
  numbersOnly?: boolean | undefined;
  /** The file says all there is of what its rows belong to; one of corrected rows does not. */
  whole: boolean;
  /** Columns of the staging table by field: `c3`. */
  columns: ReadonlyMap<string, string>;
}

export interface FactColumn {
  name: string;
  type: string;
  sql: string;
}

export const DECIMAL = 'Nullable(Decimal(18, 4))';
export const INSTANT = `Nullable(DateTime('UTC'))`;

/**
 * The fields of a row as names of columns that are computed while a row is inserted and not kept ({@link Fields.steps}):
 * each text is cleaned and each number read once, however many columns and checks need it.
 */
export interface Fields extends Reading {
  has(field: string): boolean;
  text(field: string): string;
  decimalOf(field: string): string;
  instant(field: string): string;
  date(field: string): string;
  record: string;
  /** UUID made of the row's content, every mapped field in turn. */
  content: string;
  source: string;
  steps: FactColumn[];
}

export function fieldsOf(reading: Reading): Fields {
  const { columns, decimal, dateOrder, timeZone, sourceId, customersOf = sourceId } = reading;
  const steps: FactColumn[] = [];
  const step = (name: string, type: string, sql: () => string) => {
    if (!steps.some((known) => known.name === name)) {
      const made = sql();
      steps.push({ name, type, sql: made });
    }
    return name;
  };
  const text = (field: string) => (columns.has(field) ? step(`text_${field}`, 'String', () => textSql(columns.get(field)!)) : `''`);
  const decimalOf = (field: string) => {
    if (!columns.has(field)) return `cast(null, '${DECIMAL}')`;
    const bare = step(`bare_${field}`, 'String', () => bareNumberSql(text(field)));
    return step(`number_${field}`, DECIMAL, () => decimalSql(bare, decimal));
  };
  const instant = (field: string) => {
    if (!columns.has(field)) return `cast(null, ${literal(INSTANT)})`;
    return step(`instant_${field}`, INSTANT, () => instantSql(text(field), dateOrder, timeZone));
  };
  const date = (field: string) => {
    if (!columns.has(field)) return `cast(null, 'Nullable(Date)')`;
    return step(`date_${field}`, 'Nullable(Date)', () => dateSql(text(field), dateOrder));
  };
  return {
    ...reading,
    has: (field) => columns.has(field),
    text,
    decimalOf,
    instant,
    date,
    record: recordIdSql(customersOf, text('customer_key')),
    get content() {
      const all = [...columns.keys()].toSorted().map(text);
      return uuidSql(`concatWithSeparator('\\n', ${[literal(sourceId), ...all].join(', ')})`);
    },
    source: `toUUID('${sourceId}')`,
    steps,
  };
}
