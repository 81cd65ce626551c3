// Everybody's purchases, from the warehouse into the thread that reads them.
import { startThread, type Thread } from '@vinculo/threads';
import type { Warehouse } from '@vinculo/warehouse';
import { COMPLAINT_WORDS, CONTACTS_QUERY } from './contact-days.ts';
import { ORDERS_QUERY } from './history-table.ts';
import type { LifeCycleThread } from './life-cycle.worker.ts';
import { purchaseDays } from './purchase-days.ts';

/** The day it is all about, and what the orders name by their place. */
export interface Histories {
  thread: Thread<LifeCycleThread>;
  /** Day since 1970-01-01 everything is about; undefined without purchases. */
  asOf: number | undefined;
  sources: string[];
  channels: string[];
}

/** A place is one byte, and 0 is none of them. */
const MOST_NAMES = 250;

/**
 * Reads orders, contacts, and (for a scoring) what held before into a thread. The caller ends it.
 */
export async function readHistories(
  warehouse: Warehouse,
  { at, timeZone, signal, former = false }: { at: Date; timeZone: string; signal: AbortSignal; former?: boolean },
): Promise<Histories> {
  const until = at.toISOString().slice(0, 19).replace('T', ' ');
  const days = await purchaseDays(warehouse, { at, timeZone, signal });
  const [named] = await warehouse.rows<Pick<Histories, 'sources' | 'channels'>>(
    `select (select groupUniqArray(${MOST_NAMES})(toString(source)) from customer_order) as sources,
            (select arraySlice(arrayMap(x -> x.1, arrayReverseSort(x -> x.2, groupArray((channel, n)))), 1, ${MOST_NAMES})
               from (select channel, count() as n from customer_order where channel != '' group by channel)) as channels`,
    {},
    { signal },
  );
  const { sources = [], channels = [] } = named ?? {};
  const thread = startThread<LifeCycleThread>(new URL('./life-cycle.worker.ts', import.meta.url), signal, () => {});
  if (!days) return { thread, asOf: undefined, sources, channels };
  try {
    const feed = async (
      method: 'addOrders' | 'addContacts' | 'addFormer',
      format: string,
      sql: string,
      params: Record<string, unknown>,
    ) => {
      await warehouse.scratch(async (path) => {
        await warehouse.toFile(path, sql, params, { format, signal });
        await thread.call(method, path);
      });
    };
    await feed('addOrders', 'Native', ORDERS_QUERY, { timeZone, until, ...placed('source', sources), ...placed('channel', channels) });
    await feed('addContacts', 'RowBinary', CONTACTS_QUERY, { timeZone, until, complaints: COMPLAINT_WORDS });
    if (former) await feed('addFormer', 'RowBinary', FORMER_QUERY, {});
    return { thread, asOf: days.asOf, sources, channels };
  } catch (error) {
    await thread.end();
    throw error;
  }
}

/** Names and their places, from 1; never none, and what has no name has no place. */
const placed = (what: 'source' | 'channel', names: readonly string[]) => ({
  [`${what}s`]: [...names, ''],
  [`${what}Places`]: [...names.map((_, i) => i + 1), 0],
});

/** Places as in STAGES of @vinculo/value. */
const FORMER_QUERY = `
  select customer_id, toUInt8(indexOf(['prospect', 'new', 'active', 'growing', 'at_risk', 'inactive', 'lost', 'won_back'], toString(stage)) - 1), toUInt16(stage_since)
    from customer_life_cycle where stage != 'prospect' order by customer_id`;
