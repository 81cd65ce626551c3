import type { z } from 'zod';
import { invalid } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { Settings } from '@vinculo/matching';
import { sql } from 'kysely';
import { type Actor, newId } from '@vinculo/postgres';
import type { NewRelink } from '../api/relink.ts';
import { columnsCompared } from '../identity/record-table.ts';
import type { Kind } from '../identity/customer-record.ts';
import { addStep, checkState, relinkById } from './relink-rows.ts';
import { settingsInForce } from '../identity/model/settings-in-force.ts';

/**
 * Keeps a change of settings and asks for its preview.
 *
 * @throws VIN_REQUEST_INVALID when the settings name what is not there.
 */
export async function draftRelink(context: Context, actor: Actor, { kind, settings: given, note, train }: z.output<typeof NewRelink>) {
  const { store, jobs } = context;
  const settings = given ?? (await settingsInForce(store.db))[kind].settings;
  checkSettings(kind, settings);
  const id = newId();
  await store.transaction(actor, async (tx) => {
    await sql`
      insert into relink (id, kind, settings, note, train, created_by)
      values (${id}, ${kind}, ${JSON.stringify(settings)}, ${note}, ${train}, ${actor.name})`.execute(tx);
    await addStep(tx, id, 'drafted', actor.name);
    await tx.emit('linkage.drafted', { kind: 'relink', id }, { kind, note });
    const jobId = await jobs.enqueue('linkage.preview', { id }, { actor, key: `linkage.preview ${id}`, tx });
    await sql`update relink set job_id = ${jobId} where id = ${id}`.execute(tx);
  });
  return id;
}

type Step = 'preview' | 'apply' | 'undo';
const FROM = { preview: ['draft', 'previewed'], apply: ['previewed'], undo: ['applied'] } as const;

/**
 * Asks for a step of a change, in a job.
 *
 * @throws VIN_RELINK_NOT_FOUND, VIN_RELINK_CONFLICT when it is not its turn.
 */
export async function askFor({ store, jobs }: Context, actor: Actor, id: string, step: Step): Promise<{ jobId: string }> {
  const jobId = await store.transaction(actor, async (tx) => {
    checkState(await relinkById(tx, id, true), FROM[step]);
    const asked = await jobs.enqueue(`linkage.${step}`, { id }, { actor, key: `linkage.${step} ${id}`, tx });
    await sql`update relink set job_id = ${asked} where id = ${id}`.execute(tx);
    return asked;
  });
  return { jobId };
}

/** Puts a change aside that was not applied. It stays in the history. */
export async function discardRelink({ store }: Context, actor: Actor, id: string): Promise<void> {
  await store.transaction(actor, async (tx) => {
    checkState(await relinkById(tx, id, true), ['draft', 'previewed']);
    await sql`update relink set state = 'discarded', changed_at = now() where id = ${id}`.execute(tx);
    await addStep(tx, id, 'discarded', actor.name);
    await tx.emit('linkage.discarded', { kind: 'relink', id }, {});
  });
}

/** What the schema cannot know: that columns and fields named are there. */
export function checkSettings(kind: Kind, settings: Settings): void {
  const columns = new Set<string>([...columnsCompared(kind), 'kind']);
  const fields = new Set(settings.fields.map(({ name }) => name));
  const unknown: { path: string; message: string }[] = [];
  const need = (known: Set<string>, name: string, path: string) => {
    if (!known.has(name)) unknown.push({ path, message: name });
  };
  settings.fields.forEach((field, n) => field.columns.forEach((column) => need(columns, column, `settings.fields.${n}.columns`)));
  settings.blocking.forEach(({ keys }, n) =>
    keys.forEach(({ column }) => [column].flat().forEach((name) => need(columns, name, `settings.blocking.${n}`))),
  );
  settings.rules.forEach(({ equal, unless }, n) => {
    equal.forEach((column) => need(columns, column, `settings.rules.${n}.equal`));
    unless?.forEach((field) => need(fields, field, `settings.rules.${n}.unless`));
  });
  const { conflictingIds, mustAgree, apart } = settings.constraints;
  for (const column of [...conflictingIds, ...mustAgree]) need(columns, column, 'settings.constraints');
  apart.forEach(({ when }, n) => Object.keys(when).forEach((field) => need(fields, field, `settings.constraints.apart.${n}`)));
  if (unknown.length === 0) return;
  const names = [...new Set(unknown.map(({ message }) => message))].join(', ');
  throw invalid(
    {
      es: `Las reglas nombran columnas o campos que no existen aquí: ${names}. No se ha guardado nada.`,
      en: `The rules name columns or fields that do not exist here: ${names}. Nothing was saved.`,
    },
    unknown,
  );
}
