/** Which part comes first in dates of only numbers: day (Europe, Latin America), month (United States) or year. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/**
 * Reads dates of any common form into YYYY-MM-DD, `YYYY` where only the year is known; the empty string where it is none. From
 * one column, or from three: year, month, day.
 */
export function dateOf(order: DateOrder): (values: readonly string[]) => string {
  return (values) => {
    if (values.length >= 3) {
      const [y, m, d] = values.map((value) => Number.parseInt(value, 10)) as [number, number, number];
      if (Number.isNaN(y)) return '';
      return Number.isNaN(m) || Number.isNaN(d) ? String(fullYear(y, false)) : written(fullYear(y, false), m, d);
    }
    return readAnyDate(values[0] ?? '', order);
  };
}

export function readAnyDate(value: string, order: DateOrder): string {
  if (value === '') return '';
  const text = value.trim();
  // 1971-03-08T00:00:00Z, 1971/3/8, 1971.03.08
  let match = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[t ].*)?$/.exec(text);
  if (match) return written(Number(match[1]), Number(match[2]), Number(match[3]));
  match = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: .*)?$/.exec(text);
  if (match) {
    const [first, second] = [Number(match[1]), Number(match[2])];
    const year = fullYear(Number(match[3]), match[3]!.length === 2);
    const monthFirst = (order === 'mdy' && first <= 12) || second > 12;
    return monthFirst ? written(year, first, second) : written(year, second, first);
  }
  match = /^(\d{4})(\d{2})(\d{2})(?:\.0+)?$/.exec(text);
  if (match) {
    const year = Number(match[1]);
    if (year >= 1000 && year <= 2100) return written(year, Number(match[2]), Number(match[3]));
    const late = Number(text.slice(4, 8));
    if (late >= 1800 && late <= 2100) {
      const [a, b] = [Number(text.slice(0, 2)), Number(text.slice(2, 4))];
      return order === 'mdy' ? written(late, a, b) : written(late, b, a);
    }
    return written(year, Number(match[2]), Number(match[3]));
  }
  const named = /^(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[- /]*(?:de |of )?([a-z]{3,})\.?,?[- /]*(?:de |del )?(\d{4}|\d{2})\b/.exec(
    text,
  );
  if (named) {
    const month = monthOf(named[2]!);
    if (month > 0) return written(fullYear(Number(named[3]), named[3]!.length === 2), month, Number(named[1]));
  }
  const american = /^([a-z]{3,})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b/.exec(text);
  if (american) {
    const month = monthOf(american[1]!);
    if (month > 0) return written(Number(american[3]), month, Number(american[2]));
  }
  match = /^(1[6-9]\d\d|20\d\d)(?:\.0+)?$/.exec(text);
  return match ? match[1]! : '';
}

/** Which order the dates of a column are in: told by parts above twelve; day first where nothing tells. */
export function dateOrder(values: readonly string[]): DateOrder {
  let dayFirst = 0;
  let monthFirst = 0;
  const step = Math.max(1, Math.floor(values.length / 5000));
  for (let code = 1; code < values.length; code += step) {
    const match =
      /^(\d{1,2})[-/. ](\d{1,2})[-/. ](?:\d{4}|\d{2})\b/.exec(values[code]!) ?? /^(\d{2})(\d{2})(?:19|20)\d\d$/.exec(values[code]!);
    if (!match) continue;
    if (Number(match[1]) > 12) dayFirst++;
    if (Number(match[2]) > 12) monthFirst++;
  }
  return monthFirst > dayFirst ? 'mdy' : 'dmy';
}

function written(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** 71 → 1971, 05 → 2005: no one in a file of today is born more than a few years ahead. */
function fullYear(year: number, short: boolean): number {
  if (!short) return year;
  return year > 29 ? 1900 + year : 2000 + year;
}

/** Months by their first letters in Spanish, English, French, Portuguese, German, Italian. */
const months: readonly RegExp[] = [
  /^(jan|ene|gen)/,
  /^(feb|fev)/,
  /^(mar|maerz|mrz)/,
  /^(apr|abr|avr)/,
  /^(may|mai|mag)/,
  /^(jun|juin|giu)/,
  /^(jul|juil|lug)/,
  /^(aug|ago|aou)/,
  /^(sep|set)/,
  /^(oct|okt|out|ott)/,
  /^nov/,
  /^(dec|dic|dez)/,
];

function monthOf(name: string): number {
  return months.findIndex((pattern) => pattern.test(name)) + 1;
}
