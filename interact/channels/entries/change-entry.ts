import { conflict, fail } from '@vinculo/errors';
import type { Actor, Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import { type EntryDetail, type EntryDirection, type EntryRow, findEntry } from './entry-row.ts';

export interface EntryChange {
  record?: string | null | undefined;
  direction?: EntryDirection | undefined;
  topic?: string | undefined;
  outcome?: string | undefined;
  body?: string | undefined;
  /** Words of it; those not named stay as they are. */
  detail?: EntryDetail | undefined;
  occurredAt?: Date | undefined;
  followUpOn?: string | null | undefined;
  followUpNote?: string | undefined;
}

/**
 * Changes an entry, whatever it is told of being told again. After the commit call {@link tellEntries}.
 *
 * @param version - that was seen; absent, whatever there is.
 * @throws VIN_CONTACT_NOT_FOUND
 * @throws VIN_CONTACT_CONFLICT when somebody changed it meanwhile.
 * @throws VIN_CHANNEL_NOT_YOURS see {@link mayChange}.
 */
export async function changeEntry(tx: Transaction, id: string, change: EntryChange, version?: number): Promise<EntryRow> {
  const before = await lockOwn(tx, id);
  if (version !== undefined && version !== before.version) throw changedMeanwhile();
  const after = {
    record_id: change.record === undefined ? before.record_id : change.record,
    direction: change.direction ?? before.direction,
    topic: change.topic ?? before.topic,
    outcome: change.outcome ?? before.outcome,
    body: change.body ?? before.body,
    detail: { ...before.detail, ...change.detail },
    occurred_at: change.occurredAt ?? before.occurred_at,
    follow_up_on: change.followUpOn === undefined ? before.follow_up_on : change.followUpOn,
    follow_up_note: change.followUpNote ?? before.follow_up_note,
  };
  const changed = differing(before, after);
  if (Object.keys(changed).length === 0) return before;
  const { rows } = await sql<EntryRow>`
    update contact_entry
       set record_id = ${after.record_id}, direction = ${after.direction}, topic = ${after.topic}, outcome = ${after.outcome}, body = ${after.body},
           detail = ${JSON.stringify(after.detail)}::jsonb, occurred_at = ${after.occurred_at}, follow_up_on = ${after.follow_up_on},
           follow_up_note = ${after.follow_up_note},
           follow_up_done_at = case when ${after.follow_up_on}::date is distinct from follow_up_on then null else follow_up_done_at end,
           changed_at = now(), told_at = null, version = version + 1
     where id = ${id} returning *`.execute(tx);
  await tx.emit('contact.changed', { kind: 'contact', id }, { changed });
  return rows[0]!;
}

/**
 * Takes an entry away, or brings it back: the row stays, so that undo is exact. After the commit call {@link tellEntries}. With `anybodys`,
 * whoever wrote it: it belongs to something that is taken away as a whole.
 */
export async function setEntryDeleted(
  tx: Transaction,
  id: string,
  deleted: boolean,
  { anybodys = false }: { anybodys?: boolean } = {},
): Promise<EntryRow> {
  const before = await (anybodys ? lockEntry : lockOwn)(tx, id);
  if ((before.deleted_at !== null) === deleted) return before;
  const { rows } = await sql<EntryRow>`
    update contact_entry set deleted_at = ${deleted ? sql`now()` : null}, changed_at = now(), told_at = null, version = version + 1
     where id = ${id} returning *`.execute(tx);
  await tx.emit(deleted ? 'contact.deleted' : 'contact.restored', { kind: 'contact', id }, { kind: before.kind, record: before.record_id });
  return rows[0]!;
}

/** Their own, whoever may write contacts; those of others, who may change customers. */
export function mayChange(actor: Pick<Actor, 'kind' | 'id' | 'permissions'>, entry: Pick<EntryRow, 'created_by'>): boolean {
  return actor.kind === 'system' || entry.created_by === actor.id || actor.permissions.has('customer.write');
}

/** @throws VIN_CONTACT_NOT_FOUND */
export const lockEntry = (tx: Transaction, id: string): Promise<EntryRow> => findEntry(tx, id, sql`for update`);

async function lockOwn(tx: Transaction, id: string): Promise<EntryRow> {
  const entry = await lockEntry(tx, id);
  if (!mayChange(tx.actor, entry)) throw fail('VIN_CHANNEL_NOT_YOURS', { name: entry.author_name });
  return entry;
}

/** What changed, before and after, as the audit log keeps it. */
function differing(before: EntryRow, after: Partial<EntryRow>): Record<string, { before: unknown; after: unknown }> {
  return Object.fromEntries(
    Object.entries(after).flatMap(([name, now]) => {
      const then = before[name as keyof EntryRow];
      return JSON.stringify(then) === JSON.stringify(now) ? [] : [[name, { before: then, after: now }]];
    }),
  );
}

const changedMeanwhile = () =>
  conflict('contact', {
    es: 'Alguien ha cambiado este contacto mientras lo tenías abierto. No se ha guardado nada. Vuelve a abrirlo.',
    en: 'Somebody changed this contact while you had it open. Nothing was saved. Open it again.',
  });
