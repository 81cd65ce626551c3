import { join } from 'node:path';
import { conflict } from '@vinculo/errors';
import type { FileOptions as Options } from '@vinculo/files';
import type { Context } from '@vinculo/http';
import { type Actor, newId } from '@vinculo/postgres';
import { sql } from 'kysely';
import { addImport, type ColumnMapping, type Kind } from './import-run.ts';
import { openUpload } from './inspect-upload.ts';
import { checkMapping } from './kinds.ts';
import { rememberMapping } from './mappings.ts';
import { findSource } from './sources.ts';
import { readUpload, UPLOADS } from './uploads.ts';

export interface StartImport {
  /** The id it is to have, for who must find it again after a kill; a new one when not given. */
  id?: string;
  uploadId: string;
  sourceId: string;
  kind: Kind;
  columns: ColumnMapping;
  options: Options;
  /** The source whose customer numbers the file uses; its own when not given. */
  customersOf?: string;
  /** The import whose rejected rows this file corrects. */
  corrects?: string;
  /** Its rows add to what is there: lines of an order that it leaves out stay. */
  addsOnly?: boolean;
}

/**
 * Queues the import of an uploaded file and remembers its mapping for the source. Nothing is read yet but the beginning.
 *
 * @returns the id of the import.
 * @throws VIN_UPLOAD_NOT_FOUND, VIN_SOURCE_NOT_FOUND, VIN_IMPORT_KEY_MISSING, VIN_IMPORT_MAPPING, VIN_IMPORT_UNREADABLE.
 */
export async function startImport(context: Context, actor: Actor, request: StartImport): Promise<string> {
  const { store, jobs, config } = context;
  const { kind, columns, options, corrects } = request;
  const upload = await readUpload(config, request.uploadId);
  const source = await findSource(store, request.sourceId);
  const customersOf = request.customersOf && request.customersOf !== source.id ? (await findSource(store, request.customersOf)).id : null;
  const { table } = await openUpload(context, { ...upload, options });
  checkMapping(kind, columns, table.columns);

  const id = request.id ?? newId();
  await store.transaction(actor, async (tx) => {
    if (corrects) await sameSource(tx, corrects, source.id);
    await addImport(tx, {
      id,
      sourceId: source.id,
      kind,
      fileName: upload.fileName,
      filePath: join(UPLOADS, upload.id, upload.storedName),
      fileSize: upload.fileSize,
      fileHash: upload.fileHash,
      columns,
      options,
      corrects,
      customersOf,
      addsOnly: request.addsOnly ?? false,
      createdBy: actor.name,
    });
    await rememberMapping(tx, { sourceId: source.id, kind, columns, options, customersOf });
    await tx.emit('import.started', { kind: 'import', id }, { kind, sourceId: source.id, corrects: corrects ?? null });
  });
  // After the commit, because then a worker begins at once. Killed in between, the import is found and forgotten by settleStale.
  const jobId = await jobs.enqueue('import.run', { importId: id }, { actor });
  await sql`update import set job_id = ${jobId} where id = ${id}`.execute(store.db);
  return id;
}

async function sameSource(tx: Parameters<typeof rememberMapping>[0], corrects: string, sourceId: string): Promise<void> {
  const { rows } = await sql<{ source_id: string }>`select source_id from import where id = ${corrects}`.execute(tx);
  if (rows[0]?.source_id !== sourceId) {
    throw conflict('import', {
      es: 'Las filas corregidas tienen que ir a la misma fuente que la importación que corrigen.',
      en: 'Corrected rows have to go to the same source as the import they correct.',
    });
  }
}
