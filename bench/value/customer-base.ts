// CDNOW whole: the fits of the anchors, to the digit and in time.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { bgNbd, fitGammaGamma, fitPurchases, histories, mbgNbd, paretoNbd, type PurchaseModel } from '@vinculo/value';
import { figure, notRun, percentile } from '../harness/figure.ts';
import { readCdnow, splitAt } from './cdnow.ts';
import { writeColumns } from './columns-file.ts';
import { lifetimesMissing, runLifetimes } from './lifetimes.ts';
import type { BenchOptions } from './main.ts';

/** Log-likelihoods known for the same customers, and the milliseconds a fit may take. */
const KNOWN = [
  { model: bgNbd, name: 'BG/NBD', logLikelihood: -95_368.444, atMost: 17, theirs: 'bg_nbd' as const },
  { model: mbgNbd, name: 'MBG/NBD', logLikelihood: -95_336.958, atMost: undefined, theirs: undefined },
  { model: paretoNbd, name: 'Pareto/NBD', logLikelihood: -95_415.119, atMost: 150, theirs: 'pareto_nbd' as const },
];

/** As our model wants them: `report.parameters` has them by name. */
const theirParameters = ({ parameters }: PurchaseModel, theirs: Record<string, number>) =>
  Float64Array.from(parameters, (name) => theirs[name]!);

export function customerBase({ data, quick, python }: BenchOptions): void {
  const buyers = readCdnow(data);
  if (!buyers) return notRun('CDNOW', `${join(data, 'cdnow')} is not there; set VINCULO_DATA`);
  const { calibration, meanSpend } = splitAt(buyers, '19970930', '19980630');
  const missing = lifetimesMissing(python);
  const scratch = mkdtempSync(join(tmpdir(), 'vinculo-value-'));
  const file = join(scratch, 'cdnow');
  writeColumns(file, [calibration.x, calibration.tx, calibration.T, calibration.x, meanSpend]);
  const rounds = quick ? 7 : 25;
  for (const { model, name, logLikelihood, atMost, theirs } of KNOWN) {
    const label = `CDNOW, 23,570 customers, ${name}`;
    // Merging identical customers belongs to the fit.
    const first = performance.now();
    const fit = fitPurchases(model, histories(calibration));
    figure(`${label}: first fit of a cold process`, performance.now() - first, undefined, 'ms');
    const busy = process.cpuUsage();
    const times = Array.from({ length: rounds }, () => {
      const began = performance.now();
      fitPurchases(model, histories(calibration));
      return performance.now() - began;
    });
    figure(`${label}: fit, median of ${rounds}`, percentile(times, 50), atMost, 'ms');
    const { user, system } = process.cpuUsage(busy);
    figure(`${label}: fit, processor time`, (user + system) / 1000 / rounds, undefined, 'ms');
    figure(`${label}: log-likelihood below the known one by`, Math.max(0, logLikelihood - fit.logLikelihood), 0.001, '');
    if (theirs === undefined || python === undefined) continue;
    if (missing) notRun(`${label}, lifetimes`, missing);
    else {
      const report = runLifetimes(python, theirs, file);
      figure(`${label}, lifetimes ${report.version}: fit`, report.seconds * 1000, undefined, 'ms');
      figure(`${label}, lifetimes ${report.version}: fit, processor time`, report.processorSeconds * 1000, undefined, 'ms');
      figure(
        `${label}, lifetimes ${report.version}: log-likelihood below ours by`,
        fit.logLikelihood - model.logLikelihood(histories(calibration), theirParameters(model, report.parameters), new Float64Array(4)),
        undefined,
        '',
      );
    }
  }
  const began = performance.now();
  const spend = fitGammaGamma(calibration.x, meanSpend);
  figure('CDNOW, 9,450 repeaters, gamma–gamma: fit', performance.now() - began, undefined, 'ms');
  figure(
    'CDNOW, 9,450 repeaters, gamma–gamma: log-likelihood below the known one by',
    Math.max(0, -40_763.476 - spend.logLikelihood),
    0.001,
    '',
  );
  rmSync(scratch, { recursive: true, force: true });
}
