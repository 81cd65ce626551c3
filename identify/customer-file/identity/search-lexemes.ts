import { foldText } from '@vinculo/normalise';
import { type TraitRecord, valueOf } from './traits.ts';

/** A record with its key in the source, which people also search by: the number of a loyalty card. */
export interface KeyedRecord extends TraitRecord {
  key: string;
}

const NAME_FIELDS = ['given', 'surname1', 'surname2', 'company', 'trade_name', 'contact_name'] as const;
const PHONE_FIELDS = ['phone', 'mobile', 'phone2'] as const;

export interface Lexemes {
  /** Everything a customer is found by, each once. */
  all: string[];
  /** Those of names: what typing errors are corrected against. */
  names: string[];
}

/**
 * What a customer is found by: the folded words of every name any record gives, e-mails whole and their local part,
 * phones in E.164 digits and national, ids, and keys. Not the golden record alone: people remember old names and numbers.
 */
export function searchLexemes(records: readonly KeyedRecord[]): Lexemes {
  const names = new Set<string>();
  const others = new Set<string>();
  for (const { traits, key } of records) {
    for (const field of NAME_FIELDS) {
      const value = valueOf(traits, field);
      if (value !== '') for (const word of foldText(value).split(' ')) if (word !== '') names.add(word);
    }
    const email = valueOf(traits, 'email').toLowerCase();
    const at = email.lastIndexOf('@');
    if (email !== '') others.add(email);
    if (at > 0) others.add(email.slice(0, at));
    for (const field of PHONE_FIELDS) addPhone(others, valueOf(traits, field));
    addCode(others, valueOf(traits, 'national_id'));
    addCode(others, key);
  }
  return { all: [...names, ...[...others].filter((word) => !names.has(word))], names: [...names] };
}

function addPhone(words: Set<string>, phone: string): void {
  const digits = phone.replace(/\D/g, '');
  if (digits.length < 5) return;
  words.add(digits);
  if (phone.startsWith('+')) words.add(digits.slice(callingCodeLength(digits)));
}

/** An id or a key: compact as the search compacts it, and by its words. */
function addCode(words: Set<string>, code: string): void {
  if (code === '') return;
  const compact = code.toLowerCase().replace(/[\s().-]/g, '');
  // The search reads leading zeros of a number as the international prefix.
  words.add(/^\d+$/.test(compact) ? compact.replace(/^00/, '') : compact);
  for (const word of foldText(code).split(' ')) if (word !== '') words.add(word);
}

const TWO_DIGIT_CODES = new Set(
  '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
);

/** How many of the digits are the country's: 1 and 7 stand alone, the list above has two, every other code three (ITU-T E.164 annex). */
function callingCodeLength(digits: string): number {
  if (digits[0] === '1' || digits[0] === '7') return 1;
  return TWO_DIGIT_CODES.has(digits.slice(0, 2)) ? 2 : 3;
}
