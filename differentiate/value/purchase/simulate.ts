import { random, type Random } from '../arithmetic/random.ts';
import type { PurchaseModel } from './purchase-model.ts';

export interface SimulateSettings {
  model: PurchaseModel;
  parameters: ArrayLike<number>;
  customers: number;
  /** How long a customer is watched, in the model's unit of time. */
  watched(random: Random, customer: number): number;
  /** And how long after that their purchases are counted, as what a forecast must meet. */
  ahead?: number;
  /** Times are cut to multiples of this, and several purchases within it are one; 0 leaves them as they fall. */
  grain?: number;
  seed: number;
}

export interface SimulatedPurchases {
  x: Float64Array;
  tx: Float64Array;
  T: Float64Array;
  /** Purchases in (T, T + ahead]. */
  ahead: Float64Array;
}

/** Customers who do exactly what a model says: to see whether a fit finds them again, and for intervals by parametric bootstrap. */
export function simulatePurchases({
  model,
  parameters,
  customers,
  watched,
  ahead = 0,
  grain = 0,
  seed,
}: SimulateSettings): SimulatedPurchases {
  const luck = random(seed);
  const out: SimulatedPurchases = {
    x: new Float64Array(customers),
    tx: new Float64Array(customers),
    T: new Float64Array(customers),
    ahead: new Float64Array(customers),
  };
  for (let i = 0; i < customers; i++) {
    const T = watched(luck, i);
    out.T[i] = grain > 0 ? Math.max(grain, Math.round(T / grain) * grain) : T;
    const end = out.T[i]!;
    const next = customer(model, parameters, luck);
    let last = 0;
    for (let at = next(); at <= end + ahead; at = next()) {
      const time = grain > 0 ? Math.ceil(at / grain) * grain : at;
      if (time <= last || time > end + ahead) continue;
      last = time;
      if (time > end) out.ahead[i]!++;
      else {
        out.x[i]!++;
        out.tx[i] = time;
      }
    }
  }
  return out;
}

/** The times of one customer's repeat purchases, one after the other; Infinity once stopped. */
function customer(model: PurchaseModel, parameters: ArrayLike<number>, luck: Random): () => number {
  const [r, alpha, third, fourth] = [parameters[0]!, parameters[1]!, parameters[2]!, parameters[3]!];
  const pace = luck.gamma(r) / alpha;
  const gap = () => {
    let steps = 0;
    for (let j = 0; j < model.k; j++) steps += luck.exponential();
    return steps / pace;
  };
  let at = 0;
  if (model.name === 'pareto_nbd') {
    const life = luck.exponential() / (luck.gamma(third) / fourth);
    return () => {
      at += gap();
      return at <= life ? at : Number.POSITIVE_INFINITY;
    };
  }
  const stops = luck.beta(third, fourth);
  let stopped = model.name !== 'bg_nbd' && luck.uniform() < stops;
  return () => {
    if (stopped) return Number.POSITIVE_INFINITY;
    at += gap();
    stopped = luck.uniform() < stops;
    return at;
  };
}
