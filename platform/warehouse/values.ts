/** Rows as JSON lines; bigint as digits, which JSON.stringify refuses. */
export function jsonLines(rows: readonly object[]): string {
  let text = '';
  for (const row of rows) text += `${JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? value.toString() : value))}\n`;
  return text;
}

export function parseLines<T>(text: string): T[] {
  return text.length === 0 ? [] : (JSON.parse(`[${text.trimEnd().replaceAll('\n', ',')}]`) as T[]);
}

/** The statement without the semicolon and blanks at its end, so that a clause can follow. */
export function bare(sql: string): string {
  return sql.trim().replace(/;+\s*$/, '');
}
