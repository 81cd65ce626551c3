import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { Actor } from '@vinculo/postgres';
import type { CustomerIdentity } from '../api/customers.ts';
import { findCustomer } from './find-customer.ts';
import { explainRecords } from './explain-records.ts';
import { maskFields, seesPersonal, shownKey } from './mask.ts';

type Identity = z.infer<typeof CustomerIdentity>;

interface RecordRow {
  id: string;
  kind: 'person' | 'company';
  source_id: string;
  source_label: string;
  key: string;
  raw: Record<string, string>;
  invalid: string[] | null;
  first_seen: Date;
  changed_at: Date;
  reason: Identity['records'][number]['link']['reason'];
  evidence: Record<string, unknown>;
  valid_from: Date;
}

/** The source records of a customer, why they are one, and what was changed by whom. */
export async function customerIdentity(context: Context, actor: Actor, id: string): Promise<Identity> {
  const { store } = context;
  const { customer } = await findCustomer(store, id);
  const open = seesPersonal(actor);
  const [{ rows }, history] = await Promise.all([
    sql<RecordRow>`
      select r.id, r.kind, r.source_id, s.label as source_label, r.key, r.raw, r.traits -> 'invalid' as invalid, r.first_seen, r.changed_at,
             l.reason, l.evidence, l.valid_from
        from link l join source_record r on r.id = l.record_id join source s on s.id = r.source_id
       where l.customer_id = ${customer.id} and l.valid_to is null
       order by s.label, r.key`.execute(store.db),
    historyOf(context, customer.id),
  ]);
  const explanations = await explainRecords(context, rows, open);
  const records = rows.map((row) => ({
    id: row.id,
    sourceId: row.source_id,
    sourceLabel: row.source_label,
    key: shownKey(row.key, open),
    raw: open ? row.raw : maskFields(row.raw),
    invalid: row.invalid ?? [],
    firstSeen: row.first_seen.toISOString(),
    changedAt: row.changed_at.toISOString(),
    link: { reason: row.reason, evidence: row.evidence, validFrom: row.valid_from.toISOString() },
  }));
  return { records, explanations, history };
}

/** Every change that touched this customer or one that became it, newest first. */
async function historyOf({ store }: Context, id: string): Promise<Identity['history']> {
  const { rows } = await sql<{
    id: string;
    kind: Identity['history'][number]['kind'];
    customer_id: string;
    other_id: string | null;
    records: string[];
    by: string;
    reason: string | null;
    changed_at: Date;
    undone: boolean;
  }>`
    select c.id, c.kind, c.customer_id, c.other_id, c.records, c.actor ->> 'name' as by, c.reason, c.changed_at,
           exists (select from identity_change u where u.undoes = c.id) as undone
      from identity_change c
     where c.customer_id = ${id} or c.other_id = ${id}
     order by c.changed_at desc, c.id desc limit 200`.execute(store.db);
  return rows.map(({ customer_id, other_id, changed_at, ...row }) => ({
    ...row,
    customerId: customer_id,
    otherId: other_id,
    changedAt: changed_at.toISOString(),
  }));
}
