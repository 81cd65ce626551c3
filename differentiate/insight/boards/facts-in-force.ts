import { sql } from 'kysely';
import type { Store } from '@vinculo/postgres';

/** Which facts the boards read: when they were computed, and the last day with a purchase. */
export interface FactsInForce {
  computedAt: string;
  /** Null before the first purchase. */
  asOf: string | null;
}

/** Undefined before the first scoring. */
export async function factsInForce(store: Store): Promise<FactsInForce | undefined> {
  const { rows } = await sql<{ computed_at: Date; as_of: string | null }>`select computed_at, as_of from board_facts`.execute(store.db);
  return rows[0] && { computedAt: rows[0].computed_at.toISOString(), asOf: rows[0].as_of };
}
