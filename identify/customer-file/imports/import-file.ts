import { createReadStream, existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fail, notFound } from '@vinculo/errors';
import type { FileOptions as Options } from '@vinculo/files';
import type { Context } from '@vinculo/http';
import type { JobRun } from '@vinculo/jobs';
import type { Actor } from '@vinculo/postgres';
import type { z } from 'zod';
import type { Import } from '../api/imports.ts';
import { followImport } from './follow-import.ts';
import type { ColumnMapping, Kind } from './import-run.ts';
import { inspectUpload } from './inspect-upload.ts';
import { findMapping, mappingOf } from './mappings.ts';
import { addSource, findSourceByName } from './sources.ts';
import { startImport } from './start-import.ts';
import { keepUpload, receiveUpload } from './uploads.ts';

export interface ImportFile {
  path: string;
  /** The source, made when there is none of that name. */
  source: { name: string; label?: string; country?: string; trust?: number };
  /** What the file holds; proposed from its columns when not given. */
  kind?: Kind;
  /** What each column means; as the last time, or as proposed, when not given. */
  columns?: ColumnMapping;
  /** Name of the source whose customer numbers the file uses; as the last time, or its own, when not given. */
  customersOf?: string;
  /** How the file is written, where detection should not decide. */
  options?: Partial<Options>;
  actor: Actor;
  signal?: AbortSignal;
  onProgress?(job: JobRun): void;
}

/**
 * Takes one file in from beginning to end, as the wizard does: the same upload, mapping and job. Resolves when it is in.
 *
 * @throws VIN_IMPORT_FILE_MISSING, VIN_IMPORT_EMPTY, VIN_IMPORT_FORMAT, VIN_IMPORT_MAPPING, VIN_IMPORT_KEY_MISSING, or what the job failed with.
 */
export async function importFile(context: Context, request: ImportFile): Promise<z.infer<typeof Import>> {
  const { config, store } = context;
  const { path, actor } = request;
  if (!existsSync(path)) throw fail('VIN_IMPORT_FILE_MISSING', { file: path });
  const source = await ensureSource(context, request);
  const received = await receiveUpload(config, createReadStream(path, { highWaterMark: 1 << 20 }), basename(path), actor.id);
  const upload = { ...received, options: { ...received.options, ...request.options } };
  if (request.options) await keepUpload(config, upload);
  const seen = await inspectUpload(context, upload, request.options ? upload.options : undefined);
  const kind = request.kind ?? seen.kind;
  if (!kind) throw fail('VIN_IMPORT_MAPPING', { reason: { es: 'ninguna columna dice qué contiene', en: 'no column says what it holds' } });

  const before = await findMapping(store, source.id, kind);
  const named = request.customersOf && (await findSourceByName(store, request.customersOf));
  if (request.customersOf && !named) throw notFound('source', request.customersOf);
  const customersOf = named ? named.id : before?.customersOf;
  const columns = request.columns
    ? Object.fromEntries(seen.columns.map(({ column }) => [column, request.columns?.[column] ?? null]))
    : mappingOf(seen.columns, before?.columns);
  const importId = await startImport(context, actor, {
    uploadId: upload.id,
    sourceId: source.id,
    kind,
    columns,
    options: seen.options,
    ...(customersOf ? { customersOf } : {}),
  });
  return followImport(context, importId, request);
}

async function ensureSource({ store, config }: Context, { source, actor }: ImportFile) {
  const known = await findSourceByName(store, source.name);
  if (known) return known;
  const { name, label = source.name, country = config.country, trust = 50 } = source;
  return addSource(store, actor, { name, label, country, trust });
}
