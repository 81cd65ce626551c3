import { inspectUpload, receiveUpload } from '@vinculo/customer-file';
import { VinculoError } from '@vinculo/errors';
import { newId, SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { PullSettings } from '../api/pulls.ts';
import { checkMapped, mappingFor } from './drift.ts';
import { noteColumns } from './note-columns.ts';
import type { FilePlace, PlaceFile } from './places/place.ts';
import { type RunAtWork, takePart } from './take-part.ts';

type Settings = Extract<PullSettings, { kind: 'folder' | 'sftp' }>;

/** A file this young may still be arriving: it is looked at twice. */
const YOUNG_MS = 60_000;
const LOOK_AGAIN_MS = 1_500;

/** Every file that was not taken yet, the oldest first. One that cannot be taken does not keep the others from it. */
export async function readFiles(work: RunAtWork, place: FilePlace): Promise<void> {
  const { connection, job } = work;
  const settings = connection.settings as Settings;
  await moveTaken(work, place, settings);
  let failure: unknown;
  const waiting = await settled(place, await untaken(work, await place.list()));
  for (const [i, file] of waiting.entries()) {
    job.signal.throwIfAborted();
    await job.progress({ done: i, total: waiting.length, phase: 'read', detail: file.name });
    try {
      await takeFile(work, place, file);
    } catch (error) {
      if (job.signal.aborted || !(error instanceof VinculoError)) throw error;
      failure ??= error;
    }
  }
  await moveTaken(work, place, settings);
  if (failure) throw failure;
}

async function takeFile(work: RunAtWork, place: FilePlace, file: PlaceFile): Promise<void> {
  const { context, connection, job } = work;
  const upload = await receiveUpload(context.config, await place.open(file.name), file.name, job.actor.id);
  const taken = { name: file.name, size: file.size, modifiedAt: file.modifiedAt.toISOString(), hash: upload.fileHash };
  if (await alreadyTaken(work, upload.fileHash)) {
    await context.store.transaction(SYSTEM, (tx) =>
      sql`
        insert into connection_file (connection_id, name, size, modified_at, hash)
        values (${connection.id}, ${file.name}, ${file.size}, ${taken.modifiedAt}::timestamptz, ${upload.fileHash}) on conflict do nothing`.execute(
        tx,
      ),
    );
    return;
  }
  const written = { ...upload.options };
  // What a person said of how files are written holds for files of that format; a workbook among text files is read as what it is.
  if (connection.options.format === undefined || connection.options.format === written.format) Object.assign(written, connection.options);
  const seen = await inspectUpload(context, { ...upload, options: written }, written);
  const columns = seen.columns.map(({ column }) => ({ name: column, type: '' }));
  checkMapped(await noteColumns(work, columns), connection.columns);
  await takePart(work, {
    importId: newId(),
    uploadId: upload.id,
    fileName: file.name,
    options: seen.options,
    columns: mappingFor(
      connection.columns,
      columns.map(({ name }) => name),
    ),
    file: taken,
  });
}

/** Files that did not change between two looks: what is still being written is left for the next run. */
async function settled(place: FilePlace, files: PlaceFile[]): Promise<PlaceFile[]> {
  // Clocks of two machines differ, so a file from the future is young too.
  const young = files.filter(({ modifiedAt }) => Date.now() - modifiedAt.getTime() < YOUNG_MS);
  if (young.length === 0) return files;
  await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  const again = new Map((await place.list()).map((file) => [file.name, file]));
  return files.filter(({ name, size, modifiedAt }) => {
    const now = again.get(name);
    return now?.size === size && now.modifiedAt.getTime() === modifiedAt.getTime() && size > 0;
  });
}

async function untaken({ context, connection }: RunAtWork, files: PlaceFile[]): Promise<PlaceFile[]> {
  const { rows } = await sql<{ name: string; size: number; modified_at: Date }>`
    select name, size, modified_at from connection_file where connection_id = ${connection.id} and name = any(${files.map(({ name }) => name)})`.execute(
    context.store.db,
  );
  const taken = new Set(rows.map(({ name, size, modified_at }) => key(name, size, modified_at)));
  return files.filter(({ name, size, modifiedAt }) => size > 0 && !taken.has(key(name, size, modifiedAt)));
}

const key = (name: string, size: number, modifiedAt: Date) => JSON.stringify([name, size, modifiedAt.getTime()]);

async function alreadyTaken({ context, connection }: RunAtWork, hash: string): Promise<boolean> {
  const { rows } = await sql`select from connection_file where connection_id = ${connection.id} and hash = ${hash} limit 1`.execute(
    context.store.db,
  );
  return rows.length > 0;
}

/** Moves what was taken, also what a killed run did not come to move. A file that changed since is another one, and stays. */
async function moveTaken({ context, connection }: RunAtWork, place: FilePlace, settings: Settings): Promise<void> {
  if (settings.after !== 'move') return;
  const { rows } = await sql<{ name: string; size: number; modified_at: Date }>`
    select name, size, modified_at from connection_file where connection_id = ${connection.id} and not moved`.execute(context.store.db);
  if (rows.length === 0) return;
  const there = new Map((await place.list()).map((file) => [file.name, file]));
  for (const { name, size, modified_at: modifiedAt } of rows) {
    const file = there.get(name);
    if (file && key(name, size, modifiedAt) === key(name, file.size, file.modifiedAt)) await place.move(name, settings.moveTo);
    await sql`
      update connection_file set moved = true where connection_id = ${connection.id} and name = ${name} and size = ${size} and modified_at = ${modifiedAt}`.execute(
      context.store.db,
    );
  }
}
