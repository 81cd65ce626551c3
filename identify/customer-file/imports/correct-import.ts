import type { Readable } from 'node:stream';
import type { Context } from '@vinculo/http';
import type { Actor } from '@vinculo/postgres';
import { ERROR_COLUMNS } from './import-errors.ts';
import { type ColumnMapping, findImport } from './import-run.ts';
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
  return startImport(context, actor, {
    uploadId: upload.id,
    sourceId: original.source_id,
    kind: original.kind,
    columns: correctedColumns(original.columns, upload.options.format === 'csv'),
    options: { ...upload.options, decimal, dateOrder, header: true },
    corrects: id,
    ...(original.customers_of ? { customersOf: original.customers_of } : {}),
  });
}

/** A column of the original that is called like one of ours comes second in the file of errors. */
function correctedColumns(columns: ColumnMapping, csv: boolean): ColumnMapping {
  const ours: readonly string[] = ERROR_COLUMNS;
  return Object.fromEntries(
    Object.entries(columns).flatMap(([column, field]) =>
      field === null ? [] : [[csv && ours.includes(column) ? `${column} (2)` : column, field]],
    ),
  );
}
