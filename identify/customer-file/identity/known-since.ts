import { isDate } from './calendar-date.ts';
import { isValid, type Traits, valueOf } from './traits.ts';

const FIELD = ['created_at'] as const;

/** What stands before it was written by a system that needs a date and had none: 1900-01-01, 1899-12-30. */
const FIRST = '1901-01-01';

/** An empty time, told in zones to the west of Greenwich too. */
const NO_DATE = new Set(['1969-12-31', '1970-01-01']);

/**
 * Since when somebody is a customer by what the sources say: the earliest day, as it is written, that a record gives as its own
 * beginning; null where none says. Days after `today` and those that stand for none do not count. Migration 0113 counted by the
 * same rule what was there before.
 *
 * @param today yyyy-mm-dd, or an instant that begins so.
 */
export function knownSince(records: readonly { traits: Traits }[], today: string): string | null {
  const last = today.slice(0, 10);
  let earliest: string | null = null;
  for (const { traits } of records) {
    const day = valueOf(traits, 'created_at').slice(0, 10);
    if (day < FIRST || day > last || NO_DATE.has(day) || (earliest !== null && day >= earliest)) continue;
    if (isValid(traits, FIELD) && isDate(day)) earliest = day;
  }
  return earliest;
}
