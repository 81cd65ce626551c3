import { createConnection, type FieldPacket } from 'mysql2';
import type { PullSettings } from '../../api/pulls.ts';
import type { Secrets } from '../../credentials/credentials.ts';
import { columnsQuery, cursorQuery, type Dialect } from './cursor-query.ts';
import { BATCH_ROWS, type Column, CONNECT_MS, type ReadRows, type Row, STATEMENT_MS, type TablePlace } from './place.ts';

type Settings = Extract<PullSettings, { kind: 'mysql' }>;

export const dialect: Dialect = {
  quote: (name) => `\`${name.replaceAll('`', '``')}\``,
  from({ type, grows }, seconds) {
    if (grows === 'time') return `cast(? as datetime(6))${seconds > 0 ? ` - interval ${seconds} second` : ''}`;
    if (grows !== 'number') return '?';
    return /int|year/.test(type) ? 'cast(? as signed)' : 'cast(? as decimal(65, 10))';
  },
};

/** MySQL and MariaDB, read as a stream in a read-only transaction: the server sends as fast as rows are taken, no faster. */
export async function openMysql(settings: Settings, secrets: Secrets): Promise<TablePlace> {
  const { host, port = 3306, database, user, tls, query } = settings;
  const connection = createConnection({
    host,
    port,
    database,
    user,
    password: secrets.password ?? '',
    ...(tls === 'off' ? {} : { ssl: { rejectUnauthorized: tls === 'verify' } }),
    connectTimeout: CONNECT_MS,
    charset: 'utf8mb4',
    // As the server writes them: nothing is rounded and no zone is moved.
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    // LOAD DATA LOCAL would let the server ask us for files.
    flags: ['-LOCAL_FILES'],
    timezone: 'Z',
  });
  // An error between two statements is told by the next of them.
  connection.on('error', () => {});
  await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
  const ask = (text: string, values: string[] = []) =>
    new Promise<{ rows: unknown[][]; fields: FieldPacket[] }>((resolve, reject) =>
      connection.execute({ sql: text, values, rowsAsArray: true }, (error, rows, fields) =>
        error ? reject(error) : resolve({ rows: rows as unknown[][], fields }),
      ),
    );
  const until = async <T>(signal: AbortSignal, work: Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    const stop = () => connection.destroy();
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await Promise.race([
        work,
        new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })),
      ]);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };
  await ask('set session transaction read only');
  // Instants of TIMESTAMP columns are written in this zone.
  await ask(`set time_zone = '+00:00'`);
  // The one is MariaDB's, in seconds, the other MySQL's, in milliseconds.
  await ask(`set session max_statement_time = ${STATEMENT_MS / 1000}`).catch(() =>
    ask(`set session max_execution_time = ${STATEMENT_MS}`).catch(() => {}),
  );

  const columns = async (signal: AbortSignal): Promise<Column[]> => {
    const { fields } = await until(signal, ask(columnsQuery(query)));
    return fields.map(asColumn);
  };
  return {
    columns,
    async *rows({ from, most, signal }: ReadRows): AsyncGenerator<Row[]> {
      const known = await columns(signal);
      await ask('start transaction read only');
      const text = cursorQuery(dialect, query, known, from) + (most === undefined ? '' : `\n limit ${most}`);
      const values = from?.value === undefined ? [] : [from.value];
      const stream = connection.execute({ sql: text, values, rowsAsArray: true }).stream({ highWaterMark: BATCH_ROWS, objectMode: true });
      const stop = () => stream.destroy(signal.reason as Error);
      signal.addEventListener('abort', stop, { once: true });
      let ended = false;
      try {
        let batch: Row[] = [];
        for await (const row of stream as AsyncIterable<unknown[]>) {
          batch.push(row.map(asText));
          if (batch.length < BATCH_ROWS) continue;
          yield batch;
          batch = [];
        }
        ended = true;
        if (batch.length > 0) yield batch;
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      } finally {
        signal.removeEventListener('abort', stop);
        // What the server still wants to send would have to be read to its end before anything else can be asked.
        if (ended) await ask('rollback').catch(() => {});
        else connection.destroy();
      }
    },
    async tables(signal) {
      const { rows } = await until(
        signal,
        ask('select table_name from information_schema.tables where table_schema = database() order by table_name limit 2000'),
      );
      return rows.map(([name]) => ({ name: String(name), query: `select * from ${dialect.quote(String(name))}` }));
    },
    async close() {
      await new Promise<void>((resolve) => {
        const late = setTimeout(() => {
          connection.destroy();
          resolve();
        }, 2_000);
        connection.end(() => {
          clearTimeout(late);
          resolve();
        });
      });
    },
  };
}

/** Types of the protocol by number: what they are called, and whether a cursor can be of them. TEXT comes as a blob. */
const TYPES: Record<number, [name: string, grows?: Column['grows']]> = {
  0: ['decimal', 'number'],
  1: ['tinyint', 'number'],
  2: ['smallint', 'number'],
  3: ['int', 'number'],
  4: ['float'],
  5: ['double'],
  7: ['timestamp', 'time'],
  8: ['bigint', 'number'],
  9: ['mediumint', 'number'],
  10: ['date', 'time'],
  11: ['time'],
  12: ['datetime', 'time'],
  13: ['year', 'number'],
  15: ['varchar', 'text'],
  16: ['bit'],
  245: ['json'],
  246: ['decimal', 'number'],
  252: ['text'],
  253: ['varchar', 'text'],
  254: ['char', 'text'],
};

export function asColumn({ name, columnType: type = -1 }: Pick<FieldPacket, 'name' | 'columnType'>): Column {
  const [called, grows] = TYPES[type] ?? [`type ${type}`];
  return { name, type: called, ...(grows ? { grows } : {}), ...(called === 'timestamp' ? { suffix: 'Z' } : {}) };
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (Buffer.isBuffer(value)) return value.toString('hex');
  return typeof value === 'object' ? JSON.stringify(value) : String(value as number);
}
