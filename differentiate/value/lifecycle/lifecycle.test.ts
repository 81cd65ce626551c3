// The rhythm of each customer and the stages it gives: known answers first, then worlds whose truth is known.
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../arithmetic/sample.ts';
import { learnGaps, UNLEARNED } from './gap-model.ts';
import { deviateOfStudent, normalCdf, normalQuantile, studentOfDeviate } from './normal.ts';
import { gapDays, gapDeviate, gapQuantile, gapReaches, rhythmDays, rhythmOf, silenceGoesOn } from './rhythm.ts';
import { spellsOf } from './spells.ts';
import { STAGE_RULES, standingOn, thresholdsOf } from './stage.ts';
import { inverseTrigamma, trigamma } from './trigamma.ts';
import { visitsOf, visitsUntil } from './visits.ts';

const rules = thresholdsOf(STAGE_RULES);
/** Somebody who comes about every week. */
const weekly = { mean: Math.log(7), between: 0.3, within: 0.2, degrees: 20, customers: 1000 };
const every = (gap: number, times: number, from = 0) => Array.from({ length: times }, (_, i) => from + i * gap);
const stage = (days: number[], day: number, money?: number[]) => standingOn(weekly, rules, visitsOf(days, money), day).stage;

describe('the normal and Student’s distribution', () => {
  it('agree with the tables', () => {
    expect(normalCdf(1.959964)).toBeCloseTo(0.975, 6);
    expect(normalCdf(-3)).toBeCloseTo(0.0013498980316301, 9);
    expect(normalQuantile(0.995)).toBeCloseTo(2.5758293, 6);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.0902323, 6);
    // t of 0.975 with 5 and with 30 degrees of freedom: 2.5706 and 2.0423.
    expect(normalCdf(deviateOfStudent(2.5706, 5))).toBeCloseTo(0.975, 2);
    expect(normalCdf(deviateOfStudent(2.0423, 30))).toBeCloseTo(0.975, 3);
    expect(studentOfDeviate(deviateOfStudent(-1.7, 4), 4)).toBeCloseTo(-1.7, 10);
  });
  it('trigamma of 1 is π²/6, and its inverse takes it back', () => {
    expect(trigamma(1)).toBeCloseTo(Math.PI ** 2 / 6, 8);
    for (const x of [0.1, 1, 3.7, 40]) expect(inverseTrigamma(trigamma(x))).toBeCloseTo(x, 6);
  });
});

/** Customers whose gaps are drawn as the model says they are. */
function world(customers: number, truth: { mean: number; between: number; within: number; degrees: number }, seed = 7) {
  const random = seededRandom(seed);
  const normal = () => normalQuantile(Math.min(Math.max(random(), 1e-9), 1 - 1e-9));
  const chiSquare = (degrees: number) => Array.from({ length: degrees }, normal).reduce((sum, z) => sum + z * z, 0);
  const people = Array.from({ length: customers }, () => {
    const center = truth.mean + Math.sqrt(truth.between) * normal();
    const deviation = Math.sqrt((truth.within * truth.degrees) / chiSquare(truth.degrees));
    const gaps = Array.from({ length: Math.floor(random() * 12) }, () => center + deviation * normal());
    return { gaps, next: center + deviation * normal() };
  });
  const sums = people.map(({ gaps }) => [gaps.length, gaps.reduce((a, g) => a + g, 0), gaps.reduce((a, g) => a + g * g, 0)] as const);
  return {
    people,
    sums,
    model: learnGaps({ count: sums.map(([n]) => n), sum: sums.map(([, s]) => s), squares: sums.map(([, , q]) => q) }),
  };
}

describe('learning the base', () => {
  const truth = { mean: Math.log(20), between: 0.5, within: 0.4, degrees: 10 };
  it('recovers the world the gaps were drawn from', () => {
    const { model } = world(20_000, truth);
    expect(model.mean).toBeCloseTo(truth.mean, 1);
    expect(model.between).toBeCloseTo(truth.between, 1);
    expect(model.within).toBeCloseTo(truth.within, 1);
    expect(model.degrees).toBeGreaterThan(7);
    expect(model.degrees).toBeLessThan(14);
  });
  it('says of the next gap what happens: each quantile holds so many of them', () => {
    const { people, sums, model } = world(20_000, truth);
    for (const quantile of [0.5, 0.9, 0.97]) {
      const shorter = people.filter(({ next }, i) => gapQuantile(rhythmOf(model, ...sums[i]!), Math.exp(next)) <= quantile).length;
      expect(shorter / people.length).toBeCloseTo(quantile, 1.7);
    }
  });
  it('shrinks: one gap moves a customer a little, twenty nearly all the way', () => {
    const log = Math.log(70);
    const once = rhythmDays(rhythmOf(weekly, 1, log, log * log));
    const often = rhythmDays(rhythmOf(weekly, 20, 20 * log, 20 * log * log));
    expect(once).toBeGreaterThan(7);
    expect(once).toBeLessThan(often);
    expect(often).toBeGreaterThan(60);
    expect(often).toBeLessThanOrEqual(70);
    expect(rhythmDays(rhythmOf(weekly, 0, 0, 0))).toBeCloseTo(7, 10);
  });
  it('does not learn from four customers', () => {
    expect(learnGaps({ count: [3, 3, 3, 3, 0], sum: [6, 6, 6, 6, 0], squares: [12, 12, 12, 12, 0] })).toBe(UNLEARNED);
  });
});

