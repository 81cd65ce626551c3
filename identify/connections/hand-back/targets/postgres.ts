// A table of a PostgreSQL: rows go into a table beside it, which then takes its place, or is worked into it, in one transaction.
import { fail } from '@vinculo/errors';
import { Client, escapeIdentifier } from 'pg';
import type { Secrets } from '../../credentials/credentials.ts';
import type { ColumnType } from '../fields.ts';
import { ID } from '../fields.ts';
import type { Shape, Target, Writer } from './target.ts';
import { MARK } from './mark.ts';

type Database = Extract<Target, { kind: 'database' }>;
const TYPES: Record<ColumnType, string> = { text: 'text', number: 'numeric', integer: 'bigint', moment: 'timestamptz' };

export async function connectPostgres({ host, port = 5432, database, user, tls }: Database, { password = '' }: Secrets): Promise<Client> {
  const client = new Client({
    host,
    port,
    database,
    user,
    password,
    application_name: 'Vínculo',
    connectionTimeoutMillis: 15_000,
    ...(tls === 'off' ? {} : { ssl: { rejectUnauthorized: tls === 'verify' } }),
  });
  client.on('error', () => {});
  await client.connect();
  return client;
}

export async function openPostgresTable(target: Database, secrets: Secrets, shape: Shape): Promise<Writer> {
  const client = await connectPostgres(target, secrets);
  const { schema, name } = placeOf(target.table);
  const prefix = schema === undefined ? '' : `${escapeIdentifier(schema)}.`;
  const table = `${prefix}${escapeIdentifier(name)}`;
  const staging = `${prefix}${escapeIdentifier(`${name}__vinculo`)}`;
  const columns = [ID, ...shape.fields].map(({ column, type }) => ({ name: escapeIdentifier(column), raw: column, type: TYPES[type] }));
  try {
    await refuseForeign(client, table);
    await client.query(`drop table if exists ${staging}`);
    // The key keeps its name when the table takes another: each run has one of its own.
    await client.query(
      `create table ${staging} (${columns.map(({ name: column, type }) => `${column} ${type}`).join(', ')}, vinculo_removed boolean not null default false,
        constraint ${escapeIdentifier(`pk_${shape.runId}`)} primary key (customer_id))`,
    );
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  const names = columns.map((column) => column.name).join(', ');
  const insert = (rows: readonly Record<string, unknown>[]) =>
    client.query(
      `insert into ${staging} (${names}, vinculo_removed)
       select ${names}, coalesce(vinculo_removed, false) from jsonb_to_recordset($1::jsonb) as r(${columns.map((column) => `${column.name} ${column.type}`).join(', ')}, vinculo_removed boolean)
       on conflict (customer_id) do nothing`,
      [JSON.stringify(rows).replaceAll('\\u0000', '')],
    );
  return {
    async write(rows) {
      if (rows.length > 0)
        await insert(rows.map(({ id, cells }) => Object.fromEntries([id, ...cells].map((cell, n) => [columns[n]!.raw, cell]))));
    },
    async remove(ids) {
      if (ids.length > 0) await insert(ids.map((id) => ({ customer_id: id, vinculo_removed: true })));
    },
    async finish() {
      await client.query('begin');
      if (target.write === 'replace') {
        await client.query(`alter table ${staging} drop column vinculo_removed`);
        await client.query(`comment on table ${staging} is '${MARK}'`);
        await client.query(`drop table if exists ${table}`);
        await client.query(`alter table ${staging} rename to ${escapeIdentifier(name)}`);
      } else await merge(client);
      await client.query('commit');
      return { bytes: null, fileName: null };
    },
    async close() {
      await client.query('rollback').catch(() => {});
      await client.query(`drop table if exists ${staging}`).catch(() => {});
      await client.end().catch(() => {});
    },
  };

  async function merge(own: Client): Promise<void> {
    await own.query(`create table if not exists ${table} (customer_id text primary key)`);
    await own.query(`comment on table ${table} is '${MARK}'`);
    for (const column of columns.slice(1)) await own.query(`alter table ${table} add column if not exists ${column.name} ${column.type}`);
    const rest = columns.slice(1);
    const update =
      rest.length > 0 ? `do update set ${rest.map((column) => `${column.name} = excluded.${column.name}`).join(', ')}` : 'do nothing';
    await own.query(
      `insert into ${table} (${names}) select ${names} from ${staging} where not vinculo_removed on conflict (customer_id) ${update}`,
    );
    await own.query(
      shape.changes
        ? `delete from ${table} t using ${staging} s where s.customer_id = t.customer_id and s.vinculo_removed`
        : `delete from ${table} t where not exists (select from ${staging} s where s.customer_id = t.customer_id)`,
    );
  }
}

/** A table that somebody else made is theirs: it is neither exchanged nor emptied. @throws VIN_HAND_BACK_TARGET */
async function refuseForeign(client: Client, table: string): Promise<void> {
  const { rows } = await client.query<{ there: boolean; mark: string | null }>(
    `select to_regclass($1) is not null as there, obj_description(to_regclass($1), 'pg_class') as mark`,
    [table],
  );
  if (rows[0]!.there && rows[0]!.mark !== MARK)
    throw fail('VIN_HAND_BACK_TARGET', {
      detail: {
        es: `la tabla ${table} ya existe y no la hizo Vínculo. Elige otro nombre`,
        en: `the table ${table} exists already and Vínculo did not make it. Choose another name`,
      },
    });
}

function placeOf(table: string): { schema?: string; name: string } {
  const [first, second] = table.split('.');
  return second === undefined ? { name: first! } : { schema: first!, name: second };
}
