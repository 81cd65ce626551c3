import type { Progress } from './job-definition.ts';

export interface ProgressState {
  done: number;
  total: number | null;
  phase: string | null;
  detail: string | null;
  ratePerSecond: number | null;
}

const WINDOW_MS = 15_000;
const WRITE_MS = 500;

/**
 * Collects what a job says of its progress and writes it at most twice a second. The rate is that of the last
 * fifteen seconds of the phase, so it follows the work when that slows down.
 */
export function createProgress(write: (state: ProgressState) => Promise<void>, now: () => number = Date.now) {
  const state: ProgressState = { done: 0, total: null, phase: null, detail: null, ratePerSecond: null };
  let samples: { at: number; done: number }[] = [{ at: now(), done: 0 }];
  let written = 0;
  let dirty = false;

  const flush = async () => {
    if (!dirty) return;
    dirty = false;
    written = now();
    await write({ ...state });
  };

  return {
    async report({ done, total, phase, detail }: Progress): Promise<void> {
      const at = now();
      const newPhase = phase !== undefined && phase !== state.phase;
      // Work that was done before, like a resumed import, must not count as speed.
      if (newPhase || done < state.done) samples = [{ at, done }];
      samples.push({ at, done });
      while (samples.length > 2 && at - samples[1]!.at > WINDOW_MS) samples.shift();
      // A call per row would fill the window with samples of the same moment.
      if (samples.length > 3 && at - samples.at(-3)!.at < 100) samples.splice(-2, 1);
      const first = samples[0]!;
      state.ratePerSecond = at - first.at >= 250 ? ((done - first.done) / (at - first.at)) * 1000 : newPhase ? null : state.ratePerSecond;
      state.done = done;
      if (total !== undefined || newPhase) state.total = total ?? null;
      if (phase !== undefined) state.phase = phase;
      if (detail !== undefined || newPhase) state.detail = detail ?? null;
      dirty = true;
      if (newPhase || at - written >= WRITE_MS) await flush();
    },
    flush,
  };
}
