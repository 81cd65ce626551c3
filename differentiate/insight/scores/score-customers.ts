// Scoring: what is known of every customer, computed step by step in the warehouse; then a copy for the desk's lists.
import { SYSTEM } from '@vinculo/postgres';
import { copyToDesk } from './copy-to-desk.ts';
import { runSteps } from './run-steps.ts';
import type { Progress, Scoring, Stores } from './score-step.ts';
import { BESIDE, SCORES } from './steps.ts';
import { refreshOverview } from './value-overview.ts';

export interface ScoringFigures {
  buyers: number;
  /** Of the whole. */
  seconds: number;
  /** By step, and for the copy to the desk and the overview. Steps run side by side: together they are more than the whole. */
  secondsOf: Record<string, number>;
}

/**
 * Recomputes every score. Each step works on a table beside the one people read, and exchanges them at its end; the desk's
 * copy changes in one transaction. Killed at any moment, the scores in force stay whole and the next run repeats.
 */
export async function scoreCustomers(context: Stores, job: Progress): Promise<ScoringFigures> {
  const { store, settings } = context;
  const { currency, timeZone } = await settings.get();
  const at = new Date();
  const secondsOf: Record<string, number> = {};
  let buyers = 0;
  const scored = SCORES.map(({ name }) => name);
  const copy = async (_: Stores, { signal }: Scoring) => void (buyers = await copyToDesk(context, signal));
  const steps = [
    ...SCORES,
    { name: 'copy', after: scored, run: copy },
    ...BESIDE,
    { name: 'overview', after: scored, run: () => refreshOverview(context, at) },
  ];
  const total = steps.length;
  let done = 0;
  const began = performance.now();
  await runSteps(steps, job.signal, async (step, signal) => {
    await job.progress({ done, total, phase: step.name });
    const began = performance.now();
    await step.run(context, { at, currency, timeZone, signal });
    secondsOf[step.name] = (performance.now() - began) / 1000;
    await job.progress({ done: ++done, total, phase: step.name });
  });
  const seconds = (performance.now() - began) / 1000;
  await store.transaction(SYSTEM, (tx) =>
    tx.emit('customers.scored', { kind: 'customer', id: 'all' }, { buyers, began: at.toISOString() }),
  );
  return { buyers, seconds, secondsOf };
}
