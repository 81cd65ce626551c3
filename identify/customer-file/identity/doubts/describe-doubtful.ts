// In the linkage thread: the doubtful pairs of a linkage as the desk keeps them, the most instructive first.
import { explainer, type ExplanationTerm, type Model, type Table } from '@vinculo/matching';
import type { Kind } from '../customer-record.ts';
import type { Doubt, DoubtfulEdge } from './doubtful-edges.ts';
import { teaches } from './instructiveness.ts';

export interface DoubtfulPair {
  kind: Kind;
  a: string;
  b: string;
  doubt: Doubt;
  refusal: string | null;
  pattern: string;
  weight: number;
  probability: number;
  prior: number;
  terms: [field: string, level: string, bits: number][];
  alike: number;
  /** Without what hangs on it, which the desk knows. */
  teaches: number;
}

/** A pair found by itself: how unsure the answer is in place of what it teaches, which depends on the others in the queue. */
export type FoundDoubt = Omit<DoubtfulPair, 'alike' | 'teaches'> & { unsure: number };

export interface DoubtfulTable {
  kind: Kind;
  table: Table;
  model: Model;
  doubtful: readonly DoubtfulEdge[];
  /** Record id of a row of the table. */
  recordOf(row: number): string;
}

/** Kept for people to decide: more than a team gets through before the next unification. */
const MOST_KEPT = 5_000;

export function describeDoubtful(tables: readonly DoubtfulTable[]): DoubtfulPair[] {
  const pairs: (DoubtfulPair & { unsure: number })[] = [];
  for (const { kind, table, model, doubtful, recordOf } of tables) {
    if (doubtful.length === 0) continue;
    const explain = explainer(table, model);
    for (const { a, b, weight, probability, doubt, refusal, uncertainty } of doubtful) {
      const { prior, terms } = explain(a, b);
      pairs.push({
        kind,
        a: recordOf(a),
        b: recordOf(b),
        doubt,
        refusal,
        pattern: patternOf(kind, terms),
        weight,
        probability,
        prior,
        terms: terms.flatMap((term) => (term.label === 'missing' ? [] : [[term.field, term.label, Math.round(term.weight * 100) / 100]])),
        alike: 0,
        teaches: 0,
        unsure: uncertainty,
      });
    }
  }
  return ranked(pairs).slice(0, MOST_KEPT);
}

/** The level of every field, in the order of the settings; what is added to the fields' weights is no comparison. */
export function patternOf(kind: Kind, terms: readonly ExplanationTerm[]): string {
  const levels = terms.flatMap(({ field, label }) => (field === 'household' || field === 'rule' ? [] : [`${field}=${label}`]));
  return `${kind} ${levels.join(' ')}`;
}

/** The pairs come in the order of their doubt, which is their place among those alike. */
function ranked(pairs: (DoubtfulPair & { unsure: number })[]): DoubtfulPair[] {
  const count = new Map<string, number>();
  for (const { pattern } of pairs) count.set(pattern, (count.get(pattern) ?? 0) + 1);
  const place = new Map<string, number>();
  return pairs
    .map(({ unsure, ...pair }) => {
      const alike = count.get(pair.pattern)!;
      const own = (place.get(pair.pattern) ?? 0) + 1;
      place.set(pair.pattern, own);
      return { ...pair, alike, teaches: teaches(unsure, alike, own) };
    })
    .toSorted((x, y) => y.teaches - x.teaches);
}
