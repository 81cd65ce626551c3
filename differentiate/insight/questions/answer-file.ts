// An answer as a file: for people (CSV and XLSX as their spreadsheet opens them) and for machines (CSV, JSON, Parquet).
import { write, utils } from '@e965/xlsx';
import type { Language } from '@vinculo/languages';
import type { Warehouse } from '@vinculo/warehouse';
import { type Parameter, readQuestion, told } from './read-question.ts';
import { type Bounds, bounded, LIMITS, type Running, startQuestion } from './run-question.ts';

export interface FileOptions {
  format: 'csv' | 'json' | 'parquet' | 'xlsx';
  /** For a person: separators as their spreadsheet expects them. Machines get commas and points. */
  reader?: Language | undefined;
}

export interface AnswerFile {
  type: string;
  content: AsyncIterable<string | Buffer>;
}

/** @throws as `startQuestion`, before the first byte. */
export async function answerFile(
  warehouse: Warehouse,
  text: string,
  parameters: readonly Parameter[],
  bounds: Bounds,
  { format, reader }: FileOptions,
  signal?: AbortSignal,
): Promise<AnswerFile> {
  if (format === 'parquet') return parquet(warehouse, text, parameters, bounds, signal);
  const rows = format === 'xlsx' ? Math.min(bounds.rows, LIMITS.sheetRows) : bounds.rows;
  const running = await startQuestion(warehouse, text, parameters, { ...bounds, rows }, signal);
  // The first batch before the reply begins: what goes wrong at once is said as an error, not as a broken file.
  const first = await running.rows.next();
  const whole: Running = {
    ...running,
    rows: (async function* () {
      if (!first.done) yield first.value;
      yield* running.rows;
    })(),
  };
  if (format === 'csv') return { type: 'text/csv; charset=utf-8', content: csv(whole, reader) };
  if (format === 'json') return { type: 'application/json; charset=utf-8', content: json(whole) };
  return { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content: sheet(whole) };
}

async function* csv({ columns, rows }: Running, reader: Language | undefined): AsyncGenerator<string> {
  const separator = reader === 'es' ? ';' : ',';
  const cell = (value: unknown): string => {
    if (value === null || value === undefined) return '';
    if (typeof value === 'number') return reader === 'es' ? String(value).replace('.', ',') : String(value);
    const plain = typeof value === 'object' ? JSON.stringify(value) : String(value);
    // Text that a spreadsheet would run as a formula is made plain text (OWASP, CSV injection).
    const safe = reader && /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
    return /["\r\n;,]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  yield `${reader ? '\uFEFF' : ''}${columns.map(({ name }) => cell(name)).join(separator)}\r\n`;
  for await (const batch of rows) yield batch.map((row) => `${row.map(cell).join(separator)}\r\n`).join('');
}

/** A list of objects, which is what programs read without being told more. */
async function* json({ columns, rows }: Running): AsyncGenerator<string> {
  const names = columns.map(({ name }) => name);
  let before = '[';
  for await (const batch of rows) {
    for (const row of batch) {
      yield `${before}\n${JSON.stringify(Object.fromEntries(names.map((name, n) => [name, row[n]])))}`;
      before = ',';
    }
  }
  yield before === '[' ? '[]\n' : '\n]\n';
}

async function* sheet({ columns, rows }: Running): AsyncGenerator<Buffer> {
  const lines: unknown[][] = [columns.map(({ name }) => name)];
  for await (const batch of rows)
    for (const row of batch)
      lines.push(
        row.map((value, n) =>
          columns[n]!.kind === 'date' && typeof value === 'string'
            ? new Date(value.length === 10 ? `${value}T00:00:00Z` : value)
            : value !== null && typeof value === 'object'
              ? JSON.stringify(value)
              : value,
        ),
      );
  const page = utils.aoa_to_sheet(lines, { cellDates: true, UTC: true });
  page['!cols'] = columns.map(({ name }, n) => ({
    wch: Math.min(40, Math.max(name.length, ...lines.slice(1, 50).map((line) => String(line[n] ?? '').slice(0, 40).length)) + 1),
  }));
  const book = utils.book_new();
  utils.book_append_sheet(book, page, 'Vínculo');
  yield write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer;
}

/** Written by the engine itself, which then writes a file of its own: the question's bounds hold inside. */
async function parquet(
  warehouse: Warehouse,
  text: string,
  parameters: readonly Parameter[],
  bounds: Bounds,
  signal?: AbortSignal,
): Promise<AnswerFile> {
  const question = await readQuestion(warehouse, text, parameters);
  const sql = warehouse.embedded ? bounded(question, bounds).replace(/readonly = 1, /, '') : bounded(question, bounds);
  const bytes = warehouse.bytes(sql, question.params, { format: 'Parquet', ...(signal ? { signal } : {}) });
  const first = await told(bytes[Symbol.asyncIterator]().next());
  return {
    type: 'application/vnd.apache.parquet',
    content: (async function* () {
      if (!first.done) yield first.value;
      yield* bytes;
    })(),
  };
}
