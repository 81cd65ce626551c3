// What a plan would do to customers that exist, counted and sampled before anything is written. Runs in the linkage thread.
import { createHash } from 'node:crypto';
import { explainer, type PairExplanation } from '@vinculo/matching';
import type { CurrentLinks } from './current-links.ts';
import type { Kind } from './customer-record.ts';
import { DECIDED } from './decisions.ts';
import { type IdentityPlan, tieOf } from './identity-plan.ts';
import type { Linkage } from './link-records.ts';
import type { RecordTable } from './record-table.ts';

export interface PlanPreview {
  records: number;
  customersBefore: number;
  customersAfter: number;
  /** How many customers become part of another, and how many new ones part from theirs: after = before − joins + parts. */
  joins: number;
  parts: number;
  /** Records that would have another customer. */
  moves: number;
  joinSamples: PreviewSample[];
  partSamples: PreviewSample[];
  /** The same for two plans that do the same to the customers there are. */
  digest: string;
}

export interface PreviewSample {
  /** One a side: the customer there is today (null for one still to be made) and some of its records. */
  sides: { customer: string | null; records: string[]; of: number }[];
  /** Why: the pair that ties the sides, or the likeliest one between them, which is not enough. */
  pair: PreviewPair | null;
}

export interface PreviewPair {
  a: string;
  b: string;
  weight: number;
  probability: number;
  prior: number;
  rule: string | null;
  apart: string | null;
  terms: [field: string, level: string, weight: number][];
}

export interface PreviewInput {
  records: RecordTable;
  links: CurrentLinks;
  linkage: Linkage;
  linkages: Partial<Record<Kind, Linkage>>;
  plan: IdentityPlan;
}

const SAMPLES = 20;
const RECORDS_A_SIDE = 6;
/** Pairs looked at to say why two groups are not one. */
const MOST_CROSS = 12;

export function previewPlan(input: PreviewInput, kind: Kind): PlanPreview {
  const { records, links, plan } = input;
  const { rows } = records.kinds[kind];
  const hash = createHash('sha256');
  const seen = { before: new Uint8Array(links.customers.size), after: new Uint8Array(links.customers.size) };
  const counted = { before: 0, after: 0, moves: 0, known: 0 };
  const leaving = new Set<number>();
  for (const row of rows) {
    const [before, after] = [links.customerOf[row]!, plan.customerAfter[row]!];
    if (before < 0) continue;
    counted.known++;
    if (seen.before[before] === 0) counted.before += seen.before[before] = 1;
    if (seen.after[after] === 0) counted.after += seen.after[after] = 1;
    if (before === after) continue;
    counted.moves++;
    leaving.add(before);
    hash.update(
      `${records.ids.text(row)} ${links.customers.text(before)} ${plan.created.has(after) ? 'new' : links.customers.text(after)}\n`,
    );
  }

  // By customer whose records move: where they go.
  const groups = new Map<number, Map<number, number[]>>();
  for (const customer of leaving) groups.set(customer, new Map());
  for (const row of rows) {
    const group = groups.get(links.customerOf[row]!);
    if (!group) continue;
    const after = plan.customerAfter[row]!;
    (group.get(after) ?? group.set(after, []).get(after)!).push(row);
  }
  let parts = 0;
  for (const group of groups.values()) parts += group.size - 1;
  return {
    records: counted.known,
    customersBefore: counted.before,
    customersAfter: counted.after,
    joins: counted.before + parts - counted.after,
    parts,
    moves: counted.moves,
    joinSamples: joinSamples(input, kind, groups),
    partSamples: partSamples(input, kind, groups),
    digest: hash.digest('hex'),
  };
}

/** Whether each moved record joins (its customer ends) or parts from one that stays. */
export function* movedRecords({ records, links, plan }: PreviewInput, kind: Kind): Generator<[record: string, joined: boolean]> {
  const gone = new Set(plan.redirects.map(({ customer }) => customer));
  for (const row of records.kinds[kind].rows) {
    const before = links.customerOf[row]!;
    if (before >= 0 && before !== plan.customerAfter[row]!) yield [records.ids.text(row), gone.has(before)];
  }
}

/** The most doubtful half and, of the rest, every so many: both what may go wrong and what is usual. */
function chosen<T>(all: readonly T[]): T[] {
  if (all.length <= SAMPLES) return [...all];
  const half = SAMPLES / 2;
  const rest = all.slice(half);
  return [...all.slice(0, half), ...Array.from({ length: half }, (_, n) => rest[Math.floor((n * rest.length) / half)]!)];
}

