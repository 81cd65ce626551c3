// The thread's side: works on the table of the thread that started it, in the memory they share.
import { parentPort } from 'node:worker_threads';
import { buildRule, type KnownParts, type RuleKeys } from '../block.ts';
import type { Bound } from '../bound.ts';
import { type KeyRange, shares } from '../candidates.ts';
import { boundField } from '../linker.ts';
import { predictor } from '../predictor.ts';
import type { Edges } from '../predict.ts';
import { checkAborted } from '../progress.ts';
import type { Table } from '../table.ts';
import { type Answer, type BoundData, type Envelope, pieces, type Reply, type Request, stopped } from './messages.ts';

const port = parentPort!;
let texts: Record<string, string[]> = {};
let bound: Bound | undefined;
let ranges: KeyRange[][] = [];

port.on('message', ({ id, request }: Envelope) => {
  try {
    const answer = perform(request);
    const reply: Reply = { id, answer };
    port.postMessage(reply, 'parts' in answer ? answer.parts.flatMap(([, edges]) => buffersOf(edges)) : []);
  } catch (error) {
    const { name, message, stack } = error as Error;
    port.postMessage({ id, error: { name, message, stack } } satisfies Reply);
  }
});

function perform(request: Request): Answer {
  switch (request.do) {
    case 'texts':
      ({ texts } = request);
      bound = undefined;
      return {};
    case 'rules':
      return { rules: rulesOf(request) };
    case 'bind':
      bound = boundFrom(request);
      ranges = [];
      return {};
    case 'predict':
      return { parts: partsOf(request) };
    case 'wait':
      return {};
    case 'forget':
      texts = {};
      bound = undefined;
      return {};
  }
}

function rulesOf({ rows, columns, settings, plan, options, turn }: Request & { do: 'rules' }): [number, RuleKeys][] {
  const table = tableOfCodes(rows, columns);
  const known: KnownParts = new Map();
  const signal = stopped(turn);
  return Array.from(pieces(turn, plan.rules.length), (r) => {
    checkAborted(signal);
    return [r, buildRule(table, settings, plan.rules[r]!, { ...options, known })];
  });
}

function boundFrom({ settings, rows, columns, fields, codes, rules, keys, width, order }: BoundData): Bound {
  const table = tableOfCodes(rows, columns);
  const bare = fields.map(({ columns: names, values }, f) =>
    boundField(settings.fields[f]!, { ...values, texts: names.map((name) => texts[name] ?? ['']), tables: [] }),
  );
  const blocks = { rows, rules, keys, width };
  return {
    columns: () => ({ names: [], words: [] }),
    linker: { table, settings, fields: bare, codes, width: fields.length },
    blocks: () => blocks,
    ...(order ? { order: { ...order, table } } : {}),
  };
}

function partsOf({ model, options, of, turn }: Request & { do: 'predict' }): [number, Edges][] {
  if (ranges.length !== of) ranges = shares(bound!.blocks(), of);
  const score = predictor(bound!, model, { ...options, signal: stopped(turn) });
  return Array.from(pieces(turn, of), (part) => [part, score(ranges[part]!)]);
}

function tableOfCodes(rows: number, columns: Record<string, Uint32Array>): Table {
  return {
    rows,
    columns: Object.fromEntries(Object.entries(columns).map(([name, codes]) => [name, { codes, values: texts[name] ?? [''] }])),
  };
}

function buffersOf({ a, b, weight, probability, rule, apart }: Edges): ArrayBuffer[] {
  return [a, b, weight, probability, rule, apart.a, apart.b, apart.constraint].flatMap(({ buffer }) =>
    buffer instanceof ArrayBuffer ? [buffer] : [],
  );
}
