// The end of what arrived: newest first, read from the table that is in that order.
import type { Warehouse } from '@vinculo/warehouse';

export const NOBODY = '00000000-0000-0000-0000-000000000000';

export interface RecentEvent {
  id: string;
  /** Milliseconds since 1970. */
  received: number;
  occurred: number;
  record: string;
  source: string;
  device: string;
  anonymous: number;
  type: string;
  name: string;
  path: string;
  products: string[];
  value: number | null;
  currency: string;
  search: string;
  orderKey: string;
}

/** Where a page ended. */
export interface Place {
  received: number;
  id: string;
}

export interface RecentFilter {
  source?: string | undefined;
  type?: string | undefined;
  name?: string | undefined;
  whose?: 'known' | 'unknown' | undefined;
}

const COLUMNS = `
  toString(event_id) as id, toUnixTimestamp64Milli(received_at) as received, toUnixTimestamp64Milli(occurred_at) as occurred,
  toString(record_id) as record, toString(source_id) as source, toString(device_id) as device, anonymous, type, name, path, products,
  toFloat64(value) as value, currency, search, order_key as orderKey`;

/** A device's own record stands for nobody yet; zero is a visitor who did not agree. */
const IS_KNOWN = `record_id != device_id and record_id != toUUID('${NOBODY}')`;

/**
 * How far back is looked, in milliseconds: a little first, and further only where that was not enough. So a busy shop is asked about
 * seconds, however much it holds, and a quiet one about its whole day.
 */
const LOOKS = [15_000, 300_000, 3_600_000, 86_400_000];
/** Beyond that rows are looked through part by part: to read many parts in their order takes a buffer for each. */
const IN_ORDER_MS = 300_000;

/** The newest of the last day, at most `limit`. */
export async function recentEvents(
  warehouse: Warehouse,
  filter: RecentFilter,
  before: Place | undefined,
  limit: number,
): Promise<RecentEvent[]> {
  const conditions = ["received_at > greatest(now() - interval 1 day, fromUnixTimestamp64Milli({from:Int64}, 'UTC'))"];
  if (filter.source) conditions.push('source_id = {source:UUID}');
  if (filter.type) conditions.push('type = {type:String}');
  if (filter.whose) conditions.push(filter.whose === 'known' ? IS_KNOWN : `not (${IS_KNOWN})`);
  if (filter.name)
    conditions.push(
      `(positionCaseInsensitiveUTF8(name, {name:String}) > 0 or positionCaseInsensitiveUTF8(path, {name:String}) > 0
        or positionCaseInsensitiveUTF8(search, {name:String}) > 0)`,
    );
  if (before)
    conditions.push(
      `received_at <= fromUnixTimestamp64Milli({received:Int64}, 'UTC')`,
      `(received_at, event_id) < (fromUnixTimestamp64Milli({received:Int64}, 'UTC'), {id:UUID})`,
    );
  const asked = { source: filter.source, type: filter.type, name: filter.name, received: before?.received, id: before?.id, limit };
  const until = before?.received ?? Date.now();
  let found: RecentEvent[] = [];
  for (const far of LOOKS) {
    // A row that was written again stands beside the old one until they are merged: the newest is taken.
    found = await warehouse.rows<RecentEvent>(
      `select ${COLUMNS} from event_recent where ${conditions.join(' and ')}
        order by received_at desc, event_id desc, version desc limit 1 by received_at, event_id limit {limit:UInt32}`,
      { ...asked, from: until - far },
      { settings: far > IN_ORDER_MS ? { optimize_read_in_order: 0 } : {} },
    );
    if (found.length === limit) break;
  }
  return found;
}

/** One of them; undefined once it is older than a day. */
export async function recentEvent(warehouse: Warehouse, { received, id }: Place): Promise<RecentEvent | undefined> {
  const rows = await warehouse.rows<RecentEvent>(
    `select ${COLUMNS} from event_recent
      where received_at = fromUnixTimestamp64Milli({received:Int64}, 'UTC') and event_id = {id:UUID} order by version desc limit 1`,
    { received, id },
  );
  return rows[0];
}
