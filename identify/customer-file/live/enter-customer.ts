import type { z } from 'zod';
import { invalid } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { type Actor, newId, recordId } from '@vinculo/postgres';
import type { EnteredCustomer, NewCustomer } from '../api/live.ts';
import type { RawRecord } from '../records/normalise-record.ts';
import { saveEdit } from './customer-edits.ts';
import { checkTyped, groupsOf } from './entered-fields.ts';
import { chooseFields } from './choose-fields.ts';
import { manualSource } from './manual-source.ts';
import { saveRecords } from './save-records.ts';

/** Any of these says who it is. */
const SAYS_WHO = [
  'given_name',
  'full_name',
  'surname',
  'surname1',
  'company_name',
  'trade_name',
  'email',
  'phone',
  'mobile',
  'national_id',
];

/**
 * Makes a customer of what a person typed, or finds that it is one there is: it is linked like any other record. What was typed
 * goes before what other sources say.
 *
 * @throws VIN_REQUEST_INVALID with the fields that are wrong.
 */
export async function enterCustomer(
  context: Context,
  actor: Actor,
  { kind, ...typed }: z.output<typeof NewCustomer>,
  language: 'es' | 'en',
): Promise<z.infer<typeof EnteredCustomer>> {
  const source = await manualSource(context, actor);
  const fields = Object.fromEntries(Object.entries(typed).filter((entry): entry is [string, string] => Boolean(entry[1])));
  if (!SAYS_WHO.some((field) => fields[field]))
    throw invalid({
      es: 'escribe al menos un nombre, un teléfono, un correo o un documento',
      en: 'type at least a name, a telephone, an e-mail or a document',
    });
  checkTyped(fields, { kind, country: source.country }, language);
  const key = newId();
  const record = recordId(source.id, key);
  const groups = groupsOf(fields, { kind, country: source.country });
  const raw: RawRecord = { ...fields, kind };
  const { records } = await saveRecords(context, actor, {
    source,
    records: [{ key, fields: raw }],
    atOnce: true,
    after: async (tx, saved) => {
      const edit = newId();
      const made = await chooseFields(tx, edit, record, groups);
      const customer = saved.records[0]!.customerId!;
      await saveEdit(tx, { id: edit, customer, record, golden: {}, raw: { before: null, after: raw }, made, withdrawn: [] });
    },
  });
  const [saved] = records;
  return { customerId: saved!.customerId!, created: saved!.identity === 'new_customer' };
}
