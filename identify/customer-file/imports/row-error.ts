/** A row that could not be taken, with where and why; `raw` is the whole row so that a person can correct it. */
export interface RowError {
  /** As a person counts: the first row of the file is 1, the header included. */
  row: number;
  column: string;
  value: string;
  /** A key of the imports catalogue, under `reason`. */
  reason: string;
  /** JSON, by column. */
  raw: string;
}

/** The whole row by column, as JSON. A row that could not be cut into columns stands in the first one as it is. */
export function rawRow(columns: readonly string[], cells: readonly string[]): string {
  return JSON.stringify(Object.fromEntries(columns.map((name, i) => [name, cells[i] ?? ''])));
}
