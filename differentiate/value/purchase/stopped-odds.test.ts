import { describe, expect, it } from 'vitest';
import { bgNbd, mbgNbd } from './beta-geometric.ts';
import { histories, type PurchaseColumns } from './histories.ts';
import { simulatePurchases } from './simulate.ts';

const CUSTOMERS = 60_000;
const PART = 1500;
const world = simulatePurchases({
  model: bgNbd,
  parameters: [0.6, 5, 0.8, 2.5],
  customers: CUSTOMERS,
  watched: (luck) => 2 + Math.floor(38 * luck.uniform()),
  grain: 1,
  seed: 7,
});

/** The same customers, few enough at a time for the long way. */
const parts = Array.from({ length: CUSTOMERS / PART }, (_, i) => {
  const part = (column: PurchaseColumns['x']) => Float64Array.from(column).slice(i * PART, (i + 1) * PART);
  return { x: part(world.x), tx: part(world.tx), T: part(world.T) };
}).map(histories);

describe.each([bgNbd, mbgNbd])('$name of very many customers', (model) => {
  it.each([
    [0.6, 5, 0.8, 2.5],
    [0.05, 0.02, 3, 0.1],
    [20, 90, 0.01, 40],
  ])('adds up to what it is of a few at a time: r %d, α %d, a %d, b %d', (...parameters) => {
    const of = Float64Array.from(parameters);
    const whole = histories(world);
    for (const part of parts) expect(part.xs.length * (part.Ts.length + part.txs.length)).toBeGreaterThan(part.rows / 2);
    // Else the short way is not taken, and nothing is compared.
    expect(whole.xs.length * (whole.Ts.length + whole.txs.length)).toBeLessThan(whole.rows / 2);
    const gradient = new Float64Array(4);
    const value = model.logLikelihood(whole, of, gradient);
    let sum = 0;
    const sums = new Float64Array(4);
    for (const part of parts) {
      const few = new Float64Array(4);
      sum += model.logLikelihood(part, of, few);
      few.forEach((slope, i) => {
        sums[i]! += slope;
      });
    }
    expect(Math.abs(value / sum - 1)).toBeLessThan(1e-12);
    gradient.forEach((slope, i) => expect(Math.abs(slope - sums[i]!)).toBeLessThan(1e-9 * Math.max(CUSTOMERS, Math.abs(slope))));
  });
});

describe('merging identical customers', () => {
  it('keeps who is who: each line leads to a row like it, and rows count their lines', () => {
    const { rowOf, xs, txs, Ts, x, tx, T, count, rows } = histories(world);
    const lines = new Float64Array(rows);
    for (let line = 0; line < CUSTOMERS; line++) {
      const row = rowOf[line]!;
      lines[row]!++;
      if (xs[x[row]!] !== world.x[line] || txs[tx[row]!] !== world.tx[line] || Ts[T[row]!] !== world.T[line])
        throw new Error(`Line ${line} is not like its row.`);
    }
    expect(lines).toEqual(count);
    const different = new Set(Array.from(world.x, (repeats, i) => `${repeats} ${world.tx[i]} ${world.T[i]}`));
    expect(rows).toBe(different.size);
  });
});
