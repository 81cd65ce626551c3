import type { z } from 'zod';
import { type Kysely, sql } from 'kysely';
import type { Actor, Store } from '@vinculo/postgres';
import { ReviewSettings } from '../api/review.ts';

type Settings = z.infer<typeof ReviewSettings>;

/** One person's word is enough until somebody asks for a second opinion. */
const DEFAULT: Settings = { secondOpinion: false };

export async function getReviewSettings(db: Kysely<unknown>): Promise<Settings> {
  const { rows } = await sql<{ value: unknown }>`select value from settings where key = 'review'`.execute(db);
  return ReviewSettings.safeParse(rows[0]?.value).data ?? DEFAULT;
}

/** Holds for decisions made from now on: what is in force stays in force. */
export async function putReviewSettings(store: Store, actor: Actor, settings: Settings): Promise<Settings> {
  const by = { kind: actor.kind, id: actor.id, name: actor.name };
  await store.transaction(actor, async (tx) => {
    await sql`
      insert into settings (key, value, updated_by) values ('review', ${JSON.stringify(settings)}, ${JSON.stringify(by)})
      on conflict (key) do update set value = excluded.value, updated_at = now(), updated_by = excluded.updated_by`.execute(tx);
    await tx.emit('setting.changed', { kind: 'setting', id: 'review' }, settings);
  });
  return settings;
}
