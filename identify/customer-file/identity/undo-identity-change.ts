import type { z } from 'zod';
import { conflict, notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { Actor, Transaction } from '@vinculo/postgres';
import type { IdentityChanged } from '../api/customers.ts';
import {
  type ChangeDetail,
  changeIdentity,
  decide,
  type Evidence,
  lockCustomers,
  type LockedCustomer,
  type Move,
  pairsBetween,
  pairsWithin,
  type Redirect,
  saveChange,
} from './identity-change.ts';
import { publishRecords } from './publish-identity.ts';

interface ChangeRow {
  id: string;
  kind: 'merged' | 'split' | 'undone';
  customer_id: string;
  other_id: string | null;
  actor: { kind: string };
  detail: ChangeDetail;
  undone: boolean;
}

/**
 * Puts a change of identity back: records, links with their former reasons, ids, decisions. An undo can be undone. What a
 * unification did on its own becomes a decision when it is undone, or the next run would do it again.
 *
 * @throws VIN_LINK_NOT_FOUND; VIN_CUSTOMER_CONFLICT when it was undone already or the records have moved on since.
 */
export async function undoIdentityChange(context: Context, actor: Actor, changeId: string): Promise<z.infer<typeof IdentityChanged>> {
  const { changed, records } = await changeIdentity(context.store, actor, (tx) => putBack(tx, changeId));
  await publishRecords(context, records);
  return changed;
}

/** {@link undoIdentityChange} within a transaction of changeIdentity; the caller publishes the records that moved. */
export async function putBack(tx: Transaction, changeId: string): Promise<{ changed: z.infer<typeof IdentityChanged>; records: string[] }> {
  const change = await findChange(tx, changeId);
  const { detail } = change;
  const ids = [change.customer_id, change.other_id, ...detail.moves.flatMap(({ from, to }) => [from, to])].filter((id) => id !== null);
  const locked = await lockCustomers(tx, [...new Set(ids)]);
  checkNothingMoved(detail, locked);

  const moves = detail.moves.map(({ record, from, to }): Move => ({ record, from: to, to: from }));
  const { made, withdrawn } = await turnDecisions(tx, change, locked);
  const redirects = [
    ...detail.redirects.map(({ customer, before, after }) => ({ customer, before: after, after: before })),
    ...emptied(moves, locked),
  ];
  const former = await formerEvidence(tx, moves);
  const id = await saveChange(
    tx,
    {
      kind: 'undone',
      customer: change.customer_id,
      other: change.other_id,
      reason: null,
      undoes: changeId,
      detail: { moves, redirects, made, withdrawn },
    },
    ({ record }) => former.get(record),
  );
  await tx.emit(
    'customer.identity_undone',
    { kind: 'customer', id: change.customer_id },
    { change: id, undoes: changeId, customer: change.customer_id, other: change.other_id, records: moves.map(({ record }) => record) },
  );
  return {
    changed: { changeId: id, customerId: change.customer_id, otherId: change.other_id },
    records: moves.map(({ record }) => record),
  };
}

async function findChange(tx: Transaction, id: string): Promise<ChangeRow> {
  const { rows } = await sql<ChangeRow>`
    select id, kind, customer_id, other_id, actor, detail, exists (select from identity_change u where u.undoes = c.id) as undone
      from identity_change c where id = ${id} for update`.execute(tx);
  const change = rows[0];
  if (!change) throw notFound('link', id);
  if (change.undone) {
    throw conflict('customer', {
      es: 'Este cambio ya se deshizo. No hay nada más que deshacer.',
      en: 'This change has been undone already. There is nothing more to undo.',
    });
  }
  return change;
}

function checkNothingMoved({ moves, redirects }: ChangeDetail, locked: Map<string, LockedCustomer>): void {
  const owners = new Map([...locked.values()].map(({ id, records }) => [id, new Set(records)]));
  const stands =
    moves.every(({ record, to }) => owners.get(to)?.has(record)) &&
    redirects.every(({ customer, after }) => locked.get(customer)?.merged_into === after);
  if (stands) return;
  throw conflict('customer', {
    es: 'Desde entonces, sus registros han vuelto a cambiar de cliente. Deshaz primero el cambio más reciente.',
    en: 'Since then its records have moved on again. Undo the latest change first.',
  });
}

/** Customers that this leaves without records lead to where their last ones go. */
function emptied(moves: readonly Move[], locked: Map<string, LockedCustomer>): Redirect[] {
  return [...new Set(moves.map(({ from }) => from))].flatMap((from) => {
    const leaving = moves.filter((move) => move.from === from);
    const customer = locked.get(from);
    if (!customer || customer.merged_into !== null || customer.records.length > leaving.length) return [];
    return [{ customer: from, before: null, after: leaving[0]!.to }];
  });
}

/** Decisions made go out of force and those withdrawn come back, unless somebody has decided about the pair again. */
async function turnDecisions(
  tx: Transaction,
  { kind, actor, detail }: ChangeRow,
  locked: Map<string, LockedCustomer>,
): Promise<Pick<ChangeDetail, 'made' | 'withdrawn'>> {
  const withdrawn = await sql<{ id: string }>`
    update decision set undone_at = clock_timestamp() where id = any(${detail.made}::uuid[]) and undone_at is null returning id`.execute(
    tx,
  );
  const back = await sql<{ id: string }>`
    update decision d set undone_at = null
     where id = any(${detail.withdrawn}::uuid[])
       and not exists (select from decision o where o.record_a = d.record_a and o.record_b = d.record_b and o.undone_at is null)
    returning id`.execute(tx);
  const made = back.rows.map(({ id }) => id);
  if (actor.kind === 'system') made.push(...(await contradict(tx, kind, detail.moves, locked)));
  return { made, withdrawn: withdrawn.rows.map(({ id }) => id) };
}

/** What people undo of the model's work they decide against: its merges become "different", its splits "the same". */
async function contradict(
  tx: Transaction,
  kind: ChangeRow['kind'],
  moves: readonly Move[],
  locked: Map<string, LockedCustomer>,
): Promise<string[]> {
  const moved = moves.map(({ record }) => record);
  const staying = (id: string) => (locked.get(id)?.records ?? []).filter((record) => !moved.includes(record));
  if (moves.length === 0) return [];
  if (kind === 'merged') return decide(tx, false, pairsBetween(moved, staying(moves[0]!.to)), null);
  const [anchor] = staying(moves[0]!.from);
  return [
    ...(await decide(tx, true, pairsWithin(anchor ? [anchor, ...moved] : moved), null)),
    ...(await decide(tx, false, pairsBetween(moved, staying(moves[0]!.to)), null)),
  ];
}

/** Why each record was last with the customer it returns to. */
async function formerEvidence(tx: Transaction, moves: readonly Move[]): Promise<Map<string, Evidence>> {
  const { rows } = await sql<{ record_id: string } & Evidence>`
    select distinct on (l.record_id) l.record_id, l.reason, l.evidence
      from unnest(${moves.map(({ record }) => record)}::uuid[], ${moves.map(({ to }) => to)}::uuid[]) as move(record, customer)
      join link l on l.record_id = move.record and l.customer_id = move.customer and l.valid_to is not null
     order by l.record_id, l.valid_to desc`.execute(tx);
  return new Map(rows.map(({ record_id, reason, evidence }) => [record_id, { reason, evidence }]));
}
