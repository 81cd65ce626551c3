// Events as rows of the warehouse.
import type { TiedEvent } from './consent/tie-events.ts';

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Times as the warehouse reads them soonest. */
const moment = (at: number): string => new Date(at).toISOString();

/** A row of `event`. @param record under which it is kept, when it is tied. @param version microseconds since 1970. */
export function eventRow({ call, visit, tied, record, device }: TiedEvent, keptUnder: string, version: number): object {
  const { path, referrer, campaign, products, categories, value, currency, order_key, search, properties } = visit!;
  return {
    record_id: tied ? keptUnder : NOBODY,
    event_id: call.id,
    source_id: call.sourceId,
    device_id: (tied && device) || NOBODY,
    anonymous: record === undefined || !tied ? 1 : 0,
    type: call.type,
    name: call.name,
    occurred_at: moment(call.at),
    received_at: moment(call.receivedAt),
    path,
    referrer,
    campaign,
    products,
    categories,
    value,
    currency,
    // What could name somebody goes.
    order_key: tied ? order_key : '',
    search: tied ? search : '',
    properties: tied ? properties : '',
    version,
    gone: 0,
  };
}

/** A row of `identification`. @param device on which it was said. */
export function identificationRow({ call, tied, record }: TiedEvent, device: string | undefined, version: number): object {
  return {
    device_id: (tied && device) || NOBODY,
    call_id: call.id,
    source_id: call.sourceId,
    record_id: (tied && record) || NOBODY,
    type: call.type,
    occurred_at: moment(call.at),
    received_at: moment(call.receivedAt),
    version,
  };
}
