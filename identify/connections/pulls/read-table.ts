import { Readable } from 'node:stream';
import { receiveUpload } from '@vinculo/customer-file';
import { fail } from '@vinculo/errors';
import { newId } from '@vinculo/postgres';
import { sql } from 'kysely';
import { cursorOf } from './connection-row.ts';
import { checkMapped, mappingFor } from './drift.ts';
import { noteColumns } from './note-columns.ts';
import type { Column, TablePlace } from './places/place.ts';
import { openStretch, STRETCH_OPTIONS } from './stretch.ts';
import { type RunAtWork, takePart } from './take-part.ts';

/** Rows a file: an import of this size takes seconds, and a killed run reads no more than this again. */
export const PART_ROWS = 200_000;

/** Everything that is new in a table or at an address, stretch by stretch, each committed before the next is read. */
export async function readTable(work: RunAtWork, place: TablePlace, partRows: number): Promise<void> {
  const { context, connection, runId, job } = work;
  const { settings } = connection;
  const cursor = cursorOf(settings);
  const ordered = settings.kind !== 'http';
  const columns = await place.columns(job.signal);
  const read = usable(columns, connection.columns, settings.kind === 'http');
  checkMapped(await noteColumns(work, read), connection.columns);
  const column = read.find(({ name }) => name === cursor);
  if (cursor && (!column || (ordered && !column.grows))) throw fail('VIN_CONNECTION_CURSOR', { column: cursor });

  let { cursor: reached, seen } = connection;
  let overlapSeconds = 'overlapSeconds' in settings && column?.grows === 'time' ? settings.overlapSeconds : 0;
  for (;;) {
    const rows = place.rows({
      ...(cursor ? { from: { column: cursor, overlapSeconds, ...(reached === null ? {} : { value: reached }) } } : {}),
      signal: job.signal,
    });
    const stretch = openStretch(counted(rows), {
      columns: columns.length === read.length ? columns : read,
      ...(cursor ? { cursor } : {}),
      ordered,
      known: new Set(seen),
      most: partRows,
      ...(reached === null ? {} : { reached }),
      now: new Date(),
    });
    if (!(await stretch.look())) {
      await addKnown(stretch.end().rows);
      return;
    }
    const fileName = `${connection.name} ${new Date().toISOString().slice(0, 16).replace('T', ' ')}.csv`;
    const upload = await receiveUpload(context.config, Readable.from(stretch.csv()), fileName, job.actor.id);
    await rows.return(undefined);
    const end = stretch.end();
    // Read whole and exactly as the last time.
    if (!cursor && upload.fileHash === connection.file_hash) {
      await addKnown(end.rows);
      return;
    }
    await takePart(work, {
      importId: newId(),
      uploadId: upload.id,
      fileName,
      options: STRETCH_OPTIONS,
      columns: mappingFor(
        connection.columns,
        read.map(({ name }) => name),
      ),
      ...(cursor ? { ...(end.cursor === undefined ? {} : { cursor: end.cursor }), seen: end.seen } : { fileHash: upload.fileHash }),
    });
    if (!end.more) return;
    reached = end.cursor ?? reached;
    seen = end.seen;
    // What was late was met by the first stretch; the others go on where it ended.
    overlapSeconds = 0;
  }

  async function* counted(batches: ReturnType<TablePlace['rows']>): ReturnType<TablePlace['rows']> {
    let done = 0;
    for await (const batch of batches) {
      done += batch.length;
      await job.progress({ done, phase: 'read', detail: connection.name });
      yield columns.length === read.length ? batch : batch.map((row) => [...row, ...Array<string>(read.length - columns.length).fill('')]);
    }
  }

  async function addKnown(rows: number): Promise<void> {
    await sql`update connection_run set rows_known = rows_known + ${rows} where id = ${runId}`.execute(context.store.db);
  }
}

/** So few rows of an address may lack a column by chance: what has no value is often left out of JSON. */
const FEW_COLUMNS_SEEN = 3;

/**
 * The columns that are read. Those of a database are what they are; at an address a mapped column that the first page happens not to show
 * is an empty one, unless most of them are gone.
 */
function usable(columns: readonly Column[], mapping: Record<string, string | null>, sparse: boolean): Column[] {
  if (!sparse) return [...columns];
  const there = new Set(columns.map(({ name }) => name));
  const missing = Object.keys(mapping).filter((name) => mapping[name] && !there.has(name));
  const kept = Object.keys(mapping).filter((name) => mapping[name] && there.has(name));
  if (columns.length > 0 && (missing.length > FEW_COLUMNS_SEEN || kept.length === 0)) return [...columns];
  return [...columns, ...missing.map((name) => ({ name, type: '' }))];
}
