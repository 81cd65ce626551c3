// What people changed in a customer: kept with before and after, shown, and undone.
import { conflict } from '@vinculo/errors';
import { type Context, decodeIdCursor, toPage } from '@vinculo/http';
import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { type Actor, newId, type Transaction } from '@vinculo/postgres';
import type { z } from 'zod';
import type { CustomerEdit, CustomerEdited } from '../api/live.ts';
import { findCustomer } from '../identity/find-customer.ts';
import { maskField, seesPersonal } from '../identity/mask.ts';
import { momentOf } from '../identity/queries.ts';
import { rebuildCustomers } from '../identity/rebuild-customers.ts';
import type { RawRecord } from '../records/normalise-record.ts';
import { turnChoices } from './choose-fields.ts';
import { manualSource } from './manual-source.ts';
import { saveRecords } from './save-records.ts';

type Golden = Readonly<Record<string, { value: string }>>;

interface EditDetail {
  fields: { field: string; before: string | null; after: string | null }[];
  /** The record of the built-in source; null before it was made, or where it did not change. */
  raw: { before: RawRecord | null; after: RawRecord } | null;
  made: string[];
  withdrawn: string[];
}

export interface NewEdit {
  id: string;
  customer: string;
  record: string | null;
  /** The golden record before. */
  golden: Golden;
  raw: EditDetail['raw'];
  made: string[];
  withdrawn: string[];
  undoes?: string;
}

/** Builds the golden record anew with the choices made, and writes the edit down with what it changed. */
export async function saveEdit(tx: Transaction, { id, customer, record, golden, undoes, ...rest }: NewEdit): Promise<void> {
  const at = await momentOf(tx);
  await rebuildCustomers(tx, [customer], at.text);
  const { rows } = await sql<{ golden: Golden }>`select golden from customer where id = ${customer}`.execute(tx);
  const now = rows[0]!.golden;
  const fields = [...new Set([...Object.keys(golden), ...Object.keys(now)])].flatMap((field) => {
    const [before, after] = [golden[field]?.value ?? null, now[field]?.value ?? null];
    return before === after ? [] : [{ field, before, after }];
  });
  const detail: EditDetail = { fields, ...rest };
  const actor = { kind: tx.actor.kind, id: tx.actor.id, name: tx.actor.name };
  await sql`
    insert into customer_edit (id, customer_id, record_id, actor, detail, changed_at, undoes)
    values (${id}, ${customer}, ${record}, ${JSON.stringify(actor)}, ${JSON.stringify(detail)}, ${at.text}, ${undoes ?? null})`.execute(tx);
  // Names of fields only: the values are in the history of the customer, for those who may see them.
  const names = fields.map(({ field }) => field);
  if (undoes) await tx.emit('customer.edit_undone', { kind: 'customer', id: customer }, { edit: id, undoes, fields: names });
  else await tx.emit('customer.edited', { kind: 'customer', id: customer }, { edit: id, fields: names });
}

/** Edits of a customer, the latest first. */
export async function listEdits(
  { store }: Context,
  actor: Actor,
  customer: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
) {
  const { customer: found } = await findCustomer(store, customer);
  const before = decodeIdCursor(cursor) ?? null;
  const { rows } = await sql<{ id: string; by: string; detail: EditDetail; changed_at: Date; undoes: string | null; undone: boolean }>`
    select id, actor ->> 'name' as by, detail, changed_at, undoes, exists (select from customer_edit u where u.undoes = e.id) as undone
      from customer_edit e
     where customer_id = ${found.id} and (${before}::uuid is null or id < ${before}::uuid)
     order by id desc limit ${limit + 1}`.execute(store.db);
  const show = (field: string, value: string | null) => (value === null || seesPersonal(actor) ? value : maskField(field, value));
  const { items, next } = toPage(rows, limit, ({ id }) => [id]);
  return {
    items: items.map(
      ({ id, by, detail, changed_at, undoes, undone }): z.infer<typeof CustomerEdit> => ({
        id,
        by,
        at: changed_at.toISOString(),
        fields: detail.fields.map(({ field, before: was, after }) => ({ field, before: show(field, was), after: show(field, after) })),
        undoes,
        undone,
      }),
    ),
    next,
  };
}

/**
 * Puts back what an edit changed. An undo is an edit, and can be undone.
 *
 * @throws VIN_LINK_NOT_FOUND; VIN_CUSTOMER_CONFLICT when it was undone already, or a later edit stands on it.
 */
export async function undoEdit(context: Context, actor: Actor, id: string): Promise<z.infer<typeof CustomerEdited>> {
  const { store } = context;
  const { rows } = await sql<{
    customer_id: string;
    record_id: string | null;
    detail: EditDetail;
    undone: boolean;
    key: string | null;
    raw: RawRecord | null;
  }>`
    select e.customer_id, e.record_id, e.detail, exists (select from customer_edit u where u.undoes = e.id) as undone, r.key, r.raw
      from customer_edit e left join source_record r on r.id = e.record_id where e.id = ${id}`.execute(store.db);
  const edit = rows[0];
  if (!edit || edit.undone) throw nothingToUndo();
  const { raw, made, withdrawn } = edit.detail;
  if (raw && !isDeepStrictEqual(edit.raw, raw.after)) throw laterEdit();
  const { customer } = await findCustomer(store, edit.customer_id);
  const undo = newId();
  const back = { kind: raw?.after.kind ?? customer.kind, ...raw?.before };
  const after = async (tx: Transaction, owner: string) => {
    if (!(await turnChoices(tx, made, withdrawn))) throw laterEdit();
    await saveEdit(tx, {
      id: undo,
      customer: owner,
      record: edit.record_id,
      golden: customer.golden,
      raw: raw && { before: raw.after, after: back },
      made: withdrawn,
      withdrawn: made,
      undoes: id,
    });
  };
  if (raw && edit.key) {
    const source = await manualSource(context, actor);
    const { records } = await saveRecords(context, actor, {
      source,
      records: [{ key: edit.key, fields: back }],
      atOnce: true,
      after: (tx, saved) => after(tx, saved.records[0]!.customerId!),
    });
    return editedCustomer(context, records[0]!.customerId!, undo);
  }
  await store.transaction(actor, (tx) => after(tx, customer.id));
  return editedCustomer(context, customer.id, undo);
}

export async function editedCustomer({ store }: Context, id: string, editId: string): Promise<z.infer<typeof CustomerEdited>> {
  return { customerId: id, editId, version: (await versionOf(store.db, id)) ?? '' };
}

/** Changes whenever the customer does: what an editor saw. */
export async function versionOf(db: Parameters<typeof momentOf>[0], id: string, lock = false): Promise<string | undefined> {
  const { rows } = await sql<{ version: string }>`
    select (extract(epoch from changed_at) * 1000000)::bigint::text as version from customer where id = ${id} ${lock ? sql`for update` : sql``}`.execute(
    db,
  );
  return rows[0]?.version;
}

const nothingToUndo = () =>
  conflict('customer', {
    es: 'Este cambio ya se deshizo o no existe. No hay nada más que deshacer.',
    en: 'This change was undone already or does not exist. There is nothing more to undo.',
  });

const laterEdit = () =>
  conflict('customer', {
    es: 'Después se cambiaron los mismos datos. No se ha deshecho nada. Deshaz primero el cambio más reciente.',
    en: 'The same data was changed later. Nothing was undone. Undo the latest change first.',
  });
