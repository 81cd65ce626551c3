import { describe, expect, it } from 'vitest';
import { type Health, verdictOf } from './verdict.ts';

const measured = (psi: (number | null)[]) =>
  ({ since: { drift: psi.map((value, n) => ({ field: `f${n}`, psi: value })) } }) as unknown as Health;

describe('the verdict on a model', () => {
  it('is of the worst field, and names those that drift as far', () => {
    expect(verdictOf(measured([0.02, 0.05]))).toEqual({ is: 'good', fields: [] });
    expect(verdictOf(measured([0.02, 0.12]))).toEqual({ is: 'watch', fields: ['f1'] });
    expect(verdictOf(measured([0.3, 0.12, null]))).toEqual({ is: 'bad', fields: ['f0'] });
  });

  it('says nothing of what was not measured, or hardly', () => {
    expect(verdictOf({ since: null } as Health).is).toBe('unknown');
    expect(verdictOf(measured([null])).is).toBe('few');
  });
});
