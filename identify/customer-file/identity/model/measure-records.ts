// How a model does on what it was not trained on: people's decisions, and the records that came afterwards. Runs in the linkage thread.
import { chooseThreshold, cluster, explainer, type Model, predict, type Table } from '@vinculo/matching';
import type { Kind } from '../customer-record.ts';
import type { Decision } from '../decisions.ts';
import type { RecordTable } from '../record-table.ts';
import { modelFigures, type ModelFigures } from './model-figures.ts';

export interface Agreement {
  /** People said the same, and so does the model; people said the same, and the model would not; and so on. */
  sameJoined: number;
  sameApart: number;
  differentJoined: number;
  differentApart: number;
}

export interface Measured {
  records: number;
  /** Records that came, or changed, since the model was trained; and how many of them were looked at. */
  newRecords: number;
  looked: number;
  /** Of the new ones; null where there are none. */
  fresh: ModelFigures | null;
  /** Of the whole file, where asked. */
  whole: ModelFigures | null;
  agreement: Agreement;
}

/** Enough to see a shift, few enough for a second. */
const MOST_NEW = 20_000;

export function measure(
  records: RecordTable,
  kind: Kind,
  model: Model,
  threshold: number,
  since: number,
  decisions: readonly Decision[],
  whole: boolean,
): Measured {
  const { table, rows } = records.kinds[kind];
  const fresh: number[] = [];
  for (let local = 0; local < rows.length; local++) if (Number(records.versions[rows[local]!]!) > since) fresh.push(local);
  const step = Math.max(1, fresh.length / MOST_NEW);
  const looked = Uint32Array.from({ length: Math.min(fresh.length, MOST_NEW) }, (_, n) => fresh[Math.floor(n * step)]!);
  return {
    records: table.rows,
    newRecords: fresh.length,
    looked: looked.length,
    fresh: looked.length === 0 ? null : figuresOfNew(table, model, threshold, looked),
    whole: whole && table.rows > 0 ? { ...figuresOfAll(table, model, threshold), latest: latestOf(records, kind) } : null,
    agreement: agreementOf(table, model, threshold, decisions),
  };
}

/** The newest version among the records of a kind. */
export function latestOf({ kinds, versions }: RecordTable, kind: Kind): number {
  let latest = 0;
  for (const row of kinds[kind].rows) latest = Math.max(latest, Number(versions[row]!));
  return latest;
}

function figuresOfNew(table: Table, model: Model, threshold: number, rows: Uint32Array): ModelFigures {
  return modelFigures(table, model, predict(table, model, { onlyRows: rows }), { threshold, rows, curve: [] });
}

function figuresOfAll(table: Table, model: Model, threshold: number): ModelFigures {
  const edges = predict(table, model);
  const { cluster: labels } = cluster(table, edges, model, { threshold });
  return modelFigures(table, model, edges, { threshold, labels, curve: chooseThreshold(edges, model).curve });
}

function agreementOf(table: Table, model: Model, threshold: number, decisions: readonly Decision[]): Agreement {
  const agreement: Agreement = { sameJoined: 0, sameApart: 0, differentJoined: 0, differentApart: 0 };
  if (decisions.length === 0) return agreement;
  const explain = explainer(table, model);
  for (const { a, b, same } of decisions) {
    const joined = explain(a, b).probability >= threshold;
    agreement[`${same ? 'same' : 'different'}${joined ? 'Joined' : 'Apart'}`]++;
  }
  return agreement;
}
