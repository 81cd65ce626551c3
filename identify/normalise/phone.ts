import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { landlineOrMobile, NUMBERING_PLANS, type NumberingPlan, PLAN_BY_CODE, type PhoneKind } from './numbering-plans.ts';
import type { Problem } from './problems.ts';

export type { PhoneKind };

export interface Phone {
  original: string;
  /** ITU-T E.164, "+34600123123"; '' when not valid. */
  e164: string;
  /** The national significant number, digits only, "600123123"; of an invalid number, the digits found. */
  national: string;
  /** 'mobile' can take a text message; 'other' is a special number or one whose plan does not tell (Mexico, United States). */
  kind: PhoneKind;
  valid: boolean;
  problem?: Problem;
}

/**
 * A phone number as people write it: with or without country code, 00 or +, with any separators, with words around it.
 * Of several numbers in one field the first valid one counts. `defaultCountry` is where numbers without a country code are from.
 *
 * Spain and the usual countries go through a small table of numbering plans, anything else through libphonenumber.
 */
export function normalisePhone(input: string, defaultCountry: CountryCode): Phone {
  const phone = readPhone(input, defaultCountry);
  if (phone.valid || !SEVERAL.test(input)) return phone;
  for (const piece of input.split(SEVERAL)) {
    const single = readPhone(piece, defaultCountry);
    if (single.valid) return { ...single, original: input };
  }
  return phone;
}

const SEVERAL = /[/;,|]| [yo-] /;

function readPhone(input: string, defaultCountry: CountryCode): Phone {
  let digits = '';
  let plus = false;
  let start = 0;
  let odd = false;
  for (let i = 0; i <= input.length; i++) {
    const code = i < input.length ? input.charCodeAt(i) : 32;
    if (code >= 48 && code <= 57) continue;
    if (i > start) digits += input.slice(start, i);
    start = i + 1;
    if (code === 43 && digits === '') plus = true;
    else if (!isSeparator(code)) odd = true;
  }
  if (digits === '') return invalid(input, digits, 'empty');
  if (digits.length >= 8 && !plus && EXCEL_DECIMAL.test(input)) digits = digits.slice(0, -1);
  if (odd && EXTENSION.test(input)) return readByLibrary(input, digits, defaultCountry);

  let national = digits;
  let plan: NumberingPlan | undefined;
  const own = NUMBERING_PLANS[defaultCountry];
  if (!plus && digits.startsWith('00')) {
    plus = true;
    national = digits.slice(2);
  }
  if (plus) {
    plan = PLAN_BY_CODE.get(national.slice(0, 2)) ?? PLAN_BY_CODE.get(national.slice(0, 3)) ?? PLAN_BY_CODE.get(national.slice(0, 1));
    if (plan === undefined) return readByLibrary(`+${national}`, national, defaultCountry, input);
    national = national.slice(plan.code.length);
  } else {
    if (own === undefined) return readByLibrary(input, digits, defaultCountry);
    plan = own;
    if (digits.startsWith(own.code) && own.lengths.includes(digits.length - own.code.length) && !own.lengths.includes(digits.length)) {
      national = digits.slice(own.code.length);
    }
  }
  if (plan.trunk !== undefined && national.startsWith(plan.trunk) && !national.startsWith('00'))
    national = national.slice(plan.trunk.length);
  // Mexico dropped the 1 of mobile numbers in 2019; address books did not.
  const oldMobile = plan.code === '52' && national.length === 11 && national.startsWith('1');
  if (oldMobile) national = national.slice(1);
  const kind = landlineOrMobile(plan, national);
  if (kind === undefined) {
    const shortest = plan.lengths[0]!;
    const longest = plan.lengths.at(-1)!;
    if (national.length < shortest) return invalid(input, national, 'too-short');
    return national.length > longest
      ? readByLibrary(plus ? `+${plan.code}${national}` : input, national, defaultCountry, input)
      : invalid(input, national, 'format');
  }
  if (isFiller(national) || (plan.code === '34' && national === '612345678')) return invalid(input, national, 'placeholder');
  return { original: input, e164: `+${plan.code}${national}`, national, kind: oldMobile ? 'mobile' : kind, valid: true };
}

/** Space, brackets, full stop, slash, hyphens, no-break space, tab: what stands between digits and says nothing. */
function isSeparator(code: number): boolean {
  return (
    code === 32 ||
    code === 45 ||
    code === 46 ||
    code === 40 ||
    code === 41 ||
    code === 47 ||
    code === 160 ||
    code === 9 ||
    code === 0x2011 ||
    code === 0x2013
  );
}

const EXTENSION = /\d\D*(?:ext|x|int|anexo)/i;
/** A number that a spreadsheet took for a quantity: 600123123.0 */
const EXCEL_DECIMAL = /^\s*\d+\.0\s*$/;

function readByLibrary(text: string, digits: string, defaultCountry: CountryCode, original = text): Phone {
  const found = parsePhoneNumberFromString(text, defaultCountry);
  if (found === undefined) return invalid(original, digits, digits.length < 7 ? 'too-short' : digits.length > 15 ? 'too-long' : 'format');
  const national = String(found.nationalNumber);
  if (!found.isValid())
    return invalid(original, national, found.country === undefined ? 'unknown-country' : found.isPossible() ? 'format' : 'too-long');
  if (isFiller(national)) return invalid(original, national, 'placeholder');
  return { original, e164: found.number, national, kind: libraryKind(found.country, national, found.getType()), valid: true };
}

function libraryKind(country: CountryCode | undefined, national: string, type: string | undefined): PhoneKind {
  if (type === 'MOBILE') return 'mobile';
  if (type === 'FIXED_LINE') return 'landline';
  const plan = country === undefined ? undefined : NUMBERING_PLANS[country];
  const planned = plan === undefined ? undefined : landlineOrMobile(plan, national);
  if (planned !== undefined) return planned;
  const mobile = country === undefined ? undefined : MOBILE[country];
  return mobile === undefined ? 'other' : mobile.test(national) ? 'mobile' : 'landline';
}

/** First digits of mobile numbers where libphonenumber's small metadata does not say. Source: ITU-T E.164 national numbering plans. */
const MOBILE: Partial<Record<CountryCode, RegExp>> = {
  AR: /^9/,
  BR: /^\d\d9/,
  GB: /^7[1-57-9]/,
  IT: /^3/,
  DE: /^1[5-7]/,
  BE: /^4[5-9]/,
  NL: /^6/,
  CH: /^7[5-9]/,
  AT: /^6[5-9]/,
  IE: /^8[35-9]/,
  PL: /^(?:4[5-9]|5[0137]|6[069]|7[2389]|88)/,
  RO: /^7/,
  MA: /^[67]/,
  AD: /^[36]/,
  UY: /^9/,
  PY: /^9/,
  BO: /^[67]/,
  VE: /^4/,
  CR: /^[5-8]/,
  PA: /^6/,
  GT: /^[3-5]/,
  HN: /^[389]/,
  SV: /^[67]/,
  NI: /^[578]/,
};

/** 666666666, 600000000, 123456789: typed to get past a required field. */
function isFiller(national: string): boolean {
  const last = national.charCodeAt(national.length - 1);
  if (national.charCodeAt(national.length - 2) !== last) return national === '123456789' || national === '987654321';
  let run = 2;
  for (let i = national.length - 3; i >= 0 && national.charCodeAt(i) === last; i--) run++;
  return run >= 7;
}

function invalid(original: string, national: string, problem: Problem): Phone {
  return { original, e164: '', national, kind: 'other', valid: false, problem };
}
