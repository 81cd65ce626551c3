import { type Looks, looksOf } from './column-looks.ts';
import { isPersonalId, meaningByName } from './column-names.ts';
import { isGivenName } from './nicknames.ts';
import { readAnyDate } from './prepare-date.ts';
import type { Column } from './table.ts';

/** What a column's values are, as far as linkage cares. */
export const meanings = [
  'given',
  'given-root',
  'surname',
  'second-surname',
  'full-name',
  'birth-date',
  'birth-year',
  'birth-month',
  'birth-day',
  'age',
  'date',
  'id',
  'email',
  'phone',
  'street',
  'street-number',
  'postcode',
  'city',
  'province',
  'company',
  'website',
  'text',
  'words',
  'set',
  'category',
  'number',
  'source',
  'ignore',
] as const;
export type Meaning = (typeof meanings)[number];

/** What was seen of a column, and what it was taken for. */
export interface ColumnProfile {
  column: string;
  meaning: Meaning;
  /** Why, in a few words: the name, the values, or a hint. */
  because: string;
  /** Share of rows that have a value. */
  filled: number;
  distinct: number;
  /** Share of pairs of rows, both filled, that agree: Σp². */
  agreement: number;
  /** What the values look like; absent where nothing had to be looked at. */
  looks?: Looks;
}

/** Recognises a column by its name and, where the name says nothing or lies, by its values; one that never differs only where `constants` are wanted. */
export function columnProfile(column: string, data: Column, hint?: Meaning, constants = false): ColumnProfile {
  const counts = new Uint32Array(data.values.length);
  for (let i = 0; i < data.codes.length; i++) counts[data.codes[i]!]!++;
  const rows = data.codes.length;
  const present = rows - counts[0]!;
  let distinct = 0;
  let squares = 0;
  for (let code = 1; code < counts.length; code++) {
    if (counts[code] === 0) continue;
    distinct++;
    squares += counts[code]! * (counts[code]! - 1);
  }
  const seen = { column, filled: present / Math.max(1, rows), distinct, agreement: squares / Math.max(1, present * (present - 1)) };
  if (distinct === 0 || (distinct === 1 && !constants))
    return { ...seen, meaning: 'ignore', because: distinct === 0 ? 'always empty' : 'always the same' };
  const looks = looksOf(data.values);
  const base = { ...seen, looks };
  if (hint) return { ...base, meaning: hint, because: 'hint' };

  const named = meaningByName(column);
  if (named && fits(named, looks)) {
    if (named === 'ignore') return { ...base, meaning: 'ignore', because: 'a record number or label by its name' };
    if (named === 'source')
      return distinct <= 50 ? { ...base, meaning: 'source', because: 'name' } : { ...base, ...byValues(base, data, present) };
    // An identifier that never comes back identifies the record, not who it is about; unless it is one that people carry: then nobody comes back.
    if (named === 'id' && distinct === present && present > 5 && !isPersonalId(column))
      return { ...base, meaning: 'ignore', because: 'no value comes twice' };
    return { ...base, meaning: named === 'full-name' && /(^|[^\p{L}])name$/iu.test(column) ? nameOrTitle(looks) : named, because: 'name' };
  }
  return { ...base, ...byValues(base, data, present) };
}

type Seen = Omit<ColumnProfile, 'meaning' | 'because'> & { looks: Looks };

function byValues({ distinct, agreement, looks }: Seen, data: Column, present: number): { meaning: Meaning; because: string } {
  const is = (meaning: Meaning, because = 'values') => ({ meaning, because });
  const rows = data.codes.length;
  if (looks.email > 0.7) return is('email');
  if (looks.website > 0.7) return is('website');
  if (looks.date > 0.7) return is(averageYear(data) < 2003 ? 'birth-date' : 'date');
  if (looks.integer > 0.98 && isSequence(data, distinct, rows)) return is('ignore', 'numbers in a row');
  if (looks.year > 0.9) return is('category', 'years');
  if (looks.phone > 0.7 && looks.words < 6) return is('phone');
  const wordy = looks.words >= 3.5 || looks.length > 30;
  if (distinct === present && !wordy && (looks.digits > 0.5 || looks.mixed > 0.5)) return is('ignore', 'no value comes twice');
  if (distinct <= 5 && present === rows && rows >= 50 && runsOf(data) === distinct)
    return is('source', 'one run of rows each, as of files put together');
  if (looks.list > 0.4 && looks.words >= 1.5) return is('set');
  if (distinct <= 30 || (agreement > 0.05 && !wordy)) return is('category', 'few values');
  // Whole numbers of five digits throughout: prices and counts vary in length.
  if (looks.integer > 0.95 && looks.length > 4.8 && looks.length <= 5 && distinct < present) return is('postcode');
  if (looks.numeric > 0.9) return is(looks.integer > 0.95 && looks.length >= 6 && distinct < present ? 'id' : 'number');
  if (looks.street > 0.5 && looks.words >= 2 && looks.words < 8) return is('street');
  if (looks.company > 0.35 && looks.words < 8) return is('company');
  if (looks.digits > 0.5 && looks.words < 1.5) return is(looks.length >= 6 ? 'id' : 'text');
  if (looks.words < 2.2 && looks.letters > 0.9 && (looks.onlyGiven > 0.3 || givenRows(data) > 0.4)) return is('given');
  if (looks.givenName > 0.3 && looks.words >= 1.7 && looks.words < 5 && looks.letters > 0.9 && looks.list < 0.2) return is('full-name');
  if (wordy) return is('words');
  return is('text');
}

