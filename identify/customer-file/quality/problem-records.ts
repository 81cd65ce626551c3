import type { z } from 'zod';
import { type Context, decodeCursor, encodeCursor } from '@vinculo/http';
import { sql } from 'kysely';
import type { Actor } from '@vinculo/postgres';
import type { ProblemRecord, ProblemRecordQuery } from '../api/quality.ts';
import { maskField, seesPersonal } from '../identity/mask.ts';
import { type Traits, valueOf } from '../identity/traits.ts';
import { conditionOf } from './problem-conditions.ts';

type Row = z.infer<typeof ProblemRecord>;

/** The records a problem is about, page by page. */
export async function problemRecords(
  { store, warehouse }: Context,
  actor: Actor,
  { cursor, limit, ...problem }: z.infer<typeof ProblemRecordQuery>,
): Promise<{ items: Row[]; next: string | null }> {
  const { where, params } = conditionOf(problem);
  const [after] = decodeCursor(cursor, 1) ?? [];
  const rows = await warehouse.rows<{ id: string }>(
    `select toString(record_id) as id from match_record final
      where ${where} ${after ? 'and record_id > {after:UUID}' : ''}
      order by record_id limit {limit:UInt32}`,
    { ...params, limit: limit + 1, ...(after ? { after } : {}) },
  );
  const ids = rows.slice(0, limit).map(({ id }) => id);
  const shown = await showRecords(store, actor, ids, problem.field);
  return { items: ids.flatMap((id) => shown.get(id) ?? []), next: rows.length > limit ? encodeCursor([ids.at(-1)]) : null };
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
      const value = field === 'key' ? key : valueOf(traits, field) || (field === 'phone' ? valueOf(traits, 'mobile') : '');
      return [
        id,
        {
          recordId: id,
          sourceLabel: label,
          key,
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
