import { fail } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { type Actor, SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { SetupInput } from './api.ts';
import { hashPassword } from 'better-auth/crypto';
import { insertPerson, lockPeople } from './queries.ts';
import { permissionsOf } from './roles.ts';

export async function needsSetup({ store }: Pick<Context, 'store'>): Promise<boolean> {
  const { rows } = await sql<{ needed: boolean }>`select not exists (select from person) as needed`.execute(store.db);
  return rows[0]!.needed;
}

/**
 * Makes the first person, who owns the installation. Of two at once, one wins.
 *
 * @returns the owner's id.
 * @throws VIN_ACCESS_SETUP_DONE if there is already someone.
 */
export async function setUp(context: Context, input: SetupInput): Promise<string> {
  if (!(await needsSetup(context))) throw fail('VIN_ACCESS_SETUP_DONE');
  // Hashed before the lock: it takes long on purpose.
  const passwordHash = await hashPassword(input.password);
  const id = await context.store.transaction(SYSTEM, async (tx) => {
    await lockPeople(tx);
    const { rows } = await sql`select from person limit 1`.execute(tx);
    if (rows.length > 0) throw fail('VIN_ACCESS_SETUP_DONE');
    const owner = await insertPerson(tx, { ...input, role: 'owner', language: input.language ?? null, passwordHash });
    await tx.emit('installation.set_up', { kind: 'user', id: owner }, { email: input.email });
    return owner;
  });
  const actor: Actor = { kind: 'user', id, name: input.name, permissions: permissionsOf('owner') };
  await context.settings.put(actor, { companyName: input.companyName, ...(input.language && { language: input.language }) });
  return id;
}
