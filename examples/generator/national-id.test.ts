import { describe, expect, it } from 'vitest';
import { cif, nie, nif } from './national-id.ts';

describe('national ids', () => {
  it.each([
    [nif(12_345_678), '12345678Z'],
    [nif(1), '00000001R'],
    [nie(1_234_567), 'X1234567L'],
    [nie(11_234_567), 'Y1234567X'],
    [cif('A', 5_881_850), 'A58818501'],
  ])('%s is %s', (made, known) => {
    expect(made).toBe(known);
  });
});
