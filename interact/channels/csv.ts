import type { Language } from '@vinculo/languages';

type Cell = string | number | null;

/**
 * A file that a spreadsheet in the reader's language opens unasked: a byte order mark and, in Spanish, semicolons. Text that it would
 * run as a formula is made plain text (OWASP, CSV injection).
 */
export async function* csv(
  language: Language,
  headings: readonly string[],
  rows: AsyncIterable<readonly (readonly Cell[])[]>,
): AsyncGenerator<string> {
  const separator = language === 'es' ? ';' : ',';
  const line = (cells: readonly Cell[]) => `${cells.map((value) => cell(value, language)).join(separator)}\r\n`;
  yield `\uFEFF${line(headings)}`;
  for await (const some of rows) yield some.map(line).join('');
}

function cell(value: Cell, language: Language): string {
  if (value === null) return '';
  if (typeof value === 'number') return language === 'es' ? String(value).replace('.', ',') : String(value);
  const safe = /^[=+\-@\t\r]/.test(value) && !/^\+\d+$/.test(value) ? `'${value}` : value;
  return /["\r\n;,]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
