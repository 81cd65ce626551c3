import { conflict, notFound } from '@vinculo/errors';
import { type Actor, newId, type Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { NewSource, Source, SourceChange } from '../api/imports.ts';

interface Row {
  id: string;
  name: string;
  label: string;
  kind: z.infer<typeof Source>['kind'];
  country: string;
  trust: number;
  records: number;
  last_import_at: Date | null;
}

// Counting a million records on every visit would cost more than the number is worth: what imports added is the same.
const SELECT = sql`
  select s.id, s.name, s.label, s.kind, s.country, s.trust, coalesce(i.records, 0) as records, i.last_import_at
    from source s
    left join lateral (
      select sum(rows_new) filter (where kind = 'customers')::bigint as records, max(ended_at) as last_import_at
        from import where source_id = s.id and state = 'done'
    ) i on true`;

export async function listSources(store: Store): Promise<z.infer<typeof Source>[]> {
  const { rows } = await sql<Row>`${SELECT} order by lower(s.label), s.id`.execute(store.db);
  return rows.map(asSource);
}

/** @throws VIN_SOURCE_NOT_FOUND */
export async function findSource(store: Store, id: string): Promise<z.infer<typeof Source>> {
  const { rows } = await sql<Row>`${SELECT} where s.id = ${id}`.execute(store.db);
  if (!rows[0]) throw notFound('source', id);
  return asSource(rows[0]);
}

export async function findSourceByName(store: Store, name: string): Promise<z.infer<typeof Source> | undefined> {
  const { rows } = await sql<Row>`${SELECT} where lower(s.name) = lower(${name})`.execute(store.db);
  return rows[0] && asSource(rows[0]);
}

/** @throws VIN_SOURCE_CONFLICT if the name is taken. */
export async function addSource(store: Store, actor: Actor, source: z.output<typeof NewSource>): Promise<z.infer<typeof Source>> {
  const id = newId();
  await store.transaction(actor, async (tx) => {
    const { rows } = await sql`
      insert into source (id, name, label, kind, country, trust)
      values (${id}, ${source.name}, ${source.label}, ${source.kind ?? 'file'}, ${source.country.toUpperCase()}, ${source.trust})
      on conflict (lower(name)) do nothing returning id`.execute(tx);
    if (rows.length === 0) {
      throw conflict('source', {
        es: `Ya hay una fuente que se llama «${source.name}». Elige otro nombre o usa esa.`,
        en: `There already is a source called "${source.name}". Choose another name or use that one.`,
      });
    }
    await tx.emit('source.added', { kind: 'source', id }, { name: source.name, label: source.label });
  });
  return findSource(store, id);
}

/** @throws VIN_SOURCE_NOT_FOUND */
export async function changeSource(
  store: Store,
  actor: Actor,
  id: string,
  change: z.output<typeof SourceChange>,
): Promise<z.infer<typeof Source>> {
  await store.transaction(actor, async (tx) => {
    const { rows } = await sql`
      update source
         set label = coalesce(${change.label ?? null}, label), country = coalesce(${change.country?.toUpperCase() ?? null}, country),
             trust = coalesce(${change.trust ?? null}, trust), updated_at = now()
       where id = ${id} returning id`.execute(tx);
    if (rows.length === 0) throw notFound('source', id);
    await tx.emit('source.changed', { kind: 'source', id }, { change });
  });
  return findSource(store, id);
}

function asSource({ last_import_at, ...row }: Row): z.infer<typeof Source> {
  return { ...row, lastImportAt: last_import_at?.toISOString() ?? null };
}
