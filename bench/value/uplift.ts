// Hillstrom's e-mails: whose visit the women's e-mail changes, told of people the model has not seen, on average over foldings.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { averageEffect, categoryColumn, type Column, numberColumn, qini, tableOfColumns, upliftAt, upliftOutOfFold } from '@vinculo/value';
import { figure, notRun } from '../harness/figure.ts';
import { readCsv } from '../linkage/csv.ts';
import type { BenchOptions } from './main.ts';

const CATEGORIES = new Set(['history_segment', 'zip_code', 'channel']);
const FEATURES = ['recency', 'history', 'mens', 'womens', 'newbie', ...CATEGORIES];

export function uplift({ data, quick }: BenchOptions): void {
  const file = join(data, 'hillstrom', 'hillstrom.csv.gz');
  if (!existsSync(file)) return notRun('Hillstrom uplift', `${file} is not there; set VINCULO_DATA`);
  const rows = readCsv(file).filter(({ segment }) => segment !== 'Mens E-Mail');
  const columns = FEATURES.map((name): [string, Column] => {
    const words = rows.map((row) => row[name]!);
    return [name, CATEGORIES.has(name) ? categoryColumn(words) : numberColumn(words.map(Number))];
  });
  const table = tableOfColumns(Object.fromEntries(columns));
  const visits = Uint8Array.from(rows, ({ visit }) => Number(visit));
  const treated = Uint8Array.from(rows, ({ segment }) => (segment === 'Womens E-Mail' ? 1 : 0));
  figure("Hillstrom, women's e-mail: average effect on visits", averageEffect(treated, visits).effect, 0.0452, 'visits', { atLeast: true });
  const seeds = Array.from({ length: quick ? 4 : 12 }, (_, i) => i + 1);
  for (const method of ['class_transformation', 'two_models'] as const) {
    const said = seeds.map((seed) => upliftOutOfFold(table, treated, visits, { method, seed }));
    const all = said.map((each) => qini(each, treated, visits));
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const name = `Hillstrom, ${method.replace('_', ' ')}`;
    const goal = method === 'class_transformation' ? [0.0659, 0.0781] : [undefined, undefined];
    figure(`${name}: Qini out of fold, mean of ${seeds.length} foldings`, mean(all), goal[0], 'Qini', { atLeast: true });
    figure(`${name}: least of the foldings`, Math.min(...all), undefined, 'Qini');
    figure(`${name}: greatest of the foldings`, Math.max(...all), undefined, 'Qini');
    const third = said.map((each) => upliftAt(each, treated, visits, 0.3).effect);
    figure(`${name}: uplift of the first 30 %`, mean(third), goal[1], 'visits', { atLeast: true });
  }
}
