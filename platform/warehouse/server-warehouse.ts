import { randomUUID } from 'node:crypto';
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { ClickHouseLogLevel, type ClickHouseSettings, createClient } from '@clickhouse/client';
import { maskUrl } from '@vinculo/config';
import { fail } from '@vinculo/errors';
import { failed } from './failures.ts';
import { withoutFailure } from './mid-stream-failure.ts';
import { requireParameters } from './placeholders.ts';
import { scratchFiles } from './scratch.ts';
import { bare, jsonLines } from './values.ts';
import { DATABASE, memoryLimits, type QueryOptions, SETTINGS, type Warehouse } from './warehouse.ts';

/** Your own ClickHouse over HTTP. The database is that of the URL's path, `vinculo` when it has none; made when missing. */
export async function openServer(url: string, memoryMb: number): Promise<Warehouse> {
  const address = new URL(url);
  const database = address.pathname.slice(1) || DATABASE;
  address.pathname = '/';
  const settings = {
    ...SETTINGS,
    ...memoryLimits(memoryMb),
    // An insert holds several blocks at a time: parsed, joined, sorted, written.
    min_insert_block_size_bytes: String(Math.min(256, memoryMb / 16) * 1024 * 1024),
    cancel_http_readonly_queries_on_client_close: 1,
    // Headers of progress keep proxies from closing the connection of a long query.
    send_progress_in_http_headers: 1,
    http_headers_progress_interval_ms: '20000',
  } as unknown as ClickHouseSettings;
  const options = {
    url: address.toString(),
    application: 'vinculo',
    request_timeout: 3_600_000,
    use_multipart_params_auto: true,
    clickhouse_settings: settings,
    // Our errors say what happened; the client's own log would print whole queries.
    log: { level: ClickHouseLogLevel.OFF },
  };
  const first = createClient(options);
  try {
    await first.command({ query: 'create database if not exists {database:Identifier}', query_params: { database } });
  } catch (error) {
    throw fail('VIN_WAREHOUSE_UNAVAILABLE', { reason: `${maskUrl(url)}: ${(error as Error).message}` }, error);
  } finally {
    await first.close();
  }

  const client = createClient({ ...options, database });
  /** Closing the connection stops a read by itself; anything else goes on until it is told. Rejects when it has ended. */
  const stoppable = async <T>(id: string, signal: AbortSignal | undefined, work: Promise<T>): Promise<T> => {
    let stopping: Promise<unknown> | undefined;
    const stop = () => {
      const kill = client.command({ query: 'kill query where query_id = {id:String} sync', query_params: { id } });
      stopping = kill.catch(() => undefined);
    };
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await work;
    } catch (error) {
      await stopping;
      signal?.throwIfAborted();
      throw failed(error, memoryMb);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  };
  /** What the engine sends, as it sends it. Its query ends when the signal says so or nobody wants more. */
  async function* received<T>(stream: Readable, signal?: AbortSignal): AsyncGenerator<T> {
    const stop = () => void stream.destroy();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      for await (const chunk of stream) {
        signal?.throwIfAborted();
        yield chunk as T;
      }
    } catch (error) {
      signal?.throwIfAborted();
      throw failed(error, memoryMb);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }
  const read = (sql: string, params: Record<string, unknown> = {}, options?: QueryOptions) => {
    options?.signal?.throwIfAborted();
    requireParameters(sql, params);
    const request = {
      query: bare(sql),
      query_params: params,
      clickhouse_settings: options?.settings,
      abort_signal: options?.signal,
      query_id: randomUUID(),
    };
    return { request, run: <T>(work: Promise<T>) => stoppable(request.query_id, options?.signal, work) };
  };

  const write: Warehouse['insertStream'] = async (into, readable, format, own, signal) => {
    const { request, run } = read(`insert into ${into} format ${format}`, undefined, { settings: own, signal });
    const { stream } = await run(client.exec({ ...request, values: readable }));
    stream.resume();
  };

  const bytes: Warehouse['bytes'] = async function* (sql, params, options) {
    const { request, run } = read(`${bare(sql)} format ${options.format}`, params, options);
    const { stream, response_headers: headers } = await run(client.exec(request));
    yield* received<Buffer>(withoutFailure(stream, headers), options.signal);
  };

  // Several processes may share the data folder of a server of your own: each has a place apart.
  const temporary = mkdtempSync(join(tmpdir(), 'vinculo-'));

  return {
    embedded: false,
    client,
    async rows<T>(sql: string, params?: Record<string, unknown>, options?: QueryOptions) {
      const { request, run } = read(sql, params, options);
      return run(client.query({ ...request, format: 'JSONEachRow' }).then((result) => result.json<T>()));
    },
    async columns(sql, params, options) {
      const { request, run } = read(sql, params, options);
      return run(
        client
          .exec({ ...request, query: `${request.query} format JSONColumns` })
          .then(async ({ stream }) => JSON.parse(await text(stream))),
      );
    },
    async *stream<T>(sql: string, params?: Record<string, unknown>, options?: QueryOptions) {
      const { request, run } = read(sql, params, options);
      const result = await run(client.query({ ...request, format: 'JSONEachRow' }));
      const batches = received<{ json(): T }[]>(result.stream(), options?.signal);
      for await (const rows of batches) yield rows.map((row) => row.json());
    },
    bytes,
    async command(sql, params, options) {
      const { request, run } = read(sql, params, options);
      await run(client.command(request));
    },
    async insert(table, rows, columns) {
      const source = Array.isArray(rows) ? [rows] : rows;
      const into = columns ? `${table} (${columns.join(', ')})` : table;
      async function* lines() {
        for await (const batch of source) yield jsonLines(batch);
      }
      await write(into, Readable.from(lines()), 'JSONEachRow');
    },
    insertStream: write,
    scratch: scratchFiles(temporary),
    async toFile(path, sql, params, options) {
      const file = openSync(path, 'wx', 0o600);
      try {
        // At once: while one piece waits for the disk, the last words of a query that failed could be lost with its connection.
        for await (const piece of bytes(sql, params, options)) writeFileSync(file, piece);
      } finally {
        closeSync(file);
      }
    },
    insertFile: (into, path, format, { settings: own, signal } = {}) =>
      write(into, createReadStream(path, { highWaterMark: 1024 * 1024 }), format, own, signal),
    async close() {
      rmSync(temporary, { recursive: true, force: true });
      await client.close();
    },
  };
}
