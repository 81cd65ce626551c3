import type { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';

export interface QueryOptions {
  /** ClickHouse settings of this query alone. */
  settings?: Record<string, string | number | boolean>;
  /** Stops the query in the engine, not only the waiting for it. */
  signal?: AbortSignal;
  /** Long work of a job, which leaves the way free for people who wait for a page. `command` and inserts always are. */
  background?: boolean;
}

/**
 * The warehouse: facts that only grow and what is derived from them. Parameters are bound, `{name:Type}` in the SQL.
 * Rows come with 64-bit integers and decimals as numbers, times as ISO 8601 in UTC, dates as 'YYYY-MM-DD'.
 *
 * A parameter may hold up to about 100 kB of text on a server; put longer lists into a table.
 *
 * All reject with VIN_WAREHOUSE_MEMORY when a query needs more memory than the configuration allows.
 */
export interface Warehouse {
  rows<T>(sql: string, params?: Record<string, unknown>, options?: QueryOptions): Promise<T[]>;
  /** Batches of rows as the engine makes them, so memory stays bounded however many there are. */
  stream<T>(sql: string, params?: Record<string, unknown>, options?: QueryOptions): AsyncIterable<T[]>;
  /** The result by column: quick for numbers that go into a computation. */
  columns(sql: string, params?: Record<string, unknown>, options?: QueryOptions): Promise<Record<string, unknown[]>>;
  /** The result as one document of a ClickHouse format: RowBinary, CSVWithNames, Parquet … */
  bytes(sql: string, params: Record<string, unknown> | undefined, options: QueryOptions & { format: string }): AsyncIterable<Buffer>;
  command(sql: string, params?: Record<string, unknown>, options?: QueryOptions): Promise<void>;
  /** Rows as objects; dates and bigints may be values. Resolves when all are written. */
  insert(table: string, rows: AsyncIterable<object[]> | object[], columns?: readonly string[]): Promise<void>;
  /**
   * Rows as text or bytes of a ClickHouse format, of any length. When it rejects, a part of the rows may be there
   * already: load into staging or into a table that drops duplicates.
   *
   * @param into `table` or `table (a, b)`.
   */
  insertStream(into: string, readable: Readable, format: string, settings?: QueryOptions['settings'], signal?: AbortSignal): Promise<void>;
  /** Calls `use` with a path on this machine for a file, which is gone once it settles. */
  scratch<T>(use: (path: string) => Promise<T>): Promise<T>;
  /**
   * Writes the result into a new file, for a thread to read: its millions of rows are never in the memory of this thread, whose
   * collector would look through everything again and again because of them.
   */
  toFile(path: string, sql: string, params: Record<string, unknown> | undefined, options: QueryOptions & { format: string }): Promise<void>;
  /** As {@link Warehouse.insertStream}, of a file of this machine. */
  insertFile(into: string, path: string, format: string, options?: Pick<QueryOptions, 'settings' | 'signal'>): Promise<void>;
  /** True when the engine runs in this process and can read files of this machine with `file()`. */
  embedded: boolean;
  /** For what the rest does not cover. Embedded, a setting given with one of its queries stays for the following. */
  client: ClickHouseClient;
  close(): Promise<void>;
}

/** Where the tables are. */
export const DATABASE = 'vinculo';

/** Most memory of one query; at half of it a group by or an order by goes on on disk. */
export function memoryLimits(memoryMb: number) {
  const bytes = memoryMb * 1024 * 1024;
  const half = Math.floor(bytes / 2);
  return { max_memory_usage: bytes, max_bytes_before_external_group_by: half, max_bytes_before_external_sort: half };
}

/** The same behaviour of both engines, whatever the server's own configuration says. */
export const SETTINGS = {
  session_timezone: 'UTC',
  date_time_input_format: 'best_effort',
  date_time_output_format: 'iso',
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_decimals: 0,
  async_insert: 0,
  mutations_sync: 1,
  // Groups that are read in order are handed on while they still are in the processor's cache.
  aggregation_in_order_max_block_bytes: 1_000_000,
} as const;
