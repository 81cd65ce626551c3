import { bringProfiles } from '@vinculo/segments';
import type { ScoreStep } from './score-step.ts';

/** The desk writes what it knows of each customer while the warehouse gathers the lines. */
export const profilesStep: ScoreStep = {
  name: 'profiles',
  after: [],
  run: (context, { signal }) => bringProfiles(context, signal),
};
