import { describe, expect, it } from 'vitest';
import type { CustomerFound } from './compute-life-cycle.ts';
import { growingList } from './growing-list.ts';
import { type Reason, readReasons, REASON_FACTS, REASONS, type ReasonKey, writeReasons } from './reasons.ts';

/** Somebody of whom every sentence may be told. */
const somebody = (adds: Partial<Record<string, number>>): CustomerFound => ({
  customer: 0,
  standing: {
    stage: 'at_risk',
    rhythm: { center: Math.log(20), spread: 0.4, degrees: 12 },
    silent: 90,
    visits: 7,
  } as CustomerFound['standing'],
  before: 'active',
  firstDay: 19_000,
  lastDay: 19_400,
  brought: 310,
  periodValue: 80,
  risk: 0.7,
  trend: { visits: 1, visitsBefore: 4, money: 20_000_000.6, moneyBefore: 40_000_001.2, days: 120 } as CustomerFound['trend'],
  around: { returned: 0.256, saved: 0.1, complaints: 2, contacts: 3, lines: 4.6, channels: 2 },
  row: 0,
  adds: new Map(Object.entries(adds).map(([feature, size]) => [feature, Float64Array.of(size!)])) as CustomerFound['adds'],
  spells: [],
});

function told(...customers: CustomerFound[]): Reason[] {
  const kept = growingList(Float64Array, 1);
  for (const customer of customers) writeReasons(customer, kept);
  return readReasons([...kept.values.subarray(0, kept.length)]);
}

describe('the reasons of a risk', () => {
  it('are the three strongest, strongest first, with their side', () => {
    const found = told(somebody({ overdue: 0.4, silence: 0.3, visits: -0.9, tenure: -0.2, complaints: 0.5, money: 0.05 }));
    expect(found.map(({ key, raises }) => [key, raises])).toEqual([
      ['visits', false],
      ['silence', true],
      ['complaints', true],
    ]);
  });

  it('come back from numbers with the facts each names', () => {
    const facts: Record<ReasonKey, number[]> = {
      silence: [90, 20],
      rhythm: [20],
      visits: [7],
      pace: [1, 4, 120],
      money: [20_000_001, 40_000_001, 120],
      returns: [0.26],
      discounts: [0.1],
      complaints: [2],
      contacts: [3],
      breadth: [5, 2],
      tenure: [490],
    };
    for (const [key, [feature]] of Object.entries(REASONS) as [ReasonKey, readonly string[]][]) {
      const [reason, ...others] = told(somebody({ [feature!]: 1 }));
      expect(others).toEqual([]);
      expect(reason).toMatchObject({ key, raises: true });
      expect(Object.keys(reason!.facts)).toEqual(REASON_FACTS[key]);
      // A rhythm is a mean over the spread of the gaps, told in whole days from ten on.
      if (key === 'silence' || key === 'rhythm') expect(reason!.facts.rhythm).toBeGreaterThanOrEqual(20);
      else expect(Object.values(reason!.facts)).toEqual(facts[key]);
    }
  });

  it('of a file that taught no model are its silence', () => {
    expect(told({ ...somebody({}), adds: undefined }).map(({ key, raises }) => [key, raises])).toEqual([['silence', true]]);
  });

  it('tells no sentence that its facts do not bear', () => {
    const calm = somebody({ complaints: 2, returns: 2, tenure: 0.3 });
    expect(told({ ...calm, around: { ...calm.around, complaints: 0, returned: 0 } }).map(({ key }) => key)).toEqual(['tenure']);
  });
});
