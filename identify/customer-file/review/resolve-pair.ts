import { notFound } from '@vinculo/errors';
import { sql } from 'kysely';
import type { Transaction } from '@vinculo/postgres';
import { putBack } from '../identity/undo-identity-change.ts';
import { applyVerdict } from './apply-verdict.ts';
import { getReviewSettings } from './review-settings.ts';
import { type Opinion, type Standing, verdictOf } from './verdict-of-opinions.ts';

export interface LockedPair {
  id: string;
  record_a: string;
  record_b: string;
  state: Standing['state'] | 'gone';
  verdict: 'same' | 'different' | null;
  made: string[];
  withdrawn: string[];
  change_id: string | null;
}

/** @throws VIN_REVIEW_PAIR_NOT_FOUND */
export async function lockPair(tx: Transaction, id: string): Promise<LockedPair> {
  const { rows } = await sql<LockedPair>`
    select id, record_a, record_b, state, verdict, made::text[] as made, withdrawn::text[] as withdrawn, change_id
      from review_pair where id = ${id} for update`.execute(tx);
  if (!rows[0]) throw notFound('review_pair', id);
  return rows[0];
}

export interface Resolved {
  state: Standing['state'];
  changeId: string | null;
  customerId: string | null;
  /** Records whose customer the warehouse is to be told. */
  moved: string[];
}

/**
 * Brings a pair into line with what people say of it now: its state, and what is in force. Within a transaction of changeIdentity.
 *
 * @param given the verdict that needs no second opinion because it was given before; null when somebody has just taken theirs back.
 */
export async function resolvePair(
  tx: Transaction,
  pair: LockedPair,
  note: string | null,
  given: LockedPair['verdict'] = pair.verdict,
): Promise<Resolved> {
  const { rows } = await sql<Opinion>`
    select by_id as by, verdict, settles from review_decision where pair_id = ${pair.id} and undone_at is null order by decided_at, id`.execute(
    tx,
  );
  const { secondOpinion } = await getReviewSettings(tx);
  const { state, verdict } = verdictOf(rows, secondOpinion, given);
  const wanted = verdict === undefined ? pair.verdict : verdict;
  const moved: string[] = [];
  let changeId: string | null = null;
  let customerId: string | null = null;
  let { made, withdrawn, change_id: inForce } = pair;
  if (wanted !== pair.verdict) {
    if (pair.verdict !== null) {
      moved.push(...(await takeBack(tx, pair)));
      [made, withdrawn, inForce] = [[], [], null];
    }
    if (wanted !== null) {
      const effect = await applyVerdict(tx, pair, wanted === 'same', note);
      moved.push(...effect.moved);
      ({ made, withdrawn, changeId, customerId } = effect);
      inForce = changeId;
    }
  }
  await sql`
    update review_pair set state = ${state}, verdict = ${wanted}, made = ${made}::uuid[], withdrawn = ${withdrawn}::uuid[], change_id = ${inForce},
           decided_at = case when ${state} in ('decided', 'disagreed') then clock_timestamp() end
     where id = ${pair.id}`.execute(tx);
  return { state, changeId, customerId, moved: [...new Set(moved)] };
}

/** Puts back what a verdict changed, unless somebody has done so in the customer's own history. */
async function takeBack(tx: Transaction, { change_id, made, withdrawn }: LockedPair): Promise<string[]> {
  if (change_id) {
    const { rows } = await sql<{ undone: boolean }>`
      select exists (select from identity_change where undoes = ${change_id}) as undone`.execute(tx);
    return rows[0]!.undone ? [] : (await putBack(tx, change_id)).records;
  }
  await sql`update decision set undone_at = clock_timestamp() where id = any(${made}::uuid[]) and undone_at is null`.execute(tx);
  await sql`
    update decision d set undone_at = null
     where id = any(${withdrawn}::uuid[])
       and not exists (select from decision o where o.record_a = d.record_a and o.record_b = d.record_b and o.undone_at is null)`.execute(
    tx,
  );
  return [];
}
