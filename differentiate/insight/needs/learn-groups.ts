// Finding the groups, out of rows of features: what the thread does.
import {
  assignGroups,
  describeGroups,
  findGroups,
  type GroupModel,
  type GroupTrial,
  matchGroups,
  takeRows,
  typicalRows,
} from '@vinculo/value';
import { featureColumns, type NeedsFeature, type NeedsRows, plainTable, scaledTable, weightsOf } from './features.ts';
import { ORDERS_TO_LEARN } from './feature-query.ts';
import type { NeedsPlan } from './plan.ts';
import { uuidText } from './uuid-bytes.ts';

/** In what a group is not like the others. */
export interface NeedsDifference {
  feature: NeedsFeature;
  subject: string | null;
  /** Means in the group and among all others, in the unit of the feature. */
  inside: number;
  outside: number;
  /** In standard deviations, on the scale on which customers are compared. */
  distance: number;
}

export interface FoundGroup {
  /** Place of the group in force that it continues; null begins a new one. */
  continues: number | null;
  customers: number;
  silhouette: number;
  differences: NeedsDifference[];
  typical: string[];
}

export interface Learned {
  model: GroupModel;
  customers: number;
  /** Those with orders enough to learn from. */
  learnedFrom: number;
  trials: GroupTrial[];
  groups: FoundGroup[];
}

/** Fewer customers with some orders make no groups. */
export const CUSTOMERS_NEEDED = 60;
const TYPICAL = 5;
/** What is told of the groups is counted on so many customers: means of a hundred thousand are those of all. */
const DESCRIBED_ON = 200_000;

/** @returns undefined where too few customers have bought often enough. */
export function learnGroups(
  plan: NeedsPlan,
  read: NeedsRows,
  { count, onProgress }: { count: number | null; onProgress: (done: number, total: number) => void },
): Learned | undefined {
  const often = Int32Array.from(read.orders, (_, row) => row).filter((row) => read.orders[row]! >= ORDERS_TO_LEARN);
  if (often.length < CUSTOMERS_NEEDED) return undefined;
  const all = scaledTable(plan, read.values);
  const every = Math.ceil(often.length / DESCRIBED_ON);
  const some = every > 1 ? often.filter((_, i) => i % every === 0) : often;
  const known = takeRows(all, some);
  const model = findGroups(known, { ...(count ? { count } : {}), most: 8, weights: weightsOf(plan), smallest: 0.03, onProgress });

  const assigned = assignGroups(model, all);
  const former = Uint8Array.from(some, (row) => read.former[row]!);
  const groups = Uint8Array.from(some, (row) => assigned.groups[row]!);
  const continued = matchGroups(former, groups);
  const scaled = describeGroups(known, groups, model.count);
  const plain = describeGroups(takeRows(plainTable(plan, read.values), some), groups, model.count);
  const columns = new Map(featureColumns(plan).map((column) => [column.key, column]));
  const typical = typicalRows({ groups, distance: Float32Array.from(some, (row) => assigned.distance[row]!) }, model.count, TYPICAL);
  const sizes = new Int32Array(model.count);
  for (const group of assigned.groups) sizes[group]!++;
  return {
    model,
    customers: read.rows,
    learnedFrom: often.length,
    trials: model.trials,
    groups: Array.from({ length: model.count }, (_, group) => ({
      continues: (continued[group] ?? -1) < 0 ? null : continued[group]!,
      customers: sizes[group]!,
      silhouette: model.silhouettes[group]!,
      differences: scaled[group]!.flatMap(({ feature: key, distance }): NeedsDifference[] => {
        const { feature, subject } = columns.get(key)!;
        const means = plain[group]!.find((difference) => difference.feature === key)!;
        return [{ feature, subject, inside: means.inside, outside: means.outside, distance }];
      }),
      typical: typical[group]!.map((row) => uuidText(read.ids, some[row]! * 16)),
    })),
  };
}
