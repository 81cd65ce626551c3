// The tables rules read purchases from, and how far they lag behind the facts.
import type { Context } from '@vinculo/http';
import { linesFrom, type QuickTables } from './bases.ts';

type Stores = Pick<Context, 'warehouse' | 'settings'>;

/**
 * Puts every purchase line beside its customer and product, in a table beside the one in use, and exchanges the two. Facts of
 * before `since` are now in the quick tables, so that the customers touched by then are read from there again.
 */
export async function gatherLines({ warehouse, settings }: Stores, since: Date, signal?: AbortSignal): Promise<void> {
  const { currency } = await settings.get();
  await warehouse.command('truncate table segment_line_next');
  await warehouse.command(
    `insert into segment_line_next select customer_id, order_id, occurred_at, product_key, category, subcategory, brand, channel, store, quantity, amount
       from (${linesFrom()})`,
    { currency },
    { signal, settings: { join_algorithm: 'hash' } },
  );
  await warehouse.command('exchange tables segment_line and segment_line_next');
  await warehouse.command('truncate table segment_line_next');
  await warehouse.command(`delete from segment_touched where touched_at < {since:DateTime64(6, 'UTC')}`, { since: precise(since) });
}

/** Remembers that these customers have facts which the quick tables do not. */
export async function touch({ warehouse }: Pick<Stores, 'warehouse'>, customers: readonly string[], at: Date): Promise<void> {
  if (customers.length === 0) return;
  await warehouse.insert(
    'segment_touched',
    customers.map((customer_id) => ({ customer_id, touched_at: precise(at) })),
  );
}

/** Whether any customer was touched since the quick tables were made. */
export async function anyTouched({ warehouse }: Pick<Stores, 'warehouse'>): Promise<boolean> {
  return (await warehouse.rows('select 1 from segment_touched limit 1')).length > 0;
}

/** The quick tables that can be relied on: until they were made once, the facts are read. */
export async function quickTables({ warehouse }: Pick<Stores, 'warehouse'>, orders: string | undefined): Promise<QuickTables> {
  const made = async (table: string) => (await warehouse.rows(`select 1 from ${table} limit 1`)).length > 0;
  const quick: QuickTables = {};
  if (!(await made('segment_line'))) return quick;
  quick.line = 'segment_line';
  if (orders && (await made(orders))) quick.order = orders;
  return quick;
}

/** A moment to the microsecond as the warehouse reads it. */
export const precise = (at: Date) => at.toISOString().slice(0, 23).replace('T', ' ');
