import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { fail } from '@vinculo/errors';
import type { Warehouse } from '@vinculo/warehouse';
import { type FileOptions, HEAD_BYTES } from './detect-options.ts';
import { jsonCells } from './json-lines.ts';
import { openText } from './open-text.ts';
import { eachRecord, readCells } from './read-cells.ts';
import { recordEnds } from './split-records.ts';
import { unfoldParquet } from './unfold-parquet.ts';
import { inThread } from './threads.ts';
import type { UnfoldWorkbook } from './unfold-workbook.worker.ts';

/** A file as a table of text: the file itself, or what a workbook or a Parquet file was unfolded to. */
export interface TableFile {
  path: string;
  compression: 'none' | 'gzip';
  format: 'csv' | 'jsonl';
  encoding: FileOptions['encoding'];
  delimiter: string;
  quote: string;
  /** Names of the columns, each one once; `columna_3` where the file gives none. */
  columns: string[];
  /** Number of the record that holds the names, counted from 0; -1 without one. Data comes after it. */
  headerRecord: number;
}

export interface SampleRow {
  /** As a person counts: the first row of the file is 1, the header included. */
  row: number;
  cells: string[];
}

export interface Sample {
  table: TableFile;
  rows: SampleRow[];
  /** Exact for files that fit into the sample. */
  estimatedRows: number;
  /** Names that the file gives to more than one column. */
  repeated: string[];
}

/** A file to open. */
export interface FileToOpen {
  path: string;
  /** As people call it, for what they are told. */
  name: string;
  /** Folder in which workbooks and Parquet files are unfolded to CSV; what is already there is taken as it is. */
  unfoldIn: string;
}

/**
 * Makes a table of text out of a file and reads its beginning. Workbooks and Parquet files are unfolded to CSV (those that
 * hold lists or objects, to JSON lines), once for each sheet asked for. Parquet is read by the engine of `warehouse` where that
 * runs in this process, which bears only one; else by one in a process of its own.
 *
 * @throws VIN_IMPORT_EMPTY, VIN_IMPORT_UNREADABLE.
 */
export async function openTable(
  file: FileToOpen,
  options: FileOptions,
  { warehouse, signal }: { warehouse?: Warehouse; signal?: AbortSignal } = {},
): Promise<Sample> {
  const text = await asText(file, options, warehouse, signal);
  const { head, whole } = await readTextHead(text.path, text.compression);
  const partial = { ...text, columns: [], headerRecord: -1 };
  const { table, rows, bytes, repeated } =
    text.format === 'jsonl' ? sampleLines(head, whole, partial) : sampleCsv(head, whole, partial, options);
  if (rows.length === 0) throw fail('VIN_IMPORT_EMPTY', { file: file.name });
  if (whole) return { table, rows: rows.slice(0, SAMPLE_ROWS), estimatedRows: rows.length, repeated };

  const { size } = await stat(text.path);
  const unpacked = text.compression === 'gzip' ? size * (await gzipRatio(text.path, head.length)) : size;
  const estimatedRows = Math.round((unpacked / Math.max(bytes, 1)) * rows.length);
  return { table, rows: rows.slice(0, SAMPLE_ROWS), estimatedRows, repeated };
}

const SAMPLE_ROWS = 500;
const UNFOLD_WORKBOOK = new URL('./unfold-workbook.worker.ts', import.meta.url);

type Text = Pick<TableFile, 'path' | 'compression' | 'format' | 'encoding' | 'delimiter' | 'quote'>;

