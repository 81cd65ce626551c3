// The thread that learns how customers buy and says what each will.
import { serveThread } from '@vinculo/threads';
import { rowWriter } from '../life-cycle/row-writer.ts';
import { type Computed, computeForecast, type Forecasts, type ForecastTask, type Refused } from './compute-forecast.ts';
import { type CustomerColumns, customerTable } from './customer-table.ts';

const table = customerTable();
let columns: CustomerColumns | undefined;
let forecasts: Forecasts | undefined;
let written = 0;
const PIECE = 50_000;

const methods = {
  addCustomers: (bytes: Uint8Array) => table.add(bytes),
  compute(task: ForecastTask): Computed | Refused {
    columns = table.columns();
    const result = computeForecast(columns, task);
    if ('refused' in result) return result;
    forecasts = result.forecasts;
    return result.found;
  },
  /** The next rows for the warehouse, columns as in ROW_COLUMNS; undefined after the last. */
  rows({ model, now }: { model: string; now: number }): Uint8Array | undefined {
    if (!columns || !forecasts || written >= columns.customers) return undefined;
    const writer = rowWriter();
    const end = Math.min(columns.customers, written + PIECE);
    for (let i = written; i < end; i++) {
      writer.bytes(columns.ids, i * 16, 16);
      writer.ascii(model);
      writer.float32(forecasts.alive[i]!);
      writer.float32(forecasts.purchases90[i]!);
      writer.float32(forecasts.purchases365[i]!);
      for (const name of ['orderValue', 'lifetime', 'low', 'high'] as const) writer.float64(forecasts[name][i]!);
      writer.uint32(now);
      writer.float64(forecasts.spend[i]!);
      writer.float32(forecasts.marginShare[i]!);
    }
    written = end;
    return writer.take();
  },
};

export type ForecastThread = typeof methods;

serveThread(methods);
