import type { Warehouse } from '@vinculo/warehouse';

export interface CustomerSlice {
  /** A condition on customer_id. */
  within: string;
  params: Record<string, unknown>;
}

export const EVERYBODY: CustomerSlice = { within: 'true', params: {} };

/** As many rows as are grouped within the processor's cache, more or less. */
const ROWS = 400_000;
const MOST = 64;
const SAMPLE = 20_000;

/**
 * Cuts the customers into ranges of their ids with about as many rows each. Tables that are sorted by customer_id are then
 * grouped range by range: each reads its own part of the file and keeps little in memory, which is also much quicker.
 */
export async function customerSlices(warehouse: Warehouse): Promise<CustomerSlice[]> {
  const [size] = await warehouse.rows<{ rows: number }>(
    // An order is read for what it brought and for what it took.
    `select 2 * (select count() from customer_order) + (select count() from customer_effort) + (select sum(quantity) from customer_effort where kind = 'fixed') / 4 as rows`,
  );
  const slices = Math.min(MOST, Math.ceil((size?.rows ?? 0) / ROWS));
  if (slices < 2) return [EVERYBODY];
  const [sampled] = await warehouse.rows<{ bounds: string[] }>(
    `select arrayMap(i -> toString(ids[1 + intDiv(i * length(ids), {slices:UInt32})]), range(1, {slices:UInt32})) as bounds
       from (select arraySort(groupArraySample(${SAMPLE})(customer_id)) as ids
               from (select customer_id from customer_order union all select customer_id from customer_effort))`,
    { slices },
  );
  const bounds = [...new Set(sampled?.bounds)];
  return Array.from({ length: bounds.length + 1 }, (_, n) => {
    const conditions = [
      ...(n > 0 ? ['customer_id >= {sliceFrom:UUID}'] : []),
      ...(n < bounds.length ? ['customer_id < {sliceTo:UUID}'] : []),
    ];
    return {
      within: conditions.join(' and '),
      params: { ...(n > 0 ? { sliceFrom: bounds[n - 1] } : {}), ...(n < bounds.length ? { sliceTo: bounds[n] } : {}) },
    };
  });
}
