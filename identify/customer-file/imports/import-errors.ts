import { type Language, translator } from '@vinculo/languages';
import type { Warehouse } from '@vinculo/warehouse';
import type { z } from 'zod';
import type { ImportError } from '../api/imports.ts';
import type { ImportRow } from './import-run.ts';

interface ErrorRow {
  row: number;
  column: string;
  value: string;
  reason: string;
  raw: string;
}

/** The values an import could not take, in the order of the file. */
export async function listErrors(
  warehouse: Warehouse,
  importId: string,
  { limit, after }: { limit: number; after?: [number, string] },
): Promise<z.infer<typeof ImportError>[]> {
  const [row, column] = after ?? [0, ''];
  const rows = await warehouse.rows<ErrorRow>(
    `select row, column, value, reason, raw from import_error final
      where import_id = {importId:UUID} and (row, column) > ({row:UInt64}, {column:String})
      order by row, column limit {limit:UInt32}`,
    { importId, row, column, limit },
  );
  return rows.map((error) => ({ ...error, raw: JSON.parse(error.raw) as Record<string, string> }));
}

/** Columns of the file of errors before those of the original file; their words are in the `imports` catalogue, `errorColumn`. */
const ERROR_COLUMNS = ['file', 'row', 'column', 'value', 'reason'] as const;

export const errorColumns = (language: Language): string[] => {
  const t = translator(language);
  return ERROR_COLUMNS.map((column) => t(`imports:errorColumn.${column}`));
};

/**
 * The rejected rows as CSV, once each, with where and why and all their original columns: corrected, the same file can be
 * loaded again. Headings and reasons are the reader's words; a byte order mark and, in Spanish, semicolons make a spreadsheet in
 * that language open it unasked.
 */
export async function* errorsCsv(
  warehouse: Warehouse,
  { id, file_name: file }: Pick<ImportRow, 'id' | 'file_name'>,
  language: Language,
): AsyncGenerator<string> {
  const t = translator(language);
  const headings = errorColumns(language);
  const line = (cells: readonly string[]) => `${cells.map(cell).join(language === 'es' ? ';' : ',')}\r\n`;
  const batches = warehouse.stream<{ row: number; columns: string[]; values: string[]; reasons: string[]; raw: string }>(
    `select row, groupArray(column) as columns, groupArray(value) as values, groupArray(reason) as reasons, any(raw) as raw
       from (select row, column, value, reason, raw from import_error final where import_id = {id:UUID} order by row, column)
      group by row order by row`,
    { id },
  );
  let columns: string[] | undefined;
  for await (const rows of batches) {
    let text = '';
    for (const { row, columns: where, values, reasons, raw } of rows) {
      const original = JSON.parse(raw) as Record<string, string>;
      if (!columns) {
        columns = Object.keys(original);
        text += `\ufeff${line([...headings, ...columns])}`;
      }
      const why = reasons.map((reason) => t(`imports:reason.${reason}`));
      text += line([
        file,
        String(row),
        where.join(' | '),
        values.join(' | '),
        why.join(' | '),
        ...columns.map((name) => original[name] ?? ''),
      ]);
    }
    yield text;
  }
  if (!columns) yield `\ufeff${line(headings)}`;
}

/** A value that a spreadsheet would run as a formula gets an apostrophe in front; numbers and phones may begin with a sign. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) && !/^[+-]?[\d\s.,()€$%-]+$/.test(value) ? `'${value}` : value;
  return /[";,\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
