// Measured alone in its process: links a generated table and reports what it took. Arguments: folder, `tight` or `loose`.
import { performance } from 'node:perf_hooks';
import { buildIndex, cluster, evaluate, explainer, linkNew, parseSettings, personSettings, predict, train } from '@vinculo/matching';
import { readPeople } from './people-file.ts';

export interface PeopleReport {
  rows: number;
  seconds: { train: number; predict: number; cluster: number; total: number };
  /** Of all threads; says more than the clock where other work runs beside. */
  processorSeconds: number;
  pairs: number;
  megabytes: number;
  inputMegabytes: number;
  pairwise: number;
  bcubed: number;
  single?: { explainMicroseconds: number; newRecordP99: number; newRecordMedian: number; indexSeconds: number };
}

const [folder, blocking] = process.argv.slice(2) as [string, string];
const { table, truth } = readPeople(folder);
const inputMegabytes = process.memoryUsage().rss / 1e6;
const settings = personSettings();
if (blocking === 'loose')
  settings.blocking.push({ keys: [{ column: 'birth_date' }] }, { keys: [{ column: 'surname1' }, { column: 'surname2' }] });

const before = process.cpuUsage();
const started = performance.now();
const model = train(table, parseSettings(settings));
const trained = performance.now();
const edges = predict(table, model);
const predicted = performance.now();
const clusters = cluster(table, edges, model);
const ended = performance.now();
const { user, system } = process.cpuUsage(before);
const megabytes = process.resourceUsage().maxRSS / 1e3;
const { pairwise, bcubed } = evaluate(clusters, truth());

const report: PeopleReport = {
  rows: table.rows,
  seconds: {
    train: (trained - started) / 1e3,
    predict: (predicted - trained) / 1e3,
    cluster: (ended - predicted) / 1e3,
    total: (ended - started) / 1e3,
  },
  processorSeconds: (user + system) / 1e6,
  pairs: edges.looked,
  megabytes,
  inputMegabytes,
  pairwise: pairwise.f1,
  bcubed: bcubed.f1,
};
if (blocking === 'tight') report.single = singles();
process.stdout.write(`${JSON.stringify(report)}\n`);

/** One pair explained, and one new record linked, many times over. */
function singles(): PeopleReport['single'] {
  const explain = explainer(table, model);
  const explained = Math.min(20_000, edges.count);
  const beforeExplain = performance.now();
  for (let e = 0; e < explained; e++) explain(edges.a[e]!, edges.b[e]!);
  const explainMicroseconds = ((performance.now() - beforeExplain) / explained) * 1e3;

  const beforeIndex = performance.now();
  const index = buildIndex(table, model, clusters);
  const indexSeconds = (performance.now() - beforeIndex) / 1e3;
  const times: number[] = [];
  // A running server has linked some already.
  for (let k = -500; k < 5000; k++) {
    // A record of somebody known, as another system would send it.
    const row = ((k + 500) * 7919) % table.rows;
    const record = Object.fromEntries(Object.entries(table.columns).map(([name, { codes, values }]) => [name, values[codes[row]!]!]));
    if (k % 3 === 0) record.surname1 = `${record.surname1}x`;
    if (k % 2 === 0) record.phone = '';
    const before = performance.now();
    linkNew(index, record);
    if (k >= 0) times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  return {
    explainMicroseconds,
    indexSeconds,
    newRecordP99: times[Math.floor(times.length * 0.99)]!,
    newRecordMedian: times[times.length >> 1]!,
  };
}
