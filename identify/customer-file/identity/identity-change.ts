// What merging, splitting and undoing have in common: records move between customers, decisions are made and withdrawn,
// customers lead to others; all of it is written down so that it can be put back.
import { conflict } from '@vinculo/errors';
import { sql } from 'kysely';
import { newId, type Store, type Transaction } from '@vinculo/postgres';
import type { Actor } from '@vinculo/postgres';
import { rebuildCustomers } from './rebuild-customers.ts';
import { noteIdentity } from './identity-log.ts';
import { lockIdentity, momentOf } from './queries.ts';

export interface Move {
  record: string;
  from: string;
  to: string;
}

/** A customer and where its id led before and leads after; null is to itself. */
export interface Redirect {
  customer: string;
  before: string | null;
  after: string | null;
}

/** identity_change.detail: what an undo puts back. */
export interface ChangeDetail {
  moves: Move[];
  redirects: Redirect[];
  /** Decisions that came into force, and those that went out of it. */
  made: string[];
  withdrawn: string[];
}

export interface Change {
  kind: 'merged' | 'split' | 'undone';
  /** The customer that stays. */
  customer: string;
  other: string | null;
  detail: ChangeDetail;
  reason: string | null;
  undoes?: string;
}

/** Opens a transaction in which people may change who is who: beside others who do, never beside a unification that writes. */
export async function changeIdentity<T>(store: Store, actor: Actor, work: (tx: Transaction) => Promise<T>): Promise<T> {
  try {
    return await store.transaction(actor, async (tx) => {
      await sql`set local lock_timeout = '10s'`.execute(tx);
      await lockIdentity(tx, 'shared');
      return work(tx);
    });
  } catch (error) {
    if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
    throw conflict('customer', {
      es: 'La unificación está guardando sus resultados y estos clientes están ocupados. No se ha cambiado nada. Inténtalo dentro de un minuto.',
      en: 'Unification is saving its results and these customers are busy. Nothing was changed. Try again in a minute.',
    });
  }
}

const LOCK_NOT_AVAILABLE = '55P03';

export interface LockedCustomer {
  id: string;
  kind: 'person' | 'company';
  merged_into: string | null;
  records: string[];
}

