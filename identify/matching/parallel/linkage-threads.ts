import { availableParallelism } from 'node:os';
import { type Blocks, buildRule, planBlocks, type RuleKeys } from '../block.ts';
import { arranged, type Bound, keepBound, knownBound } from '../bound.ts';
import { shares } from '../candidates.ts';
import { bind } from '../linker.ts';
import type { Model } from '../model.ts';
import { type Edges, mergeEdges, predict, type PredictOptions } from '../predict.ts';
import { predictor } from '../predictor.ts';
import { prepare as prepareColumns } from '../prepare.ts';
import { checkAborted, type RunOptions } from '../progress.ts';
import { releaseCodes } from '../row-order.ts';
import { columnsRead, parseSettings, type Settings, type SettingsInput } from '../settings.ts';
import { sharedUint32, toShared } from '../shared-memory.ts';
import type { Table } from '../table.ts';
import { type Answer, newTurn, pieces, type Request, stop, type Turn } from './messages.ts';
import { startThread } from './thread.ts';

export interface ThreadsOptions {
  /** Threads that work, the caller's own among them. Default: as many as there are processors, at most 8. */
  threads?: number;
  /** Tables with fewer rows are left to the caller's thread: sharing costs more than it saves. Default 50,000. */
  leastRows?: number;
}

export interface PrepareOptions extends RunOptions {
  /**
   * The caller needs the table for nothing but this library's verbs with these settings: its codes are let go of where the library
   * has put them into an order of its own. Default false.
   */
  handOver?: boolean;
  /** Of a model trained before (`model.learned`), where the table is to be linked with that one and not to be learned from. */
  learned?: Model['learned'];
}

/**
 * Worker threads for linkage. They start at once, beside whatever the caller does, which is why they are worth starting before a
 * file is read. They hold one table at a time, and do not keep the process alive. Results are the same whatever their number.
 */
export interface LinkageThreads {
  readonly threads: number;
  /** Resolves when all have started. Nobody needs to wait for it; a clock may want to. */
  ready(): Promise<void>;
  /**
   * Binds settings to a table with all threads, so that `train`, `predict`, `cluster` and `explainPair` find the work done.
   * Throws an AbortError on the signal, and what `parseSettings` throws.
   */
  prepare(table: Table, settings: SettingsInput | Settings, options?: PrepareOptions): Promise<void>;
  /** Like the library's `predict`, with all threads. The caller's thread works too, and answers nothing else until it is done. */
  predict(table: Table, model: Model, options?: Omit<PredictOptions, 'part'>): Promise<Edges>;
  /** Lets go of the table, if the caller will not come back to it. */
  forget(): void;
  close(): Promise<void>;
}

/** More pieces than threads, so that none waits long for the last. */
const PARTS = 48;

