import type { DateOrder } from './date.ts';

const FIGURES = /^\s*(\d{1,4})[./\-\s](\d{1,2})[./\-\s](\d{1,4})(?!\d)/;
const COMPACT = /^\s*(\d{2})(\d{2})(\d{4})\s*$/;

/**
 * The order the dates of a column are written in, by the figures that can only be a day: 25/03 is day first, 03/25 month
 * first. Without any such figure the place that varies more is taken for the day; without that, dmy.
 */
export function detectDateOrder(samples: readonly string[]): DateOrder {
  let yearFirst = 0;
  let dayFirst = 0;
  let monthFirst = 0;
  const first = new Set<number>();
  const second = new Set<number>();
  for (const sample of samples) {
    const parts = FIGURES.exec(sample) ?? COMPACT.exec(sample);
    if (parts === null) {
      if (/^\s*(?:19|20)\d{6}\s*$/.test(sample)) yearFirst++;
      continue;
    }
    const a = Number(parts[1]);
    const b = Number(parts[2]);
    const c = Number(parts[3]);
    if (parts[1]!.length === 4 || a > 31 || (parts[3]!.length <= 2 && a > 12 && a > 31)) yearFirst++;
    else if (a > 12 && b <= 12) dayFirst++;
    else if (b > 12 && a <= 12) monthFirst++;
    if (parts[3]!.length <= 2 && c > 0 && parts[1]!.length === 4) continue;
    first.add(a);
    second.add(b);
  }
  if (yearFirst > dayFirst + monthFirst) return 'ymd';
  if (dayFirst !== monthFirst) return dayFirst > monthFirst ? 'dmy' : 'mdy';
  return second.size > first.size && second.size > 12 ? 'mdy' : 'dmy';
}
