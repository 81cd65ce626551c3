import { Client, type ClientConfig } from 'pg';
import type { PullSettings } from '../../api/pulls.ts';
import type { Secrets } from '../../credentials/credentials.ts';
import { columnsQuery, cursorQuery, type Dialect } from './cursor-query.ts';
import { BATCH_ROWS, type Column, CONNECT_MS, type ReadRows, type Row, STATEMENT_MS, type TablePlace } from './place.ts';

type Settings = Extract<PullSettings, { kind: 'postgres' }>;

/** Types by oid that a cursor can be of, with the cast that a text needs; others are asked of the catalogue by name. */
const TIMES: Record<number, string> = { 1082: 'date', 1114: 'timestamp without time zone', 1184: 'timestamp with time zone' };
const NUMBERS: Record<number, string> = { 20: 'bigint', 21: 'smallint', 23: 'integer', 1700: 'numeric' };
const TEXTS: Record<number, string> = { 25: 'text', 1043: 'character varying', 2950: 'uuid' };

export const dialect: Dialect = {
  quote: (name) => `"${name.replaceAll('"', '""')}"`,
  from: ({ type, grows }, seconds) => `$1::${type}${grows === 'time' && seconds > 0 ? ` - interval '${seconds} seconds'` : ''}`,
};

/** Every value as the server writes it: nothing is rounded and no zone is moved. */
const asText = { getTypeParser: () => (value: unknown) => String(value) } as unknown as ClientConfig['types'];

/**
 * PostgreSQL, through a server-side cursor in one read-only transaction: what is read is one moment of the database, and the statement
 * could not write if it wanted to.
 */
export async function openPostgres(settings: Settings, secrets: Secrets): Promise<TablePlace> {
  const { host, port = 5432, database, user, tls, query } = settings;
  const client = new Client({
    host,
    port,
    database,
    user,
    password: secrets.password ?? '',
    ssl: tls === 'off' ? false : { rejectUnauthorized: tls === 'verify' },
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    application_name: 'vinculo',
    types: asText,
    // Through a proxy that forgets us nothing would ever come back.
    keepAlive: true,
  });
  // A connection that dies between two statements is told by the next of them.
  client.on('error', () => {});
  await client.connect();
  const ask = (text: string, values: unknown[] = []) =>
    // The extended protocol takes one statement only, whatever the text holds.
    client.query({ text, values, rowMode: 'array', queryMode: 'extended' } as never) as unknown as Promise<{
      rows: (string | null)[][];
      fields: { name: string; dataTypeID: number }[];
    }>;
  // Killing the socket is the one way to end a statement that the server is busy with; it notices and stops.
  const until = async <T>(signal: AbortSignal, work: Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    const stop = () => void (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await work;
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };
  await ask('set session characteristics as transaction read only');
  await ask(`set timezone = 'UTC'`);
  await ask(`set datestyle = 'ISO, YMD'`);
  await ask(`set intervalstyle = 'iso_8601'`);

  const columns = async (signal: AbortSignal): Promise<Column[]> => {
    const { fields } = await until(signal, ask(columnsQuery(query)));
    return fields.map(({ name, dataTypeID: oid }) => ({ name, ...kindOf(oid) }));
  };
  return {
    columns,
    async *rows({ from, most, signal }: ReadRows): AsyncGenerator<Row[]> {
      const known = await columns(signal);
      await ask('begin transaction isolation level repeatable read read only');
      try {
        const text = cursorQuery(dialect, query, known, from);
        await until(signal, ask(`declare vinculo no scroll cursor for ${text}`, from?.value === undefined ? [] : [from.value]));
        let read = 0;
        for (;;) {
          const { rows } = await until(signal, ask(`fetch ${Math.min(BATCH_ROWS, (most ?? Number.MAX_SAFE_INTEGER) - read)} from vinculo`));
          if (rows.length === 0) return;
          read += rows.length;
          yield rows.map((row) => row.map((value) => value ?? ''));
          if (most !== undefined && read >= most) return;
        }
      } finally {
        await ask('rollback').catch(() => {});
      }
    },
    async tables(signal) {
      const { rows } = await until(
        signal,
        ask(
          `select table_schema, table_name from information_schema.tables
            where table_schema not in ('pg_catalog', 'information_schema') and table_type in ('BASE TABLE', 'VIEW')
            order by table_schema <> 'public', table_schema, table_name limit 2000`,
        ),
      );
      return rows.map(([schema, table]) => ({
        name: schema === 'public' ? table! : `${schema}.${table}`,
        query: `select * from ${dialect.quote(schema!)}.${dialect.quote(table!)}`,
      }));
    },
    async close() {
      await client.end().catch(() => {});
    },
  };
}

function kindOf(oid: number): Omit<Column, 'name'> {
  if (TIMES[oid]) return { type: TIMES[oid], grows: 'time' };
  if (NUMBERS[oid]) return { type: NUMBERS[oid], grows: 'number' };
  if (TEXTS[oid]) return { type: TEXTS[oid], grows: 'text' };
  return { type: NAMES[oid] ?? `oid ${oid}` };
}

/** Of the built-in types that a file of customers may hold; a type of somebody's own keeps its number, which is enough to see it change. */
const NAMES: Record<number, string> = {
  16: 'boolean',
  17: 'bytea',
  114: 'json',
  3802: 'jsonb',
  700: 'real',
  701: 'double precision',
  1042: 'character',
  1083: 'time',
  1186: 'interval',
  1009: 'text[]',
  1015: 'character varying[]',
};
