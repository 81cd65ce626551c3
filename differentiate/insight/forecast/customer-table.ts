// Everybody's purchases in a line each, out of their orders as these go by: columns of numbers, a million of them in sixty megabytes.
import { type NativeColumn, readNative } from '../scores/native.ts';
import { grown } from '../scores/grown.ts';
import { type Bought, boughtSince } from './bought.ts';

/** What is read of each order, customers together and oldest first. Returns alone are no purchase. */
export const ORDERS_QUERY = `
  select customer_id, toUInt16(toDate(occurred_at, {timeZone:String})) as day, toFloat64(amount), ifNull(toFloat64(margin), 0),
         if(isNull(margin), 0, toFloat64(known_revenue))
    from customer_order
   where amount > 0 and occurred_at < {until:DateTime('UTC')} and day <= {asOf:UInt16}
   order by customer_id, occurred_at`;

export interface CustomerColumns {
  customers: number;
  /** 16 bytes each, as they came. */
  ids: Uint8Array<ArrayBuffer>;
  /** Days since 1970. */
  first: Uint16Array;
  last: Uint16Array;
  /** The last day until the cut; 0 where all purchases came after it. */
  lastKnown: Uint16Array;
  /** Days with a purchase. */
  purchases: Uint32Array;
  purchasesKnown: Uint32Array;
  purchasesHeldOut: Uint32Array;
  money: Float64Array;
  /** Margin, and the revenue it is of. */
  margin: Float64Array;
  marginOf: Float64Array;
}

/**
 * Collects the answer to {@link ORDERS_QUERY}, a file in Native.
 *
 * @param asOf Days since 1970: what it is all about; `cut`, the last day known to the models under test.
 */
export function customerTable({ asOf, cut }: { asOf: number; cut: number }) {
  let columns = emptyColumns(1024);
  let customer = -1;
  const bought = boughtSince({ asOf, cut });
  const add = (rows: number, [ids, days, amounts, margins, known]: NativeColumn[]) => {
    const words = new Uint32Array(ids!.buffer);
    for (let i = 0; i < rows; i++) {
      const day = days![i]!;
      const amount = amounts![i]!;
      if (!isCurrent(words, i)) begin(words, i, day);
      const first = columns.first[customer]!;
      if (day !== columns.last[customer]) {
        columns.last[customer] = day;
        columns.purchases[customer]!++;
        if (day <= cut) {
          columns.lastKnown[customer] = day;
          columns.purchasesKnown[customer]!++;
        } else {
          columns.purchasesHeldOut[customer]!++;
          bought.purchase(day, first);
        }
      }
      bought.money(day, first, amount);
      columns.money[customer]! += amount;
      columns.margin[customer]! += margins![i]!;
      columns.marginOf[customer]! += known![i]!;
    }
  };

  function isCurrent(words: Uint32Array, row: number): boolean {
    if (customer < 0) return false;
    const { words: known } = columns;
    const [at, of] = [row * 4, customer * 4];
    return words[at] === known[of] && words[at + 1] === known[of + 1] && words[at + 2] === known[of + 2] && words[at + 3] === known[of + 3];
  }

  function begin(words: Uint32Array, row: number, day: number): void {
    customer++;
    if (customer === columns.first.length) columns = grown(columns, emptyColumns(columns.first.length * 2));
    for (let word = 0; word < 4; word++) columns.words[customer * 4 + word] = words[row * 4 + word]!;
    columns.first[customer] = day;
  }

  return {
    read: (path: string): void => readNative(path, add),
    columns(): CustomerColumns {
      const customers = customer + 1;
      const { words, ...numbers } = columns;
      const cut = Object.fromEntries(Object.entries(numbers).map(([name, column]) => [name, column.subarray(0, customers)]));
      return { ...(cut as typeof numbers), customers, ids: new Uint8Array(words.buffer, 0, customers * 16) };
    },
    bought: (): Bought => bought.sums,
  };
}

const emptyColumns = (room: number) => ({
  /** Of the ids, four each. */
  words: new Uint32Array(room * 4),
  first: new Uint16Array(room),
  last: new Uint16Array(room),
  lastKnown: new Uint16Array(room),
  purchases: new Uint32Array(room),
  purchasesKnown: new Uint32Array(room),
  purchasesHeldOut: new Uint32Array(room),
  money: new Float64Array(room),
  margin: new Float64Array(room),
  marginOf: new Float64Array(room),
});
