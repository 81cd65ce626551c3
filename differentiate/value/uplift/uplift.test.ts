import { describe, expect, it } from 'vitest';
import { categoryColumn, numberColumn, tableOfColumns } from '../learn/table.ts';
import { seededRandom } from '../arithmetic/sample.ts';
import { predictUplift, trainUplift, upliftOutOfFold } from './uplift-model.ts';
import { averageEffect, qini, qiniCurve, upliftAt } from './uplift-quality.ts';

/** Half are persuaded (10 % → 40 %), half are put off (30 % → 20 %): the average effect is 0.1. */
function experiment(rows: number, share: number, seed: number) {
  const random = seededRandom(seed);
  const kind = Array.from({ length: rows }, () => (random() < 0.5 ? 'persuadable' : 'stubborn'));
  const treated = Uint8Array.from(kind, () => (random() < share ? 1 : 0));
  const truth = Float64Array.from(kind, (of) => (of === 'persuadable' ? 0.3 : -0.1));
  const labels = Uint8Array.from(kind, (of, row) => {
    const chance = of === 'persuadable' ? (treated[row] ? 0.4 : 0.1) : treated[row] ? 0.2 : 0.3;
    return random() < chance ? 1 : 0;
  });
  return { table: tableOfColumns({ kind: categoryColumn(kind), noise: numberColumn(kind.map(() => random())) }), treated, labels, truth };
}

describe.each(['two_models', 'class_transformation'] as const)('uplift by %s', (method) => {
  it.each([0.5, 0.2])('recovers who is persuaded and who is put off, with %d of them treated', (share) => {
    const { table, treated, labels, truth } = experiment(20_000, share, 3);
    const said = predictUplift(trainUplift(table, treated, labels, { method }), table);
    const mean = (kind: number) => {
      const rows = said.filter((_, row) => truth[row] === kind);
      return rows.reduce((sum, value) => sum + value, 0) / rows.length;
    };
    expect(mean(0.3)).toBeCloseTo(0.3, 1);
    expect(mean(-0.1)).toBeCloseTo(-0.1, 1);
  });

  it('orders customers it has not seen about as well as the truth', () => {
    const { table, treated, labels, truth } = experiment(12_000, 0.5, 4);
    const said = upliftOutOfFold(table, treated, labels, { method });
    expect(qini(said, treated, labels)).toBeGreaterThan(qini(truth, treated, labels) * 0.9);
    expect(upliftAt(said, treated, labels, 0.3).effect).toBeGreaterThan(0.25);
  });
});

describe('uplift by boosted trees', () => {
  it('recovers it too', () => {
    const { table, treated, labels, truth } = experiment(8000, 0.5, 6);
    const said = predictUplift(trainUplift(table, treated, labels, { learner: 'boosted' }), table);
    expect(qini(said, treated, labels)).toBeGreaterThan(qini(truth, treated, labels) * 0.85);
  });
});

describe('the quality of uplift', () => {
  const { treated, labels, truth } = experiment(20_000, 0.5, 5);

  it('the average effect is the difference of the two sides, within its interval', () => {
    const { effect, low, high } = averageEffect(treated, labels);
    expect(effect).toBeCloseTo(0.1, 1);
    expect(low).toBeLessThan(0.1);
    expect(high).toBeGreaterThan(0.1);
  });

  it('Qini is 0 for guessing, below 0 for the wrong way round, 1 for knowing all', () => {
    const random = seededRandom(1);
    const perfect = truth.map((_, row) => labels[row]! * (treated[row] ? 1 : -1));
    expect(
      qini(
        truth.map(() => random()),
        treated,
        labels,
      ),
    ).toBeCloseTo(0, 1);
    expect(
      qini(
        truth.map((value) => -value),
        treated,
        labels,
      ),
    ).toBeLessThan(-0.05);
    expect(qini(perfect, treated, labels)).toBeCloseTo(1, 12);
  });

  it('Qini and uplift are those of scikit-uplift 0.5.1 (qini_auc_score, uplift_at_k over all), ties included', () => {
    const said = Float64Array.of(0.9, 0.8, 0.8, 0.7, 0.6, 0.5, 0.5, 0.4, 0.3, 0.2, 0.1, 0.1);
    const sides = Uint8Array.of(1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 0);
    const did = Uint8Array.of(1, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 1);
    expect(qini(said, sides, did)).toBeCloseTo(0.6388888888888888, 12);
    expect(upliftAt(said, sides, did, 0.4).effect).toBeCloseTo(2 / 3, 12);
  });

  it('the curve ends at what treating everybody gained', () => {
    const { customers, gained } = qiniCurve(truth, treated, labels);
    expect(customers.at(-1)).toBe(20_000);
    expect(gained.at(-1)! / averageEffect(treated, labels).treated).toBeCloseTo(averageEffect(treated, labels).effect, 12);
  });
});
