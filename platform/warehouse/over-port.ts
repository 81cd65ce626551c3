// The warehouse as a thread sees it: the engine lives in the main thread, statements and rows travel over a port.
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type Caller, owned } from '@vinculo/threads';
import type { QueryOptions, Warehouse } from './warehouse.ts';

/** What a thread can ask of it. Rows and bytes are held whole in memory: for thousands of rows, not for millions. */
export type WarehouseOfThread = Pick<Warehouse, 'rows' | 'command' | 'insert' | 'insertStream'>;

type Settings = QueryOptions['settings'];
type Options = { settings?: Settings; background?: boolean };
type Params = Record<string, unknown> | undefined;

/** What the thread of the engine offers to others. */
export type OfferedWarehouse = {
  rows(sql: string, params: Params, options: Options): Promise<unknown[]>;
  command(sql: string, params: Params, options: Options): Promise<void>;
  insert(table: string, rows: object[], columns: readonly string[] | undefined): Promise<void>;
  insertBytes(into: string, bytes: Uint8Array, format: string, settings: Settings): Promise<void>;
};

/** In the thread of the engine: methods for `answerOver`. */
export function offeredWarehouse(warehouse: Warehouse): OfferedWarehouse {
  return {
    rows: (sql, params, options) => warehouse.rows(sql, params, options),
    command: (sql, params, options) => warehouse.command(sql, params, options),
    insert: (table, rows, columns) => warehouse.insert(table, rows, columns),
    insertBytes: (into, bytes, format, settings) =>
      warehouse.insertStream(into, Readable.from([Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)]), format, settings),
  };
}

/** In another thread. Signals do not reach over the port: what is asked is done. */
export function warehouseOver({ call }: Pick<Caller<OfferedWarehouse>, 'call'>): WarehouseOfThread {
  return {
    rows: async <T>(sql: string, params?: Params, options?: QueryOptions) => (await call('rows', sql, params, whole(options))) as T[],
    command: (sql, params, options) => call('command', sql, params, whole(options)),
    async insert(table, rows, columns) {
      const batches = Array.isArray(rows) ? [rows] : rows;
      for await (const batch of batches) await call('insert', table, batch, columns);
    },
    insertStream: async (into, readable, format, settings) => call('insertBytes', into, owned(await buffer(readable)), format, settings),
  };
}

const whole = ({ settings, background }: QueryOptions = {}): Options => ({ settings, background });
