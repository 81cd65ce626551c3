import { byteInterner } from './byte-interner.ts';
import { folder } from './fold-bytes.ts';
import type { Table } from './table.ts';

/**
 * Builds a table from rows as they come, folding (case, accents, spaces) and interning like `tableOf` but without holding
 * the records: what stays in memory is four bytes a cell and each distinct value once.
 */
export interface TableBuilder {
  readonly rows: number;
  /** Adds a row: values in the order of the names; `''`, null, undefined and a value not given are missing. */
  push(values: readonly (string | null | undefined)[]): void;
  /** Adds a row straight from UTF-8: value k is `bytes[bounds[2k] … bounds[2k + 1])`, quotes and escapes already taken out. */
  pushBytes(bytes: Uint8Array, bounds: ArrayLike<number>): void;
  /** Adds many rows column by column, one array a name, all of one length (a row group of a Parquet file). Throws a RangeError if not. */
  pushColumns(columns: readonly (readonly (string | null | undefined)[])[]): void;
  /** The table; the builder is spent. */
  finish(): Table;
}

export function tableBuilder(names: readonly string[]): TableBuilder {
  const columns = names.map(() => byteInterner());
  const folded = folder();
  let rows = 0;
  const addText = (k: number, value: string | null | undefined): void => {
    if (value) folded.text(value);
    else folded.length = 0;
    columns[k]!.add(folded.bytes, 0, folded.length);
  };
  return {
    get rows() {
      return rows;
    },
    push(values) {
      for (let k = 0; k < columns.length; k++) addText(k, values[k]);
      rows++;
    },
    pushBytes(bytes, bounds) {
      for (let k = 0; k < columns.length; k++) {
        folded.cell(bytes, bounds[2 * k]!, bounds[2 * k + 1]!);
        columns[k]!.add(folded.bytes, 0, folded.length);
      }
      rows++;
    },
    pushColumns(added) {
      const length = added[0]?.length ?? 0;
      if (added.length !== columns.length || added.some((values) => values.length !== length)) {
        throw new RangeError(`Expected ${columns.length} columns of one length.`);
      }
      for (let k = 0; k < columns.length; k++) for (let row = 0; row < length; row++) addText(k, added[k]![row]);
      rows += length;
    },
    finish() {
      // Each interner is spent before the next one makes its strings: two copies of one column at most.
      return { rows, columns: Object.fromEntries(names.map((name, k) => [name, columns[k]!.finish()])) };
    },
  };
}
