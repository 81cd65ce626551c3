// Everybody's purchases, from the warehouse into the thread that reads them.
import { owned, startThread, type Thread } from '@vinculo/threads';
import type { Warehouse } from '@vinculo/warehouse';
import { COMPLAINT_WORDS, CONTACTS_QUERY } from './contact-days.ts';
import { ORDERS_QUERY } from './history-table.ts';
import type { LifeCycleThread } from './life-cycle.worker.ts';

/** Where the file of purchases ends, and what its orders name by their place. */
export interface Histories {
  thread: Thread<LifeCycleThread>;
  /** Day since 1970-01-01 everything is about; undefined without purchases. */
  asOf: number | undefined;
  sources: string[];
  channels: string[];
}

/** A place is one byte, and 0 is none of them. */
const MOST_NAMES = 250;
const DAY_MS = 86_400_000;
/** So many days without any purchase at all are no news, even where every other day has one. */
const QUIET_DAYS = 7;

interface Ends {
  last_day: number;
  longest: number;
  sources: string[];
  channels: string[];
}

/**
 * Reads orders, contacts, and (for a scoring) what held before into a thread. The caller ends it.
 *
 * The day it is all about is today, unless the file of purchases ends earlier than its own longest quiet time explains: then it
 * is its last day. A file loaded a month ago says nothing of that month, and nobody is lost because of it.
 */
export async function readHistories(
  warehouse: Warehouse,
  { at, timeZone, signal, former = false }: { at: Date; timeZone: string; signal: AbortSignal; former?: boolean },
): Promise<Histories> {
  const until = at.toISOString().slice(0, 19).replace('T', ' ');
  const [ends] = await warehouse.rows<Ends>(
    `select toUInt32(ifNull(max(day), 0)) as last_day, toUInt32(ifNull(arrayMax(arrayPopFront(arrayDifference(arraySort(groupArrayIf(day, day > latest - 366))))), 0)) as longest,
            (select groupUniqArray(${MOST_NAMES})(toString(source_id)) from customer_order) as sources,
            (select arraySlice(arrayMap(x -> x.1, arrayReverseSort(x -> x.2, groupArray((channel, n)))), 1, ${MOST_NAMES})
               from (select toString(channel) as channel, count() as n from customer_order where channel != '' group by channel)) as channels
       from (select day, max(day) over () as latest
               from (select distinct toUInt16(toDate(occurred_at, {timeZone:String})) as day from customer_order where occurred_at < {until:DateTime('UTC')} and amount >= 0))`,
    { timeZone, until },
    { signal },
  );
  const { last_day: lastDay = 0, longest = 0, sources = [], channels = [] } = ends ?? {};
  const thread = startThread<LifeCycleThread>(new URL('./life-cycle.worker.ts', import.meta.url), signal, () => {});
  if (lastDay === 0) return { thread, asOf: undefined, sources, channels };
  const today = dayIn(at, timeZone);
  const asOf = today - lastDay > Math.max(QUIET_DAYS, longest) ? lastDay : today;
  try {
    const feed = async (method: 'addOrders' | 'addContacts' | 'addFormer', sql: string, params: Record<string, unknown>) => {
      for await (const bytes of warehouse.bytes(sql, params, { format: 'RowBinary', signal })) await thread.call(method, owned(bytes));
    };
    await feed('addOrders', ORDERS_QUERY, { timeZone, until, sources, channels });
    await feed('addContacts', CONTACTS_QUERY, { timeZone, until, complaints: COMPLAINT_WORDS });
    if (former) await feed('addFormer', FORMER_QUERY, {});
    return { thread, asOf, sources, channels };
  } catch (error) {
    await thread.end();
    throw error;
  }
}

/** Places as in STAGES of @vinculo/value. */
const FORMER_QUERY = `
  select customer_id, toUInt8(indexOf(['prospect', 'new', 'active', 'growing', 'at_risk', 'inactive', 'lost', 'won_back'], toString(stage)) - 1), toUInt16(stage_since)
    from customer_life_cycle where stage != 'prospect' order by customer_id`;

/** The whole days since 1970-01-01 of the date it is at that moment in that time zone. */
export function dayIn(at: Date, timeZone: string): number {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
}

/** 2026-03-01 */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
