// Scenarios that somebody keeps under a name, for everybody who sees what customers are worth.
import { conflict, notFound } from '@vinculo/errors';
import { type Actor, newId, type Store, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { NewScenario, Scenario } from '../api/scenarios.ts';

type View = z.infer<typeof Scenario>;

interface Row {
  id: string;
  name: string;
  segment_id: string | null;
  segment_name: string | null;
  levers: View['levers'];
  changed_by: string;
  changed_at: Date;
}

const SELECT = sql`
  select s.id, s.name, s.segment_id, g.name as segment_name, s.levers, s.changed_by, s.changed_at
    from scenario s left join segment g on g.id = s.segment_id`;

/** The latest first. */
export async function listScenarios({ db }: Pick<Store, 'db'>): Promise<View[]> {
  const { rows } = await sql<Row>`${SELECT} where s.deleted_at is null order by s.changed_at desc, s.id limit 200`.execute(db);
  return rows.map(toView);
}

/** @throws VIN_SCENARIO_CONFLICT another has that name. */
export async function addScenario(store: Store, actor: Actor, input: z.output<typeof NewScenario>): Promise<View> {
  const id = newId();
  return store.transaction(actor, async (tx) => {
    const { rows } = await sql`
      insert into scenario (id, name, segment_id, levers, changed_by)
      values (${id}, ${input.name}, ${input.segment}, ${JSON.stringify(input.levers)}, ${actor.name})
      on conflict do nothing returning id`.execute(tx);
    if (rows.length === 0) throw taken(input.name);
    await tx.emit('scenario.saved', { kind: 'scenario', id }, { name: input.name });
    return find(tx, id);
  });
}

/** @throws VIN_SCENARIO_NOT_FOUND, VIN_SCENARIO_CONFLICT */
export async function changeScenario(store: Store, actor: Actor, id: string, input: z.output<typeof NewScenario>): Promise<View> {
  return store.transaction(actor, async (tx) => {
    await nameFree(tx, input.name, id);
    const { rows } = await sql`
      update scenario set name = ${input.name}, segment_id = ${input.segment}, levers = ${JSON.stringify(input.levers)},
             changed_by = ${actor.name}, changed_at = now()
       where id = ${id} and deleted_at is null returning id`.execute(tx);
    if (rows.length === 0) throw notFound('scenario', id);
    await tx.emit('scenario.saved', { kind: 'scenario', id }, { name: input.name });
    return find(tx, id);
  });
}

/** Takes a scenario away, or brings it back: undo is exact. */
export async function setScenarioDeleted(store: Store, actor: Actor, id: string, deleted: boolean): Promise<void> {
  await store.transaction(actor, async (tx) => {
    const { rows } = await sql<{ name: string }>`select name from scenario where id = ${id} for update`.execute(tx);
    if (!rows[0]) throw notFound('scenario', id);
    if (!deleted) await nameFree(tx, rows[0].name, id);
    await sql`update scenario set deleted_at = ${deleted ? sql`now()` : null} where id = ${id}`.execute(tx);
    await tx.emit(deleted ? 'scenario.deleted' : 'scenario.restored', { kind: 'scenario', id }, { name: rows[0].name });
  });
}

async function nameFree(tx: Transaction, name: string, id: string): Promise<void> {
  const { rows } = await sql`select from scenario where lower(name) = lower(${name}) and id <> ${id} and deleted_at is null`.execute(tx);
  if (rows.length > 0) throw taken(name);
}

const taken = (name: string) =>
  conflict('scenario', {
    es: `Ya hay un escenario que se llama «${name}». Elige otro nombre, o ábrelo y cámbialo.`,
    en: `There already is a scenario called "${name}". Choose another name, or open it and change it.`,
  });

async function find(tx: Transaction, id: string): Promise<View> {
  const { rows } = await sql<Row>`${SELECT} where s.id = ${id}`.execute(tx);
  return toView(rows[0]!);
}

const toView = (row: Row): View => ({
  id: row.id,
  name: row.name,
  segment: row.segment_id,
  segmentName: row.segment_name,
  levers: row.levers,
  changedBy: row.changed_by,
  changedAt: row.changed_at.toISOString(),
});
