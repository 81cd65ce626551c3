// The rows of table `connection`, in the words of the code.
import { notFound } from '@vinculo/errors';
import type { ColumnMapping, ImportKindName } from '@vinculo/customer-file';
import type { FileOptions } from '@vinculo/files';
import type { Transaction } from '@vinculo/postgres';
import { type Kysely, sql } from 'kysely';
import type { Drift, PullSettings } from '../api/pulls.ts';
import type { When } from './schedule.ts';

export interface ConnectionRow {
  id: string;
  name: string;
  kind: PullSettings['kind'];
  settings: PullSettings;
  credential_id: string | null;
  source_id: string;
  source_label: string;
  import_kind: ImportKindName;
  columns: ColumnMapping;
  options: Partial<FileOptions>;
  customers_of: string | null;
  whole: boolean;
  schedule: When;
  enabled: boolean;
  alert_after: number;
  alert_to: string[];
  next_at: Date | null;
  cursor: string | null;
  seen: string[];
  file_hash: string | null;
  known: KnownColumn[];
  drift: Drift | null;
  failures: number;
  alerted: boolean;
  created_at: Date;
  created_by: string;
  deleted_at: Date | null;
}

/** A column as the mapping knows it; '' is a type that nobody has seen yet. */
export interface KnownColumn {
  name: string;
  type: string;
}

type Db = Kysely<unknown> | Transaction;

const SELECT = sql`
  select c.*, coalesce(s.label, '') as source_label
    from connection c left join source s on s.id = c.source_id`;

/** @throws VIN_CONNECTION_NOT_FOUND */
export async function findConnection(db: Db, id: string): Promise<ConnectionRow> {
  const { rows } = await sql<ConnectionRow>`${SELECT} where c.id = ${id} and c.deleted_at is null`.execute(db);
  if (!rows[0]) throw notFound('connection', id);
  return rows[0];
}

export async function listConnections(
  db: Db,
  query: { limit: number; after?: [string, string]; search?: string; source?: string },
): Promise<ConnectionRow[]> {
  const { limit, after, search, source } = query;
  const { rows } = await sql<ConnectionRow>`
    ${SELECT}
     where c.deleted_at is null
       and ${source ? sql`c.source_id = ${source}` : sql`true`}
       and ${search ? sql`position(lower(${search}) in lower(c.name || ' ' || coalesce(s.label, ''))) > 0` : sql`true`}
       and ${after ? sql`(lower(c.name), c.id) > (${after[0]}, ${after[1]}::uuid)` : sql`true`}
     order by lower(c.name), c.id
     limit ${limit}`.execute(db);
  return rows;
}

/** Where it reads from, in one line. */
export function placeOf(settings: PullSettings): string {
  switch (settings.kind) {
    case 'postgres':
    case 'mysql':
    case 'sqlserver':
      return `${settings.host} · ${settings.database}`;
    case 'folder':
      return `${settings.folder}/${settings.pattern}`;
    case 'sftp':
      return `${settings.host} · ${settings.folder}/${settings.pattern}`;
    case 'http':
      return new URL(settings.url).host;
  }
}

/** The column it advances by, where it does. */
export const cursorOf = (settings: PullSettings): string | undefined => ('cursor' in settings ? settings.cursor : undefined);