/** The customers with their records, locked in id order, so that changes crossing each other wait instead of deadlocking. */
export async function lockCustomers(tx: Transaction, ids: readonly string[]): Promise<Map<string, LockedCustomer>> {
  const { rows } = await sql<LockedCustomer>`
    with locked as (
      select id, kind, merged_into from customer where id = any(${ids}::uuid[]) order by id for update
    )
    select l.id, l.kind, l.merged_into,
           array(select record_id from link where customer_id = l.id and valid_to is null order by record_id)::text[] as records
      from locked l`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The customer an id stands for today. */
export async function survivorOf(tx: Transaction, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    with recursive chain as (
      select id, merged_into, 0 as step from customer where id = ${id}
      union all
      select c.id, c.merged_into, chain.step + 1 from customer c join chain on c.id = chain.merged_into where chain.step < 20
    )
    select id from chain where merged_into is null`.execute(tx);
  return rows[0]?.id;
}

/** Withdraws the decisions in force that say the contrary about pairs between the two sets; gives their ids. */
export async function withdrawDecisions(
  tx: Transaction,
  same: boolean,
  left: readonly string[],
  right: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update decision set undone_at = clock_timestamp()
     where undone_at is null and same = ${same}
       and ((record_a = any(${left}::uuid[]) and record_b = any(${right}::uuid[])) or (record_a = any(${right}::uuid[]) and record_b = any(${left}::uuid[])))
    returning id`.execute(tx);
  return rows.map((row) => row.id);
}

/** Decides about pairs of records; a pair decided so already keeps its decision. Gives the ids of those made now. */
export async function decide(
  tx: Transaction,
  same: boolean,
  pairs: readonly (readonly [string, string])[],
  reason: string | null,
): Promise<string[]> {
  if (pairs.length === 0) return [];
  const ordered = pairs.map(([a, b]) => (a < b ? [a, b] : [b, a]));
  const { rows } = await sql<{ id: string }>`
    insert into decision (id, record_a, record_b, same, decided_by, reason, decided_at)
    select id, a, b, ${same}, ${tx.actor.name}, ${reason}, clock_timestamp()
      from unnest(${ordered.map(() => newId())}::uuid[], ${ordered.map(([a]) => a)}::uuid[], ${ordered.map(([, b]) => b)}::uuid[]) as pair(id, a, b)
    on conflict (record_a, record_b) where undone_at is null do nothing
    returning id`.execute(tx);
  return rows.map((row) => row.id);
}

/** The pairs between two sets of records. */
export function pairsBetween(left: readonly string[], right: readonly string[]): [string, string][] {
  return left.flatMap((a) => right.map((b): [string, string] => [a, b]));
}

/** The pairs that tie records into one: the first with each of the others. */
export function pairsWithin([first, ...others]: readonly string[]): [string, string][] {
  return others.map((other) => [first!, other]);
}

/**
 * Writes a change: links closed and opened, ids led elsewhere, golden records of both sides built anew, the change itself.
 *
 * @param evidenceOf the new link of a move, when it is to be another than this person's.
 */
export async function saveChange(tx: Transaction, change: Change, evidenceOf?: (move: Move) => Evidence | undefined): Promise<string> {
  const { kind, customer, other, detail, reason, undoes } = change;
  const id = newId();
  const at = await momentOf(tx);
  const byPerson: Evidence = { reason: 'person', evidence: { change: id, by: tx.actor.name, reason } };
  await moveRecords(tx, detail.moves, at.text, (move) => evidenceOf?.(move) ?? byPerson);
  for (const redirect of detail.redirects) {
    await sql`update customer set merged_into = ${redirect.after}, changed_at = ${at.text} where id = ${redirect.customer}`.execute(tx);
  }
  await rebuildCustomers(tx, [...new Set(detail.moves.flatMap(({ from, to }) => [from, to]))], at.text);
  const actor = { kind: tx.actor.kind, id: tx.actor.id, name: tx.actor.name };
  await sql`
    insert into identity_change (id, kind, customer_id, other_id, records, actor, reason, detail, changed_at, undoes)
    values (${id}, ${kind}, ${customer}, ${other}, ${detail.moves.map(({ record }) => record)}::uuid[], ${JSON.stringify(actor)}, ${reason},
            ${JSON.stringify(detail)}, ${at.text}, ${undoes ?? null})`.execute(tx);
  await noteIdentity(
    tx,
    detail.moves.map(({ record }) => record),
  );
  return id;
}

export interface Evidence {
  reason: string;
  evidence: Record<string, unknown>;
}

async function moveRecords(tx: Transaction, moves: readonly Move[], at: string, evidenceOf: (move: Move) => Evidence): Promise<void> {
  if (moves.length === 0) return;
  const { numAffectedRows } = await sql`
    update link l set valid_to = ${at}
      from unnest(${moves.map(({ record }) => record)}::uuid[], ${moves.map(({ from }) => from)}::uuid[]) as move(record, customer)
     where l.record_id = move.record and l.customer_id = move.customer and l.valid_to is null`.execute(tx);
  if (Number(numAffectedRows) !== moves.length) {
    throw conflict('customer', {
      es: 'Mientras tanto, algún registro ha pasado a otro cliente. No se ha cambiado nada. Vuelve a abrir la ficha y revisa sus registros.',
      en: 'Meanwhile one of the records went to another customer. Nothing was changed. Open the profile again and look at its records.',
    });
  }
  const links = moves.map((move) => ({ id: newId(), record_id: move.record, customer_id: move.to, ...evidenceOf(move), valid_from: at }));
  await sql`
    insert into link (id, record_id, customer_id, reason, evidence, valid_from)
    select id, record_id, customer_id, reason, evidence, valid_from
      from jsonb_to_recordset(${JSON.stringify(links)}::jsonb)
           as l(id uuid, record_id uuid, customer_id uuid, reason text, evidence jsonb, valid_from timestamptz)`.execute(tx);
}
