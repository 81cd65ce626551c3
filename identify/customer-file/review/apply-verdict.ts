// What a decision changes: it binds every later unification, and where it says other than the file stands, records move now.
import { conflict } from '@vinculo/errors';
import { sql } from 'kysely';
import { newId, type Transaction } from '@vinculo/postgres';
import { decide, lockCustomers, type LockedCustomer, saveChange, withdrawDecisions } from '../identity/identity-change.ts';
import { sideOf } from './sides.ts';

/** What is to be put back when the verdict is taken back, and the records whose customer is another now. */
export interface Effect {
  made: string[];
  withdrawn: string[];
  changeId: string | null;
  /** The customer that holds the first record afterwards. */
  customerId: string;
  moved: string[];
}

export interface PairOfRecords {
  record_a: string;
  record_b: string;
}

/**
 * Puts a verdict about two records into force, within a transaction of changeIdentity. Only the pair itself is decided; whoever
 * else moves does so because the model ties them, and may be judged anew when the model is.
 *
 * @throws VIN_REVIEW_PAIR_CONFLICT when a record is nobody's any more, or a person and a company were said to be one.
 */
export async function applyVerdict(tx: Transaction, pair: PairOfRecords, same: boolean, note: string | null): Promise<Effect> {
  const [a, b] = await ownersOf(tx, pair);
  if (same && a.id !== b.id) return merge(tx, pair, a, b, note);
  if (!same && a.id === b.id) return split(tx, pair, a, note);
  const { record_a, record_b } = pair;
  const withdrawn = await withdrawDecisions(tx, !same, [record_a], [record_b]);
  const made = await decide(tx, same, [[record_a, record_b]], note);
  return { made, withdrawn, changeId: null, customerId: a.id, moved: [] };
}

async function merge(tx: Transaction, pair: PairOfRecords, a: LockedCustomer, b: LockedCustomer, note: string | null): Promise<Effect> {
  if (a.kind !== b.kind) {
    throw conflict('review_pair', {
      es: 'Uno es una persona y el otro una empresa, así que no pueden ser el mismo cliente. No se ha cambiado nada.',
      en: 'One is a person and the other a company, so they cannot be the same customer. Nothing was changed.',
    });
  }
  const [kept, gone] = keeps(a, b) ? [a, b] : [b, a];
  const withdrawn = await withdrawDecisions(tx, false, kept.records, gone.records);
  const made = await decide(tx, true, [[pair.record_a, pair.record_b]], note);
  const changeId = await saveChange(tx, {
    kind: 'merged',
    customer: kept.id,
    other: gone.id,
    reason: note,
    detail: {
      moves: gone.records.map((record) => ({ record, from: gone.id, to: kept.id })),
      redirects: [{ customer: gone.id, before: null, after: kept.id }],
      made,
      withdrawn,
    },
  });
  const data = { kept: kept.id, gone: gone.id, records: gone.records, change: changeId };
  await tx.emit('customer.merged', { kind: 'customer', id: kept.id }, data);
  return { made: [], withdrawn: [], changeId, customerId: kept.id, moved: gone.records };
}

/** The larger customer keeps its id; of two as large, the older. */
export function keeps(a: { id: string; records: readonly unknown[] }, b: { id: string; records: readonly unknown[] }): boolean {
  return a.records.length === b.records.length ? a.id < b.id : a.records.length > b.records.length;
}

async function split(tx: Transaction, pair: PairOfRecords, customer: LockedCustomer, note: string | null): Promise<Effect> {
  const leaving = await sideOf(tx, customer.records, pair);
  const staying = customer.records.filter((record) => !leaving.includes(record));
  const madeId = newId();
  const withdrawn = await withdrawDecisions(tx, true, leaving, staying);
  const made = await decide(tx, false, [[pair.record_a, pair.record_b]], note);
  const changeId = await saveChange(tx, {
    kind: 'split',
    customer: customer.id,
    other: madeId,
    reason: note,
    detail: { moves: leaving.map((record) => ({ record, from: customer.id, to: madeId })), redirects: [], made, withdrawn },
  });
  const data = { kept: customer.id, made: madeId, records: leaving, change: changeId };
  await tx.emit('customer.split', { kind: 'customer', id: customer.id }, data);
  const customerId = leaving.includes(pair.record_a) ? madeId : customer.id;
  return { made: [], withdrawn: [], changeId, customerId, moved: leaving };
}

/** The customers of both records, locked; the same one twice when it is one. */
async function ownersOf(tx: Transaction, { record_a, record_b }: PairOfRecords): Promise<[LockedCustomer, LockedCustomer]> {
  const { rows } = await sql<{ record_id: string; customer_id: string }>`
    select record_id, customer_id from link where record_id in (${record_a}, ${record_b}) and valid_to is null`.execute(tx);
  const locked = await lockCustomers(tx, [...new Set(rows.map((row) => row.customer_id))]);
  const owner = (record: string) => locked.get(rows.find((row) => row.record_id === record)?.customer_id ?? '');
  const [a, b] = [owner(record_a), owner(record_b)];
  // While we waited for the lock a record may have gone elsewhere.
  if (a?.records.includes(record_a) && b?.records.includes(record_b)) return [a, b];
  throw conflict('review_pair', {
    es: 'Mientras tanto, alguna de las dos fichas ha cambiado de cliente. No se ha cambiado nada. Vuelve a mirarlas y decide otra vez.',
    en: 'Meanwhile one of the two records went to another customer. Nothing was changed. Look at them again and decide anew.',
  });
}
