// A table of a MySQL or MariaDB. Tables cannot be changed in a transaction there, but a rename of two at once is one step.
import { fail } from '@vinculo/errors';
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import type { Secrets } from '../../credentials/credentials.ts';
import type { ColumnType } from '../fields.ts';
import { ID } from '../fields.ts';
import { MARK } from './mark.ts';
import type { Shape, Target, Writer } from './target.ts';

type Database = Extract<Target, { kind: 'database' }>;
const TYPES: Record<ColumnType, string> = { text: 'text', number: 'decimal(20, 4)', integer: 'bigint', moment: 'datetime(3)' };
const quote = (name: string) => `\`${name.replaceAll('`', '``')}\``;
/** Rows of one statement: below what servers take by default. */
const ROWS = 500;

export function connectMysql({ host, port = 3306, database, user, tls }: Database, { password = '' }: Secrets): Promise<Connection> {
  return createConnection({
    host,
    port,
    database,
    user,
    password,
    charset: 'utf8mb4',
    timezone: 'Z',
    connectTimeout: 15_000,
    // LOAD DATA LOCAL would let the server ask us for files.
    flags: ['-LOCAL_FILES'],
    ...(tls === 'off' ? {} : { ssl: { rejectUnauthorized: tls === 'verify' } }),
  });
}

export async function openMysqlTable(target: Database, secrets: Secrets, shape: Shape): Promise<Writer> {
  const connection = await connectMysql(target, secrets);
  connection.on('error', () => {});
  const parts = target.table.split('.');
  const name = parts.at(-1)!;
  const of = (table: string) => [...parts.slice(0, -1), table].map(quote).join('.');
  const [table, staging, former] = [of(name), of(`${name}__vinculo`), of(`${name}__vinculo_old`)];
  const columns = [ID, ...shape.fields].map(({ column, type }) => ({
    name: quote(column),
    type: column === ID.column ? 'char(36)' : TYPES[type],
    moment: type === 'moment',
  }));
  const definition = columns
    .map((column) => `${column.name} ${column.type}${column.type === 'char(36)' ? ' primary key' : ' null'}`)
    .join(', ');
  const make = (what: string) => `create table ${what} (${definition}) character set utf8mb4 comment = '${MARK}'`;
  try {
    await refuseForeign(connection, parts.length > 1 ? parts[0]! : target.database, name, target.table);
    await connection.query(`drop table if exists ${staging}`);
    await connection.query(make(staging));
    if (target.write === 'upsert')
      await connection.query(`alter table ${staging} add column vinculo_removed boolean not null default false`);
  } catch (error) {
    await connection.end().catch(() => {});
    throw error;
  }
  const names = columns.map((column) => column.name).join(', ');
  const value = (cell: string | number | null, n: number) =>
    columns[n]!.moment && typeof cell === 'string' ? cell.replace('T', ' ').replace('Z', '') : cell;
  return {
    async write(rows) {
      for (let from = 0; from < rows.length; from += ROWS) {
        const some = rows.slice(from, from + ROWS).map(({ id, cells }) => [id, ...cells].map(value));
        await connection.query(`insert ignore into ${staging} (${names}) values ?`, [some]);
      }
    },
    async remove(ids) {
      for (let from = 0; from < ids.length; from += ROWS) {
        const some = ids.slice(from, from + ROWS).map((id) => [id, true]);
        await connection.query(`insert ignore into ${staging} (customer_id, vinculo_removed) values ?`, [some]);
      }
    },
    async finish() {
      if (target.write === 'replace') await exchange();
      else await merge();
      return { bytes: null, fileName: null };
    },
    async close() {
      await connection.rollback().catch(() => {});
      await connection.query(`drop table if exists ${staging}`).catch(() => {});
      await connection.end().catch(() => {});
    },
  };

  async function exchange(): Promise<void> {
    await connection.query(`drop table if exists ${former}`);
    const there = await exists(connection, parts.length > 1 ? parts[0]! : target.database, name);
    await connection.query(there ? `rename table ${table} to ${former}, ${staging} to ${table}` : `rename table ${staging} to ${table}`);
    await connection.query(`drop table if exists ${former}`);
  }

  async function merge(): Promise<void> {
    await connection.query(make(`if not exists ${table}`));
    const [known] = await connection.query<RowDataPacket[]>(`show columns from ${table}`);
    const has = new Set(known.map((row) => quote(String(row.Field))));
    for (const column of columns.filter((one) => !has.has(one.name)))
      await connection.query(`alter table ${table} add column ${column.name} ${column.type} null`);
    await connection.beginTransaction();
    const rest = columns.slice(1);
    const update =
      rest.length > 0 ? rest.map((column) => `${column.name} = values(${column.name})`).join(', ') : 'customer_id = values(customer_id)';
    await connection.query(
      `insert into ${table} (${names}) select ${names} from ${staging} where not vinculo_removed on duplicate key update ${update}`,
    );
    await connection.query(
      shape.changes
        ? `delete t from ${table} t join ${staging} s on s.customer_id = t.customer_id where s.vinculo_removed`
        : `delete t from ${table} t left join ${staging} s on s.customer_id = t.customer_id where s.customer_id is null`,
    );
    await connection.commit();
  }
}

async function commentOf(connection: Connection, schema: string, name: string): Promise<string | undefined> {
  const [rows] = await connection.query<RowDataPacket[]>(
    'select table_comment as mark from information_schema.tables where table_schema = ? and table_name = ?',
    [schema, name],
  );
  return rows[0] && String(rows[0].mark ?? '');
}

const exists = async (connection: Connection, schema: string, name: string) => (await commentOf(connection, schema, name)) !== undefined;

/** A table that somebody else made is theirs. @throws VIN_HAND_BACK_TARGET */
async function refuseForeign(connection: Connection, schema: string, name: string, table: string): Promise<void> {
  const mark = await commentOf(connection, schema, name);
  if (mark !== undefined && mark !== MARK)
    throw fail('VIN_HAND_BACK_TARGET', {
      detail: {
        es: `la tabla ${table} ya existe y no la hizo Vínculo. Elige otro nombre`,
        en: `the table ${table} exists already and Vínculo did not make it. Choose another name`,
      },
    });
}
