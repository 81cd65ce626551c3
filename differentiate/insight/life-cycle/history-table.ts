// The purchases of everybody, as the warehouse streams them in the order of customer and time: per customer a stretch of visits.
import { type NativeColumn, readNative } from '../scores/native.ts';
import { grown } from '../scores/grown.ts';
import { growingList } from './growing-list.ts';

const ID = 16;
/** Channels beyond these are one: a bit each. */
const MOST_CHANNELS = 31;

/** What the thread is given of each order, customers together and oldest first. Sources and channels are places in the lists given. */
export const ORDERS_QUERY = `
  select customer_id, toUInt16(toDate(occurred_at, {timeZone:String})), toFloat32(amount), toFloat32(returned), toFloat32(saved), toFloat32(listed),
         toFloat32(ifNull(toFloat64(margin), nan)), toUInt16(least(lines, 65535)),
         cast(transform(channel, {channels:Array(String)}, {channelPlaces:Array(UInt8)}, toUInt8(0)), 'UInt8'),
         cast(transform(source, {sources:Array(String)}, {sourcePlaces:Array(UInt8)}, toUInt8(0)), 'UInt8')
    from customer_order
   where occurred_at < {until:DateTime('UTC')}
   order by customer_id, occurred_at`;

export type HistoryTable = ReturnType<typeof historyTable>;

/**
 * Visits of everybody: the orders of one day are one visit, and an order is what brought something, as it is for cohorts, lists and
 * boards. What was only brought back or given away belongs to the visit before it; who has nothing else has no visits.
 */
export function historyTable(onOrder: (order: OrderRow) => void) {
  const ids = growingList(Uint8Array, ID * 1024);
  const first = growingList(Uint32Array);
  const source = growingList(Uint8Array);
  const channel = growingList(Uint8Array);
  let visits = emptyVisits(1024);
  let count = 0;
  const order: OrderRow = { customer: -1, isFirst: false, day: 0, amount: 0, margin: 0, source: 0, channel: 0 };
  /** A return that came before any purchase. */
  let owed = 0;
  const lastId = new Uint32Array(4);

  const add = (rows: number, columns: NativeColumn[]) => {
    const [rowIds, days, amounts, returned, saved, listed, margins, lines, channels, sources] = columns as OrderColumns;
    const words = new Uint32Array(rowIds.buffer);
    for (let row = 0; row < rows; row++) {
      order.isFirst = !isLast(words, row * 4);
      if (order.isFirst) {
        begin(rowIds, words, row);
        source.push(0);
        channel.push(0);
      }
      order.customer = first.length - 1;
      order.day = days[row]!;
      order.amount = amounts[row]!;
      order.margin = margins[row]!;
      order.channel = channels[row]!;
      order.source = sources[row]!;
      onOrder(order);

      const { day, amount } = order;
      const from = first.values[order.customer]!;
      const last = count - 1;
      if (amount <= 0) {
        if (last < from) owed += amount;
        else {
          visits.money[last]! += amount;
          visits.returned[last]! += returned[row]!;
        }
        continue;
      }
      const bit = 1 << Math.min(order.channel, MOST_CHANNELS - 1);
      if (last >= from && visits.days[last] === day) {
        visits.money[last]! += amount;
        visits.returned[last]! += returned[row]!;
        visits.saved[last]! += saved[row]!;
        visits.listed[last]! += listed[row]!;
        visits.lines[last] = Math.min(65_535, visits.lines[last]! + lines[row]!);
        visits.channels[last] = (visits.channels[last]! | bit) >>> 0;
        continue;
      }
      if (last < from) {
        source.values[order.customer] = order.source;
        channel.values[order.customer] = order.channel;
      }
      if (count === visits.days.length) visits = grown(visits, emptyVisits(visits.days.length * 2));
      visits.days[count] = day;
      visits.money[count] = amount + owed;
      visits.returned[count] = returned[row]! - owed;
      visits.saved[count] = saved[row]!;
      visits.listed[count] = listed[row]!;
      visits.lines[count] = lines[row]!;
      visits.channels[count] = bit;
      count++;
      owed = 0;
    }
  };

  /** Whether it is the id of the customer read last, word by word. */
  function isLast(words: Uint32Array, at: number): boolean {
    if (first.length === 0) return false;
    return lastId[0] === words[at] && lastId[1] === words[at + 1] && lastId[2] === words[at + 2] && lastId[3] === words[at + 3];
  }

  function begin(rowIds: Uint8Array, words: Uint32Array, row: number): void {
    const customers = first.length;
    if (customers > 0 && compareIds(ids.values, (customers - 1) * ID, rowIds, row * ID) > 0)
      throw new Error('Orders must come in the order of their customers.');
    ids.append(rowIds, row * ID, ID);
    for (let word = 0; word < 4; word++) lastId[word] = words[row * 4 + word]!;
    first.push(count);
    owed = 0;
  }

  return {
    /** @param path the answer to {@link ORDERS_QUERY}, in Native. */
    read: (path: string): void => readNative(path, add),
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
    /** Places in the lists of sources and channels, from 1, of the order of the first visit; 0 unknown. */
    sourceOf: (customer: number) => source.values[customer]!,
    channelOf: (customer: number) => channel.values[customer]!,
  };
}

/** As {@link ORDERS_QUERY} has them. */
type OrderColumns = [
  ids: Uint8Array<ArrayBuffer>,
  days: Uint16Array<ArrayBuffer>,
  amounts: Float32Array<ArrayBuffer>,
  returned: Float32Array<ArrayBuffer>,
  saved: Float32Array<ArrayBuffer>,
  listed: Float32Array<ArrayBuffer>,
  margins: Float32Array<ArrayBuffer>,
  lines: Uint16Array<ArrayBuffer>,
  channels: Uint8Array<ArrayBuffer>,
  sources: Uint8Array<ArrayBuffer>,
];

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
