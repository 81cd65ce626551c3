import type { Readable } from 'node:stream';
import { LANGUAGES } from '@vinculo/languages';
import type { Context } from '@vinculo/http';
import type { Actor } from '@vinculo/postgres';
import { errorColumns } from './import-errors.ts';
import { type ColumnMapping, findImport } from './import-run.ts';
import { openUpload } from './inspect-upload.ts';
import { startImport } from './start-import.ts';
import { receiveUpload } from './uploads.ts';

/**
 * Loads the corrected rows of an import: the file of errors as it was downloaded, put right. They are read as the original
 * file was, under the same mapping.
 *
 * @returns the id of the new import.
 * @throws VIN_IMPORT_NOT_FOUND and all that {@link startImport} throws.
 */
export async function correctImport(context: Context, actor: Actor, id: string, file: Readable, fileName: string): Promise<string> {
  const original = await findImport(context.store.db, id);
  const upload = await receiveUpload(context.config, file, fileName, actor.id);
  const { decimal, dateOrder } = original.options;
  const options = { ...upload.options, decimal, dateOrder, header: true };
  const { table } = await openUpload(context, { ...upload, options });
  return startImport(context, actor, {
    uploadId: upload.id,
    sourceId: original.source_id,
    kind: original.kind,
    columns: correctedColumns(original.columns, table.columns),
    options,
    corrects: id,
    ...(original.customers_of ? { customersOf: original.customers_of } : {}),
  });
}

const OURS = new Set(LANGUAGES.flatMap(errorColumns));

/** A column of the original that is called like one of ours comes second in the file of errors. */
function correctedColumns(columns: ColumnMapping, there: readonly string[]): ColumnMapping {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([column, field]) => {
      const second = `${column} (2)`;
      return field === null ? [] : [[OURS.has(column) && there.includes(second) ? second : column, field]];
    }),
  );
}
