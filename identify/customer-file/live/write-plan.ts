import { sql } from 'kysely';
import { newId, SYSTEM, type Transaction } from '@vinculo/postgres';
import { momentOf } from '../identity/queries.ts';
import { rebuildCustomers } from '../identity/rebuild-customers.ts';
import type { LivePlan } from './live-plan.ts';

/** More changes than this are told in one event, which names all customers, instead of one each. */
const MOST_EVENTS = 200;

/** What the records of a change are. */
interface Nature {
  /** Some of them say, or said, what somebody is in a company. */
  contact: boolean;
}

/**
 * Writes to the desk what a change of records does: links closed and opened, customers made and led elsewhere, golden records,
 * the changes of identity with before and after, and the events of all that. In the transaction that saves the records.
 */
export async function writePlan(tx: Transaction, plan: LivePlan, { contact }: Nature): Promise<void> {
  const at = await momentOf(tx);
  await writeLinks(tx, plan, at.text);
  await rebuildCustomers(tx, plan.build, at.text);
  for (const { from, into } of plan.redirects)
    await sql`update customer set merged_into = ${into}, changed_at = ${at.text} where id = ${from}`.execute(tx);
  await emitChanges(tx, plan, await writeChanges(tx, plan, at.text), contact);
}

type Written = Awaited<ReturnType<typeof writeChanges>>;

async function emitChanges(tx: Transaction, plan: LivePlan, changes: Written, contact: boolean): Promise<void> {
  const created = new Set(plan.created.map(({ id }) => id));
  const changed = [...plan.build, ...plan.emptied].filter((id) => !created.has(id));
  if (created.size + changed.length + changes.length > MOST_EVENTS) {
    const customers = [...new Set([...created, ...changed, ...changes.flatMap(({ from, to }) => [from, to])])];
    return tx.emit('customer.changed', { kind: 'customer', id: customers[0]! }, { contact, customers });
  }
  for (const { id, kind } of plan.created) await tx.emit('customer.created', { kind: 'customer', id }, { kind, contact });
  for (const id of changed) await tx.emit('customer.changed', { kind: 'customer', id }, { contact });
  for (const { id, from, to, records, merged } of changes) {
    if (merged) await tx.emit('customer.merged', { kind: 'customer', id: to }, { kept: to, gone: from, records, change: id });
    else await tx.emit('customer.split', { kind: 'customer', id: from }, { kept: from, made: to, records, change: id });
  }
}

async function writeLinks(tx: Transaction, { moves }: LivePlan, at: string): Promise<void> {
  if (moves.length === 0) return;
  await sql`
    update link set valid_to = ${at} where record_id = any(${moves.map(({ record }) => record)}::uuid[]) and valid_to is null`.execute(tx);
  const links = moves.flatMap(({ record, to, reason, evidence }) => {
    return to === null ? [] : [{ id: newId(), record_id: record, customer_id: to, reason, evidence }];
  });
  await sql`
    insert into link (id, record_id, customer_id, reason, evidence, valid_from)
    select id, record_id, customer_id, reason, evidence, ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as l(id uuid, record_id uuid, customer_id uuid, reason text, evidence jsonb)`.execute(
    tx,
  );
}

/** Changes of identity between customers that existed. They are the product's doing, whoever changed the record: undoing one is a decision. */
async function writeChanges(tx: Transaction, { transfers }: LivePlan, at: string) {
  const actor = JSON.stringify({ kind: SYSTEM.kind, id: SYSTEM.id, name: SYSTEM.name });
  const changes = transfers.map((transfer) => ({ id: newId(), ...transfer }));
  for (const { id, from, to, records, merged } of changes) {
    const detail = {
      moves: records.map((record) => ({ record, from, to })),
      redirects: merged ? [{ customer: from, before: null, after: to }] : [],
      made: [],
      withdrawn: [],
    };
    const [customer, other] = merged ? [to, from] : [from, to];
    await sql`
      insert into identity_change (id, kind, customer_id, other_id, records, actor, detail, changed_at)
      values (${id}, ${merged ? 'merged' : 'split'}, ${customer}, ${other}, ${records}::uuid[], ${actor}, ${JSON.stringify(detail)}, ${at})`.execute(
      tx,
    );
  }
  return changes;
}
