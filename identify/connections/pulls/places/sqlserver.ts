import type { config as SqlServerConfig } from 'mssql';
import type { PullSettings } from '../../api/pulls.ts';
import type { Secrets } from '../../credentials/credentials.ts';
import { columnsQuery, cursorQuery, type Dialect } from './cursor-query.ts';
import { BATCH_ROWS, type Column, CONNECT_MS, type ReadRows, type Row, STATEMENT_MS, type TablePlace } from './place.ts';

type Settings = Extract<PullSettings, { kind: 'sqlserver' }>;

export const dialect: Dialect = {
  quote: (name) => `[${name.replaceAll(']', ']]')}]`,
  from({ type, grows }, seconds) {
    if (grows === 'number') return type.endsWith('int') ? 'cast(@from as bigint)' : 'cast(@from as decimal(38, 10))';
    if (grows !== 'time') return '@from';
    const moment = `cast(@from as ${type === 'datetimeoffset' ? 'datetimeoffset(7)' : type === 'date' ? 'date' : 'datetime2(7)'})`;
    return seconds > 0 && type !== 'date' ? `dateadd(second, -${seconds}, ${moment})` : moment;
  },
};

/** What `mssql` is told: kept apart, so that it can be looked at without a server. */
export function serverConfig({ host, port = 1433, database, user, tls }: Settings, secrets: Secrets): SqlServerConfig {
  return {
    server: host,
    port,
    database,
    user,
    password: secrets.password ?? '',
    connectionTimeout: CONNECT_MS,
    requestTimeout: STATEMENT_MS,
    pool: { max: 1, min: 0 },
    options: {
      encrypt: tls !== 'off',
      trustServerCertificate: tls !== 'verify',
      // A secondary replica may answer, and the server knows that nothing will be written.
      readOnlyIntent: true,
      appName: 'vinculo',
      // Times without a zone come as if they were UTC, and are written again as they stood there.
      useUTC: true,
    },
  };
}

/** SQL Server, streamed; the query stands inside another select, where nothing can be written. */
export async function openSqlServer(settings: Settings, secrets: Secrets): Promise<TablePlace> {
  // A third of a second to load, of every start, for a client that few need.
  const { default: mssql } = await import('mssql');
  const pool = new mssql.ConnectionPool(serverConfig(settings, secrets));
  pool.on('error', () => {});
  await pool.connect();
  const { query } = settings;

  const columns = async (signal: AbortSignal): Promise<Column[]> => {
    const request = pool.request();
    const stop = () => request.cancel();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const { recordset } = await request.query(columnsQuery(query));
      return Object.values(recordset.columns)
        .toSorted((a, b) => a.index - b.index)
        .map(asColumn);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };
  return {
    columns,
    async *rows({ from, most, signal }: ReadRows): AsyncGenerator<Row[]> {
      const known = await columns(signal);
      const request = pool.request();
      request.stream = true;
      request.arrayRowMode = true;
      if (from?.value !== undefined) request.input('from', mssql.NVarChar, from.value);
      const stream = request.toReadableStream({ highWaterMark: BATCH_ROWS });
      const stop = () => {
        request.cancel();
        stream.destroy(signal.reason as Error);
      };
      signal.addEventListener('abort', stop, { once: true });
      void request.query(cursorQuery(dialect, query, known, from));
      let read = 0;
      try {
        let batch: Row[] = [];
        for await (const row of stream as AsyncIterable<unknown[]>) {
          batch.push(row.map((value, i) => asText(value, known[i]?.type ?? '')));
          if (++read === most) break;
          if (batch.length < BATCH_ROWS) continue;
          yield batch;
          batch = [];
        }
        if (batch.length > 0) yield batch;
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      } finally {
        signal.removeEventListener('abort', stop);
        request.cancel();
      }
    },
    async tables() {
      const { recordset } = await pool
        .request()
        .query<{ s: string; t: string }>(
          'select top 2000 table_schema as s, table_name as t from information_schema.tables order by table_schema, table_name',
        );
      return recordset.map(({ s, t }) => ({
        name: s === 'dbo' ? t : `${s}.${t}`,
        query: `select * from ${dialect.quote(s)}.${dialect.quote(t)}`,
      }));
    },
    async close() {
      await pool.close().catch(() => {});
    },
  };
}

const GROWS: Record<string, Column['grows']> = {
  tinyint: 'number',
  smallint: 'number',
  int: 'number',
  bigint: 'number',
  decimal: 'number',
  numeric: 'number',
  date: 'time',
  datetime: 'time',
  datetime2: 'time',
  smalldatetime: 'time',
  datetimeoffset: 'time',
  char: 'text',
  nchar: 'text',
  varchar: 'text',
  nvarchar: 'text',
};

export function asColumn({ name, type }: { name: string; type: unknown }): Column {
  const called = (
    typeof type === 'function' ? type.name : String((type as { type?: { name?: string } } | undefined)?.type?.name ?? '')
  ).toLowerCase();
  const grows = GROWS[called];
  return { name, type: called, ...(grows ? { grows } : {}) };
}

/** A value as the server would write it. Days and times without a zone stay as they stand; instants with one are said in UTC. */
export function asText(value: unknown, type: string): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) {
    const text = value.toISOString();
    if (type === 'date') return text.slice(0, 10);
    if (type === 'time') return text.slice(11, 23);
    return type === 'datetimeoffset' ? text : text.slice(0, 23);
  }
  if (Buffer.isBuffer(value)) return value.toString('hex');
  return String(value as string | number | boolean);
}
