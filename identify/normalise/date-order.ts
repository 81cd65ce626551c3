import type { DateOrder } from './date.ts';

const FIGURES = /^\s*(\d{1,4})[./\-\s](\d{1,2})[./\-\s](\d{1,4})(?!\d)/;
/** 19801231, but not 20121980. */
const YEAR_FIRST = /^\s*(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{6})?\s*$/;
const COMPACT = /^\s*(\d{2})(\d{2})(\d{4})\s*$/;

/**
 * The order the dates of a column are written in, by the figures that can only be a day: 25/03 is day first, 03/25 month
 * first. Without any such figure, dmy.
 */
export function detectDateOrder(samples: readonly string[]): DateOrder {
  let yearFirst = 0;
  let dayFirst = 0;
  let monthFirst = 0;
  for (const sample of samples) {
    if (YEAR_FIRST.test(sample)) {
      yearFirst++;
      continue;
    }
    const parts = FIGURES.exec(sample) ?? COMPACT.exec(sample);
    if (parts === null) continue;
    const a = Number(parts[1]);
    const b = Number(parts[2]);
    if (parts[1]!.length === 4 || a > 31) yearFirst++;
    else if (a > 12 && b <= 12) dayFirst++;
    else if (b > 12 && a <= 12) monthFirst++;
  }
  if (yearFirst > dayFirst + monthFirst) return 'ymd';
  return monthFirst > dayFirst ? 'mdy' : 'dmy';
}
