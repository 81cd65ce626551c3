// Runs what may run at the same time at the same time: one step works in the warehouse while another computes in its thread.

/** Two at a time keep two processors busy; more would share the same memory. */
const AT_ONCE = 2;

interface Step {
  name: string;
  after: readonly string[];
}

/**
 * Starts each step once those it comes after are done, earlier ones of the list first. When one fails, those that run are told to
 * stop by `signal`, no other begins, and the failure is thrown after all have stopped.
 *
 * @param run one step; resolves when it is done.
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
  let failure: unknown;

  const start = (step: S): void => {
    waiting.delete(step);
    const work: Promise<void> = run(step, both)
      .then(() => void done.add(step.name))
      .catch((error: unknown) => {
        failure ??= error;
        failed.abort(failure);
      })
      .finally(() => running.delete(work));
    running.add(work);
  };
  for (;;) {
    if (failure === undefined)
      for (const step of waiting) if (running.size < AT_ONCE && step.after.every((name) => done.has(name))) start(step);
    if (running.size === 0) break;
    await Promise.race(running);
  }
  if (failure !== undefined) throw failure;
  if (waiting.size > 0) throw new RangeError(`These steps can never begin: ${[...waiting].map(({ name }) => name).join(', ')}.`);
}
