import { describe, expect, it } from 'vitest';
import { occurredAt, readMoment } from './moment.ts';

const iso = (written: unknown) => {
  const at = readMoment(written);
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('a moment', () => {
  it.each([
    ['2024-05-02T10:00:00.250Z', '2024-05-02T10:00:00.250Z'],
    ['2024-05-02T10:00:00Z', '2024-05-02T10:00:00.000Z'],
    ['2024-05-02T12:00:00+02:00', '2024-05-02T10:00:00.000Z'],
    ['2024-05-02T05:00:00-0500', '2024-05-02T10:00:00.000Z'],
    ['2024-05-02T12:00+02', '2024-05-02T10:00:00.000Z'],
    ['2024-05-02 10:00:00', '2024-05-02T10:00:00.000Z'],
    ['2024-05-02T10:00:00,123456789Z', '2024-05-02T10:00:00.123Z'],
    ['2024-05-02T10:00:00.5', '2024-05-02T10:00:00.500Z'],
    ['20240502T100000Z', '2024-05-02T10:00:00.000Z'],
    ['2024-05-02', '2024-05-02T00:00:00.000Z'],
    ['2024-02-29T23:59:60Z', '2024-03-01T00:00:00.000Z'],
    [1714644000, '2024-05-02T10:00:00.000Z'],
    [1714644000250, '2024-05-02T10:00:00.250Z'],
    ['1714644000', '2024-05-02T10:00:00.000Z'],
  ])('%s is %s', (written, at) => {
    expect(iso(written)).toBe(at);
  });

  it.each([
    'ayer',
    '',
    '2024-13-01',
    '2023-02-29',
    '2023-02-31T10:00:00Z',
    '2024-05-02T25:00:00Z',
    '02/05/2024',
    null,
    true,
    Number.NaN,
    -1,
  ])('%s is none', (written) => {
    expect(readMoment(written)).toBeUndefined();
  });
});

describe('when an event happened', () => {
  const RECEIVED = Date.UTC(2024, 4, 2, 10);
  const SECOND = 1_000;
  const YEAR = 365 * 86_400 * SECOND;

  it('is received − (sent − timestamp): a device whose clock is three years off is right by ours', () => {
    const sent = RECEIVED - 3 * YEAR;
    expect(occurredAt(RECEIVED, sent, sent - 40 * SECOND)).toEqual({ at: RECEIVED - 40 * SECOND });
    const fast = RECEIVED + 3 * YEAR;
    expect(occurredAt(RECEIVED, fast, fast - 40 * SECOND)).toEqual({ at: RECEIVED - 40 * SECOND });
  });

  it('is the timestamp where nobody says when it was sent, and the moment it was received without either', () => {
    expect(occurredAt(RECEIVED, undefined, RECEIVED - 9 * SECOND)).toEqual({ at: RECEIVED - 9 * SECOND });
    expect(occurredAt(RECEIVED, RECEIVED, undefined)).toEqual({ at: RECEIVED });
  });

  it('is never after it was received; a clock that cannot be believed is told', () => {
    expect(occurredAt(RECEIVED, undefined, RECEIVED + 30 * SECOND)).toEqual({ at: RECEIVED });
    expect(occurredAt(RECEIVED, undefined, RECEIVED + YEAR)).toEqual({ at: RECEIVED, clock: new Date(RECEIVED + YEAR).toISOString() });
    expect(occurredAt(RECEIVED, undefined, 0)).toEqual({ at: RECEIVED, clock: '1970-01-01T00:00:00.000Z' });
  });

  it('may be long ago: histories are sent too', () => {
    expect(occurredAt(RECEIVED, RECEIVED, RECEIVED - 9 * YEAR)).toEqual({ at: RECEIVED - 9 * YEAR });
  });
});
