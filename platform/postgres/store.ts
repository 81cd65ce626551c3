import { pipeline } from 'node:stream/promises';
import { addAbortSignal, Readable } from 'node:stream';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { type CustomTypesConfig, escapeIdentifier, Pool, type PoolClient, types as defaultTypes } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { type Actor, SYSTEM } from './actor.ts';
import { newId } from './ids.ts';

/** The desk: everything people edit and must never lose. */
export interface Store {
  /** For reads: sql`select …`.execute(store.db). Writes go through {@link Store.transaction}. */
  db: Kysely<unknown>;
  /** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. */
  transaction<T>(actor: Actor, work: (tx: Transaction) => Promise<T>): Promise<T>;
  /**
   * Streams rows into a table with COPY. Each chunk holds whole lines of COPY's text format, tabs between
   * values made by `copyText`, \n at the end. Inside a transaction the rows belong to it; with the store
   * itself they are committed when the promise resolves.
   *
   * @param fresh the table was made by this very transaction: its rows are written as old ones, so that nobody passes by later to mark
   * each as seen, and counts need look at few of them.
   * @returns the number of rows.
   */
  copyIn(
    tx: Transaction | Store,
    table: string,
    columns: readonly string[],
    rows: AsyncIterable<string | Buffer>,
    fresh?: 'fresh',
  ): Promise<number>;
  /**
   * Streams the rows of a query as COPY's text format, for a whole table on its way to the warehouse.
   *
   * @param query constant SQL: COPY takes no parameters.
   */
  copyOut(query: string, signal?: AbortSignal): AsyncIterable<Buffer>;
  pool: Pool;
  /** With the password in it: never print it. */
  url: string;
  /** True when the server is a child of this process. */
  embedded: boolean;
  close(): Promise<void>;
}

/** A transaction in the name of someone. */
export type Transaction = Kysely<unknown> & {
  actor: Actor;
  /** Writes an event into the outbox in this very transaction; handlers get it after the commit, at least once. */
  emit(type: string, subject: { kind: string; id: string }, data: Record<string, unknown>): Promise<void>;
};

const DATE = 1082;
const INT8 = 20;

/** bigint as a number (ids are uuids, counts stay far below 2^53) and date as 'YYYY-MM-DD', which has no time zone to shift it. */
const types: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary' && oid === INT8) return Number;
    if (format !== 'binary' && oid === DATE) return String;
    return defaultTypes.getTypeParser(oid, format);
  }) as typeof defaultTypes.getTypeParser,
};

export interface ConnectOptions {
  url: string;
  embedded: boolean;
  /** Most connections at once. */
  connections?: number;
  onIdleError(error: Error): void;
  onClose(): Promise<void>;
}

/** A store over a server that already answers. */
export function connect({ url, embedded, connections = 16, onIdleError, onClose }: ConnectOptions): Store {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    types,
    application_name: 'vinculo',
    connectionTimeoutMillis: 30_000,
  });
  // Without a listener a connection that dies in the pool would end the whole process.
  pool.on('error', onIdleError);
  const clients = new WeakMap<object, PoolClient>();

  const store: Store = {
    db: new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) }),
    pool,
    url,
    embedded,
    transaction: (actor, work) => inTransaction(pool, clients, actor, work),
    copyIn: async (tx, table, columns, rows, fresh) => {
      const client = clients.get(tx);
      if (client) return copyInto(client, table, columns, rows, fresh);
      return inTransaction(pool, clients, SYSTEM, (own) => copyInto(clients.get(own)!, table, columns, rows));
    },
    copyOut: (query, signal) => copyFromQuery(pool, query, signal),
    close: async () => {
      await pool.end();
      await onClose();
    },
  };
  return store;
}

async function inTransaction<T>(
  pool: Pool,
  clients: WeakMap<object, PoolClient>,
  actor: Actor,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection lost in the middle also fails the running query, which is where it is reported.
  const lost = (error: Error) => {
    broken = error;
  };
  client.on('error', lost);
  try {
    await client.query('begin');
    const tx = over(client, actor);
    clients.set(tx, client);
    const result = await work(tx);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => {
      broken = lost;
    });
    throw error;
  } finally {
    client.off('error', lost);
    client.release(broken);
  }
}

/** Kysely over the one connection that holds the transaction, so that COPY can use the same connection. */
function over(client: PoolClient, actor: Actor): Transaction {
  const shared = {
    query: client.query.bind(client),
    release() {},
  } as unknown as PoolClient;
  const one = { connect: async () => shared, end: async () => {} };
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: one }) });
  return Object.assign(db, {
    actor,
    async emit(type: string, subject: { kind: string; id: string }, data: Record<string, unknown>) {
      const by = { kind: actor.kind, id: actor.id, name: actor.name };
      await sql`
        insert into outbox (id, type, subject_kind, subject_id, actor, data)
        values (${newId()}, ${type}, ${subject.kind}, ${subject.id}, ${JSON.stringify(by)}, ${JSON.stringify(data)})`.execute(db);
      await sql`select pg_notify('vinculo_outbox', '')`.execute(db);
    },
  });
}

async function copyInto(
  client: PoolClient,
  table: string,
  columns: readonly string[],
  rows: AsyncIterable<string | Buffer>,
  fresh?: 'fresh',
): Promise<number> {
  const target = `${table.split('.').map(escapeIdentifier).join('.')} (${columns.map(escapeIdentifier).join(', ')})`;
  const stream = client.query(copyFrom(`copy ${target} from stdin${fresh ? ' with (freeze)' : ''}`));
  await pipeline(Readable.from(rows, { objectMode: true, highWaterMark: 4 }), stream);
  return stream.rowCount;
}

async function* copyFromQuery(pool: Pool, query: string, signal?: AbortSignal): AsyncGenerator<Buffer> {
  const client = await pool.connect();
  let whole = false;
  try {
    const stream = client.query(copyTo(`copy (${query}) to stdout`));
    if (signal) addAbortSignal(signal, stream);
    for await (const chunk of stream) yield chunk as Buffer;
    whole = true;
  } finally {
    // A copy that was left in the middle cannot be taken up again by whoever gets the connection next.
    client.release(!whole);
  }
}
