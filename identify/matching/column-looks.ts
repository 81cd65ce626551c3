import { companyMark } from './company-mark.ts';
import { isGivenName } from './nicknames.ts';
import { readAnyDate } from './prepare-date.ts';

/** What values look like, each as a share of those looked at, or a mean. */
export interface Looks {
  email: number;
  date: number;
  phone: number;
  /** A number, perhaps with a currency or decimals. */
  numeric: number;
  integer: number;
  /** A year from 1600 to 2035. */
  year: number;
  website: number;
  /** More digits than letters. */
  digits: number;
  /** Letters and digits in one word. */
  mixed: number;
  /** Letters, spaces and the signs of names only. */
  letters: number;
  /** Has a common given name among its words. */
  givenName: number;
  /** Is one or two words of which the first is a common given name. */
  onlyGiven: number;
  company: number;
  /** Begins or ends with a door number and has words besides. */
  street: number;
  /** Several items parted by semicolons or bars, or by commas where the items are few and come again. */
  list: number;
  words: number;
  length: number;
}

/** Looks at up to two thousand of the distinct values, spread evenly. */
export function looksOf(values: readonly string[]): Looks {
  const looks: Looks = {
    email: 0,
    date: 0,
    phone: 0,
    numeric: 0,
    integer: 0,
    year: 0,
    website: 0,
    digits: 0,
    mixed: 0,
    letters: 0,
    givenName: 0,
    onlyGiven: 0,
    company: 0,
    street: 0,
    list: 0,
    words: 0,
    length: 0,
  };
  const step = Math.max(1, Math.floor((values.length - 1) / 2000));
  let seen = 0;
  const items = new Map<string, number>();
  let listed = 0;
  for (let code = 1; code < values.length; code += step) {
    const value = values[code]!.trim();
    if (value === '') continue;
    seen++;
    const digits = value.replace(/\D/g, '').length;
    const words = value.split(/\s+/);
    const year = /^\W*(1[6-9]\d\d|20[0-3]\d)(\.0)?\W*$/.test(value);
    if (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value)) looks.email++;
    if (year) looks.year++;
    if (!year && isDate(value)) looks.date++;
    else if (/^\+?[\d\s()./-]{7,22}$/.test(value) && digits >= 7 && digits <= 15 && (digits >= 9 || /[\s()./-]/.test(value))) looks.phone++;
    if (/^[$€£]?\s*-?\d+([.,]\d+)*\s*[$€£%]?$/.test(value)) looks.numeric++;
    if (/^\d+$/.test(value)) looks.integer++;
    if (/^(https?:\/\/)?(www\.)?[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(\/|$)/.test(value) && !value.includes('@')) looks.website++;
    if (digits * 2 > value.length) looks.digits++;
    if (words.length === 1 && digits > 0 && /[a-z]/.test(value)) looks.mixed++;
    if (/^[\p{L}\s.,'’´`ºª-]+$/u.test(value)) looks.letters++;
    const plain = words.map((word) => word.replace(/[^\p{L}]/gu, ''));
    if (words.length <= 6 && plain.some((word) => isGivenName(word))) looks.givenName++;
    if (words.length <= 2 && isGivenName(plain[0]!)) looks.onlyGiven++;
    if (companyMark(value)) looks.company++;
    if (
      words.length >= 2 &&
      words.length <= 9 &&
      (/^\d+[a-z]?,?\s/.test(value) || /\s(n[ºo.]*\s?)?\d+[a-z]?$/.test(value)) &&
      /[a-z]{3}/.test(value)
    )
      looks.street++;
    const parts = value.split(/\s*[;|,]\s*/);
    if (parts.length > 1) {
      looks.list++;
      listed += parts.length;
      for (const part of parts) items.set(part, (items.get(part) ?? 0) + 1);
    }
    looks.words += words.length;
    looks.length += value.length;
  }
  if (items.size * 4 > listed || items.size > 150) looks.list = 0;
  for (const key of Object.keys(looks) as (keyof Looks)[]) looks[key] /= Math.max(1, seen);
  return looks;
}

function isDate(value: string): boolean {
  const [year, month, day] = readAnyDate(value, 'dmy').split('-').map(Number) as [number, number | undefined, number | undefined];
  return month !== undefined && day !== undefined && year >= 1500 && year <= 2100 && month <= 31 && day <= 31;
}
