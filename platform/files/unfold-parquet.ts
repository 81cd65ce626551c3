import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import type { Warehouse } from '@vinculo/warehouse';

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

/**
 * Writes a Parquet file with the engine's own reader: as CSV, or as JSON lines where it holds lists or objects. `to` is written
 * whole or the call rejects.
 */
export async function unfoldParquet(
  warehouse: Warehouse | undefined,
  from: string,
  to: string,
  gzip: boolean,
  signal?: AbortSignal,
): Promise<'csv' | 'jsonl'> {
  const plain = gzip ? `${to}.parquet` : from;
  try {
    if (gzip) await pipeline(createReadStream(from), createGunzip(), createWriteStream(plain), { signal });
    const source = `file(${literal(plain)}, 'Parquet')`;
    const format = (await columnTypes(warehouse, source, signal)).some((type) => NESTED.test(type)) ? 'jsonl' : 'csv';
    const written = format === 'jsonl' ? 'JSONEachRow' : 'CSVWithNames';
    const sql = `insert into function file(${literal(to)}, '${written}') select * from ${source}`;
    // Your own ClickHouse does not see our files; the engine that npm installed does.
    if (warehouse?.embedded) await warehouse.command(sql, {}, { settings: UNFOLD_SETTINGS, signal });
    else await runAlone(`${sql} settings ${SETTINGS_SQL}`, signal);
    return format;
  } finally {
    if (gzip) await rm(plain, { force: true });
  }
}

const NESTED = /\b(Array|Tuple|Map|Nested|JSON)\(/;

async function columnTypes(warehouse: Warehouse | undefined, source: string, signal?: AbortSignal): Promise<string[]> {
  const sql = `describe table ${source}`;
  const rows = warehouse?.embedded
    ? await warehouse.rows<{ type: string }>(sql, {}, { signal })
    : (await runAlone(sql, signal))
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { type: string });
  return rows.map(({ type }) => type);
}

const SETTINGS_SQL = Object.entries(UNFOLD_SETTINGS)
  .map(([name, value]) => `${name} = ${typeof value === 'number' ? value : literal(value)}`)
  .join(', ');

const ENGINE = fileURLToPath(new URL('./engine.process.mjs', import.meta.url));

/** Runs a statement without any data folder, in a process of its own, and gives what it prints. Rejects with the engine's words. */
async function runAlone(sql: string, signal?: AbortSignal): Promise<string> {
  try {
    return (await promisify(execFile)(process.execPath, [ENGINE, sql], { signal, maxBuffer: 1 << 24 })).stdout;
  } catch (error) {
    signal?.throwIfAborted();
    const { stderr } = error as { stderr?: string };
    throw new Error(stderr?.trim() || (error as Error).message, { cause: error });
  }
}

function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