async function asText(
  { path, name, unfoldIn }: FileToOpen,
  options: FileOptions,
  warehouse: Warehouse | undefined,
  signal?: AbortSignal,
): Promise<Text> {
  const { format, compression, encoding, delimiter, quote } = options;
  if (format === 'jsonl') return { path, compression, format, encoding, delimiter: '', quote: '' };
  if (format === 'csv') return { path, compression, format, encoding, delimiter, quote };

  const sheet = options.sheet === undefined ? '' : createHash('md5').update(options.sheet).digest('hex').slice(0, 8);
  const unfolded = join(unfoldIn, `rows${sheet}.csv`);
  const unfoldedLines = join(unfoldIn, 'rows.jsonl');
  if (!existsSync(unfolded) && !existsSync(unfoldedLines)) {
    try {
      if (format === 'xlsx') {
        const task: UnfoldWorkbook = { from: path, to: unfolded, gzip: compression === 'gzip', sheet: options.sheet };
        await inThread(UNFOLD_WORKBOOK, task, signal);
      } else {
        const written = await unfoldParquet(warehouse, path, `${unfolded}.part`, compression === 'gzip', signal);
        await rename(`${unfolded}.part`, written === 'csv' ? unfolded : unfoldedLines);
      }
    } catch (cause) {
      signal?.throwIfAborted();
      throw fail('VIN_IMPORT_UNREADABLE', { file: name, reason: (cause as Error).message }, cause);
    }
  }
  if (existsSync(unfoldedLines)) {
    return { path: unfoldedLines, compression: 'none', format: 'jsonl', encoding: 'utf-8', delimiter: '', quote: '' };
  }
  return { path: unfolded, compression: 'none', format: 'csv', encoding: 'utf-8', delimiter: ',', quote: '"' };
}

/** The first stretch of text and whether it is all there is. */
async function readTextHead(path: string, compression: 'none' | 'gzip'): Promise<{ head: Buffer; whole: boolean }> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of openText(path, compression)) {
    parts.push(part);
    length += part.length;
    if (length > HEAD_BYTES) return { head: Buffer.concat(parts).subarray(0, HEAD_BYTES), whole: false };
  }
  return { head: Buffer.concat(parts), whole: true };
}

function sampleCsv(head: Buffer, whole: boolean, text: TableFile, { header }: FileOptions) {
  const { delimiter, quote, encoding } = text;
  const ends = recordEnds(head, { delimiter: delimiter.charCodeAt(0), quote: quote === '' ? -1 : quote.charCodeAt(0) }, whole);
  const rows: SampleRow[] = [];
  let columns: string[] | undefined;
  let headerRecord = -1;
  let repeated: string[] = [];
  eachRecord({ bytes: head, ends: Uint32Array.from(ends), firstRecord: 0, endByte: 0 }, encoding, (record, number) => {
    const cells = record === '' ? undefined : readCells(record, delimiter, quote);
    if (!cells) return;
    if (columns === undefined) {
      columns = header ? uniqueNames(cells) : uniqueNames(cells.map(() => ''));
      if (header) {
        headerRecord = number;
        repeated = repeatedNames(cells);
        return;
      }
    }
    if (cells.some((cell) => cell !== '')) rows.push({ row: number + 1, cells });
  });
  return { table: { ...text, columns: columns ?? [], headerRecord }, rows, bytes: ends.at(-1) ?? 0, repeated };
}

function sampleLines(head: Buffer, whole: boolean, text: TableFile) {
  const ends = recordEnds(head, { delimiter: -1, quote: -1 }, whole);
  const read: { row: number; cells: Map<string, string> }[] = [];
  const columns = new Set<string>();
  eachRecord({ bytes: head, ends: Uint32Array.from(ends), firstRecord: 0, endByte: 0 }, text.encoding, (line, number) => {
    const cells = jsonCells(line);
    if (!cells) return;
    for (const name of cells.keys()) columns.add(name);
    read.push({ row: number + 1, cells });
  });
  const names = [...columns];
  const rows = read.map(({ row, cells }) => ({ row, cells: names.map((name) => cells.get(name) ?? '') }));
  return { table: { ...text, columns: names }, rows, bytes: ends.at(-1) ?? 0, repeated: [] };
}

/** Column names as the file has them, without spaces around; a missing one is called by its place, a repeated one counted. */
function uniqueNames(cells: string[]): string[] {
  const seen = new Map<string, number>();
  return cells.map((cell, i) => {
    const name = cell.trim() || `columna_${i + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

function repeatedNames(cells: string[]): string[] {
  const names = cells.map((cell) => cell.trim()).filter((name) => name !== '');
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];
}

/** How much longer the text is than its compressed form, judged by the beginning. */
async function gzipRatio(path: string, textBytes: number): Promise<number> {
  const file = createReadStream(path, { highWaterMark: 16 * 1024 });
  const gunzip = file.pipe(createGunzip());
  let out = 0;
  try {
    for await (const chunk of gunzip) {
      out += (chunk as Buffer).length;
      if (out >= textBytes) break;
    }
  } finally {
    file.destroy();
    gunzip.destroy();
  }
  return file.bytesRead === 0 ? 1 : out / file.bytesRead;
}
