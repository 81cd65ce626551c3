import { foldText } from './fold-text.ts';
import type { Problem } from './problems.ts';

export type DateOrder = 'dmy' | 'mdy' | 'ymd';

export interface DateValue {
  original: string;
  /** 'YYYY-MM-DD' as written, not moved to another zone; '' when there is none. */
  iso: string;
  /** 'HH:MM:SS', with up to three decimals when they were written. */
  time?: string;
  /** 'Z' or '+02:00', when written. */
  zone?: string;
  valid: boolean;
  problem?: Problem;
}

export interface DateOptions {
  /** Two-digit years up to this one are of the 2000s, later ones of the 1900s. Default 30. */
  pivot?: number;
  /** Read a bare number between 1 and 109574 as a spreadsheet's day number (1900 system). Default false. */
  excelSerial?: boolean;
}

/**
 * A date as files hold it: 31/12/1980, 31-12-80, 1980-12-31T10:00:00Z, 19801231, 31 de diciembre de 1980, Dec 31st, 1980.
 * `order` (default dmy) decides only where figures leave a doubt; a four-digit year in front is always year, month, day.
 */
export function normaliseDate(input: string, order: DateOrder = 'dmy', options: DateOptions = {}): DateValue {
  const fast = readFixed(input, order);
  if (fast !== undefined) return fast;
  const text = input.trim();
  if (text === '' || text === '-') return failed(input, 'empty');

  const serial = options.excelSerial === true ? readSerial(input, text) : undefined;
  if (serial !== undefined) return serial;
  const clock = CLOCK.exec(text);
  const day = clock === null ? text : text.slice(0, clock.index).trim();
  const parts = DAY.exec(day);
  const date =
    parts !== null
      ? fromFigures(input, parts, order, options)
      : day.length >= 6 && COMPACT.test(day)
        ? fromCompact(input, day, order, options)
        : fromWords(input, day, order, options);
  if (clock !== null && date.iso !== '') addTime(date, clock);
  return date;
}

const DAY = /^(\d{1,4})\s*[./\-\s]\s*(\d{1,2})\s*[./\-\s]\s*(\d{1,4})$/;
const COMPACT = /^\d{6}$|^\d{8}$|^\d{14}$/;
const CLOCK =
  /(?:T|\s|,)\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(?:h(?:oras|s)?\.?)?\s*([ap]\.?\s?m\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?(?:\s*\([^)]*\))?$/i;

/** The shapes nearly every file has, read by position: dd/mm/yyyy and yyyy-mm-dd, alone or with Thh:mm:ss. */
function readFixed(input: string, order: DateOrder): DateValue | undefined {
  if (input.length !== 10) return undefined;
  const third = input.charCodeAt(2);
  const fifth = input.charCodeAt(4);
  if (fifth === 45 && input.charCodeAt(7) === 45) {
    const year = figures(input, 0, 4);
    const month = figures(input, 5, 2);
    const day = figures(input, 8, 2);
    if (year < 0 || month < 0 || day < 0) return undefined;
    return isDay(year, month, day) && isPlausible(year) && !isFiller(year, month, day)
      ? { original: input, iso: input, valid: true }
      : undefined;
  }
  if ((third === 47 || third === 45 || third === 46) && input.charCodeAt(5) === third && order !== 'ymd') {
    const a = figures(input, 0, 2);
    const b = figures(input, 3, 2);
    const year = figures(input, 6, 4);
    if (a < 0 || b < 0 || year < 0) return undefined;
    const day = order === 'dmy' ? a : b;
    const month = order === 'dmy' ? b : a;
    if (!isDay(year, month, day) || !isPlausible(year) || isFiller(year, month, day)) return undefined;
    const iso =
      order === 'dmy'
        ? `${input.slice(6)}-${input.slice(3, 5)}-${input.slice(0, 2)}`
        : `${input.slice(6)}-${input.slice(0, 2)}-${input.slice(3, 5)}`;
    return { original: input, iso, valid: true };
  }
  return undefined;
}

