import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { VinculoError } from '@vinculo/errors';
import { detectOptions, type FileOptions, HEAD_BYTES, openTable, readHead, type TableFile } from '@vinculo/files';
import { LinkError } from './link-error.ts';
import type { InputFile } from './link-task.ts';

/** A file that can be read: how it is written and its columns. */
export interface OpenInput {
  file: InputFile;
  options: FileOptions;
  /** The file itself, or the CSV that a workbook or a Parquet file was unfolded to. */
  table: TableFile;
  /** Columns as the file names them; of JSON lines, those of its beginning. */
  columns: string[];
  estimatedRows: number;
}

/** Finds out how a file is written, and refuses what cannot be linked. `folder` is for what has to be unfolded. */
export async function openInput(file: InputFile, folder: string, header: boolean): Promise<OpenInput> {
  const shown = { file: file.shown };
  const head = await headOf(file);
  if (
    /^\s*\[\s*\{/.test(
      head
        .subarray(0, 200)
        .toString('latin1')
        .replace(/^\u00ef\u00bb\u00bf/, ''),
    )
  )
    throw new LinkError('jsonArray', shown);
  try {
    const detected = detectOptions(head, file.shown);
    const options = detected.format === 'csv' || detected.format === 'xlsx' ? { ...detected, header } : detected;
    const unfoldIn = join(folder, String(file.label).replace(/[^\w-]/g, '_'));
    await mkdir(unfoldIn, { recursive: true });
    const sample = await openTable({ path: file.path, name: file.shown, unfoldIn }, options);
    if (header && detected.format === 'csv') {
      if (sample.repeated.length > 0) throw new LinkError('repeatedColumn', { ...shown, column: sample.repeated[0]! });
      if (!detected.header && looksLikeData(sample.table.columns)) {
        throw new LinkError('noHeader', { ...shown, values: sample.table.columns.slice(0, 4).join(', ') });
      }
    }
    return { file, options, table: sample.table, columns: sample.table.columns, estimatedRows: sample.estimatedRows };
  } catch (error) {
    throw asLinkError(error, file);
  }
}

async function headOf(file: InputFile): Promise<Buffer> {
  try {
    if ((await stat(file.path)).isDirectory()) throw new LinkError('isFolder', { file: file.shown });
    return await readHead(file.path, HEAD_BYTES);
  } catch (error) {
    throw asLinkError(error, file);
  }
}

/** What went wrong with a file, in the words of this command; the error itself where it has nothing to do with the file. */
export function asLinkError(error: unknown, { shown }: InputFile): unknown {
  if (error instanceof LinkError || !(error instanceof Error)) return error;
  if (error instanceof VinculoError) {
    if (error.code === 'VIN_IMPORT_EMPTY') return new LinkError('empty', { file: shown });
    if (error.code === 'VIN_IMPORT_FORMAT') return new LinkError('format', { file: shown });
    if (error.code === 'VIN_IMPORT_UNREADABLE') {
      return new LinkError('unreadable', { file: shown, reason: String(error.params.reason).split('\n')[0]!.slice(0, 200) });
    }
    return error;
  }
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return new LinkError('noFile', { file: shown });
  if (code === 'EACCES' || code === 'EPERM') return new LinkError('noAccess', { file: shown });
  if (code.startsWith('Z_')) return new LinkError('unreadable', { file: shown, reason: error.message });
  return error;
}

/** A first row most of which nobody would call a column: numbers, dates, amounts, mail addresses. */
function looksLikeData(cells: readonly string[]): boolean {
  const data = cells.filter((cell) => /^[+(-]?\d+([\s.,:/()+-]\d*)+[€$%A-Za-z]?$|^\d{4,}[A-Za-z]?$/.test(cell) || cell.includes('@'));
  return data.length * 4 >= cells.length;
}
