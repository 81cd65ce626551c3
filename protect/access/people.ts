import { fail, notFound } from '@vinculo/errors';
import { type Context, decodeIdCursor, toPage } from '@vinculo/http';
import type { Actor, Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { Person } from './api.ts';
import { findPerson, lockPeople, mayTouchRole, otherOwners, type PersonRow } from './queries.ts';
import type { RoleName } from './roles.ts';

export async function listPeople({ store }: Context, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
  const after = decodeIdCursor(cursor) ?? null;
  const { rows } = await sql<PersonRow & { last_seen_at: Date | null }>`
    select p.*, (select max(s.updated_at) from person_session s where s.user_id = p.id) as last_seen_at
      from person p
     where ${after}::uuid is null or p.id > ${after}::uuid
     order by p.id
     limit ${limit + 1}`.execute(store.db);
  const { items, next } = toPage(rows, limit, (row) => [row.id]);
  return { items: items.map((row) => toView(row, row.last_seen_at)), next };
}

/** @throws VIN_ACCESS_LAST_OWNER, VIN_ACCESS_DENIED, VIN_USER_NOT_FOUND */
export async function changeRole({ store }: Context, actor: Actor, id: string, role: RoleName): Promise<Person> {
  return store.transaction(actor, async (tx) => {
    const before = await touch(tx, actor, id);
    await mayTouchRole(tx, actor, role);
    if (before.role === role) return toView(before);
    if (role !== 'owner') await keepAnOwner(tx, before);
    await sql`update person set role = ${role}, updated_at = now() where id = ${id}`.execute(tx);
    await tx.emit('user.role_changed', { kind: 'user', id }, { from: before.role, to: role });
    return toView({ ...before, role });
  });
}

/** Shuts someone out at once: their sessions end and their API keys stop. Restoring them brings the keys back. */
export async function suspendPerson({ store }: Context, actor: Actor, id: string): Promise<Person> {
  return store.transaction(actor, async (tx) => {
    const before = await touch(tx, actor, id);
    await keepAnOwner(tx, before);
    await sql`update person set suspended_at = coalesce(suspended_at, now()), updated_at = now() where id = ${id}`.execute(tx);
    await sql`delete from person_session where user_id = ${id}`.execute(tx);
    if (!before.suspended_at) await tx.emit('user.suspended', { kind: 'user', id }, {});
    return toView({ ...before, suspended_at: new Date() });
  });
}

export async function restorePerson({ store }: Context, actor: Actor, id: string): Promise<Person> {
  return store.transaction(actor, async (tx) => {
    const before = await touch(tx, actor, id);
    await sql`update person set suspended_at = null, updated_at = now() where id = ${id}`.execute(tx);
    if (before.suspended_at) await tx.emit('user.restored', { kind: 'user', id }, {});
    return toView({ ...before, suspended_at: null });
  });
}

/** Removes someone for good, and revokes the API keys they made: they know them. What they did stays in the audit log under their name. */
export async function removePerson({ store }: Context, actor: Actor, id: string): Promise<void> {
  await store.transaction(actor, async (tx) => {
    const before = await touch(tx, actor, id);
    await keepAnOwner(tx, before);
    await sql`update api_key set revoked_at = now() where created_by = ${id} and revoked_at is null`.execute(tx);
    await sql`delete from person where id = ${id}`.execute(tx);
    await tx.emit('user.removed', { kind: 'user', id }, { name: before.name, role: before.role });
  });
}

/** The person, locked against others who change people, if the actor may touch someone of their role. */
export async function touch(tx: Transaction, actor: Actor, id: string): Promise<PersonRow> {
  await lockPeople(tx);
  const found = await findPerson(tx, id);
  if (!found) throw notFound('user', id);
  await mayTouchRole(tx, actor, found.role);
  return found;
}

async function keepAnOwner(tx: Transaction, person: PersonRow): Promise<void> {
  if (person.role === 'owner' && (await otherOwners(tx, person.id)) === 0) throw fail('VIN_ACCESS_LAST_OWNER');
}

function toView(row: PersonRow, lastSeen: Date | null = null): Person {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    state: row.suspended_at ? 'suspended' : 'active',
    twoFactorEnabled: row.two_factor_enabled,
    lastSeenAt: lastSeen?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}