/** The number written in `length` figures from `start`, or -1. */
function figures(text: string, start: number, length: number): number {
  let value = 0;
  for (let i = start; i < start + length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function fromFigures(original: string, parts: RegExpExecArray, order: DateOrder, options: DateOptions): DateValue {
  const [, a, b, c] = parts as unknown as [string, string, string, string];
  const middle = Number(b);
  if (a.length > 2) return build(original, Number(a), middle, Number(c), a.length === 4);
  if (order === 'ymd' && c.length <= 2) return build(original, century(a, options), middle, Number(c), true);
  if (c.length === 3) return failed(original, 'format');
  const year = century(c, options);
  return order === 'mdy' ? build(original, year, Number(a), middle, true) : build(original, year, middle, Number(a), true);
}

/** 19560409, 09041956, 090456 and 20240131103000. Eight figures are year first when that makes a plausible date. */
function fromCompact(original: string, text: string, order: DateOrder, options: DateOptions): DateValue {
  if (text.length === 6) {
    const [a, b, c] = [text.slice(0, 2), text.slice(2, 4), text.slice(4)];
    if (order === 'ymd') return build(original, century(a, options), Number(b), Number(c), true);
    const year = century(c, options);
    return order === 'mdy' ? build(original, year, Number(a), Number(b), true) : build(original, year, Number(b), Number(a), true);
  }
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(4, 6));
  const day = Number(text.slice(6, 8));
  if (text.length === 14) {
    const date = build(original, year, month, day, true);
    const time = `${text.slice(8, 10)}:${text.slice(10, 12)}:${text.slice(12)}`;
    if (date.iso !== '' && isTime(time)) date.time = time;
    return date;
  }
  if (order === 'ymd' || (isPlausible(year) && isDay(year, month, day))) return build(original, year, month, day, true);
  const last = Number(text.slice(4));
  const [a, b] = [Number(text.slice(0, 2)), Number(text.slice(2, 4))];
  return order === 'mdy' ? build(original, last, a, b, true) : build(original, last, b, a, true);
}

/** Month names, Spanish and English, whole or by their first three letters; the day is the figure of at most two digits. */
function fromWords(original: string, text: string, order: DateOrder, options: DateOptions): DateValue {
  const words = foldText(text)
    .replace(/(\d)([a-z])/g, '$1 $2')
    .replace(/([a-z])(\d)/g, '$1 $2')
    .split(' ');
  let month = 0;
  const numbers: string[] = [];
  for (const word of words) {
    if (/^\d+$/.test(word)) numbers.push(word);
    else if (month === 0)
      month =
        MONTHS.get(word.length > 3 ? word.slice(0, Math.max(3, Math.min(word.length, 5))) : word) ?? MONTHS.get(word.slice(0, 3)) ?? 0;
  }
  if (month === 0 || numbers.length !== 2) return failed(original, FILLERS.has(words.join(' ')) ? 'placeholder' : 'format');
  const [first, second] = numbers as [string, string];
  const yearFirst = first.length > 2 || (order === 'ymd' && second.length <= 2);
  const [day, year] = yearFirst ? [second, first] : [first, second];
  if (day.length > 2 || year.length > 4 || year.length === 3) return failed(original, 'format');
  return build(original, century(year, options), month, Number(day), false);
}

const MONTHS = new Map<string, number>();
['ene jan', 'feb', 'mar', 'abr apr', 'may', 'jun', 'jul', 'ago aug', 'sep set', 'oct', 'nov', 'dic dec'].forEach((names, i) => {
  for (const name of names.split(' ')) MONTHS.set(name, i + 1);
});
MONTHS.set('marte', 0).set('sabad', 0);
const FILLERS = new Set('n a|na|null|none|nan|nat|sin fecha|desconocida|desconocido|unknown|no consta|fecha'.split('|'));

/** Days since 30 December 1899, as spreadsheets count after their 29 February 1900 that never was. */
function readSerial(original: string, text: string): DateValue | undefined {
  if (!/^\d{1,6}(?:[.,]\d+)?$/.test(text)) return undefined;
  const number = Number(text.replace(',', '.'));
  if (number < 1 || number > 109_574) return undefined;
  const whole = Math.floor(number);
  const { year, month, day } = civil(whole - 25_569 + (whole < 60 ? 1 : 0));
  const date = build(original, year, month, day, false);
  const seconds = Math.round((number - whole) * 86_400);
  if (seconds > 0 && seconds < 86_400)
    date.time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return date;
}

/** Calendar date of a day counted from 1970-01-01. Source: Hinnant, "chrono-compatible low-level date algorithms", civil_from_days. */
function civil(days: number): { year: number; month: number; day: number } {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const ofEra = z - era * 146_097;
  const yearOfEra = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * ofYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: ofYear - Math.floor((153 * m + 2) / 5) + 1 };
}

function century(year: string, { pivot = 30 }: DateOptions): number {
  const value = Number(year);
  return year.length > 2 ? value : value <= pivot ? 2000 + value : 1900 + value;
}

function build(original: string, year: number, month: number, day: number, swappable: boolean): DateValue {
  let problem: Problem | undefined;
  if (!isDay(year, month, day)) {
    if (!swappable || !isDay(year, day, month)) return failed(original, 'no-such-date');
    [month, day] = [day, month];
    problem = 'day-month-swapped';
  }
  const date: DateValue = { original, iso: `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`, valid: true };
  if (!isPlausible(year)) problem = 'year-implausible';
  if (isFiller(year, month, day)) problem = 'placeholder';
  if (problem !== undefined) {
    date.problem = problem;
    date.valid = problem === 'day-month-swapped';
  }
  return date;
}

const isPlausible = (year: number) => year >= 1875 && year <= 2100;
/** What systems store for "no date": zero days of databases and spreadsheets, and the end of time. */
const isFiller = (year: number, month: number, day: number) =>
  (year === 1900 && month === 1 && day <= 1) ||
  (year === 1899 && month === 12 && day >= 30) ||
  year === 9999 ||
  year === 1 ||
  (year === 2099 && month === 12 && day === 31);

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether that month of that year has such a day. */
export function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1 || day > DAYS[month - 1]!) return false;
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
}

function isTime(time: string): boolean {
  return time < '24' && time.slice(3, 5) < '60' && time.slice(6, 8) < '60';
}

function addTime(date: DateValue, clock: RegExpExecArray): void {
  const [, hours, minutes, seconds = '00', decimals, half, zone] = clock;
  let hour = Number(hours);
  if (half !== undefined) hour = (hour % 12) + (/^p/i.test(half) ? 12 : 0);
  const time = `${two(hour)}:${minutes}:${seconds}`;
  if (!isTime(time)) {
    date.valid = false;
    date.problem = 'format';
    return;
  }
  date.time = decimals === undefined ? time : `${time}.${decimals.slice(0, 3)}`;
  if (zone === undefined) return;
  date.zone = /^[ZUG]/i.test(zone)
    ? 'Z'
    : zone.length === 3
      ? `${zone}:00`
      : zone.length === 5
        ? `${zone.slice(0, 3)}:${zone.slice(3)}`
        : zone;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function failed(original: string, problem: Problem): DateValue {
  return { original, iso: '', valid: false, problem };
}
