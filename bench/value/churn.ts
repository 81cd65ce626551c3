// Churn of the Telco customers: what two models say of those they have not seen, five folds, on average over five ways of folding.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import {
  applyCalibration,
  auc,
  brierScore,
  calibrate,
  categoryColumn,
  type Classifier,
  type Column,
  lift,
  numberColumn,
  outOfFold,
  reliability,
  type Table,
  tableOfColumns,
  trainBoosted,
  trainLogistic,
} from '@vinculo/value';
import { figure, notRun } from '../harness/figure.ts';
import { readCsv } from '../linkage/csv.ts';
import type { BenchOptions } from './main.ts';

const NUMBERS = new Set(['tenure', 'MonthlyCharges', 'TotalCharges']);
const MODELS: readonly { name: string; least: number; train: (table: Table, labels: Uint8Array) => Classifier }[] = [
  { name: 'logistic regression', least: 0.8451, train: (table, labels) => trainLogistic(table, labels, { bends: 3 }) },
  { name: 'boosted trees', least: 0.8474, train: (table, labels) => trainBoosted(table, labels) },
];

export function churn({ data, quick }: BenchOptions): void {
  const file = join(data, 'telco-churn', 'WA_Fn-UseC_-Telco-Customer-Churn.csv.gz');
  if (!existsSync(file)) return notRun('Telco churn', `${file} is not there; set VINCULO_DATA`);
  const rows = readCsv(file);
  const { customerID: _, Churn: __, ...features } = rows[0]!;
  const columns = Object.keys(features).map((name): [string, Column] => {
    const words = rows.map((row) => row[name]!);
    return [name, NUMBERS.has(name) ? numberColumn(words.map((word) => (word === '' ? null : Number(word)))) : categoryColumn(words)];
  });
  const table = tableOfColumns(Object.fromEntries(columns));
  const labels = Uint8Array.from(rows, ({ Churn }) => (Churn === 'Yes' ? 1 : 0));
  const seeds = quick ? [1, 2] : [1, 2, 3, 4, 5];
  for (const { name, least, train } of MODELS) {
    const began = performance.now();
    const said = seeds.map((seed) => outOfFold(table, labels, train, { seed }));
    const seconds = (performance.now() - began) / 1000 / (seeds.length * 5);
    const mean = (of: (said: Float64Array) => number) => said.reduce((sum, each) => sum + of(each), 0) / said.length;
    figure(
      `Telco churn, ${name}: AUC out of fold`,
      mean((each) => auc(each, labels)),
      least,
      'AUC',
      { atLeast: true },
    );
    figure(
      `Telco churn, ${name}: Brier score`,
      mean((each) => brierScore(each, labels)),
      0.134,
      'Brier',
    );
    figure(
      `Telco churn, ${name}: lift of the first tenth`,
      mean((each) => lift(each, labels)),
      2.85,
      'times',
      { atLeast: true },
    );
    const gap = (each: Float64Array) =>
      reliability(each, labels).reduce(
        (sum, { rows: n, said: words, happened }) => sum + (n * Math.abs(words - happened)) / labels.length,
        0,
      );
    figure(`Telco churn, ${name}: said and happened apart, by tenths`, 100 * mean(gap), undefined, 'points');
    // Learned on one folding and tried on another: nobody is calibrated by what they did themselves.
    const calibration = calibrate(said[0]!, labels, 'isotonic');
    figure(
      `Telco churn, ${name}: Brier score, calibrated (isotonic)`,
      brierScore(applyCalibration(calibration, said[1]!), labels),
      undefined,
      'Brier',
    );
    figure(`Telco churn, ${name}: one training`, seconds, undefined, 's');
  }
}
