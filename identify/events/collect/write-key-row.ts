import { notFound } from '@vinculo/errors';
import type { Store, Transaction } from '@vinculo/postgres';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { WriteKey, WriteKeyState } from '../api/collect.ts';

interface Row {
  id: string;
  source_id: string;
  key: string;
  name: string;
  origins: string[];
  state: z.infer<typeof WriteKeyState>;
  created_by: string;
  created_at: Date;
  last_used_at: Date | null;
  expires_at: Date | null;
  revoked_at: Date | null;
}

const STATE = sql`
  case when revoked_at is not null then 'revoked'
       when expires_at is null then 'active'
       when expires_at > now() then 'expiring'
       else 'expired' end`;

const COLUMNS = sql`id, source_id, key, name, origins, ${STATE} as state, created_by, created_at, last_used_at, expires_at, revoked_at`;

/** Keys that work first, then the newest. */
export async function writeKeysWhere(store: Pick<Store, 'db'>, condition: RawBuilder<unknown>): Promise<z.infer<typeof WriteKey>[]> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from write_key where ${condition}
     order by ${STATE} in ('active', 'expiring') desc, created_at desc, id desc`.execute(store.db);
  return rows.map(asWriteKey);
}

/**
 * A key of a source, locked until the transaction ends.
 *
 * @throws VIN_WRITE_KEY_NOT_FOUND
 */
export async function lockWriteKey(tx: Transaction, sourceId: string, id: string): Promise<z.infer<typeof WriteKey>> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from write_key where id = ${id} and source_id = ${sourceId} for update`.execute(tx);
  if (!rows[0]) throw notFound('write_key', id);
  return asWriteKey(rows[0]);
}

/** As it stands in the transaction. */
export async function readWriteKey(tx: Transaction, id: string): Promise<z.infer<typeof WriteKey>> {
  const { rows } = await sql<Row>`select ${COLUMNS} from write_key where id = ${id}`.execute(tx);
  return asWriteKey(rows[0]!);
}

function asWriteKey(row: Row): z.infer<typeof WriteKey> {
  return {
    id: row.id,
    sourceId: row.source_id,
    key: row.key,
    name: row.name,
    origins: row.origins,
    state: row.state,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