export function linkageThreads(options: ThreadsOptions = {}): LinkageThreads {
  const { threads = Math.min(8, availableParallelism()), leastRows = 50_000 } = options;
  const workers = Array.from({ length: Math.max(0, threads - 1) }, () => startThread());
  /** What the threads hold. */
  let loaded: WeakRef<Bound> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  /** One call at a time: the threads hold one table. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const run = last.then(work);
    last = run.catch(() => undefined);
    return run;
  };

  const askAll = (request: Request): Promise<Answer>[] => workers.map((worker) => worker.ask(request));
  const alone = (table: Table): boolean => workers.length === 0 || table.rows < leastRows;
  const sendTexts = (table: Table, settings: Settings): void => {
    loaded = undefined;
    const texts: Record<string, string[]> = {};
    for (const name of columnsRead(settings)) if (table.columns[name]) texts[name] = table.columns[name].values;
    unanswered(askAll({ do: 'texts', texts }));
  };
  const sendBound = (bound: Bound): void => {
    loaded = new WeakRef(bound);
    unanswered(askAll({ do: 'bind', ...dataOf(bound) }));
  };

  const prepare = async (
    table: Table,
    input: SettingsInput | Settings,
    { signal, handOver = false, learned }: PrepareOptions,
  ): Promise<Bound | undefined> => {
    const settings = parseSettings(input);
    if (alone(table)) return undefined;
    const known = knownBound(table, settings, learned);
    if (known) {
      if (loaded?.deref() !== known) {
        sendTexts(known.linker.table, settings);
        sendBound(known);
      }
      return known;
    }
    // Threads read the texts while this one puts the rows in order.
    sendTexts(prepareColumns(table, settings, learned).table, settings);
    const { table: ready, order, columns } = arranged(table, settings, learned);
    const own = order ? ready : shared(ready, settings);
    if (order && handOver) for (const given of [table, prepareColumns(table, settings, learned).table]) forgetCodes(given);
    const plan = planBlocks(own, settings);
    const keys = sharedUint32(own.rows * plan.width);
    const turn = newTurn();
    const ruleOptions = { keys, width: plan.width, learned: learned?.blocks };
    const asked = askAll({ do: 'rules', rows: own.rows, columns: codesOf(own), settings, plan, options: ruleOptions, turn });
    const rules: RuleKeys[] = [];
    const linker = await together(turn, signal, asked, () => {
      const bound = bind(own, settings, { learned });
      const known = new Map();
      for (const r of pieces(turn, plan.rules.length)) {
        checkAborted(signal);
        rules[r] = buildRule(own, settings, plan.rules[r]!, { ...ruleOptions, known });
      }
      return bound;
    });
    for (const answer of await Promise.all(asked)) if ('rules' in answer) for (const [r, rule] of answer.rules!) rules[r] = rule;
    const blocks: Blocks = { rows: own.rows, rules, keys, width: plan.width };
    const bound = keepBound(table, settings, learned, { linker, blocks: () => blocks, columns, ...(order ? { order } : {}) });
    if (order) releaseCodes(order, settings);
    sendBound(bound);
    return bound;
  };

  const predictAll = async (table: Table, model: Model, options: Omit<PredictOptions, 'part'>): Promise<Edges> => {
    const { learned, ...bare } = model;
    const bound = await prepare(table, model.settings, { ...options, learned });
    if (bound === undefined) return predict(table, model, options);
    const { onlyRows, leastProbability, listApart, signal, onProgress } = options;
    const rows = onlyRows === undefined ? {} : { onlyRows: Uint32Array.from(onlyRows) };
    const turn = newTurn();
    const asked = askAll({ do: 'predict', model: bare, options: { leastProbability, listApart, ...rows }, of: PARTS, turn });
    const ranges = shares(bound.blocks(), PARTS);
    const parts: Edges[] = [];
    await together(turn, signal, asked, () => {
      const score = predictor(bound, model, { leastProbability, listApart, signal, ...rows });
      for (const part of pieces(turn, PARTS)) {
        onProgress?.({ phase: 'predict', done: part, total: PARTS });
        parts[part] = score(ranges[part]!);
      }
    });
    for (const answer of await Promise.all(asked)) if ('parts' in answer) for (const [part, edges] of answer.parts!) parts[part] = edges;
    return mergeEdges(parts);
  };

  return {
    threads,
    ready: async () => void (await Promise.all(askAll({ do: 'wait' }))),
    prepare: (table, settings, prepareOptions = {}) => inTurn(async () => void (await prepare(table, settings, prepareOptions))),
    predict: (table, model, predictOptions = {}) => inTurn(() => predictAll(table, model, predictOptions)),
    forget() {
      void inTurn(async () => {
        loaded = undefined;
        unanswered(askAll({ do: 'forget' }));
      });
    },
    async close() {
      loaded = undefined;
      await Promise.all(workers.map((worker) => worker.end()));
    },
  };
}

/** One prediction with threads of its own. Where more is done with the table, {@link linkageThreads} share more of it. */
export async function predictInParallel(
  table: Table,
  model: Model,
  { threads, leastRows, ...options }: Omit<PredictOptions, 'part'> & ThreadsOptions = {},
): Promise<Edges> {
  const all = linkageThreads({ threads, leastRows });
  try {
    return await all.predict(table, model, options);
  } finally {
    await all.close();
  }
}

/** Does this thread's share, and waits for the others; stops them all if one fails or the caller wants no more. */
async function together<T>(turn: Turn, signal: RunOptions['signal'], asked: Promise<Answer>[], mine: () => T): Promise<T> {
  const watch = setInterval(() => signal?.aborted && stop(turn), 50);
  try {
    const result = mine();
    await Promise.all(asked);
    // The others may have done it all before this thread came to look.
    checkAborted(signal);
    return result;
  } catch (error) {
    stop(turn);
    await Promise.allSettled(asked);
    checkAborted(signal);
    throw error;
  } finally {
    clearInterval(watch);
  }
}

/** Failures show in the next request that is waited for. */
function unanswered(asked: Promise<Answer>[]): void {
  for (const answer of asked) answer.catch(() => undefined);
}

function forgetCodes({ columns }: Table): void {
  for (const column of Object.values(columns)) column.codes = new Uint32Array(0);
}

function shared({ rows, columns }: Table, settings: Settings): Table {
  const read = columnsRead(settings);
  const kept = Object.entries(columns).filter(([name]) => read.has(name));
  return { rows, columns: Object.fromEntries(kept.map(([name, { codes, values }]) => [name, { codes: toShared(codes), values }])) };
}

function codesOf({ columns }: Table): Record<string, Uint32Array> {
  return Object.fromEntries(Object.entries(columns).map(([name, { codes }]) => [name, codes]));
}

function dataOf({ linker, blocks, order }: Bound) {
  const { rules, keys, width } = blocks();
  const { table, settings, fields, codes } = linker;
  return {
    settings,
    rows: table.rows,
    columns: codesOf(table),
    fields: fields.map(({ field, values: { texts: _texts, tables: _tables, ...values } }) => ({
      columns: field.columns.slice(0, values.width),
      values,
    })),
    codes,
    rules: rules.map(({ finder: _finder, ...rule }) => rule),
    keys,
    width,
    ...(order ? { order: { rowAt: order.rowAt, positionOf: order.positionOf } } : {}),
  };
}
