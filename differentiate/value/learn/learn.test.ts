import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../arithmetic/sample.ts';
import { trainBoosted } from './boosted.ts';
import { applyCalibration, calibrate } from './calibration.ts';
import { baseline, type Classifier, contributionMatrix, contributions, logOdds, probabilities } from './classifier.ts';
import { trainLogistic } from './logistic.ts';
import { outOfFold } from './out-of-fold.ts';
import { auc, brierScore, lift, logLoss, reliability } from './quality.ts';
import { CHARGE_SLOPE, CONTRACT_EFFECT, simulatedBase, TENURE_SLOPE } from './simulated-customers.fixture.ts';
import { categoryColumn, numberColumn, tableOfColumns, takeRows } from './table.ts';

const base = simulatedBase(6000);
const bent = simulatedBase(6000, { bent: true, seed: 4 });
const models: [string, Classifier][] = [
  ['logistic regression', trainLogistic(base.table, base.labels)],
  ['logistic regression with bends', trainLogistic(base.table, base.labels, { bends: 3 })],
  ['boosted trees', trainBoosted(base.table, base.labels)],
];

describe('logistic regression', () => {
  it('recovers the odds the customers were made with', () => {
    const { table, labels } = simulatedBase(60_000, { seed: 2 });
    const model = trainLogistic(table, labels);
    expect(model.converged).toBe(true);
    let first = 0;
    const slopes: Record<string, number> = {};
    for (const encoding of model.encodings) {
      if (encoding.kind === 'number') slopes[encoding.feature] = model.coefficients[first]! / encoding.scale;
      else {
        const of = (label: string) => model.coefficients[first + encoding.labels.indexOf(label)]!;
        expect(of('monthly') - of('biennial')).toBeCloseTo(CONTRACT_EFFECT.monthly - CONTRACT_EFFECT.biennial, 1);
        expect(of('monthly') - of('yearly')).toBeCloseTo(CONTRACT_EFFECT.monthly - CONTRACT_EFFECT.yearly, 1);
      }
      first += encoding.kind === 'number' ? (encoding.missing === null ? 1 : 2) : encoding.labels.length;
    }
    expect(slopes.tenure).toBeCloseTo(TENURE_SLOPE, 2);
    expect(slopes.charge).toBeCloseTo(CHARGE_SLOPE, 2);
    expect(model.importance.at(-1)!.feature).toBe('noise');
  });

  it('does not care in what unit a number is written', () => {
    const cents = tableOfColumns({
      ...base.table.columns,
      charge: numberColumn(Array.from((base.table.columns.charge as { values: Float64Array }).values, (value) => value * 100)),
    });
    const one = probabilities(trainLogistic(base.table, base.labels), base.table);
    const other = probabilities(trainLogistic(cents, base.labels), cents);
    one.forEach((p, i) => expect(other[i]!).toBeCloseTo(p, 6));
  });

  it('stays finite where a feature tells everything, and is drawn to the base rate by a heavy penalty', () => {
    const table = tableOfColumns({ told: numberColumn([0, 0, 0, 1, 1, 1]) });
    const labels = Uint8Array.of(0, 0, 0, 1, 1, 1);
    expect(trainLogistic(table, labels).coefficients.every(Number.isFinite)).toBe(true);
    for (const p of probabilities(trainLogistic(table, labels, { penalty: 1e6 }), table)) expect(p).toBeCloseTo(0.5, 3);
  });

  it('counts a row of weight two as that row twice', () => {
    const rows = Array.from({ length: 400 }, (_, i) => i);
    const table = takeRows(base.table, rows);
    const twice = takeRows(base.table, [...rows, ...rows.filter((row) => row % 3 === 0)]);
    const labels = base.labels.slice(0, 400);
    const weighted = trainLogistic(table, labels, { weights: Float64Array.from(rows, (row) => (row % 3 === 0 ? 2 : 1)), rare: 1 });
    const doubled = trainLogistic(twice, Uint8Array.of(...labels, ...rows.filter((row) => row % 3 === 0).map((row) => labels[row]!)), {
      rare: 1,
    });
    const [a, b] = [probabilities(weighted, table), probabilities(doubled, table)];
    a.forEach((p, i) => expect(b[i]!).toBeCloseTo(p, 6));
  });
});

describe('boosted trees', () => {
  it('find what no sum of features can say', () => {
    const trees = outOfFold(bent.table, bent.labels, (table, labels) => trainBoosted(table, labels));
    const line = outOfFold(bent.table, bent.labels, (table, labels) => trainLogistic(table, labels));
    expect(auc(trees, bent.labels)).toBeGreaterThan(auc(line, bent.labels) + 0.05);
    expect(auc(trees, bent.labels)).toBeGreaterThan(auc(bent.truth, bent.labels) - 0.03);
  });

  it('stop by themselves, sooner where there is nothing to learn', () => {
    const random = seededRandom(9);
    const nothing = Uint8Array.from(base.labels, () => (random() < 0.3 ? 1 : 0));
    const model = trainBoosted(base.table, nothing);
    const learned = trainBoosted(base.table, base.labels);
    expect(model.trees.length).toBeLessThan(15);
    expect(learned.trees.length).toBeGreaterThan(30);
    expect(learned.trees.length).toBeLessThan(400);
  });

  it('learn from the fact that something is missing', () => {
    const random = seededRandom(3);
    const answers = Array.from({ length: 2000 }, () => (random() < 0.3 ? null : random()));
    const labels = Uint8Array.from(answers, (answer) => (random() < (answer === null ? 0.8 : 0.1) ? 1 : 0));
    const table = tableOfColumns({ answer: numberColumn(answers) });
    const said = probabilities(trainBoosted(table, labels), table);
    answers.forEach((answer, i) => expect(said[i]! > 0.5).toBe(answer === null));
  });

  it('are the same from the same seed', () => expect(trainBoosted(base.table, base.labels)).toEqual(models[2]![1]));
});

