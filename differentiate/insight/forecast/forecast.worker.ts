// The thread that learns how customers buy and says what each will.
import { serveThread } from '@vinculo/threads';
import { nativeBlock, nativeEnum } from '../scores/native.ts';
import { type Computed, computeForecast, type Forecasts, type ForecastTask, type Refused } from './compute-forecast.ts';
import { type CustomerColumns, customerTable } from './customer-table.ts';

let table: ReturnType<typeof customerTable> | undefined;
let columns: CustomerColumns | undefined;
let forecasts: Forecasts | undefined;
let written = 0;
const PIECE = 100_000;

const methods = {
  begin(span: { asOf: number; cut: number }): void {
    table = customerTable(span);
  },
  addOrders: (bytes: Uint8Array) => table!.add(bytes),
  compute(task: ForecastTask): Computed | Refused {
    columns = table!.columns();
    const result = computeForecast(columns, table!.bought(), task);
    if ('refused' in result) return result;
    forecasts = result.forecasts;
    return result.found;
  },
  /** The next rows for the warehouse, in Native; undefined after the last. */
  rows({ model, now }: { model: string; now: number }): Uint8Array | undefined {
    if (!columns || !forecasts || written >= columns.customers) return undefined;
    const from = written;
    written = Math.min(columns.customers, from + PIECE);
    const rows = written - from;
    const exact = (values: Float64Array) => values.subarray(from, written);
    const single = (values: Float64Array) => Float32Array.from(exact(values));
    return nativeBlock(rows, [
      ['customer_id', 'UUID', columns.ids.subarray(from * 16, written * 16)],
      ['model', nativeEnum([model]), new Uint8Array(rows)],
      ['alive', 'Float32', single(forecasts.alive)],
      ['purchases_90', 'Float32', single(forecasts.purchases90)],
      ['purchases_365', 'Float32', single(forecasts.purchases365)],
      ['order_value', 'Float64', exact(forecasts.orderValue)],
      ['lifetime_value', 'Float64', exact(forecasts.lifetime)],
      ['lifetime_low', 'Float64', exact(forecasts.low)],
      ['lifetime_high', 'Float64', exact(forecasts.high)],
      ['computed_at', 'UInt32', new Uint32Array(rows).fill(now)],
      ['spend', 'Float64', exact(forecasts.spend)],
      ['margin_share', 'Float32', single(forecasts.marginShare)],
    ]);
  },
};

export type ForecastThread = typeof methods;

serveThread(methods);
