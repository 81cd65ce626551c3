import { gaussLegendre } from '../arithmetic/gauss-legendre.ts';
import type { Histories } from './histories.ts';
import type { Predictor } from './purchase-model.ts';

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
  const answers = questions.map(() => new Float64Array(of.rows));
  const weights = new Float64Array(phases);
  const cells = of.xs.length * of.Ts.length;
  // A table of every pair, where pairs recur; where each time is its own, the question is asked anew.
  const tables = cells <= 4 * of.rows + 1e5 ? questions.map(() => new Float64Array(cells * phases).fill(-1)) : undefined;
  for (let row = 0; row < of.rows; row++) {
    const x = of.xs[of.x[row]!]!;
    const T = of.Ts[of.T[row]!]!;
    predictor.alive(x, of.txs[of.tx[row]!]!, T, weights);
    const cell = (of.x[row]! * of.Ts.length + of.T[row]!) * phases;
    for (let phase = 0; phase < phases; phase++) {
      const weight = weights[phase]!;
      alive[row]! += weight;
      for (let q = 0; q < questions.length; q++) {
        let answer = tables ? tables[q]![cell + phase]! : -1;
        if (answer < 0) {
          answer = questions[q]!(phase, x, T);
          if (tables) tables[q]![cell + phase] = answer;
        }
        answers[q]![row]! += weight * answer;
      }
    }
  }
  return { alive, answers };
}

/** By line of the columns the histories were made of, what was computed by row. */
export function byCustomer(of: Histories, rows: Float64Array): Float64Array {
  const out = new Float64Array(of.rowOf.length);
  for (let i = 0; i < out.length; i++) out[i] = rows[of.rowOf[i]!]!;
  return out;
}
