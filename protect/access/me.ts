import { fail } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { Actor } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { Me, MeChange } from './api.ts';
import { findPerson } from './queries.ts';

/** What the console needs before it can draw anything: who, what they may do, how they like it, and the company's currency and time zone. */
export async function readMe({ store, settings }: Context, actor: Actor): Promise<Me> {
  const { companyName, ...company } = await settings.get();
  const person = actor.kind === 'user' ? await findPerson(store.db, actor.id) : undefined;
  return {
    kind: person ? 'user' : 'api-key',
    id: actor.id,
    name: actor.name,
    email: person?.email ?? null,
    role: person?.role ?? null,
    permissions: [...actor.permissions],
    language: person?.language ?? null,
    theme: person?.theme ?? 'auto',
    twoFactorEnabled: person?.two_factor_enabled ?? false,
    company: { name: companyName, ...company },
  };
}

export async function changeMe(context: Context, actor: Actor, change: MeChange): Promise<Me> {
  if (actor.kind !== 'user') throw fail('VIN_ACCESS_DENIED', { permission: 'me' });
  const { name = null, theme = null } = change;
  await context.store.transaction(actor, async (tx) => {
    await sql`
      update person
         set name = coalesce(${name}, name),
             theme = coalesce(${theme}, theme),
             language = case when ${change.language !== undefined} then ${change.language ?? null} else language end,
             updated_at = now()
       where id = ${actor.id}`.execute(tx);
    await tx.emit('user.changed', { kind: 'user', id: actor.id }, { fields: Object.keys(change) });
  });
  return readMe(context, name === null ? actor : { ...actor, name });
}
