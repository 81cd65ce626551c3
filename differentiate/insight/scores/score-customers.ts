// Scoring: what is known of every customer, computed step by step in the warehouse; then a copy for the desk's lists.
import { SYSTEM } from '@vinculo/postgres';
import { copyToDesk } from './copy-to-desk.ts';
import type { Progress, Stores } from './score-step.ts';
import { STEPS } from './steps.ts';
import { refreshOverview } from './value-overview.ts';

export interface ScoringFigures {
  buyers: number;
  /** By step, and for the copy to the desk and the overview. */
  seconds: Record<string, number>;
}

/**
 * Recomputes every score. Each step works on a table beside the one people read, and exchanges them at its end; the desk's
 * copy changes in one transaction. Killed at any moment, the scores in force stay whole and the next run repeats.
 */
export async function scoreCustomers(context: Stores, job: Progress): Promise<ScoringFigures> {
  const { store, settings } = context;
  const { currency, timeZone } = await settings.get();
  const scoring = { at: new Date(), currency, timeZone, signal: job.signal };
  const seconds: Record<string, number> = {};
  const total = STEPS.length + 2;
  let done = 0;
  const timed = async <T>(phase: string, work: () => Promise<T>): Promise<T> => {
    await job.progress({ done, total, phase });
    const began = performance.now();
    const result = await work();
    seconds[phase] = (performance.now() - began) / 1000;
    done++;
    return result;
  };

  for (const step of STEPS) await timed(step.name, () => step.run(context, scoring));
  const buyers = await timed('copy', () => copyToDesk(context, job.signal));
  await timed('overview', () => refreshOverview(context, scoring.at));
  await job.progress({ done, total, phase: 'overview' });
  await store.transaction(SYSTEM, (tx) => tx.emit('customers.scored', { kind: 'customer', id: 'all' }, { buyers }));
  return { buyers, seconds };
}