/** A "name" is a person's, a company's, or what a thing is called. */
function nameOrTitle(looks: Looks): Meaning {
  if (looks.givenName > 0.12 && looks.letters > 0.6) return 'full-name';
  if (looks.company > 0.3) return 'company';
  if (looks.words >= 3.2) return 'words';
  return looks.letters > 0.95 && looks.words > 1.6 && looks.words < 3.2 && looks.givenName > 0.04 ? 'full-name' : 'company';
}

/** Share of filled rows, of up to two thousand, that begin with a common given name: mistyped ones are many values and few rows. */
function givenRows({ codes, values }: Column): number {
  const step = Math.max(1, Math.floor(codes.length / 2000));
  let filled = 0;
  let known = 0;
  for (let i = 0; i < codes.length; i += step) {
    if (codes[i] === 0) continue;
    filled++;
    if (isGivenName(values[codes[i]!]!.replace(/[^\p{L}].*$/u, ''))) known++;
  }
  return known / Math.max(1, filled);
}

/** How many runs of equal values the rows are in. */
function runsOf({ codes }: Column): number {
  let runs = 1;
  for (let i = 1; i < codes.length; i++) if (codes[i] !== codes[i - 1]) runs++;
  return runs;
}

/**
 * A surname is told by the given name beside it: a column of single words with more variety. Of two columns that both look like given
 * names, as surnames such as Martin or Thomas do, it is the one with more.
 */
export function withSurname(columns: readonly ColumnProfile[]): ColumnProfile[] {
  const of = (meaning: Meaning): boolean => columns.some((column) => column.meaning === meaning);
  if (!of('given') || of('surname') || of('full-name')) return [...columns];
  const given = columns
    .map((column, k) => ({ column, k }))
    .filter(({ column }) => column.meaning === 'given')
    .toSorted((a, b) => b.column.agreement - a.column.agreement)[0]!;
  const surname = columns
    .map((column, k) => ({ column, k }))
    .filter(
      ({ column, k }) => Math.abs(k - given.k) <= 2 && k !== given.k && mayBeSurname(column) && column.agreement < given.column.agreement,
    )
    .toSorted((a, b) => Math.abs(a.k - given.k) - Math.abs(b.k - given.k))[0];
  if (surname === undefined) return [...columns];
  return columns.map((column) => (column === surname.column ? { ...column, meaning: 'surname', because: 'beside a given name' } : column));
}

function mayBeSurname({ meaning, because, looks }: ColumnProfile): boolean {
  return (
    because === 'values' && (meaning === 'text' || meaning === 'given') && looks !== undefined && looks.letters > 0.9 && looks.words < 2.2
  );
}

/** Whole numbers of which nearly every one between the least and the greatest is there: a counter. */
function isSequence(data: Column, distinct: number, rows: number): boolean {
  if (distinct < rows / 4) return false;
  let least = Infinity;
  let most = -Infinity;
  for (let code = 1; code < data.values.length; code++) {
    const number = Number(data.values[code]);
    if (number < least) least = number;
    if (number > most) most = number;
  }
  return most - least + 1 < distinct * 1.5;
}

function averageYear(data: Column): number {
  let sum = 0;
  let seen = 0;
  for (let code = 1; code < data.values.length && seen < 500; code++) {
    const year = Number.parseInt(readAnyDate(data.values[code]!, 'dmy'), 10);
    if (Number.isNaN(year)) continue;
    sum += year;
    seen++;
  }
  return seen === 0 ? 0 : sum / seen;
}

/** Whether values can be what the name says: a "phone" column of words, or a "name" of digits, is neither. */
function fits(meaning: Meaning, looks: Looks): boolean {
  switch (meaning) {
    case 'email':
      return looks.email > 0.3;
    case 'phone':
      return looks.digits > 0.5;
    case 'birth-date':
      return looks.date > 0.3 || looks.year > 0.5;
    case 'birth-year':
    case 'birth-month':
    case 'birth-day':
    case 'age':
      return looks.numeric > 0.8;
    case 'postcode':
      return looks.length < 14 && looks.words < 3;
    case 'given':
    case 'surname':
    case 'second-surname':
      return looks.digits < 0.3 && looks.words < 5;
    case 'full-name':
      return looks.digits < 0.3;
    case 'website':
      return looks.website > 0.3;
    case 'company':
      return looks.digits < 0.5;
    default:
      return true;
  }
}
