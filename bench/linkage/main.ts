// Record linkage: accuracy on public data with proposed settings alone, time and memory on generated Spanish households, and Splink
// on the same records. `tsx bench/linkage/main.ts [--quick] [--no-splink]` prints one line a figure and exits 1 if any is short.
// Data: VINCULO_DATA, default ../shared/data. Splink: VINCULO_PYTHON, default python3.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { cluster, evaluate, predict, propose, train } from '@vinculo/matching';
import { dataSetNames, loadDataSet } from './data-sets.ts';
import { generatePeople } from './people.ts';
import { writeCsv, writePeople } from './people-file.ts';
import type { PeopleReport } from './people-run.ts';
import { runSplink, splinkMissing, type SplinkReport } from './splink.ts';

const here = dirname(fileURLToPath(import.meta.url));
const data = process.env.VINCULO_DATA ?? join(here, '..', '..', '..', 'shared', 'data');
const quick = process.argv.includes('--quick');
const threads = Math.min(2, availableParallelism());
const withoutSplink = process.argv.includes('--no-splink') ? 'not asked for' : splinkMissing();
const scratch = mkdtempSync(join(tmpdir(), 'vinculo-linkage-'));
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

function splink(label: string, csv: string, settings: string): void {
  if (withoutSplink !== undefined) return notRun(`${label}, Splink`, withoutSplink);
  let report: SplinkReport;
  try {
    report = runSplink(csv, settings);
  } catch (error) {
    const lines = String((error as { stderr?: string }).stderr ?? error)
      .trim()
      .split('\n');
    return notRun(`${label}, Splink`, `it ended with an error: ${lines.at(-1)}`);
  }
  const { version, seconds, megabytes, at95, best } = report;
  const name = `${label}, Splink ${version}`;
  figure(`${name}: train to clusters`, seconds.total, ' s');
  figure(`${name}: peak memory`, megabytes, ' MB');
  for (const [what, { threshold, edge, pairwise, bcubed }] of [['at', at95] as const, ['best at', best] as const]) {
    figure(`${name}: edge F1 ${what} ${threshold}`, edge, '');
    figure(`${name}: cluster pairwise F1 ${what} ${threshold}`, pairwise, '');
    figure(`${name}: B³ F1 ${what} ${threshold}`, bcubed, '');
  }
}

/** F1 that the proposed settings must reach, of pairs within clusters and B³. The sets without a target are reported as they are. */
const targets: Record<string, number> = { febrl1: 0.998, febrl2: 0.998, febrl3: 0.998 };

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
    const before = process.cpuUsage();
    const model = train(table, settings);
    const edges = predict(table, model);
    const found = cluster(table, edges, model);
    const ended = performance.now();
    const { user, system } = process.cpuUsage(before);
    const { pairwise, bcubed } = evaluate(found, truth);
    const { edge } = evaluate(edges, truth, found.threshold);
    const target = targets[name] === undefined ? undefined : { atLeast: targets[name] };
    figure(`${name}: train to clusters`, (ended - proposed) / 1e3, ' s', name === 'febrl3' ? { atMost: 0.4 } : undefined);
    figure(`${name}: train to clusters, processor time`, (user + system) / 1e6, ' s');
    figure(`${name}: propose`, (proposed - started) / 1e3, ' s');
    figure(`${name}: edge F1`, edge.f1, '');
    figure(`${name}: cluster pairwise F1`, pairwise.f1, '', target);
    figure(`${name}: B³ F1`, bcubed.f1, '', target);
    const csv = join(scratch, `${name}.csv`);
    if (withoutSplink === undefined) writeCsv(csv, { table, truth });
    splink(name, csv, name);
  }
}

type Job = 'tight' | 'loose' | 'proposed';
/** Seconds from training to clusters, and megabytes, of a million records. */
const limits: Record<Job, [seconds: number, megabytes: number] | undefined> = {
  tight: [5, 800],
  loose: [10, 1200],
  proposed: undefined,
};
const titles: Record<Job, string> = { tight: '', loose: ', loose blocking', proposed: ', proposed settings' };

