import type { z } from 'zod';
import { sql } from 'kysely';
import type { Actor, Store } from '@vinculo/postgres';
import { ChoosableField, type GoldenRecord } from '../api/customers.ts';
import { maskField, seesPersonal } from '../identity/mask.ts';
import { versionOf } from '../live/customer-edits.ts';
import { groupOf } from '../identity/traits.ts';
import { findCustomer, sourceLabels } from '../identity/find-customer.ts';

interface TraitsRow {
  id: string;
  source_id: string;
  traits: Record<string, unknown> & { invalid?: string[] };
  changed_at: Date;
}

/** Each field of the golden record: the value in force, where it came from, by which rule, and the values it won against. */
export async function goldenRecord(store: Store, actor: Actor, id: string): Promise<z.infer<typeof GoldenRecord>> {
  const { customer } = await findCustomer(store, id);
  const labels = await sourceLabels(store);
  const { rows } = await sql<TraitsRow>`
    select r.id, r.source_id, r.traits, r.changed_at
      from link l join source_record r on r.id = l.record_id
     where l.customer_id = ${customer.id} and l.valid_to is null
     order by r.changed_at desc`.execute(store.db);
  const show = (field: string, value: string) => (seesPersonal(actor) ? value : maskField(field, value));

  const fields = Object.entries(customer.golden).map(([field, chosen]) => {
    const rivals = rows
      .filter((row) => row.id !== chosen.record && typeof row.traits[field] === 'string' && row.traits[field] !== '')
      .map((row) => ({
        value: show(field, String(row.traits[field])),
        recordId: row.id,
        sourceLabel: labels.get(row.source_id) ?? row.source_id,
        changedAt: row.changed_at.toISOString(),
        valid: !(row.traits.invalid ?? []).includes(field),
      }));
    return {
      field,
      value: show(field, chosen.value),
      sourceId: chosen.source,
      sourceLabel: labels.get(chosen.source) ?? chosen.source,
      recordId: chosen.record,
      rule: chosen.rule as z.infer<typeof GoldenRecord>['fields'][number]['rule'],
      by: chosen.by ?? null,
      at: chosen.at ?? null,
      choosable: ChoosableField.safeParse(groupOf(field)).data ?? null,
      rivals,
    };
  });
  return { version: (await versionOf(store.db, customer.id)) ?? '', fields };
}
