import type { z } from 'zod';
import { conflict, fail } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import { type Actor, newId, recordId, type Transaction } from '@vinculo/postgres';
import type { CustomerChange, CustomerEdited } from '../api/live.ts';
import { findCustomer } from '../identity/find-customer.ts';
import type { RawRecord } from '../records/normalise-record.ts';
import { chooseFields, withdrawChoices } from './choose-fields.ts';
import { editedCustomer, saveEdit, versionOf } from './customer-edits.ts';
import { checkTyped, completed, groupsOf, typedOf } from './entered-fields.ts';
import { manualSource } from './manual-source.ts';
import { saveRecords } from './save-records.ts';

interface OwnRecord {
  id: string;
  key: string;
  raw: RawRecord;
  entered: boolean;
}

/**
 * Changes the golden record as a person says: values entered, values chosen among those of the source records, choices taken back.
 * What was entered is a record of the built-in source, tied to the customer by that person's decision, and is linked like any other.
 *
 * @throws VIN_CUSTOMER_NOT_FOUND; VIN_CUSTOMER_CHANGED when it is not what the person saw; VIN_REQUEST_INVALID by field;
 *   VIN_CUSTOMER_CONFLICT for a value of a record that is somebody else's.
 */
export async function editCustomer(
  context: Context,
  actor: Actor,
  id: string,
  { version, set = {}, choose = {}, clear = [] }: z.output<typeof CustomerChange>,
  language: 'es' | 'en',
): Promise<z.infer<typeof CustomerEdited>> {
  const { store } = context;
  const { customer } = await findCustomer(store, id);
  const records = await recordsOf(context, customer.id);
  const source = await manualSource(context, actor);
  const how = { kind: customer.kind, country: source.country };
  const entered = records.find((record) => record.entered);
  const chosen = Object.entries(choose);
  if (chosen.some(([, record]) => !records.some((own) => own.id === record))) throw notTheirs();

  const typed = Object.fromEntries(Object.entries(set).filter((entry): entry is [string, string] => entry[1] !== undefined));
  const whole = completed(typed, customer.golden);
  checkTyped(whole, how, language);
  const values = Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== ''));
  // A box emptied goes back to the rules with its field.
  const emptied = Object.keys(typed).filter((field) => typed[field] === '');
  const enteredGroups = groupsOf(values, how);
  const back = [...clear, ...emptied.flatMap((field) => groupsOf({ [field]: entered?.raw[field] ?? '' }, how))].filter(
    (group) => !enteredGroups.includes(group),
  );
  const raw = nextRaw(entered?.raw, { values, emptied, without: [...back, ...chosen.map(([field]) => field)], how });

  const editId = newId();
  const changed = !entered ? Object.keys(values).length > 0 : !sameValues(entered.raw, raw);
  const key = entered?.key ?? newId();
  const record = entered?.id ?? (changed ? recordId(source.id, key) : null);
  const all = [...new Set([...records.map((own) => own.id), ...(record ? [record] : [])])];
  const check = async (tx: Transaction) => {
    if (version !== undefined && (await versionOf(tx, customer.id, true)) !== version) throw fail('VIN_CUSTOMER_CHANGED');
  };
  const write = async (tx: Transaction, owner: string) => {
    const withdrawn = await withdrawChoices(tx, all, [...back, ...enteredGroups, ...chosen.map(([field]) => field)]);
    const made = record ? await chooseFields(tx, editId, record, enteredGroups) : [];
    for (const [field, from] of chosen) made.push(...(await chooseFields(tx, editId, from, [field])));
    const kept = changed ? { before: entered?.raw ?? null, after: raw } : null;
    await saveEdit(tx, { id: editId, customer: owner, record, golden: customer.golden, raw: kept, made, withdrawn });
  };

  if (!changed) {
    await store.transaction(actor, async (tx) => {
      await check(tx);
      await write(tx, customer.id);
    });
    return editedCustomer(context, customer.id, editId);
  }
  const saved = await saveRecords(context, actor, {
    source,
    records: [{ key, fields: raw }],
    atOnce: true,
    ...(entered ? {} : { tie: { customer: customer.id, anchor: records[0]!.id } }),
    first: check,
    after: (tx, { records: [one] }) => write(tx, one!.customerId!),
  });
  return editedCustomer(context, saved.records[0]!.customerId!, editId);
}

interface NextRaw {
  values: RawRecord;
  emptied: readonly string[];
  without: readonly string[];
  how: Parameters<typeof typedOf>[2];
}

/** What the built-in source says of the customer from now on. */
function nextRaw(before: RawRecord = {}, { values, emptied, without, how }: NextRaw): RawRecord {
  const gone = new Set([...emptied, ...without.flatMap((group) => typedOf(group, before, how))]);
  // A whole name typed in one box replaces one typed in several, and the other way round.
  if (values.full_name) for (const field of ['given_name', 'surname', 'surname1', 'surname2']) gone.add(field);
  else if (values.given_name || values.surname1) gone.add('full_name').add('surname');
  if (values.address) for (const field of ['street_number', 'floor_door']) gone.add(field);
  return { ...Object.fromEntries(Object.entries(before).filter(([field]) => !gone.has(field))), ...values, kind: how.kind };
}

const sameValues = (a: RawRecord, b: RawRecord) =>
  JSON.stringify(Object.entries(a).toSorted()) === JSON.stringify(Object.entries(b).toSorted());

async function recordsOf({ store }: Context, customer: string): Promise<OwnRecord[]> {
  const { rows } = await sql<OwnRecord>`
    select r.id, r.key, r.raw, s.built_in as entered
      from link l join source_record r on r.id = l.record_id join source s on s.id = r.source_id
     where l.customer_id = ${customer} and l.valid_to is null order by r.id`.execute(store.db);
  return rows;
}

const notTheirs = () =>
  conflict('customer', {
    es: 'La ficha de la que quieres tomar el valor ya no es de este cliente. No se ha guardado nada. Vuelve a abrirlo.',
    en: 'The record whose value you want to use is no longer of this customer. Nothing was saved. Open it again.',
  });
