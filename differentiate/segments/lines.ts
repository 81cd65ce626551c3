// The tables rules read purchases from, and how far they lag behind the facts.
import type { Context } from '@vinculo/http';
import type { QuickTables } from './bases.ts';

type Stores = Pick<Context, 'warehouse'>;

/** The quick tables were read at `since`: customers touched before that are read from there again. */
export async function forgetTouched({ warehouse }: Stores, since: Date): Promise<void> {
  // A moment of zero is written as one that the engine does not read back: there, nothing was ever read.
  if (since.getTime() === 0) return;
  await warehouse.command(`delete from segment_touched where touched_at < {since:DateTime64(6, 'UTC')}`, { since: precise(since) });
}

/**
 * When the orders in use were read; without scoring nothing is behind.
 *
 * @param began of the scoring that asked: what is in force may be of a later one, and tells of itself to the second only.
 */
export async function scoredAt({ context, quickAt }: { context: Stores; quickAt?: string | undefined }, began?: Date): Promise<Date> {
  if (!quickAt) return new Date();
  const [row] = await context.warehouse.rows<{ at: string }>(
    `select formatDateTime(at, '%Y-%m-%dT%H:%i:%SZ', 'UTC') as at from (${quickAt})`,
  );
  const at = row ? new Date(row.at) : new Date(0);
  return began && Math.floor(began.getTime() / 1000) * 1000 === at.getTime() ? began : at;
}

/** Remembers that these customers have facts which the quick tables do not. @param touched_at as {@link precise} gives it. */
export async function touch({ warehouse }: Stores, customers: readonly { customer_id: string; touched_at: string }[]): Promise<void> {
  if (customers.length === 0) return;
  await warehouse.insert(
    'segment_touched',
    customers.map(({ customer_id, touched_at }) => ({ customer_id, touched_at })),
  );
}

/** Whether any customer was touched since the quick tables were made. */
export async function anyTouched({ warehouse }: Stores): Promise<boolean> {
  return (await warehouse.rows('select 1 from segment_touched limit 1')).length > 0;
}

/** The quick tables that can be relied on: until they were made once, the facts are read. */
export async function quickTables({ warehouse }: Stores, given: QuickTables = {}): Promise<QuickTables> {
  const made = async (table: string | undefined) =>
    table !== undefined && (await warehouse.rows(`select 1 from ${table} limit 1`)).length > 0;
  const [order, line] = await Promise.all([made(given.order), made(given.line)]);
  return { ...(order ? { order: given.order! } : {}), ...(line ? { line: given.line! } : {}) };
}

/** A moment to the microsecond as the warehouse reads it. */
export const precise = (at: Date) => at.toISOString().slice(0, 23).replace('T', ' ');
