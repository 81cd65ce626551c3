import { describe, expect, it } from 'vitest';
import { cohortCube } from './cohort-cube.ts';

const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
/** Orders of one customer after the other, oldest first: day, amount, margin. */
function cellsOf(...customers: (readonly [string, number, number])[][]) {
  const cube = cohortCube();
  customers.forEach((orders, customer) =>
    orders.forEach(([day, amount, margin], n) =>
      cube.add({ customer, isFirst: n === 0, day: dayOf(day), amount, margin, source: 1, channel: 2 }),
    ),
  );
  return cube
    .cells()
    .map(({ cohort, month, customers: who, orders, revenue, margin, known }) => [cohort, month, who, orders, revenue, margin, known])
    .toSorted(([a, b], [c, d]) => a! - c! || b! - d!);
}

describe('the cube of cohorts', () => {
  it('counts each customer once a month, and every purchase', () => {
    const one = [
      ['2026-01-03', 10, 4],
      ['2026-01-20', 5, 2],
      ['2026-03-01', 7, Number.NaN],
    ] as const;
    expect(cellsOf([...one], [['2026-01-31', 1, 1]])).toEqual([
      [202601, 202601, 2, 3, 16, 7, 16],
      [202601, 202603, 1, 1, 7, 0, 0],
    ]);
  });

  it('begins with what was bought: what was brought back or given away before brings its money, and is no order', () => {
    const returned = [
      ['2025-11-30', -3, -1],
      ['2025-12-05', 0, 0],
      ['2026-01-10', 20, 8],
      ['2026-02-02', -4, -2],
      ['2026-02-20', 6, 3],
      ['2026-03-09', -1, -1],
    ] as const;
    const only = [['2026-01-08', -9, -9]] as const;
    expect(cellsOf([...returned], [...only], [['2026-01-02', 1, 1]])).toEqual([
      [202601, 202601, 2, 2, 18, 8, 18],
      [202601, 202602, 1, 1, 2, 1, 2],
      [202601, 202603, 0, 0, -1, -1, -1],
    ]);
  });
});
