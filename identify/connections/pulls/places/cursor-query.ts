// The query a person wrote, read from where the last read ended. Nothing of a person's but the query itself becomes SQL: names are
// quoted, values are bound.
import type { Column, From } from './place.ts';

/** What differs between databases. */
export interface Dialect {
  /** A column's name, so that no name is SQL. */
  quote(name: string): string;
  /** The bound value as the column's own kind, some seconds earlier. */
  from(column: Column, overlapSeconds: number): string;
}

/**
 * The rows of a query from a value of a column on, in its order; rows without a value there are left out, since nothing could tell whether
 * they had been read.
 *
 * @param query one statement; a semicolon at its end is dropped, comments stay harmless.
 */
export function cursorQuery(dialect: Dialect, query: string, columns: readonly Column[], from?: From): string {
  const inner = `select q.* from (\n${bare(query)}\n) as q`;
  if (!from) return inner;
  const column = columns.find(({ name }) => name === from.column);
  if (!column) throw new RangeError(`No column ${from.column}`);
  const name = `q.${dialect.quote(from.column)}`;
  const some = from.value === undefined ? `${name} is not null` : `${name} >= ${dialect.from(column, from.overlapSeconds)}`;
  return `${inner}\n where ${some}\n order by ${name}`;
}

/** A query that gives the columns of another and no row. */
export const columnsQuery = (query: string): string => `select q.* from (\n${bare(query)}\n) as q where 1 = 0`;

/** Without the semicolon at the end that people are used to. */
export const bare = (query: string): string => query.trim().replace(/[;\s]+$/, '');
