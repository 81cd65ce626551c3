import type { z } from 'zod';
import { type Context, decodeCursor, encodeCursor } from '@vinculo/http';
import { sql } from 'kysely';
import type { Actor } from '@vinculo/postgres';
import type { ProblemRecord, ProblemRecordQuery } from '../api/quality.ts';
import { maskField, seesPersonal, shownKey } from '../identity/mask.ts';
import { type Traits, valueOf } from '../identity/traits.ts';
import { conditionOf } from './problem-conditions.ts';
import { valueShownAs } from './quality-snapshot.ts';

type Row = z.infer<typeof ProblemRecord>;

/** The records a problem is about, page by page. */
export async function problemRecords(
  { store, warehouse }: Context,
  actor: Actor,
  { cursor, limit, ...problem }: z.infer<typeof ProblemRecordQuery>,
): Promise<{ items: Row[]; next: string | null }> {
  let { value } = problem;
  if (value !== undefined && !seesPersonal(actor)) {
    value = await valueShownAs({ store }, { ...problem, value });
    if (value === undefined) return { items: [], next: null };
  }
  const { where, params } = conditionOf({ ...problem, value });
  // What is wrong between the records of a customer is seen with those records one under the other.
  const together = problem.kind === 'repeated' || problem.kind === 'conflicting';
  const order = together ? 'customer_id, record_id' : 'record_id';
  const [record, customer] = decodeCursor(cursor, 2) ?? [];
  const beyond = together ? '(customer_id, record_id) > ({customer:UUID}, {record:UUID})' : 'record_id > {record:UUID}';
  const rows = await warehouse.rows<{ id: string; customer: string }>(
    `select toString(record_id) as id, ${together ? 'toString(customer_id)' : `''`} as customer
       from ${together ? '(select * from match_record final) m join (select record_id, customer_id from identity final) i using (record_id)' : 'match_record final'}
      where ${where} ${record ? `and ${beyond}` : ''}
      order by ${order} limit {limit:UInt32}`,
    { ...params, limit: limit + 1, ...(record ? { record, ...(together ? { customer } : {}) } : {}) },
  );
  const ids = rows.slice(0, limit).map(({ id }) => id);
  const shown = await showRecords(store, actor, ids, problem.field);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { items: ids.flatMap((id) => shown.get(id) ?? []), next: last ? encodeCursor([last.id, last.customer]) : null };
}

export async function showRecords(
  store: Context['store'],
  actor: Pick<Actor, 'kind' | 'permissions'>,
  ids: readonly string[],
  field: string,
): Promise<Map<string, Row>> {
  const { rows } = await sql<{ id: string; label: string; key: string; traits: Traits; customer: string | null }>`
    select r.id, s.label, r.key, r.traits, l.customer_id as customer
      from source_record r join source s on s.id = r.source_id
      left join link l on l.record_id = r.id and l.valid_to is null
     where r.id = any(${ids}::uuid[])`.execute(store.db);
  const open = seesPersonal(actor);
  return new Map(
    rows.map(({ id, label, key, traits, customer }) => {
      const value = field === 'key' ? shownKey(key, open) : valueOf(traits, field) || (field === 'phone' ? valueOf(traits, 'mobile') : '');
      return [
        id,
        {
          recordId: id,
          sourceLabel: label,
          key: shownKey(key, open),
          customerId: customer,
          name: nameOf(traits),
          value: open ? value : maskField(field, value),
        },
      ];
    }),
  );
}

function nameOf(traits: Traits): string {
  const name = ['given', 'surname1', 'surname2'].map((field) => valueOf(traits, field)).filter(Boolean);
  return name.join(' ') || valueOf(traits, 'company') || valueOf(traits, 'trade_name');
}
