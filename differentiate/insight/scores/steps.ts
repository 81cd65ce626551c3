import { contactsStep } from './contacts.ts';
import { factsStep } from '../boards/facts.ts';
import { forecastStep } from '../forecast/score.ts';
import { funnelStep } from '../funnel/fill-funnel.ts';
import { lifeCycleStep } from '../life-cycle/score.ts';
import { profitStep } from '../money/score.ts';
import { loyaltyStep } from '../loyalty/score.ts';
import { linesStep } from './lines.ts';
import { needsStep } from '../needs/score.ts';
import { ordersStep } from './orders.ts';
import { profilesStep } from './profiles.ts';
import type { ScoreStep } from './score-step.ts';
import { tierStep } from '../tiers/score.ts';
import { valueStep } from './value.ts';

/**
 * What the desk has a copy of, and what that is found out from. Of steps that may begin, the earlier does: the longest chains of
 * them stand first.
 */
export const SCORES: readonly ScoreStep[] = [
  linesStep,
  profilesStep,
  contactsStep,
  ordersStep,
  forecastStep,
  valueStep,
  lifeCycleStep,
  profitStep,
  loyaltyStep,
  tierStep,
  needsStep,
];

/** What is found out beside, while the desk writes its copy: that keeps one processor busy, these the other. */
export const BESIDE: readonly ScoreStep[] = [factsStep, funnelStep];

/** Everything scoring finds out, in an order in which one step after another can run. */
export const STEPS: readonly ScoreStep[] = [...SCORES, ...BESIDE];
