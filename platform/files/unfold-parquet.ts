import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Warehouse } from '@vinculo/warehouse';
import { inThread } from './threads.ts';
import type { UnfoldParquet } from './unfold-parquet.worker.ts';

const UNFOLD_PARQUET = new URL('./unfold-parquet.worker.ts', import.meta.url);

/** Settings under which the engine writes a table of text: missing is empty, times in ISO 8601 with their Z. */
const UNFOLD_SETTINGS = {
  format_csv_null_representation: '',
  date_time_output_format: 'iso',
  session_timezone: 'UTC',
  bool_true_representation: 'true',
  bool_false_representation: 'false',
  // In the order of the file, so that row numbers mean something.
  max_threads: 1,
  engine_file_truncate_on_insert: 1,
} as const;

/** Writes a Parquet file as CSV with the engine's own reader. `to` is written whole or the call rejects. */
export async function unfoldParquet(
  warehouse: Warehouse | undefined,
  from: string,
  to: string,
  gzip: boolean,
  signal?: AbortSignal,
): Promise<void> {
  const plain = gzip ? `${to}.parquet` : from;
  try {
    if (gzip) await pipeline(createReadStream(from), createGunzip(), createWriteStream(plain), { signal });
    const sql = unfoldStatement(plain, to);
    // Your own ClickHouse does not see our files; the engine that npm installed does, in a thread of its own.
    if (warehouse?.embedded) await warehouse.command(sql, {}, { settings: UNFOLD_SETTINGS, signal });
    else await inThread<UnfoldParquet, void>(UNFOLD_PARQUET, { sql, settings: UNFOLD_SETTINGS }, signal);
  } finally {
    if (gzip) await rm(plain, { force: true });
  }
}

function unfoldStatement(from: string, to: string): string {
  return `insert into function file(${literal(to)}, 'CSVWithNames') select * from file(${literal(from)}, 'Parquet')`;
}

function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
