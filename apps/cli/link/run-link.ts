import { performance } from 'node:perf_hooks';
import {
  chooseThreshold,
  cluster,
  type Clusters,
  type Edges,
  estimateClusters,
  evaluate,
  explainPair,
  type Model,
  type Progress,
  proposeWithReasons,
  type Settings,
  type Table,
  train,
} from '@vinculo/matching';
import { linkageThreads } from '@vinculo/matching/parallel';
import { aloneReport } from './alone-report.ts';
import { blockingReport } from './blocking-report.ts';
import { canonicalOrder } from './canonical-order.ts';
import { LinkError } from './link-error.ts';
import type { ColumnReport, LinkProgress, LinkReport, LinkTask, Phase } from './link-task.ts';
import { openInput, type OpenInput } from './open-input.ts';
import { originsOf } from './prepared-columns.ts';
import { readRecords, type Records } from './read-records.ts';
import { type Truth, truthIn, truthOfColumn, truthOfFile } from './read-truth.ts';
import { peakMegabytes } from './peak-megabytes.ts';
import { readSettings, saveSettings } from './settings-file.ts';
import { writeClusters } from './write-clusters.ts';

/** From files to clusters: reads, proposes or takes settings, learns, compares, joins, writes, and says what it did. */
export async function runLink(task: LinkTask, language: 'es' | 'en', tell: (progress: LinkProgress) => void): Promise<LinkReport> {
  const began = performance.now();
  const seconds = { read: 0, propose: 0, train: 0, predict: 0, cluster: 0, write: 0, total: 0 };
  const timed = async <T>(phase: Phase, work: () => T | Promise<T>): Promise<T> => {
    tell({ phase, done: 0, total: 0 });
    const start = performance.now();
    const result = await work();
    seconds[phase] += (performance.now() - start) / 1e3;
    return result;
  };
  const onProgress = ({ phase, done, total }: Progress) => {
    if (phase === 'train' || phase === 'predict' || phase === 'cluster') tell({ phase, done, total });
  };

  // They get ready while the files are read.
  const threads = linkageThreads();
  const { records, truth } = await timed('read', () => readAll(task, tell));
  const { ids } = records;
  if (records.table.rows < 2) {
    await timed('write', () => writeClusters(task.draft, task.out, ids, Uint32Array.of(0), () => undefined));
    await threads.close();
    seconds.total = (performance.now() - began) / 1e3;
    return aloneReport(task, records, seconds);
  }
  const { table, positionOf } = canonicalOrder(records.table);
  const proposal = await timed('propose', () => settingsOf(task, table, language));
  const { settings } = proposal;
  if (task.saveSettings) await saveSettings(task.saveSettings, settings);
  const pair = task.explain?.map((id) => positionOf[rowOf(id, records)]!);
  const model = await timed('train', async () => {
    await threads.prepare(table, settings, { handOver: true });
    return train(table, settings, { onProgress });
  });
  const edges = await timed('predict', () => threads.predict(table, model, { onProgress }));
  const { clusters, expected } = await timed('cluster', () => {
    const { threshold } = chooseThreshold(edges, model);
    const clusters = cluster(table, edges, model, { threshold, onProgress });
    return { clusters, expected: estimateClusters(edges, clusters, model) };
  });
  const labels = positionOf.map((position) => clusters.cluster[position]!);
  await timed('write', () => writeClusters(task.draft, task.out, ids, labels, (done) => tell({ phase: 'write', done, total: table.rows })));
  await threads.close();
  const shape = shapeOf(labels, clusters.count, (row) => ids.text(row));
  seconds.total = (performance.now() - began) / 1e3;
  return {
    version: 1,
    out: task.out,
    records: table.rows,
    files: records.files,
    id: ids.report,
    columns: columnReports(proposal, records),
    settings: {
      ...(task.settings ? { from: 'file', file: task.settings } : { from: 'proposed' }),
      ...(task.saveSettings ? { savedTo: task.saveSettings } : {}),
    },
    fields: fieldReports(model),
    blocking: blockingReport(table, model, edges),
    training: {
      prior: model.prior,
      converged: model.training.converged,
      sessions: model.training.sessions,
      untrained: model.training.untrained,
    },
    threshold: {
      probability: clusters.threshold,
      chosen: settings.threshold === 'auto' ? 'estimate' : 'settings',
      precision: expected.precision,
      recall: expected.recall,
      missing: expected.missing,
    },
    edges: edgeReport(edges, clusters),
    clusters: shape,
    ...(truth ? { truth: judged(truth, positionOf, edges, clusters) } : {}),
    ...(pair && task.explain
      ? {
          explanation: {
            ids: task.explain,
            together: clusters.cluster[pair[0]!] === clusters.cluster[pair[1]!],
            pair: explainPair(table, model, pair[0]!, pair[1]!),
          },
        }
      : {}),
    seconds,
    peakMegabytes: peakMegabytes(),
  };
}

