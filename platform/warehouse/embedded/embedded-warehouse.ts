import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import type { ChdbQueryStream, StreamChunk } from 'chdb';
import { createChdbConnection } from 'chdb/connection';
import { failed } from '../failures.ts';
import { scratchFiles } from '../scratch.ts';
import { bare, jsonLines, parseLines } from '../values.ts';
import { DATABASE, type QueryOptions, type Warehouse } from '../warehouse.ts';
import { quoted } from './parameters.ts';
import { type Lane, openSessions, type Sessions } from './sessions.ts';
import { createSlots, type Slots } from './slots.ts';

/** Characters of JSON. */
const FEW = 256 * 1024;

/** Formats of which every piece the engine streams is a continuation of the one before; of others it is a document of its own. */
const CONTINUOUS = new Set(['RowBinary', 'CSV', 'TSV', 'TabSeparated', 'JSONEachRow', 'JSONCompactEachRow', 'Native', 'TSKV']);

interface Engine {
  sessions: Sessions;
  slots: Slots;
  /** For results and inserts that are whole files. */
  temporary: string;
  scratch: Warehouse['scratch'];
  memoryMb: number;
}

/** ClickHouse inside this process over `<folder>/data`. The caller owns the folder: see `acquireDataFolder`. */
export async function openEmbedded(folder: string, memoryMb: number): Promise<Warehouse> {
  const data = join(folder, 'data');
  const temporary = join(folder, 'temporary');
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  const sessions = await openSessions(data, memoryMb);
  const engine: Engine = { sessions, slots: createSlots(), temporary, scratch: scratchFiles(temporary), memoryMb };
  const client = createClient({ connection: createChdbConnection({ path: data }) } as never) as ClickHouseClient;
  await client.command({ query: `use ${DATABASE}` });

  return {
    embedded: true,
    client,
    rows: async <T>(sql: string, params?: Record<string, unknown>, options?: QueryOptions) =>
      parseLines<T>((await query(engine, sql, params, options, 'JSONEachRow')).toString()),
    columns: async (sql, params, options) => JSON.parse((await query(engine, sql, params, options, 'JSONColumns')).toString()),
    command: async (sql, params, options) => {
      await query(engine, sql, params, { ...options, background: true }, 'Null');
    },
    async *stream<T>(sql: string, params?: Record<string, unknown>, options?: QueryOptions) {
      for await (const chunk of pieces(engine, sql, params, options, 'JSONEachRow')) yield parseLines<T>(chunk.toString());
    },
    bytes: (sql, params, options) =>
      CONTINUOUS.has(options.format) ? pieces(engine, sql, params, options, options.format) : wholeFile(engine, sql, params, options),
    insert: (table, rows, columns) => insertRows(engine, table, rows, columns),
    insertStream: (into, readable, format, settings, signal) => insertStream(engine, into, readable, format, settings, signal),
    scratch: engine.scratch,
    toFile: (path, sql, params, options) => toFile(engine, path, sql, params, options),
    insertFile: (into, path, format, options) => insertFile(engine, into, path, format, options),
    close: async () => {
      await client.close();
      sessions.close();
    },
  };
}

/** Runs one query to its end and returns its whole output. */
async function query(
  engine: Engine,
  sql: string,
  params: Record<string, unknown> | undefined,
  { settings, signal, background }: QueryOptions = {},
  format: string,
): Promise<Buffer> {
  return onLane(engine, background ? 'long' : 'short', signal, async (lane) => {
    const before = engine.sessions.preparation(lane, sql, params, settings);
    const result = await lane.session.queryAsync(before ? `${before}; ${sql}` : sql, { format });
    return Buffer.from(result.bytes());
  });
}

/** Runs `work` when its turn comes; the signal takes it out of the queue or stops its query in the engine. */
async function onLane<T>(
  engine: Engine,
  kind: 'short' | 'long',
  signal: AbortSignal | undefined,
  work: (lane: Lane) => Promise<T>,
): Promise<T> {
  const give = await engine.slots.take(kind, signal);
  const lane = await engine.sessions.borrow();
  const stopping = stopOnAbort(engine, lane, signal);
  let ended = false;
  try {
    const result = await work(lane);
    ended = true;
    return result;
  } catch (error) {
    signal?.throwIfAborted();
    throw failed(error, engine.memoryMb);
  } finally {
    await stopping.end();
    await engine.sessions.giveBack(lane, ended);
    give();
  }
}

/**
 * Stops whatever runs on the lane once the signal says so. Repeated until `end`, because a query still waiting for
 * a thread is not there to be stopped; and `end` waits for the last one, so that it cannot hit the lane's next query.
 */
