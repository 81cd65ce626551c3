import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { type CostTable, NO_COSTS } from './cost-table.ts';

/** The cost table in force; version 0 while nobody has stated anything. */
export async function currentCosts(db: Kysely<unknown>): Promise<{ version: number; table: CostTable }> {
  const { rows } = await sql<{ version: number; content: CostTable }>`
    select version, content from cost_version order by version desc limit 1`.execute(db);
  return rows[0] ? { version: rows[0].version, table: rows[0].content } : { version: 0, table: NO_COSTS };
}
