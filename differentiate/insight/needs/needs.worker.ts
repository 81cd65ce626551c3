// The thread that finds groups of needs, and says of each customer which one is theirs.
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { assignGroups, type GroupModel } from '@vinculo/value';
import { serveThread, tellProgress } from '@vinculo/threads';
import { rowWriter } from '../life-cycle/row-writer.ts';
import { eachBlock, readRows, scaledTable } from './features.ts';
import { type Learned, learnGroups } from './learn-groups.ts';
import type { NeedsPlan } from './plan.ts';
import { uuidBytes } from './uuid-bytes.ts';

const methods = {
  /** @param path the answer to the query of features. */
  learn: (path: string, plan: NeedsPlan, count: number | null): Learned | undefined =>
    learnGroups(plan, readRows(plan, path), { count, onProgress: (done, total) => tellProgress({ done, total }) }),
  /** Reads the answer to the query of features, and writes rows of customer_needs in RowBinary into a new file. */
  assign(task: { plan: NeedsPlan; model: GroupModel; ids: string[]; now: number }, { from, to }: { from: string; to: string }): void {
    const ids = task.ids.map(uuidBytes);
    const assigned = openSync(to, 'wx', 0o600);
    try {
      eachBlock(task.plan, from, (read) => {
        const { groups, fit } = assignGroups(task.model, scaledTable(task.plan, read.values));
        const writer = rowWriter();
        for (let i = 0; i < read.rows; i++) {
          writer.bytes(read.ids, i * 16, 16);
          writer.bytes(ids[groups[i]!]!, 0, 16);
          writer.float32(fit[i]!);
          writer.uint32(task.now);
        }
        writeFileSync(assigned, writer.take());
      });
    } finally {
      closeSync(assigned);
    }
  },
};

export type NeedsThread = typeof methods;

serveThread(methods);
