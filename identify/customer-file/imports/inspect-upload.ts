import { join } from 'node:path';
import { detectDateOrder, detectDecimal, type FileOptions as Options, openTable, type Sample } from '@vinculo/files';
import type { Context } from '@vinculo/http';
import { type ImportKind, proposeField, proposeKind, proposeMapping } from '@vinculo/normalise';
import type { z } from 'zod';
import type { Upload } from '../api/imports.ts';
import { asDamagedFile } from './damaged-file.ts';
import { importOfSameFile } from './import-run.ts';
import { keepUpload, type UploadedFile, uploadFolder } from './uploads.ts';

/**
 * What a file looks like before anything is taken in: how it is written, its columns, what each of them probably means.
 * With other `options` it is read again as they say, and they are kept for the import.
 */
export async function inspectUpload(context: Context, upload: UploadedFile, options?: Options): Promise<z.infer<typeof Upload>> {
  const { config, store } = context;
  const sample = await openUpload(context, { ...upload, options: options ?? upload.options });
  const read = options ?? withValues(upload.options, sample);
  await keepUpload(config, { ...upload, options: read });
  const { columns } = sample.table;
  const kind = proposeKind(columns) ?? null;
  const same = await importOfSameFile(store.db, upload.fileHash);
  return {
    id: upload.id,
    fileName: upload.fileName,
    fileSize: upload.fileSize,
    fileHash: upload.fileHash,
    options: read,
    kind,
    columns: proposeColumns(sample, kind ?? undefined),
    estimatedRows: sample.estimatedRows,
    sameAs: same ? { importId: same.id, at: same.ended_at.toISOString() } : null,
  };
}

/** @throws VIN_IMPORT_EMPTY, VIN_IMPORT_DAMAGED. */
export async function openUpload({ warehouse, config }: Context, upload: UploadedFile): Promise<Sample> {
  const folder = uploadFolder(config, upload.id);
  const file = { path: join(folder, upload.storedName), name: upload.fileName, unfoldIn: folder };
  try {
    return await openTable(file, upload.options, { warehouse });
  } catch (error) {
    throw asDamagedFile(error, upload.fileName);
  }
}

/** Workbooks hold dates and numbers as such, and beside them texts that look like some: only the file's values can tell. */
function withValues(options: Options, { rows }: Sample): Options {
  if (options.format === 'csv' || options.format === 'jsonl') return options;
  const texts = rows.flatMap(({ cells }) => cells).filter((cell) => !/^\d{4}-\d{2}-\d{2}|^-?\d+(\.\d+)?$/.test(cell));
  return { ...options, decimal: detectDecimal(texts) ?? options.decimal, dateOrder: detectDateOrder(texts) ?? options.dateOrder };
}

const SAMPLES = 5;

function proposeColumns({ table, rows }: Sample, kind: ImportKind | undefined): z.infer<typeof Upload>['columns'] {
  const columns = table.columns.map((column, i) => ({
    name: column,
    samples: rows.map(({ cells }) => cells[i] ?? '').filter((value) => value !== ''),
  }));
  const mapping = new Map(proposeMapping(columns, kind).map((proposal) => [proposal.column, proposal]));
  return columns.map(({ name: column, samples }) => {
    const chosen = mapping.get(column);
    const candidates = proposeField(column, samples, kind);
    return {
      column,
      samples: [...new Set(samples)].slice(0, SAMPLES),
      field: chosen?.field ?? null,
      score: chosen?.score ?? 0,
      reason: chosen?.reason ?? '',
      alternatives: candidates.map(({ field }) => field).filter((field) => field !== chosen?.field),
    };
  });
}
