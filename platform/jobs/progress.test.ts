import { describe, expect, it } from 'vitest';
import { createProgress, type ProgressState } from './progress.ts';

function watched() {
  let now = 1_000_000;
  const written: ProgressState[] = [];
  const progress = createProgress(
    async (state) => void written.push(state),
    () => now,
  );
  return { ...progress, written, pass: (ms: number) => (now += ms) };
}

describe('progress', () => {
  it('is written twice a second however often it is reported, and once more at the end', async () => {
    const { report, flush, written, pass } = watched();
    for (let done = 0; done <= 1_000; done++) {
      await report({ done, total: 1_000 });
      pass(2);
    }
    await flush();
    expect(written.length).toBeLessThanOrEqual(6);
    expect(written.at(-1)).toMatchObject({ done: 1_000, total: 1_000 });
  });

  it('has the rate of the last fifteen seconds', async () => {
    const { report, written, pass } = watched();
    for (let second = 0; second <= 60; second++) {
      // A hundred a second for half a minute, then ten.
      await report({ done: second <= 30 ? second * 100 : 3_000 + (second - 30) * 10, total: 10_000 });
      pass(1_000);
    }
    expect(written[20]!.ratePerSecond).toBeCloseTo(100, 0);
    expect(written.at(-1)!.ratePerSecond).toBeCloseTo(10, 0);
  });

  it('does not count as speed what a resumed job had done before', async () => {
    const { report, written, pass } = watched();
    pass(1_000);
    await report({ done: 900_000, total: 1_000_000, phase: 'load' });
    pass(1_000);
    await report({ done: 901_000, phase: 'load' });
    expect(written.at(-1)).toMatchObject({ total: 1_000_000, ratePerSecond: 1_000 });
  });

  it('starts anew with each phase', async () => {
    const { report, written, pass } = watched();
    await report({ done: 10, total: 10, phase: 'read', detail: 'a.csv' });
    pass(5_000);
    await report({ done: 0, phase: 'match' });
    expect(written.at(-1)).toEqual({ done: 0, total: null, phase: 'match', detail: null, ratePerSecond: null });
  });
});
