import { randomBytes } from 'node:crypto';
import { fail, invalid, notFound } from '@vinculo/errors';
import { type Context, decodeIdCursor, toPage } from '@vinculo/http';
import { type Actor, newId } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { ApiKey, ApiKeyInput, NewApiKey } from './api.ts';
import { KEY_START } from './authenticate.ts';
import { hashOf } from './hash.ts';

interface ApiKeyRow {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  created_by: string | null;
  created_at: Date;
  last_used_at: Date | null;
  expires_at: Date | null;
  revoked_at: Date | null;
}

/** All keys, latest first, revoked ones too: one must be able to see what a key once was. */
export async function listApiKeys({ store }: Context, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
  const before = decodeIdCursor(cursor) ?? null;
  const { rows } = await sql<ApiKeyRow>`
    select k.id, k.name, k.prefix, k.scopes, p.name as created_by, k.created_at, k.last_used_at, k.expires_at, k.revoked_at
      from api_key k
      left join person p on p.id = k.created_by
     where ${before}::uuid is null or k.id < ${before}::uuid
     order by k.id desc
     limit ${limit + 1}`.execute(store.db);
  const { items, next } = toPage(rows, limit, (row) => [row.id]);
  return { items: items.map(toView), next };
}

/**
 * Makes a key that may do at most what its maker may.
 *
 * @returns the key itself too, this once: only its SHA-256 is kept.
 * @throws VIN_ACCESS_DENIED if the maker lacks one of the scopes, or is itself a key: keys do not breed.
 */
export async function createApiKey({ store }: Context, actor: Actor, input: ApiKeyInput): Promise<NewApiKey> {
  if (actor.kind !== 'user') throw fail('VIN_ACCESS_DENIED', { permission: 'api_key.manage' });
  const missing = input.scopes.find((scope) => !actor.permissions.has(scope));
  if (missing) throw fail('VIN_ACCESS_DENIED', { permission: missing });
  if (input.expiresAt && new Date(input.expiresAt) <= new Date()) {
    throw invalid({ es: 'la clave caducaría en el pasado', en: 'the key would expire in the past' });
  }
  const prefix = `${KEY_START}${randomBytes(4).toString('hex')}`;
  const key = `${prefix}_${randomBytes(32).toString('base64url')}`;
  const id = newId();
  const scopes = [...new Set(input.scopes)].toSorted();
  const created = await store.transaction(actor, async (tx) => {
    const { rows } = await sql<{ created_at: Date }>`
      insert into api_key (id, name, prefix, hash, scopes, created_by, expires_at)
      values (${id}, ${input.name}, ${prefix}, ${hashOf(key)}, ${scopes}, ${actor.id}, ${input.expiresAt})
      returning created_at`.execute(tx);
    await tx.emit('api_key.created', { kind: 'api_key', id }, { name: input.name, scopes });
    return rows[0]!.created_at;
  });
  return {
    id,
    name: input.name,
    prefix,
    scopes,
    createdBy: actor.name,
    createdAt: created.toISOString(),
    lastUsedAt: null,
    expiresAt: input.expiresAt,
    revokedAt: null,
    key,
  };
}

/** Ends a key at once and for good. Doing it twice changes nothing. */
export async function revokeApiKey({ store }: Context, actor: Actor, id: string): Promise<void> {
  await store.transaction(actor, async (tx) => {
    const { rows } = await sql<{ name: string; was: Date | null }>`
      select name, revoked_at as was from api_key where id = ${id} for update`.execute(tx);
    if (!rows[0]) throw notFound('api_key', id);
    if (rows[0].was) return;
    await sql`update api_key set revoked_at = now() where id = ${id}`.execute(tx);
    await tx.emit('api_key.revoked', { kind: 'api_key', id }, { name: rows[0].name });
  });
}

const toView = (row: ApiKeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes,
  createdBy: row.created_by,
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  expiresAt: row.expires_at?.toISOString() ?? null,
  revokedAt: row.revoked_at?.toISOString() ?? null,
});