function joinSamples(input: PreviewInput, kind: Kind, groups: Map<number, Map<number, number[]>>): PreviewSample[] {
  const { records, links, linkages, plan } = input;
  const joins = plan.redirects.flatMap(({ customer, into }) => {
    const rows = groups.get(customer)?.get(into);
    if (!rows || !linkages[kind]) return [];
    const tie = crossing(input, rows, customer);
    return [{ customer, into, rows, ...tie }];
  });
  joins.sort((x, y) => x.probability - y.probability || x.customer - y.customer);
  const staying = rowsOf(input, kind, new Set(joins.length > 0 ? chosen(joins).map(({ into }) => into) : []));
  return chosen(joins).map(({ customer, into, rows, a, b }) => {
    const others = (staying.get(into) ?? []).filter((row) => !rows.includes(row));
    return {
      sides: [
        side(records, plan.created.has(into) ? null : links.customers.text(into), others, b),
        side(records, links.customers.text(customer), rows, a),
      ],
      pair: a === undefined ? null : pairOf(input, kind, a, b!),
    };
  });
}

/** The edge that leads from these rows to somebody of another customer. */
function crossing({ records, links, linkages }: PreviewInput, rows: readonly number[], customer: number) {
  for (const row of rows) {
    const tie = tieOf(records, linkages, row);
    if (tie && tie.rule !== DECIDED && links.customerOf[tie.with] !== customer)
      return { a: row, b: tie.with, probability: tie.probability };
  }
  return { a: undefined, b: undefined, probability: 1 };
}

function rowsOf({ records, plan }: PreviewInput, kind: Kind, customers: Set<number>): Map<number, number[]> {
  const found = new Map<number, number[]>();
  if (customers.size === 0) return found;
  for (const row of records.kinds[kind].rows) {
    const after = plan.customerAfter[row]!;
    if (customers.has(after)) (found.get(after) ?? found.set(after, []).get(after)!).push(row);
  }
  return found;
}

function partSamples(input: PreviewInput, kind: Kind, groups: Map<number, Map<number, number[]>>): PreviewSample[] {
  const { records, links, plan } = input;
  const parted = [...groups].filter(([, group]) => group.size > 1);
  const step = Math.max(1, parted.length / SAMPLES);
  const wanted = parted.filter((_, n) => Math.floor(n / step) !== Math.floor((n - 1) / step)).slice(0, SAMPLES);
  return wanted.map(([customer, group]) => {
    // The part that keeps the id first, else the largest.
    const sides = [...group].toSorted(
      ([x, left], [y, right]) => Number(y === customer) - Number(x === customer) || right.length - left.length,
    );
    const [[, left], [, right]] = [sides[0]!, sides[1]!];
    const pair = likeliest(input, kind, left, right);
    return {
      sides: sides
        .slice(0, 3)
        .map(([after, rows], n) =>
          side(records, plan.created.has(after) ? null : links.customers.text(after), rows, n === 0 ? pair?.left : pair?.right),
        ),
      pair: pair ? pairOf(input, kind, pair.left, pair.right) : null,
    };
  });
}

function likeliest(input: PreviewInput, kind: Kind, left: readonly number[], right: readonly number[]) {
  const explain = explainerOf(input, kind);
  const { localOf } = input.records.kinds[kind];
  let best: { left: number; right: number; weight: number } | undefined;
  for (const a of left.slice(0, MOST_CROSS)) {
    for (const b of right.slice(0, MOST_CROSS)) {
      const { weight } = explain(localOf(a), localOf(b));
      if (!best || weight > best.weight) best = { left: a, right: b, weight };
    }
  }
  return best;
}

function side(records: RecordTable, customer: string | null, rows: readonly number[], first?: number): PreviewSample['sides'][number] {
  const ordered = first === undefined ? rows : [first, ...rows.filter((row) => row !== first)];
  return { customer, records: ordered.slice(0, RECORDS_A_SIDE).map((row) => records.ids.text(row)), of: ordered.length };
}

function pairOf(input: PreviewInput, kind: Kind, a: number, b: number): PreviewPair {
  const { ids, kinds } = input.records;
  const { localOf } = kinds[kind];
  const { weight, probability, prior, rule, apart, terms } = explainerOf(input, kind)(localOf(a), localOf(b));
  return {
    a: ids.text(a),
    b: ids.text(b),
    weight: rounded(weight),
    probability,
    prior: rounded(prior),
    rule: rule ?? null,
    apart: apart ?? null,
    terms: terms.flatMap(({ field, label, weight: bits }): PreviewPair['terms'] =>
      label === 'missing' ? [] : [[field, label, rounded(bits)]],
    ),
  };
}

const rounded = (bits: number) => Math.round(bits * 100) / 100;

function explainerOf({ linkage, records }: PreviewInput, kind: Kind): (i: number, j: number) => PairExplanation {
  return explainer(records.kinds[kind].table, linkage.model);
}
