import { join } from 'node:path';
import { type Table, tableOf } from '@vinculo/matching';
import { readCsv } from './csv.ts';

/** A public data set with its truth: the entity of each row. */
export interface DataSet {
  name: string;
  table: Table;
  truth: number[];
}

type Record_ = Record<string, string>;

const febrl = (number: number, data: string) => {
  const records = readCsv(join(data, `febrl${number}`, `dataset${number}.csv`));
  return { records, truth: records.map((record) => Number(/^rec-(\d+)-/.exec(record.rec_id!)![1])) };
};

/** Record numbers and truth are not features; they are taken out before anything looks at the table. */
const loaders: Record<string, (data: string) => { records: Record_[]; truth: number[] }> = {
  febrl1: (data) => febrl(1, data),
  febrl2: (data) => febrl(2, data),
  febrl3: (data) => febrl(3, data),
  fake_1000: (data) => {
    const records = readCsv(join(data, 'fake_1000', 'fake_1000.csv'));
    return { records, truth: records.map(({ cluster }) => Number(cluster)) };
  },
  census_jedai: (data) => {
    const records = readCsv(join(data, 'census_jedai', 'census.csv'));
    return { records, truth: joined(records.length, readCsv(join(data, 'census_jedai', 'pairs.csv'))) };
  },
  orgs_hard: (data) => {
    const records = readCsv(join(data, 'orgs_hard', 'records.csv'));
    return { records, truth: joined(records.length, readCsv(join(data, 'orgs_hard', 'truth.csv'))) };
  },
  senzing_truthset: (data) => {
    const folder = join(data, 'senzing_truthset');
    const records = ['customers', 'reference', 'watchlist'].flatMap((name) => readCsv(join(folder, `${name}.csv`)));
    const key = new Map(
      readCsv(join(folder, 'actual_truthset_key.csv')).map((row) => [`${row.DATA_SOURCE} ${row.RECORD_ID}`, Number(row.CLUSTER_ID)]),
    );
    return { records, truth: records.map((record) => key.get(`${record.DATA_SOURCE} ${record.RECORD_ID}`)!) };
  },
};

const notFeatures = new Set(['rec_id', 'unique_id', 'cluster', 'row', 'id', 'record_id', 'RECORD_ID', 'hardness']);

export const dataSetNames = Object.keys(loaders);

export function loadDataSet(name: string, data: string): DataSet {
  const { records, truth } = loaders[name]!(data);
  const features = records.map((record) => Object.fromEntries(Object.entries(record).filter(([column]) => !notFeatures.has(column))));
  return { name, table: tableOf(features), truth };
}

/** Entities from true pairs. */
function joined(rows: number, pairs: readonly Record_[]): number[] {
  const parent = Array.from({ length: rows }, (_, row) => row);
  const rootOf = (row: number): number => (parent[row] === row ? row : (parent[row] = rootOf(parent[row]!)));
  for (const { row_a, row_b } of pairs) parent[rootOf(Number(row_a))] = rootOf(Number(row_b));
  return parent.map((_, row) => rootOf(row));
}
