import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import { type Actor, newId } from '@vinculo/postgres';

export interface ManualSource {
  id: string;
  country: string;
}

const LABEL = { es: 'Escrito a mano', en: 'Entered by hand' };

/** The built-in source of what people enter, most trusted of all; made when it is first needed. */
export async function manualSource(context: Context, actor: Actor): Promise<ManualSource> {
  const { store, config } = context;
  const known = await find(context);
  if (known) return known;
  const { rows } = await sql<{ country: string }>`
    select country from source group by country order by count(*) desc, country limit 1`.execute(store.db);
  await store.transaction(actor, async (tx) => {
    const id = newId();
    const label = LABEL[config.language];
    // Somebody may have a source of that name already.
    const added = await sql`
      insert into source (id, name, label, kind, country, trust, built_in)
      values (${id}, case when exists (select from source where lower(name) = 'manual') then 'entered-by-hand' else 'manual' end, ${label}, 'form',
              ${rows[0]?.country ?? 'ES'}, 100, true)
      on conflict do nothing returning id`.execute(tx);
    if (added.rows.length > 0) await tx.emit('source.added', { kind: 'source', id }, { name: 'manual', label });
  });
  return (await find(context))!;
}

async function find({ store }: Context): Promise<ManualSource | undefined> {
  const { rows } = await sql<ManualSource>`select id, country from source where built_in`.execute(store.db);
  return rows[0];
}
