// Everybody's purchases in a line each, as the warehouse streams them: columns of numbers, a million of them in sixty megabytes.

/** Bytes of one row of {@link CUSTOMERS_QUERY} in RowBinary. */
const ROW = 16 + 2 * 3 + 4 * 3 + 8 * 3;

/** What is read of each customer, in the order of their ids. Purchases of one day are one; returns alone are none. */
export const CUSTOMERS_QUERY = `
  select customer_id, toUInt16(min(day)), toUInt16(max(day)), toUInt16(maxIf(day, day <= {cut:UInt16})), toUInt32(count()),
         toUInt32(countIf(day <= {cut:UInt16})), toUInt32(countIf(day > {cut:UInt16})), toFloat64(sum(money)), toFloat64(sum(left)), toFloat64(sum(known))
    from (
      select customer_id, toUInt16(toDate(occurred_at, {timeZone:String})) as day, sum(amount) as money, sum(ifNull(margin, toDecimal64(0, 4))) as left,
             sum(if(isNull(margin), toDecimal64(0, 4), known_revenue)) as known
        from customer_order
       where amount > 0 and occurred_at < {until:DateTime('UTC')} and toUInt16(toDate(occurred_at, {timeZone:String})) <= {asOf:UInt16}
       group by customer_id, day
    )
   group by customer_id order by customer_id`;

export interface CustomerColumns {
  customers: number;
  /** 16 bytes each, as they came. */
  ids: Uint8Array;
  /** Days since 1970. */
  first: Uint16Array;
  last: Uint16Array;
  /** The last day until the cut; 0 where all purchases came after it. */
  lastKnown: Uint16Array;
  purchases: Uint32Array;
  purchasesKnown: Uint32Array;
  purchasesHeldOut: Uint32Array;
  money: Float64Array;
  /** Margin, and the revenue it is of. */
  margin: Float64Array;
  marginOf: Float64Array;
}

/** Collects rows of {@link CUSTOMERS_QUERY}; a row may be cut anywhere. */
export function customerTable() {
  const pieces: Buffer[] = [];
  let size = 0;
  return {
    add(bytes: Uint8Array): void {
      pieces.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      size += bytes.byteLength;
    },
    columns(): CustomerColumns {
      const customers = size / ROW;
      if (!Number.isInteger(customers)) throw new Error(`${size} bytes are not rows of ${ROW}.`);
      const all = Buffer.concat(pieces.splice(0), size);
      const columns: CustomerColumns = {
        customers,
        ids: new Uint8Array(customers * 16),
        first: new Uint16Array(customers),
        last: new Uint16Array(customers),
        lastKnown: new Uint16Array(customers),
        purchases: new Uint32Array(customers),
        purchasesKnown: new Uint32Array(customers),
        purchasesHeldOut: new Uint32Array(customers),
        money: new Float64Array(customers),
        margin: new Float64Array(customers),
        marginOf: new Float64Array(customers),
      };
      const view = new DataView(all.buffer, all.byteOffset, size);
      for (let i = 0, at = 0; i < customers; i++, at += ROW) {
        columns.ids.set(all.subarray(at, at + 16), i * 16);
        columns.first[i] = view.getUint16(at + 16, true);
        columns.last[i] = view.getUint16(at + 18, true);
        columns.lastKnown[i] = view.getUint16(at + 20, true);
        columns.purchases[i] = view.getUint32(at + 22, true);
        columns.purchasesKnown[i] = view.getUint32(at + 26, true);
        columns.purchasesHeldOut[i] = view.getUint32(at + 30, true);
        columns.money[i] = view.getFloat64(at + 34, true);
        columns.margin[i] = view.getFloat64(at + 42, true);
        columns.marginOf[i] = view.getFloat64(at + 50, true);
      }
      size = 0;
      return columns;
    },
  };
}
