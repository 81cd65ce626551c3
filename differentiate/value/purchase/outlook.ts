import { gaussLegendre } from '../arithmetic/gauss-legendre.ts';
import type { Histories } from './histories.ts';
import type { Predictor } from './purchase-model.ts';
import { smoothTable } from './smooth-table.ts';

/** A number about a customer who is alive and in `phase` of the clock. */
export type Question = (phase: number, x: number, T: number) => number;

export interface Outlook {
  /** By row of the histories. */
  alive: Float64Array;
  /** By question, then by row: the answer times the chance of being alive. */
  answers: Float64Array[];
}

/** How many purchases are to be expected in the next `time`. */
export const purchasesWithin =
  (predictor: Predictor, time: number): Question =>
  (phase, x, T) =>
    predictor.purchases(phase, x, T, time);

/**
 * Expected purchases in the next `horizon`, each discounted to today at `rate` (continuous, a unit of time): what Fader & Hardie
 * call discounted expected residual transactions, cut at the horizon. ∫ e^(−rate·t) dE(t), by parts and by quadrature.
 */
export function discountedPurchases(predictor: Predictor, horizon: number, rate: number): Question {
  if (rate === 0) return purchasesWithin(predictor, horizon);
  const { nodes, weights } = NODES;
  return (phase, x, T) => {
    let sum = Math.exp(-rate * horizon) * predictor.purchases(phase, x, T, horizon);
    for (let i = 0; i < nodes.length; i++) {
      const t = horizon * nodes[i]!;
      sum += rate * horizon * weights[i]! * Math.exp(-rate * t) * predictor.purchases(phase, x, T, t);
    }
    return sum;
  };
}

const NODES = gaussLegendre(8);

/** Answers questions for every row. What depends on x and T alone is computed once for each pair of them. */
export function outlook(predictor: Predictor, of: Histories, questions: readonly Question[]): Outlook {
  const { phases } = predictor;
  const alive = new Float64Array(of.rows);
  const weights = new Float64Array(of.rows * phases);
  const each = new Float64Array(phases);
  for (let row = 0; row < of.rows; row++) {
    predictor.alive(of.xs[of.x[row]!]!, of.txs[of.tx[row]!]!, of.Ts[of.T[row]!]!, each);
    for (let phase = 0; phase < phases; phase++) {
      alive[row]! += each[phase]!;
      weights[row * phases + phase] = each[phase]!;
    }
  }
  return { alive, answers: questions.map((question) => answered(question, of, phases, weights)) };
}

/** By row, the answer in each phase times its weight: interpolated over T, kept, or asked anew, whichever is quickest. */
function answered(question: Question, of: Histories, phases: number, weights: Float64Array): Float64Array {
  const out = new Float64Array(of.rows);
  const { xs, Ts, x: xOf, T: TOf } = of;
  const smooth = smoothTable(question, of, phases);
  const tables: (Float64Array | undefined)[] = Array.from({ length: xs.length * phases });
  // Where each time is its own, pairs do not recur.
  const kept = !smooth && xs.length * Ts.length <= 4 * of.rows + 1e5 / phases;
  for (let row = 0; row < of.rows; row++) {
    const x = xOf[row]!;
    const T = TOf[row]!;
    for (let phase = 0; phase < phases; phase++) {
      const weight = weights[row * phases + phase]!;
      let table = tables[x * phases + phase];
      if (!table && smooth?.pays(x)) table = tables[x * phases + phase] = smooth.answers(phase, x);
      if (!table && kept) table = tables[x * phases + phase] = new Float64Array(Ts.length).fill(-1);
      let answer = table ? table[T]! : -1;
      if (answer < 0 && (!table || kept)) {
        answer = question(phase, xs[x]!, Ts[T]!);
        if (table) table[T] = answer;
      }
      out[row]! += weight * answer;
    }
  }
  return out;
}

/** By line of the columns the histories were made of, what was computed by row. */
export function byCustomer(of: Histories, rows: Float64Array): Float64Array {
  const out = new Float64Array(of.rowOf.length);
  for (let i = 0; i < out.length; i++) out[i] = rows[of.rowOf[i]!]!;
  return out;
}
