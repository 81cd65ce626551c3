import type { Actor, Transaction } from '@vinculo/postgres';
import { fail } from '@vinculo/errors';
import { newId } from '@vinculo/postgres';
import { sql } from 'kysely';
import { permissionsOf, type RoleName } from './roles.ts';

type Executor = Parameters<ReturnType<typeof sql>['execute']>[0];

export interface PersonRow {
  id: string;
  name: string;
  email: string;
  role: string;
  language: 'es' | 'en' | null;
  theme: 'light' | 'dark' | 'auto';
  two_factor_enabled: boolean;
  suspended_at: Date | null;
  created_at: Date;
}

/** Who owns what changes one at a time, so that two people cannot each remove the other as the last owner. */
export async function lockPeople(tx: Transaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('access.people'))`.execute(tx);
}

export async function findPerson(db: Executor, id: string): Promise<PersonRow | undefined> {
  const { rows } = await sql<PersonRow>`
    select id, name, email, role, language, theme, two_factor_enabled, suspended_at, created_at
      from person where id = ${id}`.execute(db);
  return rows[0];
}

/** Creates someone who signs in with a password. The e-mail counts as verified: they came by a link sent there, or set up the installation. */
export async function insertPerson(
  tx: Transaction,
  given: { name: string; email: string; role: RoleName; language: 'es' | 'en' | null; passwordHash: string },
): Promise<string> {
  const id = newId();
  await sql`
    insert into person (id, name, email, email_verified, role, language)
    values (${id}, ${given.name}, ${given.email}, true, ${given.role}, ${given.language})`.execute(tx);
  await sql`
    insert into person_credential (id, account_id, provider_id, user_id, password)
    values (${newId()}, ${id}, 'credential', ${id}, ${given.passwordHash})`.execute(tx);
  return id;
}

export async function otherOwners(tx: Transaction, id: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from person where role = 'owner' and suspended_at is null and id <> ${id}`.execute(tx);
  return rows[0]!.count;
}

/**
 * Nobody gives, takes or touches more than they hold: who lacks a permission of the role cannot hand it out, and owners are only for owners.
 *
 * @throws VIN_ACCESS_DENIED
 */
export async function mayTouchRole(tx: Transaction, actor: Actor, role: string): Promise<void> {
  if (actor.kind === 'system') return;
  const missing = [...permissionsOf(role)].find((permission) => !actor.permissions.has(permission));
  if (missing) throw fail('VIN_ACCESS_DENIED', { permission: missing });
  if (role !== 'owner') return;
  const own = actor.kind === 'user' ? await findPerson(tx, actor.id) : undefined;
  if (own?.role !== 'owner') throw fail('VIN_ACCESS_DENIED', { permission: 'owner' });
}
