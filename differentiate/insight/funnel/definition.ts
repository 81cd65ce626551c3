// The funnel as the company has it: kept with who changed it, and taken back.
import type { z } from 'zod';
import { conflict } from '@vinculo/errors';
import { type Actor, newId, type Store, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { FunnelDefinition } from '../api/funnel.ts';

export type Definition = z.infer<typeof FunnelDefinition>;

/** From knowing somebody to being recommended by them. Names come from the catalogue until the company gives its own. */
export const DEFAULT_FUNNEL: Definition = {
  target: null,
  steps: [
    {
      id: 'known',
      name: null,
      conditions: [
        { kind: 'reachable', ways: ['email', 'phone'] },
        { kind: 'consent', purpose: '' },
      ],
    },
    { id: 'contacted', name: null, conditions: [{ kind: 'contacted', direction: 'any', days: null }] },
    { id: 'first', name: null, conditions: [{ kind: 'bought', times: 1, days: null }] },
    { id: 'second', name: null, conditions: [{ kind: 'bought', times: 2, days: null }] },
    { id: 'regular', name: null, conditions: [{ kind: 'stage', stages: ['active', 'growing'] }] },
    {
      id: 'recommends',
      name: null,
      conditions: [
        { kind: 'bought', times: 1, days: null },
        { kind: 'topic', word: 'recom', days: null },
      ],
    },
  ],
};

interface Row {
  id: string;
  definition: Definition;
  undoes: string | null;
  changed_at: Date;
  changed_by: { name: string };
}

/** The definition in force, and the id of its row; null for the one nobody has changed. */
export async function funnelDefinition({ db }: Pick<Store, 'db'>): Promise<{ id: string | null; definition: Definition }> {
  const { rows } = await sql<Row>`select id, definition from funnel_definition order by changed_at desc limit 1`.execute(db);
  return rows[0] ?? { id: null, definition: DEFAULT_FUNNEL };
}

/** Newest first. */
export async function funnelChanges({ db }: Pick<Store, 'db'>) {
  const { rows } =
    await sql<Row>`select id, undoes, changed_at, changed_by from funnel_definition order by changed_at desc limit 20`.execute(db);
  return rows.map((row) => ({ id: row.id, undoes: row.undoes, changedAt: row.changed_at.toISOString(), changedBy: row.changed_by.name }));
}

/**
 * @param basedOn - the change it was drawn from, `standard` for the funnel nobody has changed.
 * @throws VIN_SETTING_CONFLICT if somebody has changed the funnel since.
 */
export function changeFunnel(store: Store, actor: Actor, definition: Definition, basedOn: string): Promise<string> {
  return store.transaction(actor, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('funnel_definition'))`.execute(tx);
    if (basedOn !== ((await funnelDefinition({ db: tx })).id ?? 'standard')) {
      throw conflict('setting', {
        es: 'Alguien ha cambiado el embudo mientras tanto. No se ha guardado nada: copia lo tuyo, recarga y mira el que vale ahora.',
        en: 'Somebody has changed the funnel meanwhile. Nothing was saved: copy what is yours, reload and look at the one that holds now.',
      });
    }
    return write(tx, definition, null);
  });
}

/** Puts back what held before a change, while nobody has changed it since. @throws VIN_SETTING_CONFLICT */
export async function undoFunnel(store: Store, actor: Actor, id: string): Promise<string> {
  return store.transaction(actor, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('funnel_definition'))`.execute(tx);
    const { rows } = await sql<Row>`select * from funnel_definition order by changed_at desc limit 2`.execute(tx);
    if (rows[0]?.id !== id) {
      throw conflict('setting', {
        es: 'Alguien ha cambiado el embudo después. No se ha deshecho nada: mira el que vale ahora.',
        en: 'Somebody has changed the funnel since. Nothing was undone: look at the one that holds now.',
      });
    }
    return write(tx, rows[1]?.definition ?? DEFAULT_FUNNEL, id);
  });
}

async function write(tx: Transaction, definition: Definition, undoes: string | null): Promise<string> {
  const id = newId();
  const by = { kind: tx.actor.kind, id: tx.actor.id, name: tx.actor.name };
  await sql`
    insert into funnel_definition (id, definition, undoes, changed_by)
    values (${id}, ${JSON.stringify(definition)}::jsonb, ${undoes}, ${JSON.stringify(by)}::jsonb)`.execute(tx);
  await tx.emit(undoes ? 'funnel.undone' : 'funnel.changed', { kind: 'funnel', id }, { definition, undoes });
  return id;
}
