// Runs what may run at the same time at the same time: one step works in the warehouse while another computes in its thread.
import { VinculoError } from '@vinculo/errors';

/** Two at a time keep two processors busy; more would share the same memory. */
const AT_ONCE = 2;

interface Step {
  name: string;
  after: readonly string[];
}

/** Two that ask for much at once can ask for too much, where each for itself would have had enough. */
const tooMuch = (error: unknown) => error instanceof VinculoError && error.code === 'VIN_WAREHOUSE_MEMORY';

/**
 * Starts each step once those it comes after are done, earlier ones of the list first. One that did not get memory enough beside
 * another is run again alone. When one fails, those that run are told to stop by `signal`, no other begins, and the failure is
 * thrown after all have stopped.
 *
 * @param run one step; resolves when it is done. Run again after a failure, it begins anew.
 * @throws RangeError when steps wait for each other, or for one that is not there.
 */
export async function runSteps<S extends Step>(
  steps: readonly S[],
  signal: AbortSignal,
  run: (step: S, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const both = AbortSignal.any([signal, failed.signal]);
  const waiting = new Set(steps);
  const done = new Set<string>();
  const running = new Set<Promise<void>>();
  const alone = new Set<S>();
  let failure: unknown;

  const mayBegin = (step: S): boolean => {
    if (!step.after.every((name) => done.has(name))) return false;
    return alone.size > 0 ? running.size === 0 && alone.has(step) : running.size < AT_ONCE;
  };
  const attempt = async (step: S): Promise<void> => {
    try {
      await run(step, both);
      done.add(step.name);
      alone.delete(step);
    } catch (error) {
      if (tooMuch(error) && !alone.has(step) && failure === undefined) {
        alone.add(step);
        waiting.add(step);
        return;
      }
      failure ??= error;
      failed.abort(failure);
    }
  };
  const start = (step: S): void => {
    waiting.delete(step);
    const work: Promise<void> = attempt(step).finally(() => running.delete(work));
    running.add(work);
  };
  for (;;) {
    if (failure === undefined) for (const step of waiting) if (mayBegin(step)) start(step);
    if (running.size === 0) break;
    await Promise.race(running);
  }
  if (failure !== undefined) throw failure;
  if (waiting.size > 0) throw new RangeError(`These steps can never begin: ${[...waiting].map(({ name }) => name).join(', ')}.`);
}
