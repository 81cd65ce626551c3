import type { z } from 'zod';
import { conflict, fail } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { Actor } from '@vinculo/postgres';
import type { MergePreview } from '../api/relink.ts';
import { findCustomer, sourceLabels } from '../identity/find-customer.ts';
import { buildCustomer } from '../identity/customer-record.ts';
import { choicesByRecord, choicesInForce } from '../identity/field-choices.ts';
import { maskField, seesPersonal } from '../identity/mask.ts';
import { sourceTrust } from '../identity/queries.ts';
import type { KeyedRecord } from '../identity/search-lexemes.ts';
import { getSurvivorship } from '../identity/survivorship-rules.ts';
import type { Traits } from '../identity/traits.ts';

/**
 * The golden record two customers would have as one, by the rules in force. Changes nobody.
 *
 * @throws VIN_CUSTOMER_NOT_FOUND, VIN_CUSTOMER_SAME; VIN_CUSTOMER_CONFLICT for a person and a company.
 */
export async function mergePreview(context: Context, actor: Actor, into: string, from: string): Promise<z.infer<typeof MergePreview>> {
  const { store } = context;
  const [{ customer: left }, { customer: right }] = [await findCustomer(store, into), await findCustomer(store, from)];
  if (left.id === right.id) throw fail('VIN_CUSTOMER_SAME');
  if (left.kind !== right.kind) {
    throw conflict('customer', {
      es: 'Uno es una persona y el otro una empresa, así que no pueden ser el mismo cliente.',
      en: 'One is a person and the other a company, so they cannot be the same customer.',
    });
  }
  const { rows } = await sql<{ record: string; source: string; key: string; traits: Traits; changedAt: number }>`
    select r.id as record, r.source_id as source, r.key, r.traits, (extract(epoch from r.changed_at) * 1000)::bigint as "changedAt"
      from link l join source_record r on r.id = l.record_id
     where l.customer_id = any(${[left.id, right.id]}::uuid[]) and l.valid_to is null
     order by r.id`.execute(store.db);
  const trust = new Map(await sourceTrust(store.db));
  const choices = choicesByRecord(
    await choicesInForce(
      store.db,
      rows.map(({ record }) => record),
    ),
  );
  const records = rows.map(
    (row): KeyedRecord => ({
      ...row,
      trust: trust.get(row.source) ?? 50,
      ...(choices.has(row.record) ? { chosen: choices.get(row.record)! } : {}),
    }),
  );
  const merged = buildCustomer(left.id, left.kind, records, 1, await getSurvivorship(store.db), new Date().toISOString());
  const labels = await sourceLabels(store);
  const show = (field: string, value: string) => (seesPersonal(actor) ? value : maskField(field, value));
  return {
    name: merged.displayName,
    records: records.length,
    left: { id: left.id, name: left.display_name, records: left.records },
    right: { id: right.id, name: right.display_name, records: right.records },
    fields: Object.entries(merged.golden).map(([field, { value, source, rule }]) => ({
      field,
      value: show(field, value),
      sourceLabel: labels.get(source) ?? source,
      rule,
      left: show(field, left.golden[field]?.value ?? ''),
      right: show(field, right.golden[field]?.value ?? ''),
    })),
  };
}
