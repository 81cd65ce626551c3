// The features of needs: what each is called, how it is read, and on which scale customers are compared by it.
import { type NumberColumn, type Table, tableOfColumns } from '@vinculo/value';
import { readNative } from '../scores/native.ts';
import type { NeedsPlan } from './plan.ts';

/** What a feature tells of. `subject` is the category, channel or question it is about. */
export const NEEDS_FEATURES = [
  'gap',
  'basket',
  'lines',
  'variety',
  'discount',
  'weekend',
  'morning',
  'evening',
  'channel',
  'category',
  'answer',
] as const;
export type NeedsFeature = (typeof NEEDS_FEATURES)[number];

interface FeatureColumn {
  /** `basket`, `category:Bebidas`: the name of the column, and of the axis of the model. */
  key: string;
  feature: NeedsFeature;
  subject: string | null;
  /** Columns as the query gives them; the others are computed of those. */
  queried: boolean;
  scale: (value: number) => number;
  weight: number;
}

const asIs = (value: number) => value;
const root = (value: number) => Math.sqrt(Math.max(0, value));
const log = (value: number) => Math.log(Math.max(value, 0.01));

/** All categories together weigh like so many habits: twenty of them must not drown when and how people buy. */
const WEIGHT_OF_CATEGORIES = 8;
const WEIGHT_OF_CHANNELS = 2;

/** The columns of a plan, in the order of the query. Ways of counting are those of the `needs` catalogue, `feature.<name>`. */
export function featureColumns({ categories, channels, questions }: NeedsPlan): FeatureColumn[] {
  const habit = (feature: NeedsFeature, scale: (value: number) => number, weight = 1, queried = true): FeatureColumn => ({
    key: feature,
    feature,
    subject: null,
    queried,
    scale,
    weight,
  });
  const each = (feature: NeedsFeature, subjects: string[], scale: (value: number) => number, weight: number): FeatureColumn[] =>
    subjects.map((subject) => ({ key: `${feature}:${subject}`, feature, subject, queried: true, scale, weight }));
  return [
    habit('gap', log),
    habit('basket', log),
    // Says again much of what the basket says; and so morning of evening, and the channels of each other.
    habit('lines', log, 0.5),
    habit('discount', root),
    habit('weekend', asIs),
    habit('morning', asIs, 0.5),
    habit('evening', asIs, 0.5),
    ...each('channel', channels, asIs, Math.min(1, WEIGHT_OF_CHANNELS / channels.length)),
    // Square roots of shares: between nothing and a little lies more than between much and a little more (Hellinger).
    ...each('category', categories, root, Math.min(1, WEIGHT_OF_CATEGORIES / categories.length)),
    ...each('answer', questions, asIs, 1),
    ...(categories.length > 2 ? [habit('variety', asIs, 1, false)] : []),
  ];
}

export interface NeedsRows {
  rows: number;
  /** 16 bytes each, as they came. */
  ids: Uint8Array;
  former: Uint8Array;
  orders: Uint32Array;
  /** By column, as people read it; NaN unknown. */
  values: Float32Array[];
}

/** Reads the answer to the query of features, a file in Native, block by block; the next block is written over the last. */
export function eachBlock(plan: NeedsPlan, path: string, found: (read: NeedsRows) => void): void {
  const columns = featureColumns(plan);
  const variety = columns.findIndex(({ feature }) => feature === 'variety');
  readNative(path, (rows, [ids, former, orders, ...asked]) => {
    const queried = asked.values() as ArrayIterator<Float32Array>;
    const values = columns.map((column) => (column.queried ? queried.next().value! : new Float32Array(rows)));
    const read = { rows, ids: ids as Uint8Array, former: former as Uint8Array, orders: orders as Uint32Array, values };
    if (variety >= 0) addVariety(columns, read, variety);
    found(read);
  });
}

/** The same, all of it at once. */
export function readRows(plan: NeedsPlan, path: string): NeedsRows {
  const blocks: NeedsRows[] = [];
  eachBlock(plan, path, ({ rows, ids, former, orders, values }) =>
    blocks.push({ rows, ids: ids.slice(), former: former.slice(), orders: orders.slice(), values: values.map((column) => column.slice()) }),
  );
  const rows = blocks.reduce((sum, block) => sum + block.rows, 0);
  const joined = <A extends Uint8Array | Uint32Array | Float32Array>(into: A, of: (block: NeedsRows) => A): A => {
    let at = 0;
    for (const block of blocks) {
      into.set(of(block), at);
      at += of(block).length;
    }
    return into;
  };
  return {
    rows,
    ids: joined(new Uint8Array(16 * rows), ({ ids }) => ids),
    former: joined(new Uint8Array(rows), ({ former }) => former),
    orders: joined(new Uint32Array(rows), ({ orders }) => orders),
    values: featureColumns(plan).map((_, i) => joined(new Float32Array(rows), ({ values }) => values[i]!)),
  };
}

/** Probability that two euros went to two categories; what is in none of the great categories counts as one more. */
function addVariety(columns: readonly FeatureColumn[], { rows, values }: NeedsRows, variety: number): void {
  const shares = columns.flatMap(({ feature }, i) => (feature === 'category' ? [values[i]!] : []));
  for (let row = 0; row < rows; row++) {
    let [rest, squares] = [1, 0];
    for (const share of shares) {
      rest -= share[row]!;
      squares += share[row]! ** 2;
    }
    values[variety]![row] = 1 - squares - Math.max(0, rest) ** 2;
  }
}

/** On the scales on which customers are compared. */
export function scaledTable(plan: NeedsPlan, values: readonly Float32Array[]): Table {
  return tableOfColumns(
    Object.fromEntries(
      featureColumns(plan).map(({ key, scale }, i): [string, NumberColumn] => [key, { kind: 'number', values: values[i]!.map(scale) }]),
    ),
  );
}

/** As people read them: shares, money, days. */
export function plainTable(plan: NeedsPlan, values: readonly Float32Array[]): Table {
  return tableOfColumns(
    Object.fromEntries(featureColumns(plan).map(({ key }, i): [string, NumberColumn] => [key, { kind: 'number', values: values[i]! }])),
  );
}

export const weightsOf = (plan: NeedsPlan) => Object.fromEntries(featureColumns(plan).map(({ key, weight }) => [key, weight]));
