import { checkMapping, findSource } from '@vinculo/customer-file';
import { conflict, fail, invalid, notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { type Actor, newId, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { ConnectionChange, NewConnection, PullSettings } from '../api/pulls.ts';
import { addCredential, changeCredential, type Secrets } from '../credentials/credentials.ts';
import { type ConnectionRow, cursorOf, findConnection } from './connection-row.ts';
import { openFolder } from './places/folder.ts';
import { nextTime, type When } from './schedule.ts';
import { samePlace } from './trial.ts';

/**
 * Adds a connection. Its first run is asked for at once, unless it is to wait or is only started by hand.
 *
 * @returns its id.
 * @throws VIN_CONNECTION_CONFLICT if the name is taken; VIN_CONNECTION_SCHEDULE, VIN_CONNECTION_FOLDER, VIN_SOURCE_NOT_FOUND, VIN_IMPORT_MAPPING,
 *   VIN_IMPORT_KEY_MISSING.
 */
export async function addConnection(context: Context, actor: Actor, input: z.output<typeof NewConnection>): Promise<string> {
  const { store, jobs } = context;
  const { settings, importKind, columns } = input;
  await checkSettings(context, settings);
  checkMapping(importKind, columns, Object.keys(columns));
  const source = await findSource(store, input.sourceId);
  const customersOf = input.customersOf && input.customersOf !== source.id ? (await findSource(store, input.customersOf)).id : null;
  const nextAt = await nextOf(context, input.schedule, input.enabled);
  const known = Object.keys(columns).map((name) => ({ name, type: '' }));
  const id = newId();
  await store.transaction(actor, async (tx) => {
    const credential = Object.values(input.secrets).some((part) => part !== '')
      ? await addCredential(context, tx, `connection ${input.name}`, input.secrets)
      : null;
    await unique(tx, input.name);
    await sql`
      insert into connection (id, name, kind, settings, credential_id, source_id, import_kind, columns, options, customers_of, whole, schedule,
                              enabled, alert_after, alert_to, next_at, known, created_by)
      values (${id}, ${input.name}, ${settings.kind}, ${JSON.stringify(settings)}, ${credential}, ${source.id}, ${importKind},
              ${JSON.stringify(columns)}, ${JSON.stringify(input.options)}, ${customersOf}, ${input.whole ?? readsWholes(settings)},
              ${JSON.stringify(input.schedule)}, ${input.enabled}, ${input.alertAfter}, ${input.alertTo}::uuid[], ${nextAt},
              ${JSON.stringify(known)}, ${actor.name})`.execute(tx);
    await tx.emit(
      'connection.added',
      { kind: 'connection', id },
      { name: input.name, kind: settings.kind, sourceId: source.id, importKind },
    );
    if (input.enabled && input.schedule.every !== 'never')
      await jobs.enqueue('connection.run', { connectionId: id }, { actor, tx, key: id });
  });
  return id;
}

/** Changes what is given. Where it begins to read other things it begins anew, because the cursor of one says nothing of another. */
export async function changeConnection(
  context: Context,
  actor: Actor,
  id: string,
  change: z.output<typeof ConnectionChange>,
): Promise<void> {
  const { store } = context;
  const before = await findConnection(store.db, id);
  const settings = change.settings ?? before.settings;
  if (settings.kind !== before.kind) {
    throw invalid({ es: 'el tipo de una conexión no se cambia; crea otra', en: 'the kind of a connection does not change; make another' });
  }
  if (change.settings) await checkSettings(context, settings);
  const columns = change.columns ?? before.columns;
  const importKind = change.importKind ?? before.import_kind;
  if (change.columns || change.importKind) checkMapping(importKind, columns, Object.keys(columns));
  const source = change.sourceId ? await findSource(store, change.sourceId) : undefined;
  const customersOf = change.customersOf === undefined ? before.customers_of : (await findSource(store, change.customersOf)).id;
  const schedule = change.schedule ?? before.schedule;
  const enabled = change.enabled ?? before.enabled;
  const sourceId = source?.id ?? before.source_id;
  const anew = readsOther(before.settings, settings) || sourceId !== before.source_id || importKind !== before.import_kind;
  const rhythm = JSON.stringify(schedule) !== JSON.stringify(before.schedule) || enabled !== before.enabled;
  const nextAt = rhythm ? await nextOf(context, schedule, enabled) : before.next_at;
  // Columns that the person has looked at are known; their types are those seen before.
  const types = new Map([
    ...before.known.map(({ name, type }) => [name, type] as const),
    ...(before.drift?.changed ?? []).map(({ column, to }) => [column, to] as const),
  ]);
  const known =
    change.columns && Object.keys(columns).map((name) => ({ name, type: change.settings && anew ? '' : (types.get(name) ?? '') }));

  await store.transaction(actor, async (tx) => {
    const credential = await saveSecrets(context, tx, before, settings, change.secrets ?? {}, change.name ?? before.name);
    if (change.name) await unique(tx, change.name, id);
    await sql`
      update connection
         set name = ${change.name ?? before.name}, settings = ${JSON.stringify(settings)}, credential_id = ${credential}, source_id = ${sourceId},
             import_kind = ${importKind}, columns = ${JSON.stringify(columns)}, options = ${JSON.stringify(change.options ?? before.options)},
             customers_of = ${customersOf === sourceId ? null : customersOf}, whole = ${change.whole ?? before.whole},
             schedule = ${JSON.stringify(schedule)}, enabled = ${enabled}, alert_after = ${change.alertAfter ?? before.alert_after},
             alert_to = ${change.alertTo ?? before.alert_to}::uuid[], next_at = ${nextAt}, changed_at = now()
       where id = ${id} and deleted_at is null`.execute(tx);
    if (known) await sql`update connection set known = ${JSON.stringify(known)}, drift = null where id = ${id}`.execute(tx);
    // The mapping decides what an import makes of the rows: those of before may now say more.
    if (anew || change.columns) await sql`update connection set seen = '{}', file_hash = null where id = ${id}`.execute(tx);
    if (anew) await sql`update connection set cursor = null where id = ${id}`.execute(tx);
    const type = change.enabled === undefined || change.enabled === before.enabled ? 'changed' : change.enabled ? 'resumed' : 'paused';
    if (type === 'paused') await tx.emit('connection.paused', { kind: 'connection', id }, { name: before.name });
    else if (type === 'resumed') await tx.emit('connection.resumed', { kind: 'connection', id }, { name: before.name });
    else
      await tx.emit(
        'connection.changed',
        { kind: 'connection', id },
        {
          name: change.name ?? before.name,
          fields: Object.keys(change).filter((field) => field !== 'secrets'),
          secrets: Object.keys(change.secrets ?? {}),
        },
      );
  });
}

/** It stops at once and can be brought back for a month. What it has brought stays. */
export async function removeConnection({ store }: Context, actor: Actor, id: string): Promise<void> {
  await store.transaction(actor, async (tx) => {
    const { rows } = await sql<{ name: string }>`
      update connection set deleted_at = now() where id = ${id} and deleted_at is null returning name`.execute(tx);
    if (!rows[0]) throw notFound('connection', id);
    await tx.emit('connection.removed', { kind: 'connection', id }, { name: rows[0].name });
  });
}

export async function restoreConnection(context: Context, actor: Actor, id: string): Promise<void> {
  const { store } = context;
  await store.transaction(actor, async (tx) => {
    const { rows } = await sql<ConnectionRow>`select * from connection where id = ${id} for update`.execute(tx);
    const row = rows[0];
    if (!row) throw notFound('connection', id);
    if (!row.deleted_at) return;
    await unique(tx, row.name, id);
    const nextAt = await nextOf(context, row.schedule, row.enabled);
    await sql`update connection set deleted_at = null, next_at = ${nextAt} where id = ${id}`.execute(tx);
    await tx.emit('connection.restored', { kind: 'connection', id }, { name: row.name });
  });
}

/** Everything is read again by the next run. Nothing is doubled: what is there already is the same. */
export async function rewindConnection({ store }: Context, actor: Actor, id: string): Promise<void> {
  await store.transaction(actor, async (tx) => {
    const { rows } = await sql<{ name: string; cursor: string | null }>`
      update connection c set cursor = null, seen = '{}', file_hash = null
        from (select id, cursor from connection where id = ${id} for update) b
       where c.id = b.id and c.deleted_at is null returning c.name, b.cursor`.execute(tx);
    if (!rows[0]) throw notFound('connection', id);
    await sql`delete from connection_file where connection_id = ${id} and not moved`.execute(tx);
    await tx.emit('connection.rewound', { kind: 'connection', id }, { name: rows[0].name, cursor: rows[0].cursor });
  });
}

/** The columns as they are now are how they are meant to be: the new ones stay out, the warning goes. */
export async function acceptDrift({ store }: Context, actor: Actor, id: string): Promise<void> {
  const { drift, known, name, columns } = await findConnection(store.db, id);
  if (!drift) return;
  const changed = new Map(drift.changed.map(({ column, to }) => [column, to]));
  const now = [
    ...known
      .filter((column) => !drift.vanished.includes(column.name))
      .map((column) => ({ ...column, type: changed.get(column.name) ?? column.type })),
    ...drift.appeared.map((column) => ({ name: column, type: '' })),
  ];
  // A column that is gone is no longer mapped; without a required one nothing can be taken, and the mapping has to be looked at.
  const left = Object.fromEntries(now.map((column) => [column.name, columns[column.name] ?? null]));
  const { import_kind: kind } = await findConnection(store.db, id);
  checkMapping(kind, left, Object.keys(left));
  await store.transaction(actor, async (tx) => {
    await sql`update connection set drift = null, known = ${JSON.stringify(now)}, columns = ${JSON.stringify(left)} where id = ${id}`.execute(
      tx,
    );
    await tx.emit('connection.drift_accepted', { kind: 'connection', id }, { name });
  });
}

async function checkSettings({ config }: Context, settings: PullSettings): Promise<void> {
  if (settings.kind === 'folder') await (await openFolder(settings, config)).close();
  if (settings.kind === 'sftp' && !settings.hostKey) {
    throw invalid(
      {
        es: 'prueba la conexión antes de guardarla: falta la clave del servidor',
        en: 'test the connection before saving it: the key of the server is missing',
      },
      [{ path: 'settings.hostKey', message: 'required' }],
    );
  }
}

/** Read whole each time, or by files of whole exports: then what is not there any more is gone. */
const readsWholes = (settings: PullSettings): boolean => cursorOf(settings) === undefined;

/** Whether the rows themselves are others: a new password or pattern reads the same. */
function readsOther(a: PullSettings, b: PullSettings): boolean {
  const what = (one: PullSettings) => {
    if (one.kind === 'http') return [one.url, one.rows, one.cursor];
    if (one.kind === 'folder' || one.kind === 'sftp') return [one.folder];
    return [one.host, one.database, one.query, one.cursor];
  };
  return JSON.stringify(what(a)) !== JSON.stringify(what(b));
}

async function saveSecrets(
  context: Context,
  tx: Transaction,
  before: ConnectionRow,
  settings: PullSettings,
  secrets: Secrets,
  name: string,
): Promise<string | null> {
  const { credential_id: credential } = before;
  const given = Object.values(secrets).some((part) => part !== '');
  // What opened one place is not carried to another.
  if (credential && samePlace(before.settings, settings)) {
    if (Object.keys(secrets).length > 0) await changeCredential(context, tx, credential, `connection ${name}`, secrets);
    return credential;
  }
  return given ? addCredential(context, tx, `connection ${name}`, secrets) : null;
}

async function unique(tx: Transaction, name: string, except?: string): Promise<void> {
  const { rows } = await sql`
    select from connection where lower(name) = lower(${name}) and deleted_at is null and id <> ${except ?? '00000000-0000-0000-0000-000000000000'}`.execute(
    tx,
  );
  if (rows.length === 0) return;
  throw conflict('connection', {
    es: `Ya hay una conexión que se llama «${name}». Elige otro nombre.`,
    en: `There already is a connection called "${name}". Choose another name.`,
  });
}

async function nextOf({ settings }: Context, schedule: When, enabled: boolean): Promise<Date | null> {
  const { timeZone } = await settings.get();
  const next = nextTime(schedule, timeZone, new Date());
  if (schedule.every !== 'never' && !next) throw fail('VIN_CONNECTION_SCHEDULE', { cron: 'cron' in schedule ? schedule.cron : '' });
  return enabled ? (next ?? null) : null;
}
