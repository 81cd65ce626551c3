import type { Context } from '@vinculo/http';
import type { JobDefinition } from '@vinculo/jobs';
import { applyCorrection } from './apply-correction.ts';
import { takeSnapshot } from './quality-snapshot.ts';

export function jobs(context: Context): JobDefinition<never>[] {
  const measure: JobDefinition<object> = {
    name: 'quality.measure',
    exclusive: 'quality',
    after: ['import.run', 'identity.unify', 'insight.score', 'household.form'],
    retries: 2,
    // After the night's unification, so that every day has its point of the trend.
    schedule: '55 2 * * *',
    run: () => takeSnapshot(context),
  };
  const correct: JobDefinition<{ correctionId: string }> = {
    name: 'quality.correct',
    exclusive: 'quality',
    retries: 3,
    run: ({ correctionId }, job) => applyCorrection(context, correctionId, job),
  };
  return [measure, correct] as JobDefinition<never>[];
}
