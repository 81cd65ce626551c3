import { type FactTold, tellFacts } from '@vinculo/customer-file';
import type { Context } from '@vinculo/http';
import { SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';

const OF_ORDERS: ReadonlySet<FactTold> = new Set(['purchase', 'redemption']);

/**
 * Tells those who follow of the facts written since the last time: once for many rounds, so that they are not asked to look a dozen
 * times a second.
 */
export async function tellUntold({ store }: Pick<Context, 'store'>): Promise<void> {
  const { rows: waiting } = await sql<{ waiting: boolean }>`
    select cardinality(untold) > 0 as waiting from event_loader`.execute(store.db);
  if (!waiting[0]!.waiting) return;
  await store.transaction(SYSTEM, async (tx) => {
    const { rows } = await sql<{ untold: string[]; bought: string[]; kinds: FactTold[] }>`
      select untold, bought, kinds from event_loader for update`.execute(tx);
    const { untold, bought, kinds } = rows[0]!;
    await sql`update event_loader set untold = '{}', bought = '{}', kinds = '{}'`.execute(tx);
    // Most who visit buy nothing: they are not looked at again as if they had.
    const buyers = new Set(bought);
    const visitors = untold.filter((record) => !buyers.has(record));
    await tellFacts(
      tx,
      visitors,
      kinds.filter((kind) => !OF_ORDERS.has(kind)),
    );
    await tellFacts(tx, bought, kinds);
  });
}
