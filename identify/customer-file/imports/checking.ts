import { Readable } from 'node:stream';
import { stat } from 'node:fs/promises';
import { openText, type Sample, splitRecords, type TableFile, THREADS } from '@vinculo/files';
import type { Warehouse } from '@vinculo/warehouse';
import type { RowError } from './row-error.ts';

/** A block of a file made ready for the warehouse. */
export interface ReadyBlock {
  body: Uint8Array<ArrayBuffer>;
  rows: number;
  errors: RowError[];
}

export interface Checked {
  /** Records of the file up to here, the header among them. */
  records: number;
  byte: number;
  read: number;
  rejected: number;
}

/** How the blocks of one kind of file are prepared and where they go. */
export interface Check {
  blockBytes: number;
  prepare(block: { bytes: Uint8Array<ArrayBuffer>; ends: Uint32Array<ArrayBuffer>; firstRecord: number }): Promise<ReadyBlock>;
  insert: { into: string; format: string; settings: Record<string, string | number> };
}

/**
 * Reads a file from where an earlier attempt left it to its end: threads prepare a few blocks ahead while the warehouse takes
 * them in, in order. `saved` is told after each block and stops everything by throwing.
 */
export async function checkFile(
  warehouse: Warehouse,
  importId: string,
  { table, estimatedRows }: Sample,
  from: Checked,
  check: Check,
  saved: (at: Checked, estimatedRows: number) => Promise<void>,
  signal: AbortSignal,
): Promise<Checked> {
  const expect = await expectation(table, estimatedRows);
  const at = { ...from };
  const ahead: { endRecord: number; endByte: number; ready: Promise<ReadyBlock> }[] = [];

  const settle = async () => {
    const { endRecord, endByte, ready } = ahead.shift()!;
    const { body, rows, errors } = await ready;
    if (errors.length > 0) await keepErrors(warehouse, importId, errors);
    if (body.byteLength > 0) {
      const { into, format, settings } = check.insert;
      const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
      await warehouse.insertStream(into, Readable.from([bytes]), format, settings, signal);
    }
    at.records = endRecord;
    at.byte = endByte;
    at.read += rows;
    at.rejected += errors.length;
    await saved(at, expect(at));
  };

  const source = openText(table.path, table.compression, from.byte, signal);
  const quoting = { delimiter: table.delimiter, quote: table.quote };
  const split = splitRecords(source, { ...quoting, blockBytes: check.blockBytes, startByte: from.byte, startRecord: from.records });
  for await (const { bytes, ends, firstRecord, endByte } of split) {
    signal.throwIfAborted();
    // A copy of its own, because a buffer that moves to a thread is gone from here.
    const ready = check.prepare({ bytes: new Uint8Array(bytes), ends, firstRecord });
    ready.catch(() => {});
    ahead.push({ endRecord: firstRecord + ends.length, endByte, ready });
    if (ahead.length > THREADS) await settle();
  }
  while (ahead.length > 0) await settle();
  return at;
}

/** How many rows the whole file will turn out to have, from what has been read of it. */
async function expectation(table: TableFile, estimatedRows: number): Promise<(at: Checked) => number> {
  if (table.compression !== 'none') return (at) => Math.max(estimatedRows, at.read);
  const { size } = await stat(table.path);
  return (at) => (at.byte === 0 ? estimatedRows : Math.max(at.read, Math.round((at.read / at.byte) * size)));
}

/** Rows that never got as far as the warehouse's own check. */
async function keepErrors(warehouse: Warehouse, importId: string, errors: readonly RowError[]): Promise<void> {
  await warehouse.insert(
    'import_error',
    errors.map((error) => ({ import_id: importId, ...error })),
    ['import_id', 'row', 'column', 'value', 'reason', 'raw'],
  );
}