function stopOnAbort(engine: Engine, lane: Lane, signal?: AbortSignal): { end(): Promise<void> } {
  const ended = new AbortController();
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    while (!ended.signal.aborted) {
      await engine.sessions.kill(lane).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const begin = () => {
    stopping = stop();
  };
  if (signal?.aborted) begin();
  else signal?.addEventListener('abort', begin, { once: true });
  return {
    async end() {
      ended.abort();
      signal?.removeEventListener('abort', begin);
      await stopping;
    },
  };
}

/** The output as the engine makes it. A slot is held while it makes a piece, not while the reader looks at one. */
async function* pieces(
  engine: Engine,
  sql: string,
  params: Record<string, unknown> | undefined,
  { settings, signal, background = true }: QueryOptions = {},
  format: string,
): AsyncGenerator<Buffer> {
  const kind = background ? 'long' : 'short';
  const lane = await engine.sessions.borrow();
  const stopping = stopOnAbort(engine, lane, signal);
  let stream: ChdbQueryStream | undefined;
  let ended = false;
  let chunks: AsyncIterator<StreamChunk> | undefined;
  const next = async () => {
    const give = await engine.slots.take(kind, signal);
    try {
      if (!chunks) {
        const before = engine.sessions.preparation(lane, sql, params, settings);
        if (before) await lane.session.queryAsync(before);
        stream = lane.session.queryStream(sql, { format });
        chunks = stream[Symbol.asyncIterator]();
      }
      return await chunks.next();
    } finally {
      give();
    }
  };
  try {
    for (;;) {
      const { done, value } = await next();
      signal?.throwIfAborted();
      if (done) {
        ended = true;
        return;
      }
      yield Buffer.from(value.raw());
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw failed(error, engine.memoryMb);
  } finally {
    stream?.cancel();
    await stopping.end();
    await engine.sessions.giveBack(lane, ended);
  }
}

/** Formats with a beginning or an end, like Parquet, are written to a file by the engine and read from there. */
async function* wholeFile(
  engine: Engine,
  sql: string,
  params: Record<string, unknown> | undefined,
  options: QueryOptions & { format: string },
): AsyncGenerator<Buffer> {
  const path = join(engine.temporary, randomUUID());
  try {
    await toFile(engine, path, sql, params, options);
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) yield chunk as Buffer;
  } finally {
    await rm(path, { force: true });
  }
}

async function toFile(
  engine: Engine,
  path: string,
  sql: string,
  params: Record<string, unknown> | undefined,
  { format, ...options }: QueryOptions & { format: string },
): Promise<void> {
  const statement = `insert into function file(${quoted(path)}, '${word(format)}') ${bare(sql)}`;
  await query(engine, statement, params, { ...options, background: true }, 'Null');
}

/** A few rows go in by themselves; more go the way of a stream. */
async function insertRows(
  engine: Engine,
  table: string,
  rows: AsyncIterable<object[]> | object[],
  columns?: readonly string[],
): Promise<void> {
  const lines = batches(rows);
  let few = '';
  for (;;) {
    const { done, value } = await lines.next();
    if (done) break;
    few += value;
    if (few.length < FEW) continue;
    const all = async function* () {
      yield few;
      yield* lines;
    };
    const into = columns ? `${table} (${columns.join(', ')})` : table;
    return insertStream(engine, into, Readable.from(all()), 'JSONEachRow');
  }
  if (few === '') return;
  const values = Buffer.from(few);
  await onLane(engine, 'long', undefined, (lane) => lane.session.insert({ table, columns, values, format: 'JSONEachRow' }));
}

/**
 * Rows are written to a file first and read from there by the engine: that takes every format, reads on all cores
 * and is five times as fast as handing over pieces within statements. And a source that fails leaves no rows.
 */
async function insertStream(
  engine: Engine,
  into: string,
  readable: Readable,
  format: string,
  settings?: QueryOptions['settings'],
  signal?: AbortSignal,
): Promise<void> {
  await engine.scratch(async (path) => {
    await pipeline(readable, createWriteStream(path, { mode: 0o600 }), { signal });
    await insertFile(engine, into, path, format, { settings, signal });
  });
}

async function insertFile(engine: Engine, into: string, path: string, format: string, options?: QueryOptions): Promise<void> {
  const sql = `insert into ${into} from infile ${quoted(path)} format ${word(format)}`;
  await query(engine, sql, undefined, { ...options, background: true }, 'Null');
}

async function* batches(rows: AsyncIterable<object[]> | object[]): AsyncGenerator<string> {
  for await (const batch of Array.isArray(rows) ? slices(rows) : rows) yield jsonLines(batch);
}

function* slices(rows: object[]): Generator<object[]> {
  for (let i = 0; i < rows.length; i += 10_000) yield rows.slice(i, i + 10_000);
}

function word(format: string): string {
  if (!/^\w+$/.test(format)) throw new TypeError(`"${format}" is not the name of a format`);
  return format;
}
