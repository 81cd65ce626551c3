// Groups of needs: of real shoppers, and how long a million customers take.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import {
  adjustedRand,
  assignGroups,
  categoryColumn,
  type Column,
  describeGroups,
  findGroups,
  numberColumn,
  random,
  type Table,
  tableOfColumns,
} from '@vinculo/value';
import { figure, notRun } from '../harness/figure.ts';
import { readCsv } from '../linkage/csv.ts';
import type { BenchOptions } from './main.ts';

export function groups(options: BenchOptions): void {
  shoppers(options);
  const { table, truth } = planted(options.quick ? 100_000 : 1_000_000, 6, 32);
  const processor = process.cpuUsage();
  const began = performance.now();
  const model = findGroups(table);
  const found = performance.now();
  const { groups: of } = assignGroups(model, table);
  const over = performance.now();
  const { user, system } = process.cpuUsage(processor);
  const rows = table.rows.toLocaleString('en');
  figure(`${rows} customers, 33 features: groups found, 2 to 8 of them tried`, (found - began) / 1000, undefined, 's');
  figure(`${rows} customers, 33 features: everybody assigned`, (over - found) / 1000, undefined, 's');
  figure(`${rows} customers, 33 features: found and assigned`, (over - began) / 1000, 3, 's');
  figure(`${rows} customers, 33 features: processor time of both`, (user + system) / 1e6, undefined, 's');
  figure(`${rows} customers: planted groups recovered`, adjustedRand(of, truth), 0.95, 'adjusted Rand', { atLeast: true });
}

const MONEY = ['MntWines', 'MntFruits', 'MntMeatProducts', 'MntFishProducts', 'MntSweetProducts', 'MntGoldProds'];
const CHANNELS = ['NumWebPurchases', 'NumCatalogPurchases', 'NumStorePurchases'];

function shoppers({ data }: BenchOptions): void {
  const file = join(data, 'marketing-campaign', 'marketing_campaign.csv');
  if (!existsSync(file)) return notRun('Groups of shoppers', `${file} is not there; set VINCULO_DATA`);
  const rows = readCsv(file, ';');
  const of = (names: string[]) => rows.map((row) => names.map((name) => Number(row[name])));
  const share = (cells: number[], i: number) => {
    const whole = cells.reduce((sum, cell) => sum + cell, 0);
    return whole > 0 ? Math.sqrt(cells[i]! / whole) : null;
  };
  const [money, channels] = [of(MONEY), of(CHANNELS)];
  const table = tableOfColumns({
    ...Object.fromEntries(MONEY.map((name, i): [string, Column] => [name, numberColumn(money.map((cells) => share(cells, i)))])),
    ...Object.fromEntries(CHANNELS.map((name, i): [string, Column] => [name, numberColumn(channels.map((cells) => share(cells, i)))])),
    deals: numberColumn(
      rows.map(
        (row, i) =>
          Number(row.NumDealsPurchases) /
          Math.max(
            1,
            channels[i]!.reduce((sum, cell) => sum + cell, 0),
          ),
      ),
    ),
    spent: numberColumn(money.map((cells) => Math.log1p(cells.reduce((sum, cell) => sum + cell, 0)))),
    children: categoryColumn(rows.map((row) => (Number(row.Kidhome) + Number(row.Teenhome) > 0 ? 'yes' : 'no'))),
    education: categoryColumn(rows.map((row) => row.Education!)),
  });
  const model = findGroups(table);
  const { groups: found } = assignGroups(model, table);
  figure('2,240 shoppers: groups', model.count, undefined, 'groups');
  figure('2,240 shoppers: stability', model.stability, 0.8, 'adjusted Rand', { atLeast: true });
  figure('2,240 shoppers: silhouette', model.silhouette, undefined, 'silhouette');
  describeGroups(table, found, model.count).forEach((differences, group) => {
    const { feature, label, distance } = differences[0]!;
    const size = found.filter((each) => each === group).length;
    figure(`2,240 shoppers: group ${group + 1}, ${size} of them, most apart in ${label ?? feature}`, distance, undefined, 'deviations');
  });
}

/** Customers of so many kinds, each fond of features of its own. */
function planted(rows: number, kinds: number, width: number): { table: Table; truth: Uint8Array } {
  const next = random(7);
  const truth = Uint8Array.from({ length: rows }, () => Math.floor(next.uniform() * kinds));
  const columns = Array.from({ length: width }, (_, i): [string, Column] => [
    `feature ${i}`,
    {
      kind: 'number',
      values: Float32Array.from(truth, (kind) => (i % kinds === kind ? 1 : 0) + 1.2 * (next.uniform() + next.uniform() - 1)),
    },
  ]);
  const words = ['shop', 'web', 'phone'];
  const channel = categoryColumn(
    Array.from(truth, (kind) => (next.uniform() < 0.6 ? words[kind % 3]! : words[Math.floor(next.uniform() * 3)]!)),
  );
  return { table: tableOfColumns({ ...Object.fromEntries(columns), channel }), truth };
}