async function readAll(task: LinkTask, tell: (progress: LinkProgress) => void): Promise<{ records: Records; truth?: Truth }> {
  const inputs: OpenInput[] = [];
  for (const file of task.files) {
    const input = await openInput(file, task.folder, task.header);
    if (task.id !== undefined && !input.columns.includes(task.id)) {
      throw new LinkError('noIdColumn', { file: file.shown, column: task.id, columns: input.columns.join(', ') });
    }
    inputs.push(input);
  }
  const { column, file } = truthIn(task.truth, inputs);
  const total = inputs.reduce((sum, { estimatedRows }) => sum + estimatedRows, 0);
  const records = await readRecords(inputs, { id: task.id, truth: column, onRows: (done) => tell({ phase: 'read', done, total }) });
  if (column !== undefined) {
    const { truth, ...others } = records;
    // Its texts are let go of.
    return { records: others, truth: truthOfColumn(column, truth!) };
  }
  if (file !== undefined) return { records, truth: await truthOfFile(file, records.ids, records.table.rows, task.folder) };
  return { records };
}

interface Proposed {
  settings: Settings;
  columns: { column: string; meaning: string; because: string; filled: number; distinct: number }[];
}

async function settingsOf(task: LinkTask, table: Table, language: 'es' | 'en'): Promise<Proposed> {
  const names = Object.keys(table.columns);
  if (task.settings === undefined) {
    try {
      return proposeWithReasons(table);
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('No column'))
        throw new LinkError('nothingToCompare', { columns: names.join(', ') });
      throw error;
    }
  }
  const settings = await readSettings(task.settings, names, language);
  return { settings, columns: names.map((column) => columnFacts(column, table)) };
}

/** A column of which the settings say all there is to say. */
function columnFacts(column: string, table: Table): Proposed['columns'][number] {
  const { codes, values } = table.columns[column]!;
  const filled = codes.reduce((sum, code) => sum + (code === 0 ? 0 : 1), 0) / Math.max(1, table.rows);
  return { column, meaning: '', because: 'settings', filled, distinct: values.length - 1 };
}

function columnReports({ settings, columns }: Proposed, { notCompared }: Records): ColumnReport[] {
  const originsIn = originsOf(settings);
  const blocks = new Set(settings.blocking.flatMap(({ keys }) => keys.flatMap(({ column }) => column).flatMap(originsIn)));
  return [
    ...columns.map(({ column, meaning, because, filled, distinct }) => ({
      column,
      meaning,
      because,
      filled,
      distinct,
      fields: settings.fields.filter((field) => field.columns.flatMap(originsIn).includes(column)).map(({ name }) => name),
      blocks: blocks.has(column),
    })),
    ...notCompared.map((column) => ({
      column,
      meaning: 'ignore',
      because: 'record-id',
      filled: 1,
      distinct: 0,
      fields: [],
      blocks: false,
    })),
  ];
}

function fieldReports({ settings, fields }: Model): LinkReport['fields'] {
  const originsIn = originsOf(settings);
  return settings.fields.map(({ name, columns, comparison }, f) => ({
    name,
    columns: [...new Set(columns.flatMap(originsIn))],
    comparison,
    levels: fields[f]!.levels.map(({ is, at, m, u }) => ({ is: at === undefined ? is : `${is} ${at}`, m, u, bits: Math.log2(m / u) })),
  }));
}

function edgeReport({ count, probability }: Edges, { refused, threshold }: Clusters): LinkReport['edges'] {
  const reasons: LinkReport['edges']['refused'] = {};
  for (const { reason } of refused) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return { count, taken: probability.reduce((sum, one) => sum + (one >= threshold ? 1 : 0), 0), refused: reasons };
}

const SHOWN_IDS = 5;

function shapeOf(labels: Uint32Array, count: number, idOf: (row: number) => string): LinkReport['clusters'] {
  const size = new Uint32Array(labels.length);
  for (const label of labels) size[label]!++;
  const bySize = new Map<number, number>();
  let largest = 0;
  for (let row = 0; row < size.length; row++) {
    if (size[row] === 0) continue;
    bySize.set(size[row]!, (bySize.get(size[row]!) ?? 0) + 1);
    if (size[row]! > size[largest]!) largest = row;
  }
  const singles = bySize.get(1) ?? 0;
  const members: string[] = [];
  for (let row = 0; row < labels.length && members.length < SHOWN_IDS; row++) if (labels[row] === largest) members.push(idOf(row));
  return {
    count,
    joined: count - singles,
    joinedRecords: labels.length - singles,
    sizes: [...bySize].map(([records, clusters]) => ({ size: records, clusters })).toSorted((a, b) => a.size - b.size),
    largest: { size: size[largest]!, ids: members },
  };
}

function judged(
  { from, name, entity: ofRow, known }: Truth,
  positionOf: Uint32Array,
  edges: Edges,
  clusters: Clusters,
): LinkReport['truth'] {
  const entity = new Uint32Array(ofRow.length);
  positionOf.forEach((position, row) => (entity[position] = ofRow[row]!));
  const { edge } = evaluate(edges, entity, clusters.threshold);
  const { pairwise, bcubed } = evaluate(clusters, entity);
  return { from, name, known, edge, pairwise, bcubed };
}

function rowOf(id: string, { ids }: Records): number {
  const row = ids.find(id);
  if (row < 0) throw new LinkError('explainUnknown', { id, example: ids.text(0) });
  return row;
}
