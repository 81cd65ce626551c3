// Measured alone in its process: fits the columns of a file and reports what it took. Arguments: file, job.
import { performance } from 'node:perf_hooks';
import {
  bgNbd,
  byCustomer,
  fitGammaGamma,
  fitPurchases,
  gammaGammaLogLikelihood,
  histories,
  outlook,
  paretoNbd,
  purchaseCovariance,
  purchasesWithin,
  residualPurchases,
} from '@vinculo/value';
import { readColumns } from './columns-file.ts';

export interface MillionReport {
  seconds: Record<string, number>;
  /** Of the fit. */
  processorSeconds: number;
  rows: number;
  /** Resident: at most, and beyond what the process had before it read anything. */
  megabytes: { peak: number; more: number };
  above: number;
}

const [file, job] = process.argv.slice(2);
// What a process has compiled before the first customer comes is not the fit's.
const warm = histories({ x: [0, 1, 3], tx: [0, 3, 8], T: [9, 9, 10] });
fitPurchases(job === 'pareto_nbd' ? paretoNbd : bgNbd, warm);
const before = process.memoryUsage.rss();
const seconds: Record<string, number> = {};
const report: MillionReport = { seconds, processorSeconds: 0, rows: 0, megabytes: { peak: 0, more: 0 }, above: 0 };
const [x, tx, T, orders, mean] = readColumns(file!, 5) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];

const began = performance.now();
const busy = process.cpuUsage();
const processor = () => {
  const { user, system } = process.cpuUsage(busy);
  return (user + system) / 1e6;
};
if (job === 'gamma_gamma') {
  const fit = fitGammaGamma(orders, mean);
  seconds.total = (performance.now() - began) / 1000;
  report.processorSeconds = processor();
  report.above = fit.logLikelihood - gammaGammaLogLikelihood(orders, mean, { p: 6.25, q: 3.7, gamma: 15.4 });
} else {
  const model = job === 'pareto_nbd' ? paretoNbd : bgNbd;
  const of = histories({ x, tx, T });
  seconds.merge = (performance.now() - began) / 1000;
  const fit = fitPurchases(model, of);
  seconds.total = (performance.now() - began) / 1000;
  report.processorSeconds = processor();
  report.rows = of.rows;
  const peak = process.resourceUsage().maxRSS / 1024;
  report.megabytes = { peak, more: peak - before / 2 ** 20 };
  if (job === 'bg_nbd') {
    const before52 = processor();
    const asked = performance.now();
    const predictor = model.predictor(fit.parameters);
    byCustomer(of, outlook(predictor, of, [purchasesWithin(predictor, 52)]).answers[0]!);
    seconds.expected = (performance.now() - asked) / 1000;
    seconds.expectedProcessor = processor() - before52;
    const valued = performance.now();
    residualPurchases(fit, purchaseCovariance(fit, of), of, { horizon: 156, rate: Math.log(1.1) / 52 });
    seconds.residual = (performance.now() - valued) / 1000;
  }
}
console.log(JSON.stringify(report));
