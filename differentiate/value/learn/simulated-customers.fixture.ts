// Invented customers whose odds of leaving are known, for the tests of what learns.
import { seededRandom } from '../arithmetic/sample.ts';
import { categoryColumn, numberColumn, type Table, tableOfColumns } from './table.ts';

export const CONTRACT_EFFECT = { monthly: 0.8, yearly: -0.2, biennial: -0.9 } as const;
export const TENURE_SLOPE = -0.04;
export const CHARGE_SLOPE = 0.03;

export interface SimulatedBase {
  table: Table;
  labels: Uint8Array;
  /** The true probability of each row. */
  truth: Float64Array;
}

/**
 * Log-odds = −1 + contract + slope × (tenure − 30) + slope × (charge − 60), and where `bent`, the new leave a dear contract and
 * the old a cheap one, which no sum of features can say. Noise is a feature that means nothing; one charge in twenty is missing.
 */
export function simulatedBase(rows: number, { seed = 1, bent = false } = {}): SimulatedBase {
  const random = seededRandom(seed);
  const contracts = Object.keys(CONTRACT_EFFECT) as (keyof typeof CONTRACT_EFFECT)[];
  const contract = Array.from({ length: rows }, () => contracts[Math.floor(random() * 3)]!);
  const tenure = Float64Array.from({ length: rows }, () => 1 + Math.floor(random() * 60));
  const charge = Float64Array.from({ length: rows }, () => 20 + random() * 80);
  const noise = Float64Array.from({ length: rows }, () => random());
  const truth = Float64Array.from({ length: rows }, (_, i) => {
    const extra = bent ? (tenure[i]! < 20 === charge[i]! > 60 ? 1.2 : -1.2) : 0;
    const logit = -1 + CONTRACT_EFFECT[contract[i]!] + TENURE_SLOPE * (tenure[i]! - 30) + CHARGE_SLOPE * (charge[i]! - 60) + extra;
    return 1 / (1 + Math.exp(-logit));
  });
  return {
    table: tableOfColumns({
      contract: categoryColumn(contract),
      tenure: numberColumn(tenure),
      charge: numberColumn(Array.from(charge, (value) => (random() < 0.05 ? null : value))),
      noise: numberColumn(noise),
    }),
    labels: Uint8Array.from(truth, (p) => (random() < p ? 1 : 0)),
    truth,
  };
}
