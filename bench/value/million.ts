// A million customers: fits and forecasts in a process of their own, so that its memory is theirs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bgNbd, random, simulatePurchases } from '@vinculo/value';
import { figure, notRun } from '../harness/figure.ts';
import { writeColumns } from './columns-file.ts';
import { lifetimesMissing, type LifetimesJob, runLifetimes } from './lifetimes.ts';
import type { BenchOptions } from './main.ts';
import type { MillionReport } from './million-run.ts';

const WEEKS = 104;

/** Customers who joined over two years, in whole days; spend as gamma–gamma has it. */
export function simulatedMillion(customers: number) {
  const { x, tx, T } = simulatePurchases({
    model: bgNbd,
    parameters: [0.5, 6, 0.8, 2.5],
    customers,
    watched: (luck) => 1 + (WEEKS - 1) * luck.uniform(),
    grain: 1 / 7,
    seed: 20,
  });
  const luck = random(21);
  const mean = x.map((repeats) => {
    const rate = luck.gamma(3.7) / 15.4;
    return luck.gamma(6.25 * (repeats + 1)) / (rate * (repeats + 1));
  });
  return { x, tx, T, orders: x.map((repeats) => repeats + 1), mean };
}

export function million({ quick, python }: BenchOptions): void {
  const customers = quick ? 100_000 : 1_000_000;
  const label = `${customers.toLocaleString('en')} customers`;
  const { x, tx, T, orders, mean } = simulatedMillion(customers);
  const scratch = mkdtempSync(join(tmpdir(), 'vinculo-value-'));
  const file = join(scratch, 'customers');
  writeColumns(file, [x, tx, T, orders, mean]);
  // Some costs are the same for a tenth of the customers, so time and memory are judged at full size only.
  const judged = (target: number) => (quick ? undefined : target);
  const run = (job: string) =>
    JSON.parse(
      execFileSync(process.execPath, [...process.execArgv, fileURLToPath(new URL('./million-run.ts', import.meta.url)), file, job], {
        encoding: 'utf8',
      }),
    ) as MillionReport;
  const fit = run('bg_nbd');
  figure(`${label}, BG/NBD: rows after merging identical ones`, fit.rows, undefined, '');
  figure(`${label}, BG/NBD: merge`, fit.seconds.merge!, undefined, 's');
  figure(`${label}, BG/NBD: fit, merging included`, fit.seconds.total!, judged(0.5), 's');
  figure(`${label}, BG/NBD: fit, merging included, processor time`, fit.processorSeconds, undefined, 's');
  figure(`${label}, BG/NBD: memory of the fit, input included`, fit.megabytes.more, judged(120), 'MB');
  figure(`${label}, BG/NBD: peak memory of the process`, fit.megabytes.peak, undefined, 'MB');
  figure(`${label}: expected purchases in 52 weeks, of the fitted`, fit.seconds.expected!, judged(0.1), 's');
  figure(`${label}: expected purchases in 52 weeks, processor time`, fit.seconds.expectedProcessor!, undefined, 's');
  figure(`${label}: discounted lifetime purchases with their interval`, fit.seconds.residual!, undefined, 's');
  const spend = run('gamma_gamma');
  figure(`${label}, gamma–gamma: fit`, spend.seconds.total!, judged(0.3), 's');
  figure(`${label}, gamma–gamma: fit, processor time`, spend.processorSeconds, undefined, 's');
  figure(`${label}, gamma–gamma: log-likelihood above that of the parameters it was made with`, spend.above, 0, '', { atLeast: true });
  const pareto = run('pareto_nbd');
  figure(`${label}, Pareto/NBD: fit, merging included`, pareto.seconds.total!, undefined, 's');

  const missing = lifetimesMissing(python);
  const jobs: [LifetimesJob, string][] = [
    ['bg_nbd', 'BG/NBD'],
    ['gamma_gamma', 'gamma–gamma'],
    ['expected', 'expected purchases'],
  ];
  for (const [job, name] of python === undefined ? [] : jobs) {
    if (missing) {
      notRun(`${label}, ${name}, lifetimes`, missing);
      continue;
    }
    try {
      const report = runLifetimes(python!, job, file);
      figure(`${label}, ${name}, lifetimes ${report.version}`, report.seconds, undefined, 's');
      figure(`${label}, ${name}, lifetimes ${report.version}: processor time`, report.processorSeconds, undefined, 's');
      figure(`${label}, ${name}, lifetimes ${report.version}: peak memory of the process`, report.megabytes, undefined, 'MB');
    } catch (error) {
      const said = String((error as { stderr?: string }).stderr ?? error)
        .trim()
        .split('\n');
      notRun(`${label}, ${name}, lifetimes`, `it ended with an error: ${said.at(-1)}`);
    }
  }
  rmSync(scratch, { recursive: true, force: true });
}
