import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { LinkError } from './link-error.ts';
import type { RecordIds } from './record-ids.ts';

const BUFFER_BYTES = 1 << 20;

/**
 * Writes `id,cluster` for every record, in their order. Clusters are numbered from 1 as they first appear. The file takes the
 * place of `out` whole, or not at all.
 */
export function writeClusters(draft: string, out: string, ids: RecordIds, cluster: Uint32Array, onRows?: (rows: number) => void): void {
  try {
    const file = openSync(draft, 'w');
    try {
      writeRows(file, ids, cluster, onRows);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, out);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new LinkError('noSpace', { file: out });
    if (code?.startsWith('E')) throw new LinkError('outAccess', { file: out, reason: message });
    throw error;
  }
}

function writeRows(file: number, ids: RecordIds, cluster: Uint32Array, onRows?: (rows: number) => void): void {
  const numberOf = new Uint32Array(cluster.length);
  const least = ids.longest + 16;
  const buffer = Buffer.allocUnsafe(BUFFER_BYTES + least);
  let clusters = 0;
  let at = buffer.write('id,cluster\n');
  for (let row = 0; row < cluster.length; row++) {
    const lowest = cluster[row]!;
    if (numberOf[lowest] === 0) numberOf[lowest] = ++clusters;
    at = ids.write(row, buffer, at);
    buffer[at++] = 44;
    at = writeNumber(buffer, at, numberOf[lowest]!);
    buffer[at++] = 10;
    if (at < BUFFER_BYTES) continue;
    flush(file, buffer, at);
    at = 0;
    onRows?.(row + 1);
  }
  flush(file, buffer, at);
}

function flush(file: number, buffer: Buffer, length: number): void {
  for (let at = 0; at < length; ) at += writeSync(file, buffer, at, length - at);
}

function writeNumber(buffer: Buffer, at: number, value: number): number {
  let digits = 1;
  for (let n = value; n >= 10; n = Math.floor(n / 10)) digits++;
  for (let n = value, i = at + digits - 1; i >= at; i--, n = Math.floor(n / 10)) buffer[i] = 48 + (n % 10);
  return at + digits;
}