function spanishPeople(rows: number): void {
  const label = `${rows.toLocaleString('en')} Spanish records`;
  if (!existsSync(join(data, 'spanish_names'))) return notRun(label, `${join(data, 'spanish_names')} is not there; set VINCULO_DATA`);
  const people = generatePeople(rows, 5, data);
  const csv = join(scratch, 'people.csv');
  writeCsv(csv, people);
  if (rows > 1_000_000) return throughTheCommand(label, csv);
  writePeople(scratch, people);
  for (const job of ['tight', 'loose', 'proposed'] as const) report(`${label}${titles[job]}`, job, rows);
  splink(label, csv, 'spanish');
  splink(`${label}, loose blocking`, csv, 'spanish_loose');
}

function report(label: string, job: Job, rows: number): void {
  const done: PeopleReport = JSON.parse(
    execFileSync(process.execPath, [...process.execArgv, '--expose-gc', join(here, 'people-run.ts'), scratch, job, String(threads)], {
      encoding: 'utf8',
    }),
  );
  // Some costs are the same for a tenth of the records, so time and memory are judged at full size only.
  const [seconds, megabytes] = (rows === 1_000_000 && limits[job]) || [];
  const atMost = (limit: number | undefined) => (limit === undefined ? undefined : { atMost: limit });
  if (job === 'proposed') figure(`${label}: propose`, done.seconds.propose, ' s');
  for (const phase of ['prepare', 'train', 'predict', 'cluster'] as const) figure(`${label}: ${phase}`, done.seconds[phase], ' s');
  figure(`${label}: train to clusters, ${threads} threads`, done.seconds.total, ' s', atMost(seconds));
  figure(`${label}: train to clusters, processor time`, done.processorSeconds, ' s');
  figure(`${label}: pairs looked at`, done.pairs, '');
  figure(`${label}: pairs a second`, done.pairs / done.seconds.predict, '');
  figure(`${label}: interned input in memory`, done.inputMegabytes, ' MB');
  figure(`${label}: peak memory`, done.megabytes, ' MB', atMost(megabytes));
  figure(`${label}: edge F1`, done.edge, '');
  figure(`${label}: cluster pairwise F1`, done.pairwise, '', { atLeast: 0.985 });
  figure(`${label}: B³ F1`, done.bcubed, '', { atLeast: 0.985 });
  if (!done.single) return;
  figure(`${label}: one pair explained`, done.single.explainMicroseconds / 1e3, ' ms', { atMost: 0.05 });
  figure(`${label}: index for new records`, done.single.indexSeconds, ' s');
  figure(`${label}: index for new records, memory`, done.single.indexMegabytes, ' MB');
  figure(`${label}: one new record looked up, median`, done.single.lookupMedian, ' ms');
  figure(`${label}: one new record looked up, p99`, done.single.lookupP99, ' ms', { atMost: 5 });
  figure(`${label}: one new record linked, median`, done.single.newRecordMedian, ' ms');
  figure(`${label}: one new record linked, p99`, done.single.newRecordP99, ' ms', { atMost: 5 });
}

/** From a CSV to the file of clusters, with nothing told about the columns. */
function throughTheCommand(label: string, csv: string): void {
  const command = join(here, '..', '..', 'node_modules', '.bin', 'vinculo');
  const out = join(scratch, 'clusters.csv');
  const done = JSON.parse(
    execFileSync(command, ['link', csv, '--out', out, '--id', 'unique_id', '--truth', 'entity', '--json', '--quiet'], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    }),
  ) as {
    seconds: Record<string, number>;
    peakMegabytes: number;
    truth: Record<'edge' | 'pairwise' | 'bcubed', { f1: number }>;
  };
  for (const [phase, seconds] of Object.entries(done.seconds)) {
    figure(`${label}, vinculo link: ${phase}`, seconds, ' s', phase === 'total' ? { atMost: 60 } : undefined);
  }
  figure(`${label}, vinculo link: peak memory`, done.peakMegabytes, ' MB', { atMost: 4000 });
  figure(`${label}, vinculo link: edge F1`, done.truth.edge.f1, '');
  figure(`${label}, vinculo link: cluster pairwise F1`, done.truth.pairwise.f1, '');
  figure(`${label}, vinculo link: B³ F1`, done.truth.bcubed.f1, '');
}

try {
  publicSets();
  for (const rows of quick ? [100_000] : [100_000, 1_000_000, 5_000_000]) spanishPeople(rows);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = short > 0 ? 1 : 0;
