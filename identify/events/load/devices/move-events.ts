// What nobody signed goes to whose the device was when it happened: the rows are written again under that record, and gone from the other.
import type { WarehouseOfThread } from '@vinculo/warehouse';
import type { DeviceState } from './device-states.ts';
import { AT_ONCE, chunks, FEW_ROWS } from './own-devices.ts';
import { spansOf } from './turns.ts';

export interface MovedEvents {
  /** Records that lost or got events. */
  records: string[];
  /** Orders among them. */
  orders: { sourceId: string; orderKey: string }[];
}

/** Rows of `event` under another record than they belong to, with the one they belong to as `owner`. */
const MISPLACED = `
    from (select * from event final
           where record_id in {records:Array(UUID)} and device_id in {devices:Array(UUID)} and anonymous = 1) e
    join (select (arrayJoin(arrayZip({on:Array(UUID)}, {since:Array(Int64)}, {until:Array(Int64)}, {owners:Array(UUID)})) as span).1 as device,
                 span.2 as since, span.3 as until, span.4 as owner) s on s.device = e.device_id
   where toUnixTimestamp64Milli(e.occurred_at) >= s.since and toUnixTimestamp64Milli(e.occurred_at) < s.until and e.record_id != s.owner`;

/**
 * Puts the events of these devices that were written before where they belong now. Whatever was killed in between: doing it again
 * finds what is left to do.
 *
 * @param version of the rows it writes; later than those that are there.
 */
export async function moveEvents(warehouse: WarehouseOfThread, devices: readonly DeviceState[], version: number): Promise<MovedEvents> {
  const moved: MovedEvents = { records: [], orders: [] };
  for (const some of chunks(devices, AT_ONCE)) {
    const spans = some.flatMap(({ id, turns, shared }) =>
      spansOf(shared ? [] : turns).map(({ from, until, record }) => ({ id, from, until, owner: record ?? id })),
    );
    const params = {
      records: [...new Set(some.flatMap(({ id, people }) => [id, ...people.keys()]))],
      devices: some.map(({ id }) => id),
      on: spans.map(({ id }) => id),
      since: spans.map(({ from }) => from),
      until: spans.map(({ until }) => until),
      owners: spans.map(({ owner }) => owner),
    };
    const found = await warehouse.rows<{ was: string; owner: string; source: string; orders: string[] }>(
      `select toString(e.record_id) as was, toString(s.owner) as owner, toString(e.source_id) as source,
              groupUniqArrayIf(e.order_key, e.order_key != '') as orders ${MISPLACED} group by e.record_id, s.owner, e.source_id`,
      params,
      FEW_ROWS,
    );
    if (found.length === 0) continue;
    await warehouse.command(
      `insert into event
       select if(away = 1, e.record_id, s.owner), e.event_id, e.source_id, e.device_id, e.anonymous, e.type, e.name, e.occurred_at,
              e.received_at, e.path, e.referrer, e.campaign, e.products, e.categories, e.value, e.currency, e.order_key, e.search,
              e.properties, {version:UInt64}, arrayJoin([0, 1]) as away ${MISPLACED}`,
      { ...params, version },
      FEW_ROWS,
    );
    for (const { was, owner, source, orders } of found) {
      moved.records.push(was, owner);
      for (const orderKey of orders) moved.orders.push({ sourceId: source, orderKey });
    }
  }
  return moved;
}
