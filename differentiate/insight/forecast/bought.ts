// What was bought, to hold a forecast against.
import { dateOf } from '../life-cycle/purchase-days.ts';
import { type Computed, TRACK } from './compute-forecast.ts';
import type { Span } from './span.ts';

/** A year of the forecast, in days. */
const YEAR = 365;
const YEARS_BEFORE = 2;

export interface Bought {
  /** Purchases in each part of the time held out, by those who had bought before it. */
  heldOut: number[];
  /** Money by twelfth of a year, counted back from the day it is about; `existing` is of those who had bought a year before that day. */
  revenue: number[];
  existing: number[];
}

/** Sums purchases as they go by. Days since 1970; `first` is that of the customer's first purchase. */
export function boughtSince({ asOf, cut }: { asOf: number; cut: number }) {
  const zeros = (parts: number) => Array.from({ length: parts }, () => 0);
  const sums: Bought = { heldOut: zeros(TRACK), revenue: zeros(12 * YEARS_BEFORE), existing: zeros(12 * YEARS_BEFORE) };
  return {
    sums,
    /** A day with a purchase, after the cut. */
    purchase(day: number, first: number): void {
      if (first <= cut) sums.heldOut[Math.floor(((day - cut - 1) * TRACK) / (asOf - cut))]!++;
    },
    money(day: number, first: number, amount: number): void {
      const back = asOf - day;
      if (back >= YEARS_BEFORE * YEAR) return;
      const part = Math.floor((back * 12) / YEAR);
      sums.revenue[part]! += amount;
      if (first <= asOf - YEAR) sums.existing[part]! += amount;
    },
  };
}

/** The n-th twelfth of the year after a day (before it, for n < 0), named by the month most of it falls into. */
export const monthAfter = (day: number, n: number): string => dateOf(Math.round(day + (YEAR * (n + 0.5)) / 12)).slice(0, 7);

/** Purchases since the cut by those who had bought before it, as they were and as expected: both of everybody. */
export function track({ cut, asOf }: Span, found: Computed) {
  let actual = 0;
  return found.track.map((expected, part) => {
    actual += found.bought.heldOut[part]!;
    return {
      day: dateOf(Math.round(cut + ((asOf - cut) * (part + 1)) / TRACK)),
      actual,
      expected: (expected * found.testable) / found.tested,
    };
  });
}

/** Sales of the two years before, by twelfths of a year; `existing` is what customers bought whom the company had a year ago. */
export function salesBefore({ first, asOf }: Span, { bought: { revenue, existing } }: Computed) {
  const parts = Math.min(12 * YEARS_BEFORE, Math.ceil(((asOf - first + 1) * 12) / YEAR));
  return Array.from({ length: parts }, (_, i) => {
    const part = parts - 1 - i;
    return { month: monthAfter(asOf, -part - 1), revenue: revenue[part]!, existing: existing[part]! };
  });
}
