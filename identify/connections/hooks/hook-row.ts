import { createHash, randomBytes } from 'node:crypto';
import { notFound } from '@vinculo/errors';
import type { Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { Mapping } from './read-message.ts';
import type { Verify } from './verify.ts';

export interface HookRow {
  id: string;
  name: string;
  source_id: string;
  verify: Verify;
  credential_id: string;
  mapping: Mapping | null;
  state: 'on' | 'paused';
  created_at: Date;
  created_by: string;
}

/** The secret part of an address: 24 random bytes. */
export const newToken = (): string => randomBytes(24).toString('base64url');
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** @throws VIN_HOOK_NOT_FOUND also of one that was deleted. */
export async function findRow(db: Store['db'], id: string): Promise<HookRow> {
  const { rows } = await sql<HookRow>`select * from hook where id = ${id} and deleted_at is null`.execute(db);
  if (!rows[0]) throw notFound('hook', id);
  return rows[0];
}

export async function findByToken(db: Store['db'], token: string): Promise<HookRow | undefined> {
  const { rows } = await sql<HookRow>`select * from hook where token_hash = ${hashOf(token)} and deleted_at is null`.execute(db);
  return rows[0];
}