describe.each(models)('%s', (_name, model) => {
  const said = probabilities(model, base.table);

  it('comes near the truth on customers it has not seen', () => {
    const others = simulatedBase(6000, { seed: 77 });
    const p = probabilities(model, others.table);
    expect(auc(p, others.labels)).toBeGreaterThan(auc(others.truth, others.labels) - 0.01);
    expect(logLoss(p, others.labels)).toBeLessThan(logLoss(others.truth, others.labels) + 0.01);
  });

  it('is explained in full: baseline and contributions make its log-odds', () => {
    const logits = logOdds(model, base.table);
    const { width, values } = contributionMatrix(model, base.table);
    for (let row = 0; row < base.table.rows; row += 97) {
      let sum = baseline(model);
      for (let i = 0; i < width; i++) sum += values[row * width + i]!;
      expect(sum).toBeCloseTo(logits[row]!, 9);
      const reasons = contributions(model, base.table, row);
      expect(reasons.reduce((all, { value }) => all + value, baseline(model))).toBeCloseTo(logits[row]!, 9);
      expect(reasons.map(({ value }) => Math.abs(value))).toEqual(reasons.map(({ value }) => Math.abs(value)).toSorted((a, b) => b - a));
    }
  });

  it('is plain data: kept as JSON it says the same', () => {
    expect(probabilities(JSON.parse(JSON.stringify(model)) as Classifier, base.table)).toEqual(said);
  });

  it('reads labels by their word, not by their place, and takes an unknown one for missing', () => {
    const some = takeRows(base.table, [0, 1, 2, 3]);
    const words = ['yearly', 'monthly', 'weekly', 'biennial'];
    const column = categoryColumn(words);
    const reversed = {
      kind: 'category' as const,
      labels: column.labels.toReversed(),
      codes: column.codes.map((code) => column.labels.length - 1 - code),
    };
    const [a, b, unknown] = [column, reversed, categoryColumn(['yearly', 'monthly', null, 'biennial'])].map((contract) =>
      probabilities(model, tableOfColumns({ ...some.columns, contract })),
    );
    expect(b).toEqual(a);
    expect(unknown).toEqual(a);
  });

  it('says which column it lacks', () => {
    const { tenure: _, ...rest } = base.table.columns;
    expect(() => probabilities(model, tableOfColumns(rest))).toThrow('tenure');
  });
});

describe('calibration', () => {
  const { labels, truth } = simulatedBase(20_000, { seed: 8 });
  // A model that puts everybody in the right order and exaggerates.
  const said = truth.map((p) => p ** 3 / (p ** 3 + (1 - p) ** 3));

  it.each(['platt', 'isotonic'] as const)('%s makes an exaggerating model honest and keeps its order', (kind) => {
    const honest = applyCalibration(calibrate(said, labels, kind), said);
    expect(brierScore(honest, labels)).toBeLessThan(brierScore(said, labels));
    expect(brierScore(honest, labels)).toBeLessThan(brierScore(truth, labels) + 0.001);
    expect(auc(honest, labels)).toBeCloseTo(auc(said, labels), 2);
    for (const bin of reliability(honest, labels)) expect(bin.happened).toBeCloseTo(bin.said, 1);
  });

  it('platt finds the exaggeration itself', () => {
    const calibration = calibrate(said, labels, 'platt');
    expect(calibration.kind === 'platt' && calibration.slope).toBeCloseTo(1 / 3, 1);
  });

  it('isotonic never falls, on anything', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), { minLength: 1, maxLength: 60 }),
        (pairs) => {
          const p = Float64Array.from(pairs, ([value]) => value);
          const calibration = calibrate(
            p,
            Uint8Array.from(pairs, ([, yes]) => (yes ? 1 : 0)),
            'isotonic',
          );
          const out = applyCalibration(calibration, p.toSorted());
          for (let i = 0; i < out.length; i++) {
            expect(out[i]!).toBeGreaterThanOrEqual(i > 0 ? out[i - 1]! - 1e-12 : 0);
            expect(out[i]!).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });
});

describe('quality', () => {
  it('counts pairs in the right order, ties for half', () => {
    expect(auc(Float64Array.of(0.1, 0.4, 0.35, 0.8), Uint8Array.of(0, 0, 1, 1))).toBe(0.75);
    expect(auc(Float64Array.of(0.5, 0.5, 0.5), Uint8Array.of(0, 1, 0))).toBe(0.5);
  });

  it('lift compares the top with the whole', () => {
    const said = Float64Array.from({ length: 10 }, (_, i) => i);
    expect(lift(said, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 1), 0.1)).toBe(10);
    expect(lift(said, Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0, 1), 0.2)).toBe(2.5);
  });

  it('brier is 0 for who knew and a quarter for who shrugged', () => {
    expect(brierScore(Float64Array.of(0, 1), Uint8Array.of(0, 1))).toBe(0);
    expect(brierScore(Float64Array.of(0.5, 0.5), Uint8Array.of(0, 1))).toBe(0.25);
  });
});
