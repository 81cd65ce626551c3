import { deskStep, factsStep } from '../boards/facts.ts';
import { forecastStep } from '../forecast/score.ts';
import { funnelStep } from '../funnel/fill-funnel.ts';
import { lifeCycleStep } from '../life-cycle/score.ts';
import { profitStep } from '../money/score.ts';
import { loyaltyStep } from '../loyalty/score.ts';
import { linesStep } from './lines.ts';
import { needsStep } from '../needs/score.ts';
import { ordersStep } from './orders.ts';
import type { ScoreStep } from './score-step.ts';
import { tierStep } from '../tiers/score.ts';
import { valueStep } from './value.ts';

/** Everything scoring finds out. Of steps that may begin, the earlier does: the longest chains of them stand first. */
export const STEPS: readonly ScoreStep[] = [
  linesStep,
  deskStep,
  ordersStep,
  forecastStep,
  valueStep,
  profitStep,
  lifeCycleStep,
  tierStep,
  loyaltyStep,
  needsStep,
  funnelStep,
  factsStep,
];
