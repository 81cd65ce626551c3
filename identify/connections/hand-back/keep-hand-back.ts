// A hand-back made, changed, taken away and brought back. Whoever configures it answers for what it hands over.
import { mayAsk } from '@vinculo/customer-file';
import { fail, notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { type Actor, newId } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { HandBackChange, NewHandBack } from '../api/hand-backs.ts';
import { addCredential, changeCredential } from '../credentials/credentials.ts';
import { nextTime } from '../pulls/schedule.ts';
import type { ConnectionSources } from '../webhooks/sources.ts';
import { chosenFields } from './fields.ts';
import { findRow } from './hand-back-row.ts';
import { findHandBack, type HandBackView } from './list-hand-backs.ts';
import { folderOf } from './targets/file.ts';
import type { List } from './read-list.ts';
import type { Target } from './targets/target.ts';

interface Definition {
  list: List;
  fields: readonly string[];
  target: Target;
  mode: 'whole' | 'changed';
}

export async function createHandBack(
  context: Context,
  sources: ConnectionSources,
  actor: Actor,
  input: z.output<typeof NewHandBack>,
): Promise<HandBackView> {
  await check(context, sources, actor, input);
  const id = newId();
  const { timeZone } = await context.settings.get();
  const next = nextTime(input.schedule, timeZone, new Date()) ?? null;
  await context.store.transaction(actor, async (tx) => {
    const credential =
      Object.keys(input.secrets).length > 0 ? await addCredential(context, tx, `hand-back ${input.name}`, secretsOf(input)) : null;
    await sql`
      insert into hand_back (id, name, list, fields, target, credential_id, mode, schedule, next_at, alert_email, language, configured_by)
      values (${id}, ${input.name}, ${JSON.stringify(input.list)}, ${input.fields}::text[], ${JSON.stringify(input.target)}, ${credential}, ${input.mode},
              ${JSON.stringify(input.schedule)}, ${next}, ${input.alertEmail}, ${actor.language ?? context.config.language}, ${by(actor)})`.execute(
      tx,
    );
    await tx.emit('hand_back.created', { kind: 'hand_back', id }, { name: input.name, fields: input.fields, target: input.target.kind });
  });
  return findHandBack(context, sources, actor, id);
}

export async function changeHandBack(
  context: Context,
  sources: ConnectionSources,
  actor: Actor,
  id: string,
  change: z.output<typeof HandBackChange>,
): Promise<HandBackView> {
  const before = await findRow(context.store.db, id);
  const after = { ...before, ...withoutUndefined({ list: change.list, fields: change.fields, target: change.target, mode: change.mode }) };
  // A pause or another hour hands over nothing new: only who changes what is handed over, or where, answers for it from now on.
  const answers = [change.list, change.fields, change.target, change.mode, change.secrets].some((part) => part !== undefined);
  if (answers) await check(context, sources, actor, after);
  const elsewhere = placeOf(after.target) !== placeOf(before.target);
  // What opens one machine is not shown to another because somebody changed its name.
  if (elsewhere && before.credential_id && Object.keys(change.secrets ?? {}).length === 0)
    throw fail('VIN_HAND_BACK_TARGET', {
      detail: { es: 'el destino es otro: escribe también su contraseña', en: 'it is another target: give its password too' },
    });
  const schedule = change.schedule ?? before.schedule;
  const { timeZone } = await context.settings.get();
  const next = change.schedule || change.state ? (nextTime(schedule, timeZone, new Date()) ?? null) : before.next_at;
  await context.store.transaction(actor, async (tx) => {
    const name = change.name ?? before.name;
    let credential = before.credential_id;
    if (change.secrets && Object.keys(change.secrets).length > 0) {
      const cleared: Record<string, string> = elsewhere ? { password: '', privateKey: '', passphrase: '' } : {};
      if (credential) await changeCredential(context, tx, credential, `hand-back ${name}`, { ...cleared, ...secretsOf(change) });
      else credential = await addCredential(context, tx, `hand-back ${name}`, secretsOf(change));
    }
    await sql`
      update hand_back
         set name = ${name}, list = ${JSON.stringify(after.list)}, fields = ${after.fields}::text[], target = ${JSON.stringify(after.target)},
             mode = ${after.mode}, credential_id = ${credential}, schedule = ${JSON.stringify(schedule)}, next_at = ${next},
             state = ${change.state ?? before.state}, changed_at = now(),
             alert_email = ${change.alertEmail === undefined ? before.alert_email : change.alertEmail},
             configured_by = ${answers ? by(actor) : JSON.stringify(before.configured_by)}
       where id = ${id} and deleted_at is null`.execute(tx);
    // Another place, or other columns, know nothing yet.
    if (elsewhere || change.fields || change.target || change.mode)
      await sql`delete from hand_back_sent where hand_back_id = ${id}`.execute(tx);
    const { secrets, ...told } = change;
    await tx.emit('hand_back.changed', { kind: 'hand_back', id }, { name, change: told, secrets: Object.keys(secrets ?? {}) });
  });
  return findHandBack(context, sources, actor, id);
}

export async function setHandBackRemoved({ store }: Pick<Context, 'store'>, actor: Actor, id: string, removed: boolean): Promise<void> {
  await store.transaction(actor, async (tx) => {
    const { rows } = await sql<{ name: string }>`
      update hand_back set deleted_at = ${removed ? sql`now()` : null} where id = ${id} and (deleted_at is null) = ${removed} returning name`.execute(
      tx,
    );
    if (!rows[0]) throw notFound('hand_back', id);
    await tx.emit(removed ? 'hand_back.removed' : 'hand_back.restored', { kind: 'hand_back', id }, { name: rows[0].name });
  });
}

/** @throws VIN_HAND_BACK_FIELDS, VIN_HAND_BACK_LIST, VIN_HAND_BACK_FOLDER, VIN_HAND_BACK_TARGET, VIN_ACCESS_DENIED */
async function check(
  context: Context,
  { audience }: ConnectionSources,
  actor: Actor,
  { list, fields, target, mode }: Definition,
): Promise<void> {
  await chosenFields(context.store, actor, fields);
  if (list.kind === 'filter') mayAsk(actor, list.filter);
  else if (!audience || (await audience.nameOf(context, list.id)) === undefined) throw fail('VIN_HAND_BACK_LIST');
  if (target.kind === 'folder') await folderOf(context, target.folder);
  if (target.kind === 'database' && target.write === 'replace' && mode === 'changed')
    throw fail('VIN_HAND_BACK_TARGET', {
      detail: {
        es: 'una tabla que se cambia entera necesita la lista entera. Elige «solo lo que cambió» con «actualizar filas»',
        en: 'a table that is exchanged whole needs the whole list. Choose "only what changed" with "update rows"',
      },
    });
}

/** Which machine, to tell whether secrets may go there. */
const placeOf = (target: Target): string =>
  target.kind === 'folder' ? 'folder' : `${target.kind} ${target.host} ${target.port ?? ''} ${target.user}`;

const secretsOf = ({ secrets = {} }: { secrets?: Partial<Record<string, string>> | undefined }): Record<string, string> =>
  Object.fromEntries(Object.entries(secrets).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

const by = ({ id, name }: Actor) => JSON.stringify({ id, name });

function withoutUndefined<T extends object>(parts: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as never;
}