describe('a silence', () => {
  it('reaches a deviate where its own is as far out, whatever the rhythm', () => {
    const luck = seededRandom(11);
    let reached = 0;
    for (let n = 0; n < 20_000; n++) {
      const rhythm = { center: 5 * luck(), spread: 0.05 + 2 * luck(), degrees: 1 + 200 * luck() ** 3 };
      const days = Math.floor(400 * luck() ** 2);
      // The deviate itself is an edge: as far out is far enough.
      for (const deviate of [gapDeviate(rhythm, days), 3 - 4 * luck()]) {
        expect(gapReaches(rhythm, days, deviate)).toBe(gapDeviate(rhythm, days) >= deviate);
        if (gapReaches(rhythm, days, deviate)) reached++;
      }
    }
    expect(reached).toBeGreaterThan(20_000);
    expect(reached).toBeLessThan(40_000);
  });

  const rhythm = rhythmOf(weekly, 8, 8 * Math.log(7), 8 * Math.log(7) ** 2 + 0.5);
  it('has the days of a quantile and the quantile of the days', () => {
    for (const quantile of [0.1, 0.5, 0.9, 0.995]) expect(gapQuantile(rhythm, gapDays(rhythm, quantile))).toBeCloseTo(quantile, 6);
  });
  it('is the likelier to go on the longer it is, and the less the further one looks', () => {
    expect(silenceGoesOn(rhythm, 40, 30)).toBeGreaterThan(silenceGoesOn(rhythm, 3, 30));
    expect(silenceGoesOn(rhythm, 3, 60)).toBeLessThan(silenceGoesOn(rhythm, 3, 30));
    expect(silenceGoesOn(rhythm, 3, 0)).toBe(1);
  });
});

describe('the stages', () => {
  it('are relative to the own rhythm: the same silence is nothing to one and the end to another', () => {
    expect(stage(every(30, 12), 12 * 30)).toBe('active');
    expect(stage(every(3, 110), 109 * 3 + 30)).toBe('lost');
  });
  it('follow each other as the silence grows', () => {
    const days = every(7, 20);
    const last = days.at(-1)!;
    const seen = Array.from({ length: 120 }, (_, i) => stage(days, last + i));
    expect([...new Set(seen)]).toEqual(['active', 'at_risk', 'inactive', 'lost']);
  });
  it('say since when, to the day', () => {
    const history = visitsOf(every(7, 20));
    for (let day = 134; day < 200; day++) {
      const { stage: here, since } = standingOn(weekly, rules, history, day);
      if (here === 'active') continue;
      expect(standingOn(weekly, rules, history, since).stage).toBe(here);
      expect(standingOn(weekly, rules, history, since - 1).stage).not.toBe(here);
    }
  });
  it('begin with a prospect and somebody new', () => {
    expect(stage([], 10)).toBe('prospect');
    expect(stage([10], 9)).toBe('prospect');
    expect(stage([10], 12)).toBe('new');
    expect(stage([10, 15], 18)).toBe('new');
    expect(stage([10, 15, 23], 25)).toBe('active');
  });
  it('know who came back after being lost, for a while', () => {
    const days = [...every(7, 20), 133 + 200, 133 + 207];
    expect(stage(days, 133 + 199)).toBe('lost');
    expect(stage(days, 133 + 200)).toBe('won_back');
    expect(stage([...days, ...every(7, 40, 133 + 214)], 133 + 214 + 39 * 7 + 1)).toBe('active');
  });
  it('see who grows: oftener and for more money than before', () => {
    const days = [...every(7, 30), ...every(4, 14, 207)];
    const money = days.map((day) => (day < 207 ? 20 : 30));
    expect(stage(days, days.at(-1)! + 1, money)).toBe('growing');
    expect(
      stage(
        days,
        days.at(-1)! + 1,
        days.map((day) => (day < 207 ? 20 : 5)),
      ),
    ).toBe('active');
  });
  it('refuse thresholds out of order', () => {
    expect(() => thresholdsOf({ ...STAGE_RULES, inactive: 0.8 })).toThrow(RangeError);
  });
});

describe('the spells of a customer', () => {
  const days = [...every(7, 20), ...every(7, 20, 500)];
  it('end on the day the silence had been too long, and begin again with the return', () => {
    const spells = spellsOf(weekly, rules, visitsOf(days), 640);
    expect(spells).toHaveLength(2);
    expect(spells[0]).toMatchObject({ from: 0, last: 19 });
    expect(spells[0]!.until).toBe(standingOn(weekly, rules, visitsOf(days), 499).since);
    expect(spells[1]).toMatchObject({ from: 500, until: -1, last: 39 });
  });
  it('do not change because of what is bought later', () => {
    for (const day of [100, 140, 300, 499]) {
      const then = spellsOf(weekly, rules, visitsOf(days.filter((bought) => bought <= day)), day);
      expect(spellsOf(weekly, rules, visitsOf(days), day)).toEqual(then);
    }
  });
  it('agree with the stage: lost outside of them', () => {
    for (let day = 0; day < 660; day += 3) {
      const inside = spellsOf(weekly, rules, visitsOf(days), day).some(({ from, until }) => from <= day && until < 0);
      expect([day, stage(days, day) !== 'lost']).toEqual([day, inside]);
    }
  });
});

it('visits are found by their day', () => {
  const history = visitsOf([2, 5, 9]);
  expect([1, 2, 4, 9, 50].map((day) => visitsUntil(history, day))).toEqual([0, 1, 1, 3, 3]);
});
