import type { GapModel } from './gap-model.ts';
import { lnDays } from './ln-days.ts';
import { gapDays, gapDeviate, gapReaches, type Rhythm, rhythmDays, rhythmOf } from './rhythm.ts';
import { normalQuantile } from './normal.ts';
import { boughtBetween, type Visits, visitsUntil } from './visits.ts';

/** The stages of the life cycle, from the beginning to the end and back. */
export const STAGES = ['prospect', 'new', 'active', 'growing', 'at_risk', 'inactive', 'lost', 'won_back'] as const;
export type Stage = (typeof STAGES)[number];

/** Where one stage ends and the next begins, all relative to the customer's own rhythm. */
export interface StageRules {
  /** A silence longer than this share of the customer's own gaps puts them at risk, then makes them inactive, then lost. */
  atRisk: number;
  inactive: number;
  lost: number;
  /** Up to so many days with a purchase they are new. */
  newVisits: number;
  /** Growing: this many times the money of the window before, over windows of so many of their own gaps. */
  growth: number;
  growthGaps: number;
  /** Who comes back after being lost is won back for so many of their own gaps. */
  wonBackGaps: number;
}

export const STAGE_RULES: StageRules = {
  atRisk: 0.9,
  inactive: 0.97,
  lost: 0.995,
  newVisits: 2,
  growth: 1.25,
  growthGaps: 10,
  wonBackGaps: 3,
};

/** What the rules see of a customer on a day. */
export interface Standing {
  stage: Stage;
  /** Day the stage was entered, as far as purchases alone tell; −1 for a prospect. */
  since: number;
  rhythm: Rhythm;
  /** Visits, and gaps between them. */
  visits: number;
  silent: number;
}

/** Growth is judged over windows of at least two weeks and at most a year. */
const WINDOW = { least: 14, most: 365 };
/** As few visits as this in a window say nothing of growth. */
const FEWEST_IN_WINDOW = 2;

/** The thresholds as deviates, so that nobody's distribution is integrated a million times. */
export interface Thresholds extends StageRules {
  atRiskDeviate: number;
  inactiveDeviate: number;
  lostDeviate: number;
}

/** @throws RangeError if the three silences are not in order between 0 and 1. */
export function thresholdsOf(rules: StageRules): Thresholds {
  const { atRisk, inactive, lost } = rules;
  if (!(0 < atRisk && atRisk < inactive && inactive < lost && lost < 1))
    throw new RangeError('At risk, inactive and lost must follow each other, between 0 and 1.');
  return {
    ...rules,
    atRiskDeviate: normalQuantile(atRisk),
    inactiveDeviate: normalQuantile(inactive),
    lostDeviate: normalQuantile(lost),
  };
}

/**
 * The stage of a customer on a day, from the purchases up to that day and nothing later: the same rule says where they stood
 * a month ago.
 *
 * In this order: lost, inactive or at risk by how long they have been silent beside their own gaps; won back, if a gap that
 * had made them lost ended not long ago; new, while they have bought little; growing, if they bring more than before; else active.
 */
export function standingOn(model: GapModel, rules: Thresholds, history: Visits, day: number): Standing {
  const { days, from } = history;
  const visits = visitsUntil(history, day);
  if (visits === 0) return { stage: 'prospect', since: -1, rhythm: rhythmOf(model, 0, 0, 0), visits, silent: 0 };
  let [sum, squares] = [0, 0];
  for (let i = from + 1; i < from + visits; i++) {
    const log = lnDays(days[i]! - days[i - 1]!);
    sum += log;
    squares += log * log;
  }
  const rhythm = rhythmOf(model, visits - 1, sum, squares);
  const last = days[from + visits - 1]!;
  const silent = day - last;
  const standing: Standing = { stage: 'active', since: 0, rhythm, visits, silent };
  const deviate = gapDeviate(rhythm, silent);
  if (deviate >= rules.lostDeviate) return enter(standing, 'lost', overdueOn(rhythm, last, rules.lost), day);
  if (deviate >= rules.inactiveDeviate) return enter(standing, 'inactive', overdueOn(rhythm, last, rules.inactive), day);
  if (deviate >= rules.atRiskDeviate) return enter(standing, 'at_risk', overdueOn(rhythm, last, rules.atRisk), day);

  const usual = rhythmDays(rhythm);
  const back = returnedOn(model, rules, history, visits, sum, squares, day - rules.wonBackGaps * usual);
  if (back >= 0) return enter(standing, 'won_back', back, day);
  if (visits <= rules.newVisits) return enter(standing, 'new', days[from]!, day);
  if (grows(rules, history, usual, day)) return enter(standing, 'growing', day, day);
  // The visit that made them more than new.
  return enter(standing, 'active', days[from + rules.newVisits]!, day);
}

const overdueOn = (rhythm: Rhythm, last: number, quantile: number) => last + Math.ceil(gapDays(rhythm, quantile));

function enter(standing: Standing, stage: Stage, since: number, day: number): Standing {
  standing.stage = stage;
  standing.since = Math.min(since, day);
  return standing;
}

/** The day of the return after a gap that had made them lost, if it was on `since` or later; else −1. */
function returnedOn(
  model: GapModel,
  rules: Thresholds,
  { days, from }: Visits,
  visits: number,
  sum: number,
  squares: number,
  since: number,
): number {
  for (let i = from + visits - 1; i > from && days[i]! >= since; i--) {
    const gap = days[i]! - days[i - 1]!;
    const log = lnDays(gap);
    sum -= log;
    squares -= log * log;
    // As it was judged then: by the gaps before it.
    if (gapReaches(rhythmOf(model, i - from - 1, sum, squares), gap, rules.lostDeviate)) return days[i]!;
  }
  return -1;
}

function grows(rules: Thresholds, history: Visits, usual: number, day: number): boolean {
  const window = Math.min(Math.max(rules.growthGaps * usual, WINDOW.least), WINDOW.most);
  if (history.days[history.from]! > day - 2 * window) return false;
  const now = boughtBetween(history, day - window, day);
  const before = boughtBetween(history, day - 2 * window, day - window);
  return before.visits >= FEWEST_IN_WINDOW && now.visits > before.visits && now.money > 0 && now.money >= rules.growth * before.money;
}
