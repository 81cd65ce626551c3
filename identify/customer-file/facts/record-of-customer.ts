import { notFound } from '@vinculo/errors';
import type { Store, Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import { findCustomer } from '../identity/find-customer.ts';

/**
 * The record that a fact told about a customer is kept under: the first that was seen of it, so that it stays with the same person
 * through merges and splits.
 *
 * @throws VIN_CUSTOMER_NOT_FOUND also of a customer without records.
 */
export async function recordOfCustomer(
  store: Store,
  id: string,
  tx: Transaction | Store['db'] = store.db,
): Promise<{ record: string; source: string; customer: string }> {
  const { customer } = await findCustomer(store, id);
  const { rows } = await sql<{ record: string; source: string }>`
    select r.id as record, r.source_id as source from link l join source_record r on r.id = l.record_id
     where l.customer_id = ${customer.id} and l.valid_to is null order by r.first_seen, r.id limit 1`.execute(tx);
  if (!rows[0]) throw notFound('customer', id);
  return { ...rows[0], customer: customer.id };
}
