// Trying a place out: does it open, what is there, and what might each column mean.
import { Readable } from 'node:stream';
import { inspectUpload, openUpload, receiveUpload, type UploadedFile } from '@vinculo/customer-file';
import { fail } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { Actor } from '@vinculo/postgres';
import type { z } from 'zod';
import type { Trial, TrialRequest } from '../api/pulls.ts';
import { openCredential, type Secrets } from '../credentials/credentials.ts';
import { cursorOf, findConnection } from './connection-row.ts';
import { withPlace } from './places/open-place.ts';
import type { FilePlace, TablePlace } from './places/place.ts';
import { asPlaceError } from './places/place-error.ts';
import { seeHostKey } from './places/sftp.ts';
import { openStretch, STRETCH_OPTIONS } from './stretch.ts';

type Found = z.infer<typeof Trial>;

/** As many as say what the columns mean; a person is shown the first of them. */
const ROWS = 200;
const SHOWN = 20;
/** Of a file of lines, this much is looked at; a workbook has to be whole. */
const HEAD_BYTES = 1 << 20;
const TRIAL_MS = 60_000;

/**
 * Reads the first rows, as an upload that the steps of an import can go on with. Nothing is taken in.
 *
 * @throws VIN_CONNECTION_… with what to do.
 */
export async function tryPlace(context: Context, actor: Actor, request: z.output<typeof TrialRequest>): Promise<Found> {
  const { settings } = request;
  const secrets = await secretsFor(context, request);
  const signal = AbortSignal.timeout(TRIAL_MS);
  try {
    return await withPlace(settings, secrets, context.config, (place) =>
      'table' in place ? tryTable(context, actor, place.table, settings, signal) : tryFiles(context, actor, place.files, settings),
    );
  } catch (error) {
    if (signal.aborted) throw fail('VIN_CONNECTION_SLOW', { host: 'host' in settings ? settings.host : settings.kind });
    throw error;
  }
}

/** Tables and views to choose from; none where a place has no such thing. */
export async function listTables(context: Context, request: z.output<typeof TrialRequest>): Promise<{ name: string; query: string }[]> {
  const secrets = await secretsFor(context, request);
  return withPlace(request.settings, secrets, context.config, async (place) =>
    'table' in place ? ((await place.table.tables?.(AbortSignal.timeout(TRIAL_MS))) ?? []) : [],
  );
}

/** The key of an SFTP server, for a person to compare before anything secret is sent there. */
export async function hostKeyOf({ host, port }: { host: string; port?: number }): Promise<string> {
  try {
    return await seeHostKey(host, port);
  } catch (error) {
    throw asPlaceError(error, { kind: 'sftp', host, user: '', folder: '', pattern: '*', after: 'keep', moveTo: '' }, {});
  }
}

/** Those given; those of the connection for parts that are not, as long as they lead to where they led before. */
async function secretsFor(context: Context, { id, settings, secrets }: z.output<typeof TrialRequest>): Promise<Secrets> {
  if (!id) return secrets;
  const { credential_id: credential, settings: before } = await findConnection(context.store.db, id);
  if (!credential) return secrets;
  // Whoever may change a connection must not have its password sent to a server of their own.
  if (!samePlace(before, settings)) return secrets;
  return { ...(await openCredential(context, credential)), ...secrets };
}

/** Whether two settings lead to the same machine and account. */
export function samePlace(a: z.output<typeof TrialRequest>['settings'], b: z.output<typeof TrialRequest>['settings']): boolean {
  const key = (one: typeof a) => {
    if (one.kind === 'http') return new URL(one.url).origin;
    if (one.kind === 'folder') return '';
    return JSON.stringify([one.host.toLowerCase(), one.port ?? 0, one.user, one.kind === 'sftp' ? one.hostKey : one.tls]);
  };
  return a.kind === b.kind && key(a) === key(b);
}

async function tryTable(
  context: Context,
  actor: Actor,
  place: TablePlace,
  settings: z.output<typeof TrialRequest>['settings'],
  signal: AbortSignal,
): Promise<Found> {
  const columns = await place.columns(signal);
  const cursor = cursorOf(settings);
  const chosen = columns.find(({ name }) => name === cursor);
  if (cursor && (!chosen || !chosen.grows) && settings.kind !== 'http') throw fail('VIN_CONNECTION_CURSOR', { column: cursor });
  const stretch = openStretch(place.rows({ most: ROWS, signal }), {
    columns,
    ordered: false,
    known: new Set(),
    most: ROWS,
    now: new Date(),
  });
  if (!(await stretch.look())) throw fail('VIN_CONNECTION_EMPTY');
  const upload = await receiveUpload(context.config, Readable.from(stretch.csv()), `${settings.kind}.csv`, actor.id);
  const written = { ...upload, options: STRETCH_OPTIONS };
  await inspectUpload(context, written, STRETCH_OPTIONS);
  return {
    uploadId: upload.id,
    columns: columns.map(({ name, type, grows }) => ({ name, type, cursor: grows !== undefined })),
    rows: await firstRows(context, written),
    hostKey: null,
    files: [],
  };
}

async function tryFiles(
  context: Context,
  actor: Actor,
  place: FilePlace,
  settings: z.output<typeof TrialRequest>['settings'],
): Promise<Found> {
  const files = await place.list();
  const { folder, pattern } = settings as { folder: string; pattern: string };
  // The newest: what comes next will look like it.
  const sample = files.findLast(({ size }) => size > 0);
  if (!sample) throw fail('VIN_CONNECTION_NO_FILES', { folder, pattern });
  const whole = /\.(xlsx|parquet|gz)$/i.test(sample.name);
  const content = await place.open(sample.name);
  const upload = await receiveUpload(context.config, whole ? content : Readable.from(headOf(content)), sample.name, actor.id);
  const seen = await inspectUpload(context, upload);
  return {
    uploadId: upload.id,
    columns: seen.columns.map(({ column }) => ({ name: column, type: '', cursor: false })),
    rows: await firstRows(context, { ...upload, options: seen.options }),
    hostKey: place.hostKey ?? null,
    files: files.slice(-SHOWN).map(({ name, size }) => ({ name, size })),
  };
}

/** The beginning of a file of lines, to the end of a line. */
async function* headOf(content: Readable): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const part of content as AsyncIterable<Buffer>) {
    length += part.length;
    if (length < HEAD_BYTES) {
      yield part;
      continue;
    }
    const end = part.lastIndexOf(0x0a);
    yield end < 0 ? part : part.subarray(0, end + 1);
    if (end >= 0) return;
  }
}

/** As a person is shown them, in the order of the columns. */
const firstRows = async (context: Context, upload: UploadedFile): Promise<string[][]> =>
  (await openUpload(context, upload)).rows.slice(0, SHOWN).map(({ cells }) => cells);
