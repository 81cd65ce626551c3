// The thread that learns how customers buy and says what each will.
import { closeSync, openSync } from 'node:fs';
import { serveThread } from '@vinculo/threads';
import { nativeEnum, writeNative } from '../scores/native.ts';
import { type Computed, computeForecast, type Forecasts, type ForecastTask, type Refused } from './compute-forecast.ts';
import { type CustomerColumns, customerTable } from './customer-table.ts';

let table: ReturnType<typeof customerTable> | undefined;
let columns: CustomerColumns | undefined;
let forecasts: Forecasts | undefined;
/** Rows of a block. */
const BLOCK = 100_000;

const methods = {
  begin(span: { asOf: number; cut: number }): void {
    table = customerTable(span);
  },
  /** @param path the answer to ORDERS_QUERY, in Native. */
  addOrders: (path: string) => table!.read(path),
  compute(task: ForecastTask): Computed | Refused {
    columns = table!.columns();
    const result = computeForecast(columns, table!.bought(), task);
    if ('refused' in result) return result;
    forecasts = result.forecasts;
    return result.found;
  },
  /** What was computed, for the warehouse, as a file in Native. */
  write(path: string, { model, now }: { model: string; now: number }): void {
    const file = openSync(path, 'wx', 0o600);
    try {
      for (let from = 0; from < columns!.customers; from += BLOCK) writeRows(file, columns!, forecasts!, from, model, now);
    } finally {
      closeSync(file);
    }
  },
};

function writeRows(file: number, of: CustomerColumns, found: Forecasts, from: number, model: string, now: number): void {
  const to = Math.min(of.customers, from + BLOCK);
  const rows = to - from;
  const exact = (values: Float64Array) => values.subarray(from, to);
  const single = (values: Float64Array) => Float32Array.from(exact(values));
  writeNative(file, rows, [
    ['customer_id', 'UUID', of.ids.subarray(from * 16, to * 16)],
    ['model', nativeEnum([model]), new Uint8Array(rows)],
    ['alive', 'Float32', single(found.alive)],
    ['purchases_90', 'Float32', single(found.purchases90)],
    ['purchases_365', 'Float32', single(found.purchases365)],
    ['order_value', 'Float64', exact(found.orderValue)],
    ['lifetime_value', 'Float64', exact(found.lifetime)],
    ['lifetime_low', 'Float64', exact(found.low)],
    ['lifetime_high', 'Float64', exact(found.high)],
    ['computed_at', 'UInt32', new Uint32Array(rows).fill(now)],
    ['spend', 'Float64', exact(found.spend)],
    ['margin_share', 'Float32', single(found.marginShare)],
  ]);
}

export type ForecastThread = typeof methods;

serveThread(methods);
