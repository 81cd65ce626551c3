// The purchases of everybody, as the warehouse streams them in the order of customer and time: per customer a stretch of visits.
import { growingList } from './growing-list.ts';

/** Bytes of one row of {@link ORDERS_QUERY} in RowBinary. */
const ROW = 16 + 2 + 4 * 5 + 2 + 1 + 1;
const ID = 16;
/** Channels beyond these are one: a bit each. */
const MOST_CHANNELS = 31;

/** What the thread is given of each order, customers together and oldest first. Sources and channels are places in the lists given. */
export const ORDERS_QUERY = `
  select customer_id, toUInt16(toDate(occurred_at, {timeZone:String})), toFloat32(amount), toFloat32(returned), toFloat32(saved), toFloat32(listed),
         toFloat32(ifNull(toFloat64(margin), nan)), toUInt16(least(lines, 65535)),
         toUInt8(indexOf({channels:Array(String)}, toString(channel))), toUInt8(indexOf({sources:Array(UUID)}, source_id))
    from customer_order
   where occurred_at < {until:DateTime('UTC')}
   order by customer_id, occurred_at`;

export type HistoryTable = ReturnType<typeof historyTable>;

/**
 * Visits of everybody: the orders of one day are one visit. What came back without a purchase of its own belongs to the visit
 * before it; who has nothing but returns has no visits.
 */
export function historyTable(onOrder: (order: OrderRow) => void) {
  const ids = growingList(Uint8Array, ID * 1024);
  const first = growingList(Uint32Array);
  const source = growingList(Uint8Array);
  const channel = growingList(Uint8Array);
  let visits = emptyVisits(1024);
  let count = 0;
  let rest: Buffer = Buffer.alloc(0);
  const order: OrderRow = { customer: -1, isFirst: false, day: 0, amount: 0, margin: 0, source: 0, channel: 0 };
  /** A return that came before any purchase. */
  let owed = 0;

  function begin(bytes: Buffer, at: number): boolean {
    const customers = first.length;
    if (customers > 0) {
      const order = compareIds(ids.values, (customers - 1) * ID, bytes, at);
      if (order === 0) return false;
      if (order > 0) throw new Error('Orders must come in the order of their customers.');
    }
    ids.append(bytes, at, ID);
    first.push(count);
    source.push(bytes[at + 41]!);
    channel.push(bytes[at + 40]!);
    owed = 0;
    return true;
  }

  function take(bytes: Buffer, at: number): void {
    const begins = begin(bytes, at);
    const customer = first.length - 1;
    const day = bytes.readUInt16LE(at + 16);
    const amount = bytes.readFloatLE(at + 18);
    order.customer = customer;
    order.isFirst = begins;
    order.day = day;
    order.amount = amount;
    order.margin = bytes.readFloatLE(at + 34);
    order.channel = bytes[at + 40]!;
    order.source = bytes[at + 41]!;
    onOrder(order);

    const from = first.values[customer]!;
    const last = count - 1;
    if (amount < 0) {
      if (last < from) owed += amount;
      else {
        visits.money[last]! += amount;
        visits.returned[last]! += bytes.readFloatLE(at + 22);
      }
      return;
    }
    const bit = 1 << Math.min(order.channel, MOST_CHANNELS - 1);
    if (last >= from && visits.days[last] === day) {
      visits.money[last]! += amount;
      visits.returned[last]! += bytes.readFloatLE(at + 22);
      visits.saved[last]! += bytes.readFloatLE(at + 26);
      visits.listed[last]! += bytes.readFloatLE(at + 30);
      visits.lines[last] = Math.min(65_535, visits.lines[last]! + bytes.readUInt16LE(at + 38));
      visits.channels[last] = (visits.channels[last]! | bit) >>> 0;
      return;
    }
    if (count === visits.days.length) visits = widerVisits(visits);
    visits.days[count] = day;
    visits.money[count] = amount + owed;
    visits.returned[count] = bytes.readFloatLE(at + 22) - owed;
    visits.saved[count] = bytes.readFloatLE(at + 26);
    visits.listed[count] = bytes.readFloatLE(at + 30);
    visits.lines[count] = bytes.readUInt16LE(at + 38);
    visits.channels[count] = bit;
    count++;
    owed = 0;
  }

  return {
    /** Rows of {@link ORDERS_QUERY}; a row may be cut anywhere. */
    add(chunk: Uint8Array): void {
      let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      if (rest.length > 0) bytes = Buffer.concat([rest, bytes]);
      let at = 0;
      for (; at + ROW <= bytes.length; at += ROW) take(bytes, at);
      rest = Buffer.from(bytes.subarray(at));
    },
    get customers() {
      return first.length;
    },
    /** Stretch of a customer's visits. */
    from: (customer: number) => first.values[customer]!,
    to: (customer: number) => (customer + 1 < first.length ? first.values[customer + 1]! : count),
    ids: () => ids.values,
    days: () => visits.days,
    money: () => visits.money,
    returned: () => visits.returned,
    saved: () => visits.saved,
    listed: () => visits.listed,
    lines: () => visits.lines,
    channels: () => visits.channels,
    /** Places in the lists of sources and channels, from 1, where the first order was made; 0 unknown. */
    sourceOf: (customer: number) => source.values[customer]!,
    channelOf: (customer: number) => channel.values[customer]!,
  };
}

/** Column by column, as many as there is room for. */
function emptyVisits(room: number) {
  return {
    days: new Uint16Array(room),
    money: new Float64Array(room),
    returned: new Float32Array(room),
    saved: new Float32Array(room),
    listed: new Float32Array(room),
    lines: new Uint16Array(room),
    /** A bit each. */
    channels: new Uint32Array(room),
  };
}

function widerVisits(visits: ReturnType<typeof emptyVisits>): ReturnType<typeof emptyVisits> {
  const wider = emptyVisits(visits.days.length * 2);
  for (const column of Object.keys(visits) as (keyof typeof visits)[]) wider[column].set(visits[column]);
  return wider;
}

/** One order as it goes by. The same object every time. */
export interface OrderRow {
  customer: number;
  isFirst: boolean;
  day: number;
  amount: number;
  /** NaN where no cost is known. */
  margin: number;
  source: number;
  channel: number;
}

/** Ids in the order the warehouse sorts them by: their second half first, each half a number of 64 bits, little end first. */
export function compareIds(a: Uint8Array, i: number, b: Uint8Array, j: number): number {
  for (let half = 8; half >= 0; half -= 8) {
    for (let byte = half + 7; byte >= half; byte--) {
      const difference = a[i + byte]! - b[j + byte]!;
      if (difference !== 0) return difference;
    }
  }
  return 0;
}
