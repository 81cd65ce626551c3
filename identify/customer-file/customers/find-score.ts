import type { Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { ScoreRow } from './customer-row.ts';

/** What scoring found of a customer; undefined of who has not bought. */
export async function findScore(store: Store, customer: string): Promise<ScoreRow | undefined> {
  const { rows } = await sql<ScoreRow>`
    select s.*, k.channels from customer_score s join channel_set k on k.id = s.channel_set where s.customer_id = ${customer}`.execute(
    store.db,
  );
  return rows[0];
}
