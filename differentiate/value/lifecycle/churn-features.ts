import { gapDeviate, type Rhythm, rhythmDays, silenceGoesOn } from './rhythm.ts';
import { boughtBetween, type Visits } from './visits.ts';

/** What a model of leaving looks at, in the order of the row. Every one is known on the day it is about. */
export const CHURN_FEATURES = [
  'overdue',
  'goes_on',
  'rhythm',
  'silence',
  'visits',
  'single',
  'pace',
  'money',
  'returns',
  'discounts',
  'complaints',
  'contacts',
  'breadth',
  'channels',
  'tenure',
  'irregular',
] as const;
export type ChurnFeature = (typeof CHURN_FEATURES)[number];

/** What is known of a customer on a day besides their visits. */
export interface Circumstances {
  /** Shares, 0…1, of everything bought until then. */
  returned: number;
  saved: number;
  /** In the half year before. */
  complaints: number;
  contacts: number;
  /** Lines a visit, and different channels used. */
  lines: number;
  channels: number;
}

/** What the trends compare: this window with the one before it. */
export interface Trend {
  days: number;
  visits: number;
  visitsBefore: number;
  money: number;
  moneyBefore: number;
}

/** The windows are the period that is forecast, or three gaps where the rhythm is slower. */
export function trendOn(history: Visits, rhythm: Rhythm, day: number, period: number): Trend {
  const days = Math.min(Math.max(period, Math.round(3 * rhythmDays(rhythm))), 365);
  const now = boughtBetween(history, day - days, day);
  const before = boughtBetween(history, day - 2 * days, day - days);
  return { days, visits: now.visits, visitsBefore: before.visits, money: now.money, moneyBefore: before.money };
}

/** One list a feature, in the order of {@link CHURN_FEATURES}, so that a million customers are sixteen lists. */
export type ChurnColumns = readonly Float64Array[];

export const churnColumns = (rows: number): ChurnColumns => CHURN_FEATURES.map(() => new Float64Array(rows));

/**
 * Writes what is known of a customer into row `at` of the columns.
 *
 * @param visits How many visits until the day, and the money of all of them.
 * @param tenure Days since the first of them.
 */
export function churnRow(
  columns: ChurnColumns,
  at: number,
  rhythm: Rhythm,
  silent: number,
  period: number,
  trend: Trend,
  { visits, money, tenure }: { visits: number; money: number; tenure: number },
  around: Circumstances,
): void {
  const average = Math.max(Math.abs(money) / visits, 0.01);
  columns[0]![at] = gapDeviate(rhythm, silent);
  columns[1]![at] = logit(silenceGoesOn(rhythm, silent, period));
  columns[2]![at] = rhythm.center;
  columns[3]![at] = Math.log1p(silent);
  columns[4]![at] = Math.log(visits);
  columns[5]![at] = visits === 1 ? 1 : 0;
  columns[6]![at] = Math.log((trend.visits + 0.5) / (trend.visitsBefore + 0.5));
  columns[7]![at] = Math.log((Math.max(trend.money, 0) + average) / (Math.max(trend.moneyBefore, 0) + average));
  columns[8]![at] = around.returned;
  columns[9]![at] = around.saved;
  columns[10]![at] = Math.log1p(around.complaints);
  columns[11]![at] = Math.log1p(around.contacts);
  columns[12]![at] = Math.log(Math.max(around.lines, 1));
  columns[13]![at] = Math.max(around.channels - 1, 0);
  columns[14]![at] = Math.log1p(tenure);
  columns[15]![at] = Math.log(rhythm.spread);
}

/** Certainties are taken as 99.99 %. */
function logit(p: number): number {
  const inside = Math.min(Math.max(p, 1e-4), 1 - 1e-4);
  return Math.log(inside / (1 - inside));
}
