import type { Figures } from './read-report.ts';

type Spread = Figures['normal']['spend'];

/** Quartiles; zeros where nobody bought. */
export function spreadOf([low, middle, high]: readonly (number | null)[]): Spread {
  const number = (value: number | null | undefined) => (Number.isFinite(value) ? value! : 0);
  return { low: number(low), middle: number(middle), high: number(high) };
}
