import type { LinkReport, LinkTask } from './link-task.ts';
import { peakMegabytes } from './peak-megabytes.ts';
import type { Records } from './read-records.ts';

/** Of one record there is nothing to compare, to learn or to doubt: it is a cluster of its own. */
export function aloneReport(task: LinkTask, { ids, files, table }: Records, seconds: LinkReport['seconds']): LinkReport {
  const { rows } = table;
  return {
    version: 1,
    out: task.out,
    records: rows,
    files,
    id: ids.report,
    columns: [],
    settings: task.settings ? { from: 'file', file: task.settings } : { from: 'proposed' },
    fields: [],
    blocking: { rules: [], candidates: 0 },
    training: { prior: 0, converged: true, sessions: [], untrained: [] },
    threshold: { probability: 0.5, chosen: task.settings ? 'settings' : 'estimate', precision: 1, recall: 1, missing: 0 },
    edges: { count: 0, taken: 0, refused: {} },
    clusters: { count: rows, joined: 0, joinedRecords: 0, sizes: [{ size: 1, clusters: rows }], largest: { size: 1, ids: [ids.text(0)] } },
    seconds,
    peakMegabytes: peakMegabytes(),
  };
}
