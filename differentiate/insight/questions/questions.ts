// Saved questions: one's own and those others share.
import type { z } from 'zod';
import { conflict, fail, notFound } from '@vinculo/errors';
import { type Actor, newId, type Store, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { NewQuestion, Question, QuestionChange, QuestionRow } from '../api/questions.ts';

export type QuestionView = z.infer<typeof Question>;

interface Row {
  id: string;
  name: string;
  about: string;
  sql: string;
  parameters: QuestionView['parameters'];
  chart: QuestionView['chart'];
  shared: boolean;
  owner: string;
  owner_name: string;
  version: number;
  changed_at: Date;
}

const mayEdit = (row: Pick<Row, 'owner'>, actor: Actor) => row.owner === actor.id || actor.permissions.has('settings.write');

const toRow = (row: Row, actor: Actor): z.infer<typeof QuestionRow> => ({
  id: row.id,
  name: row.name,
  about: row.about,
  shared: row.shared,
  mine: row.owner === actor.id,
  ownerName: row.owner_name,
  changedAt: row.changed_at.toISOString(),
});
const toView = (row: Row, actor: Actor): QuestionView => ({
  ...toRow(row, actor),
  sql: row.sql,
  parameters: row.parameters,
  chart: row.chart,
  version: row.version,
  editable: mayEdit(row, actor),
});

export async function listQuestions({ db }: Store, actor: Actor): Promise<z.infer<typeof QuestionRow>[]> {
  const { rows } = await sql<Row>`
    select * from question where deleted_at is null and (owner = ${actor.id} or shared) order by lower(name), id limit 1000`.execute(db);
  return rows.map((row) => toRow(row, actor));
}

/** @throws VIN_QUESTION_NOT_FOUND also for one that this person may not see. */
export async function findQuestion({ db }: Store, actor: Actor, id: string): Promise<QuestionView> {
  const { rows } =
    await sql<Row>`select * from question where id = ${id} and deleted_at is null and (owner = ${actor.id} or shared)`.execute(db);
  if (!rows[0]) throw notFound('question', id);
  return toView(rows[0], actor);
}

export async function saveQuestion(store: Store, actor: Actor, input: z.infer<typeof NewQuestion>): Promise<QuestionView> {
  return store.transaction(actor, async (tx) => {
    const { rows } = await sql<Row>`
      insert into question (id, name, about, sql, parameters, chart, shared, owner, owner_name)
      values (${newId()}, ${input.name}, ${input.about}, ${input.sql}, ${JSON.stringify(input.parameters)}::jsonb,
              ${JSON.stringify(input.chart)}::jsonb, ${input.shared}, ${actor.id}, ${actor.name})
      returning *`.execute(tx);
    const row = rows[0]!;
    await tx.emit('question.saved', { kind: 'question', id: row.id }, { name: row.name });
    return toView(row, actor);
  });
}

/** @throws VIN_QUESTION_CONFLICT when somebody else changed it meanwhile. */
export async function changeQuestion(store: Store, actor: Actor, id: string, input: z.infer<typeof QuestionChange>): Promise<QuestionView> {
  return store.transaction(actor, async (tx) => {
    const before = await locked(tx, actor, id, false);
    if (before.version !== input.version)
      throw conflict('question', {
        es: 'Otra persona ha cambiado esta consulta mientras la editabas. Recarga, o guarda la tuya con otro nombre.',
        en: 'Somebody else changed this question while you were editing it. Reload, or save yours under another name.',
      });
    const { rows } = await sql<Row>`
      update question set name = ${input.name}, about = ${input.about}, sql = ${input.sql}, parameters = ${JSON.stringify(input.parameters)}::jsonb,
             chart = ${JSON.stringify(input.chart)}::jsonb, shared = ${input.shared}, version = version + 1, changed_at = now()
       where id = ${id} returning *`.execute(tx);
    await tx.emit('question.changed', { kind: 'question', id }, { name: input.name });
    return toView(rows[0]!, actor);
  });
}

export async function removeQuestion(store: Store, actor: Actor, id: string): Promise<void> {
  await store.transaction(actor, async (tx) => {
    const { name } = await locked(tx, actor, id, false);
    await sql`update question set deleted_at = now() where id = ${id}`.execute(tx);
    await tx.emit('question.removed', { kind: 'question', id }, { name });
  });
}

export async function restoreQuestion(store: Store, actor: Actor, id: string): Promise<QuestionView> {
  return store.transaction(actor, async (tx) => {
    const row = await locked(tx, actor, id, true);
    await sql`update question set deleted_at = null where id = ${id}`.execute(tx);
    await tx.emit('question.restored', { kind: 'question', id }, { name: row.name });
    return toView(row, actor);
  });
}

async function locked(tx: Transaction, actor: Actor, id: string, removed: boolean): Promise<Row> {
  const { rows } = await sql<Row>`
    select * from question where id = ${id} and (deleted_at is not null) = ${removed} and (owner = ${actor.id} or shared) for update`.execute(
    tx,
  );
  if (!rows[0]) throw notFound('question', id);
  if (!mayEdit(rows[0], actor)) throw fail('VIN_ACCESS_DENIED', { permission: 'settings.write' });
  return rows[0];
}
