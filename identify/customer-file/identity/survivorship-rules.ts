import type { Context } from '@vinculo/http';
import { type Kysely, sql } from 'kysely';
import type { Actor } from '@vinculo/postgres';
import { Survivorship as SurvivorshipSchema } from '../api/identity.ts';
import { DEFAULT_SURVIVORSHIP, type Survivorship } from './survivorship.ts';

/** The rules in force: those somebody saved over the ones we ship, so that a field added later has its rules too. */
export async function getSurvivorship(db: Kysely<unknown>): Promise<Survivorship> {
  const { rows } = await sql<{ value: unknown }>`select value from settings where key = 'survivorship'`.execute(db);
  const saved = SurvivorshipSchema.safeParse(rows[0]?.value);
  if (!saved.success) return DEFAULT_SURVIVORSHIP;
  return { default: saved.data.default, fields: { ...DEFAULT_SURVIVORSHIP.fields, ...saved.data.fields } };
}

/** Saves the rules and asks for every golden record to be chosen anew; the job shows how far it is. */
export async function putSurvivorship({ store, jobs }: Context, actor: Actor, rules: Survivorship): Promise<Survivorship> {
  const by = { kind: actor.kind, id: actor.id, name: actor.name };
  await store.transaction(actor, async (tx) => {
    await sql`
      insert into settings (key, value, updated_by) values ('survivorship', ${JSON.stringify(rules)}, ${JSON.stringify(by)})
      on conflict (key) do update set value = excluded.value, updated_at = now(), updated_by = excluded.updated_by`.execute(tx);
    await tx.emit('setting.changed', { kind: 'setting', id: 'survivorship' }, { rules });
    await jobs.enqueue('identity.rebuild', {}, { actor, key: 'identity.rebuild', tx });
  });
  return getSurvivorship(store.db);
}
