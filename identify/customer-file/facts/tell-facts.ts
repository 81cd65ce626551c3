import { newId, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import { notePurchases } from './fresh-purchases.ts';

export type FactTold = 'event' | 'purchase' | 'contact' | 'campaign_contact' | 'redemption' | 'consent';

/** More customers than this are not named one by one: whoever listens looks at everybody. */
const MOST_NAMED = 2_000;

/**
 * Tells that these records have new facts, in the transaction that notes they are written: segments look at their customers again,
 * scores follow. Once for many facts, not once for each.
 */
export async function tellFacts(tx: Transaction, records: readonly string[], kinds: readonly FactTold[]): Promise<void> {
  if (records.length === 0) return;
  if (kinds.includes('purchase')) await notePurchases(tx, records);
  const { rows } = await sql<{ id: string }>`
    select distinct customer_id as id from link where record_id = any(${[...new Set(records)]}::uuid[]) and valid_to is null`.execute(tx);
  if (rows.length === 0) return;
  const customers = rows.length > MOST_NAMED ? { many: true } : { customers: rows.map(({ id }) => id) };
  await tx.emit('facts.added', { kind: 'facts', id: newId() }, { kinds: [...new Set(kinds)], ...customers });
}
