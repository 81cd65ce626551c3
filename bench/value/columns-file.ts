// Columns of numbers in a file of raw doubles, which Node and numpy both read without a parser.
import { openSync, closeSync, readSync, statSync, writeFileSync } from 'node:fs';

export function writeColumns(path: string, columns: readonly Float64Array[]): void {
  writeFileSync(path, Buffer.concat(columns.map((column) => Buffer.from(column.buffer, column.byteOffset, column.byteLength))));
}

/** Each column into memory of its own, so that one that is not used can be let go. */
export function readColumns(path: string, count: number): Float64Array[] {
  const rows = statSync(path).size / 8 / count;
  const file = openSync(path, 'r');
  const columns = Array.from({ length: count }, (_, i) => {
    const column = new Float64Array(rows);
    readSync(file, column, 0, column.byteLength, i * rows * 8);
    return column;
  });
  closeSync(file);
  return columns;
}
