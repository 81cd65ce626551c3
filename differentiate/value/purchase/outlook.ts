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
  const answers = questions.map(() => new Float64Array(of.rows));
  const weights = new Float64Array(phases);
  const lookups = questions.map((question) => lookup(question, of, phases));
  for (let row = 0; row < of.rows; row++) {
    const [x, T] = [of.x[row]!, of.T[row]!];
    predictor.alive(of.xs[x]!, of.txs[of.tx[row]!]!, of.Ts[T]!, weights);
    for (let phase = 0; phase < phases; phase++) {
      const weight = weights[phase]!;
      alive[row]! += weight;
      for (let q = 0; q < lookups.length; q++) answers[q]![row]! += weight * lookups[q]!(phase, x, T);
    }
  }
  return { alive, answers };
}

/** The answer by phase and the codes of x and T: interpolated over T, kept, or asked anew, whichever is quickest. */
function lookup(question: Question, of: Histories, phases: number): Question {
  const smooth = smoothTable(question, of, phases);
  if (smooth) {
    const known: (Float64Array | undefined)[] = Array.from({ length: of.xs.length * phases });
    return (phase, x, T) => (known[x * phases + phase] ??= smooth(phase, x))[T]!;
  }
  const cells = of.xs.length * of.Ts.length * phases;
  // Where each time is its own, pairs do not recur.
  if (cells > 4 * of.rows * phases + 1e5) return (phase, x, T) => question(phase, of.xs[x]!, of.Ts[T]!);
  const table = new Float64Array(cells).fill(-1);
  return (phase, x, T) => {
    const cell = (x * of.Ts.length + T) * phases + phase;
    if (table[cell]! < 0) table[cell] = question(phase, of.xs[x]!, of.Ts[T]!);
    return table[cell]!;
  };
}

/** By line of the columns the histories were made of, what was computed by row. */
export function byCustomer(of: Histories, rows: Float64Array): Float64Array {
  const out = new Float64Array(of.rowOf.length);
  for (let i = 0; i < out.length; i++) out[i] = rows[of.rowOf[i]!]!;
  return out;
}
