// The thread that finds groups of needs, and says of each customer which one is theirs.
import { assignGroups, type GroupModel } from '@vinculo/value';
import { serveThread, tellProgress } from '@vinculo/threads';
import { rowWriter } from '../life-cycle/row-writer.ts';
import { readRows, rowBytes, scaledTable } from './features.ts';
import { type Learned, learnGroups } from './learn-groups.ts';
import type { NeedsPlan } from './plan.ts';
import { uuidBytes } from './uuid-bytes.ts';

let pieces: Uint8Array[] = [];
let size = 0;
const written: Uint8Array[] = [];
/** Customers whose features are at hand at once while they are only assigned. */
const BATCH = 20_000;

function take(): Uint8Array {
  const all = Buffer.concat(pieces, size);
  pieces = [];
  size = 0;
  return all;
}

const methods = {
  add(bytes: Uint8Array): void {
    pieces.push(bytes);
    size += bytes.byteLength;
  },
  learn: (plan: NeedsPlan, count: number | null): Learned | undefined =>
    learnGroups(plan, readRows(plan, take()), { count, onProgress: (done, total) => tellProgress({ done, total }) }),
  /** Adds bytes of rows and assigns those that are whole; `rows` gives them back for the warehouse. */
  assign(task: { plan: NeedsPlan; model: GroupModel; ids: string[]; now: number; last: boolean }, bytes: Uint8Array): void {
    methods.add(bytes);
    const row = rowBytes(task.plan);
    if (!task.last && size < BATCH * row) return;
    const all = take();
    const whole = all.subarray(0, all.byteLength - (all.byteLength % row));
    methods.add(all.subarray(whole.byteLength));
    const read = readRows(task.plan, whole);
    const { groups, fit } = assignGroups(task.model, scaledTable(task.plan, read.values));
    const ids = task.ids.map(uuidBytes);
    const writer = rowWriter();
    for (let i = 0; i < read.rows; i++) {
      writer.bytes(read.ids, i * 16, 16);
      writer.bytes(ids[groups[i]!]!, 0, 16);
      writer.float32(fit[i]!);
      writer.uint32(task.now);
    }
    written.push(writer.take());
  },
  /** The next rows of customer_needs; undefined after the last. */
  rows: (): Uint8Array | undefined => written.shift(),
};

export type NeedsThread = typeof methods;

serveThread(methods);
