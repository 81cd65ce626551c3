// Record linkage: accuracy on public data with proposed settings alone, time and memory on generated Spanish households.
// `tsx bench/linkage/main.ts [--quick]` prints one line a figure and exits 1 if any is short. Data: VINCULO_DATA, default ../shared/data.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { cluster, evaluate, predict, propose, train } from '@vinculo/matching';
import { dataSetNames, loadDataSet } from './data-sets.ts';
import { generatePeople } from './people.ts';
import { writePeople } from './people-file.ts';
import type { PeopleReport } from './people-run.ts';

const here = dirname(fileURLToPath(import.meta.url));
const data = process.env.VINCULO_DATA ?? join(here, '..', '..', '..', 'shared', 'data');
const quick = process.argv.includes('--quick');
let short = 0;

function figure(name: string, value: number, unit: string, target?: { atMost?: number; atLeast?: number }): void {
  const ok = (target?.atMost === undefined || value <= target.atMost) && (target?.atLeast === undefined || value >= target.atLeast);
  const wanted = target === undefined ? '' : target.atMost === undefined ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`;
  const shown = value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(2) : value.toFixed(4);
  if (!ok) short++;
  console.log(`${name} | ${shown}${unit} | ${wanted} | ${ok ? 'ok' : 'short'}`);
}

function notRun(name: string, why: string): void {
  console.log(`${name} | | | not run: ${why}`);
}

/** F1 that the proposed settings must reach: [pairs within clusters, B³]. The sets without a target are reported as they are. */
const targets: Record<string, [number, number]> = {
  febrl1: [0.998, 0.998],
  febrl2: [0.998, 0.998],
  febrl3: [0.998, 0.998],
};

function publicSets(): void {
  for (const name of dataSetNames) {
    if (!existsSync(join(data, name))) {
      notRun(name, `${join(data, name)} is not there; set VINCULO_DATA`);
      continue;
    }
    const { table, truth } = loadDataSet(name, data);
    const started = performance.now();
    const settings = propose(table);
    const proposed = performance.now();
    const model = train(table, settings);
    const edges = predict(table, model);
    const found = cluster(table, edges, model);
    const ended = performance.now();
    const { pairwise, bcubed } = evaluate(found, truth);
    const { edge } = evaluate(edges, truth, found.threshold);
    const [pairs, mean] = targets[name] ?? [];
    if (name === 'febrl3') figure(`${name}: train to clusters`, (ended - proposed) / 1e3, ' s', { atMost: 0.4 });
    else figure(`${name}: train to clusters`, (ended - proposed) / 1e3, ' s');
    figure(`${name}: propose`, (proposed - started) / 1e3, ' s');
    figure(`${name}: edge F1`, edge.f1, '');
    figure(`${name}: cluster pairwise F1`, pairwise.f1, '', pairs === undefined ? undefined : { atLeast: pairs });
    figure(`${name}: B³ F1`, bcubed.f1, '', mean === undefined ? undefined : { atLeast: mean });
  }
}

function spanishPeople(): void {
  const rows = quick ? 100_000 : 1_000_000;
  // Training takes as long for a tenth of the records, so its time is judged at full size only.
  const within = (seconds: number) => (quick ? undefined : { atMost: seconds });
  const label = `${rows.toLocaleString('en')} Spanish records`;
  if (!existsSync(join(data, 'spanish_names'))) return notRun(label, `${join(data, 'spanish_names')} is not there; set VINCULO_DATA`);
  const folder = mkdtempSync(join(tmpdir(), 'vinculo-linkage-'));
  try {
    writePeople(folder, generatePeople(rows, 5, data));
    const run = (blocking: string): PeopleReport =>
      JSON.parse(
        execFileSync(process.execPath, [...process.execArgv, join(here, 'people-run.ts'), folder, blocking], { encoding: 'utf8' }),
      );
    const tight = run('tight');
    figure(`${label}: pairs looked at`, tight.pairs, '');
    figure(`${label}: train`, tight.seconds.train, ' s');
    figure(`${label}: predict`, tight.seconds.predict, ' s');
    figure(`${label}: cluster`, tight.seconds.cluster, ' s');
    figure(`${label}: train to clusters`, tight.seconds.total, ' s', within(5));
    figure(`${label}: train to clusters, processor time`, tight.processorSeconds, ' s');
    figure(`${label}: interned input in memory`, tight.inputMegabytes, ' MB');
    figure(`${label}: peak memory`, tight.megabytes, ' MB', { atMost: 800 });
    figure(`${label}: cluster pairwise F1`, tight.pairwise, '', { atLeast: 0.985 });
    figure(`${label}: B³ F1`, tight.bcubed, '', { atLeast: 0.985 });
    const { explainMicroseconds, newRecordMedian, newRecordP99, indexSeconds } = tight.single!;
    figure(`${label}: one pair explained`, explainMicroseconds / 1e3, ' ms', { atMost: 0.05 });
    figure(`${label}: index for new records`, indexSeconds, ' s');
    figure(`${label}: one new record linked, median`, newRecordMedian, ' ms');
    figure(`${label}: one new record linked, p99`, newRecordP99, ' ms', { atMost: 5 });
    const loose = run('loose');
    figure(`${label}, loose blocking: pairs looked at`, loose.pairs, '');
    figure(`${label}, loose blocking: train to clusters`, loose.seconds.total, ' s', within(10));
    figure(`${label}, loose blocking: train to clusters, processor time`, loose.processorSeconds, ' s');
    figure(`${label}, loose blocking: peak memory`, loose.megabytes, ' MB', { atMost: 1200 });
    figure(`${label}, loose blocking: cluster pairwise F1`, loose.pairwise, '', { atLeast: 0.985 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

publicSets();
spanishPeople();
process.exitCode = short > 0 ? 1 : 0;
