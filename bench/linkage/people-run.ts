// Measured alone in its process: links a generated table and reports what it took. Arguments: folder, `tight`, `loose` or `proposed`,
// threads.
import { performance } from 'node:perf_hooks';
import {
  buildIndex,
  cluster,
  evaluate,
  explainer,
  linkNew,
  lookup,
  type Model,
  parseSettings,
  personSettings,
  propose,
  type Settings,
  type Table,
  train,
} from '@vinculo/matching';
import { linkageThreads } from '@vinculo/matching/parallel';
import { readPeople } from './people-file.ts';

export interface PeopleReport {
  rows: number;
  seconds: { propose: number; prepare: number; train: number; predict: number; cluster: number; total: number };
  /** Of all threads, proposal left out; says more than the clock where other work runs beside. */
  processorSeconds: number;
  pairs: number;
  /** Of all threads; of 1,000,000 bytes. */
  megabytes: number;
  inputMegabytes: number;
  edge: number;
  pairwise: number;
  bcubed: number;
  single?: {
    explainMicroseconds: number;
    indexSeconds: number;
    indexMegabytes: number;
    newRecordMedian: number;
    newRecordP99: number;
    lookupMedian: number;
    lookupP99: number;
  };
}

const [folder, blocking, count] = process.argv.slice(2) as [string, 'tight' | 'loose' | 'proposed', string];
// The threads start beside the reading of the file, as they would anywhere.
const threads = linkageThreads({ threads: Number(count) });
const { table, truth } = readPeople(folder);
await threads.ready();
const inputMegabytes = process.memoryUsage().rss / 1e6;

const began = performance.now();
const settings = settingsFor(table);
const proposed = performance.now();
const before = process.cpuUsage();
// As the command does, which wants the table for nothing else.
await threads.prepare(table, settings, { handOver: true });
const prepared = performance.now();
const model = train(table, settings);
const trained = performance.now();
const edges = await threads.predict(table, model);
const predicted = performance.now();
const clusters = cluster(table, edges, model);
const ended = performance.now();
const { user, system } = process.cpuUsage(before);
// The system counts in units of 1024 bytes; a megabyte is a million.
const megabytes = (process.resourceUsage().maxRSS * 1024) / 1e6;
await threads.close();

const { pairwise, bcubed } = evaluate(clusters, truth());
const { edge } = evaluate(edges, truth(), clusters.threshold);
const report: PeopleReport = {
  rows: table.rows,
  seconds: {
    propose: (proposed - began) / 1e3,
    prepare: (prepared - proposed) / 1e3,
    train: (trained - prepared) / 1e3,
    predict: (predicted - trained) / 1e3,
    cluster: (ended - predicted) / 1e3,
    total: (ended - proposed) / 1e3,
  },
  processorSeconds: (user + system) / 1e6,
  pairs: edges.looked,
  megabytes,
  inputMegabytes,
  edge: edge.f1,
  pairwise: pairwise.f1,
  bcubed: bcubed.f1,
};
if (blocking === 'tight') report.single = singles(readPeople(folder).table, model);
process.stdout.write(`${JSON.stringify(report)}\n`);

function settingsFor(people: Table): Settings {
  if (blocking === 'proposed') return propose(people);
  const known = personSettings();
  if (blocking === 'loose')
    known.blocking.push({ keys: [{ column: 'birth_date' }] }, { keys: [{ column: 'surname1' }, { column: 'surname2' }] });
  return parseSettings(known);
}

/** One pair explained, and one new record looked up and linked, many times over. */
function singles(people: Table, learned: Model): PeopleReport['single'] {
  const explain = explainer(people, learned);
  const explained = Math.min(20_000, edges.count);
  const beforeExplain = performance.now();
  for (let e = 0; e < explained; e++) explain(edges.a[e]!, edges.b[e]!);
  const explainMicroseconds = ((performance.now() - beforeExplain) / explained) * 1e3;

  // The index of a server that keeps nothing else of the batch.
  const bare: Table = { rows: people.rows, columns: { ...people.columns } };
  globalThis.gc?.();
  const memoryBefore = memoryInUse();
  const beforeIndex = performance.now();
  const index = buildIndex(bare, learned, clusters);
  const indexSeconds = (performance.now() - beforeIndex) / 1e3;
  globalThis.gc?.();
  const indexMegabytes = memoryInUse() - memoryBefore;
  const linked: number[] = [];
  const looked: number[] = [];
  // A running server has linked some already.
  for (let k = -500; k < 5000; k++) {
    // A record of somebody known, as another system would send it.
    const row = ((k + 500) * 7919) % people.rows;
    const record = Object.fromEntries(Object.entries(people.columns).map(([name, { codes, values }]) => [name, values[codes[row]!]!]));
    if (k % 3 === 0) record.surname1 = `${record.surname1}x`;
    if (k % 2 === 0) record.phone = '';
    const beforeLookup = performance.now();
    lookup(index, record);
    const beforeLink = performance.now();
    linkNew(index, record);
    if (k < 0) continue;
    looked.push(beforeLink - beforeLookup);
    linked.push(performance.now() - beforeLink);
  }
  return {
    explainMicroseconds,
    indexSeconds,
    indexMegabytes,
    newRecordMedian: quantile(linked, 0.5),
    newRecordP99: quantile(linked, 0.99),
    lookupMedian: quantile(looked, 0.5),
    lookupP99: quantile(looked, 0.99),
  };
}

function memoryInUse(): number {
  const { heapUsed, arrayBuffers, external } = process.memoryUsage();
  // Shared memory counts as external, not as array buffers.
  return (heapUsed + Math.max(arrayBuffers, external)) / 1e6;
}

function quantile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * share)]!;
}
