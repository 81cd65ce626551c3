import { normaliseCountry } from './country.ts';
import { detectDateOrder } from './date-order.ts';
import { normaliseDate } from './date.ts';
import { normaliseEmail } from './email.ts';
import type { FieldName } from './fields.ts';
import { foldText } from './fold-text.ts';
import { legalFormOf } from './company-name.ts';
import { GIVEN, nameUnits, nameWords, SURNAME } from './name-words.ts';
import { normaliseNationalId } from './national-id.ts';
import { detectDecimal, normaliseNumber } from './number.ts';
import { normalisePhone } from './phone.ts';
import { findProvince, provinceOfPostcode } from './places.ts';
import { streetTypeOf } from './street-words.ts';

/** What the values of a column look like, as shares of its non-empty samples. */
export interface ValueEvidence {
  samples: number;
  /** Distinct values over samples. */
  distinct: number;
  email: number;
  phone: number;
  mobile: number;
  nationalId: number;
  date: number;
  time: number;
  /** Dates that could be birthdays: spread over decades and ending before today's customers could be children. */
  birthDate: number;
  number: number;
  decimals: number;
  /** Figures with a negative sign. */
  negative: number;
  postcode: number;
  province: number;
  country: number;
  given: number;
  surname: number;
  twoSurnames: number;
  fullName: number;
  company: number;
  address: number;
  gender: number;
  boolean: number;
  currency: number;
  language: number;
  kind: number;
  channel: number;
  direction: number;
  /** Values of one word or code without spaces. */
  code: number;
  /** Values with letters and no figures. */
  words: number;
}

const GENDERS = new Set('f m h v mujer hombre varon femenino masculino female male woman man fem masc x otro other no binario'.split(' '));
const BOOLEANS = new Set('si no s n true false t f y yes 0 1 verdadero falso x'.split(' '));
const CURRENCIES = new Set('eur usd gbp cop mxn clp ars pen brl chf euro euros'.split(' '));
const LANGUAGES = new Set(
  'es en ca eu gl pt fr de it es es es mx es co en us en gb espanol ingles catalan euskera gallego castellano spanish english french german italian portuguese valenciano'.split(
    ' ',
  ),
);
const KINDS = new Set(
  'persona empresa person company organization organisation particular autonomo persona fisica persona juridica fisica juridica business individual p e'.split(
    ' ',
  ),
);
const CHANNELS = new Set(
  'web tienda store online phone telefono email correo sms whatsapp app chat post postal fax presencial call center callcenter catalogo mobile in store'.split(
    ' ',
  ),
);
const DIRECTIONS = new Set('in out inbound outbound entrante saliente entrada salida'.split(' '));

/** Looks at up to 200 values of a column. */
export function valueEvidence(samples: readonly string[]): ValueEvidence {
  const values: string[] = [];
  for (const sample of samples) {
    const value = sample.trim();
    if (value !== '' && values.push(value) === 200) break;
  }
  const order = detectDateOrder(values);
  const decimal = detectDecimal(values);
  const found: number[] = [];
  const share = (test: (value: string, folded: string) => boolean) =>
    values.length === 0 ? 0 : values.filter((value) => test(value, foldText(value))).length / values.length;
  const date = share((value) => {
    const read = /\d{4,}|[/.-]|[a-z]{3}/i.test(value) ? normaliseDate(value, order) : undefined;
    if (read?.iso) found.push(Number(read.iso.slice(0, 4)));
    return read?.valid === true;
  });
  const years = found.toSorted((a, b) => a - b);
  const median = years[years.length >> 1] ?? 0;
  const spread = (years[Math.floor(years.length * 0.9)] ?? 0) - (years[Math.floor(years.length * 0.1)] ?? 0);

  return {
    samples: values.length,
    distinct: values.length === 0 ? 0 : new Set(values).size / values.length,
    email: share((value) => value.includes('@') && normaliseEmail(value).valid),
    phone: share(isPhone),
    mobile: share((value) => isPhone(value) && normalisePhone(value, 'ES').kind === 'mobile'),
    nationalId: nationalIdShare(values),
    date,
    time: share((value) => /\d:\d\d/.test(value)),
    birthDate: median >= 1920 && median <= 2008 && (spread >= 10 || years.length < 5) ? date : 0,
    number: share((value) => normaliseNumber(value, decimal).valid),
    decimals: share((value) => /\d[.,]\d{1,4}\D*$/.test(value)),
    negative: share((value) => /^\s*[-(]/.test(value)),
    postcode: share((value) => /^\d{4,5}$/.test(value) && provinceOfPostcode(value.padStart(5, '0'), 'ES') !== undefined),
    province: share((value) =>
      (['ES', 'CO', 'MX', 'PE', 'AR', 'CL', 'EC'] as const).some((country) => findProvince(value, country) !== undefined),
    ),
    country: share((value) => normaliseCountry(value) !== undefined),
    given: share((_, folded) => isGivenName(folded)),
    surname: share((_, folded) => isSurname(folded)),
    twoSurnames: share((value, folded) => isSurname(folded) && nameUnits(nameWords(value), true).length >= 2),
    fullName: share(isFullName),
    company: share((value) => value.includes(' ') && legalFormOf(value) !== undefined),
    address: share(isAddress),
    gender: share((_, folded) => GENDERS.has(folded)),
    boolean: share((_, folded) => BOOLEANS.has(folded)),
    currency: share((value, folded) => CURRENCIES.has(folded) || /^[€$£]$/.test(value)),
    language: share((_, folded) => LANGUAGES.has(folded.split(' ')[0]!)),
    kind: share((_, folded) => KINDS.has(folded)),
    channel: share((_, folded) => CHANNELS.has(folded)),
    direction: share((_, folded) => DIRECTIONS.has(folded)),
    code: share((value) => !/\s/.test(value) && value.length <= 40 && !value.includes('@')),
    words: share((value) => /\p{L}/u.test(value) && !/\d/.test(value)),
  };
}

/**
 * By the country whose rules fit most values: figures alone pass some country's check digit too often to be judged one by one.
 * An id without a check digit (a Colombian cédula) counts a little over half.
 */
function nationalIdShare(values: readonly string[]): number {
  let best = 0;
  const ids = values.filter((value) => value.length >= 6 && value.length <= 20);
  for (const country of ['ES', 'CO', 'MX', 'CL', 'AR', 'PE', 'EC', 'BR', 'PT', 'UY', 'DO', 'VE'] as const) {
    let sum = 0;
    for (const value of ids) {
      const id = normaliseNationalId(value, country);
      if (id.checkDigit === 'ok' && id.country === country) sum += 1;
      else if (id.valid && id.type !== 'OTHER' && id.type !== 'PASSPORT') sum += 0.45;
    }
    if (values.length > 0) best = Math.max(best, sum / values.length);
  }
  return best;
}

function isPhone(value: string): boolean {
  const digits = value.replace(/\D/g, '').length;
  return (
    digits >= 9 &&
    digits <= 15 &&
    !/\p{L}{3}/u.test(value) &&
    (normalisePhone(value, 'ES').valid || normalisePhone(value, 'CO').valid || (value.startsWith('+') && digits >= 10))
  );
}

function isGivenName(folded: string): boolean {
  const words = folded.split(' ');
  return (
    words.length <= 4 && GIVEN.has(words[0]!) && words.slice(1).every((word) => GIVEN.has(word) || word.length <= 3 || !SURNAME.has(word))
  );
}

function isSurname(folded: string): boolean {
  const words = folded.split(' ');
  return (
    words.length <= 6 &&
    words.some((word) => SURNAME.has(word) && !GIVEN.has(word)) &&
    !words.some((word) => GIVEN.has(word) && !SURNAME.has(word))
  );
}

function isFullName(value: string, folded: string): boolean {
  const words = folded.split(' ');
  if (words.length < 2 || words.length > 8 || /\d/.test(value)) return false;
  return words.some((word) => GIVEN.has(word)) && (value.includes(',') || words.some((word) => SURNAME.has(word) && !GIVEN.has(word)));
}

function isAddress(value: string, folded: string): boolean {
  const first = folded.split(' ')[0]!;
  return (
    value.length >= 6 &&
    folded.includes(' ') &&
    (streetTypeOf(first, 'ES') !== undefined || streetTypeOf(first, 'CO') !== undefined) &&
    /\p{L}/u.test(value)
  );
}

/** How well the values fit a field, 0..1; `undefined` where values cannot tell. */
export function fitOf(field: FieldName, seen: ValueEvidence): number | undefined {
  return FITS[field]?.(seen);
}

/** An amount: a number that is neither a date nor, as far as one can see, a phone. */
const quantityLike = (seen: ValueEvidence) => seen.number * (seen.phone > 0.8 ? 0.4 : 1);
const keyLike = (seen: ValueEvidence) => seen.code * (seen.date > 0.5 && seen.time > 0 ? 0.3 : 1) * (seen.decimals > 0.5 ? 0.4 : 1);
const dateLike = (seen: ValueEvidence) => seen.date;
const titleLike = (seen: ValueEvidence) => textLike(seen) * (1 - 0.9 * Math.max(seen.fullName, seen.given, seen.surname));
const textLike = (seen: ValueEvidence) => 1 - 0.6 * Math.max(seen.number, seen.date, seen.email);

const FITS: Partial<Record<FieldName, (seen: ValueEvidence) => number>> = {
  key: (seen) => keyLike(seen) * (0.4 + 0.6 * seen.distinct),
  order_key: keyLike,
  line_key: keyLike,
  customer_key: keyLike,
  product_key: keyLike,
  coupon_key: keyLike,
  campaign_key: keyLike,
  contact_key: keyLike,
  account_key: keyLike,
  person_key: keyLike,
  full_name: (seen) => seen.fullName,
  given_name: (seen) => seen.given * (1 - 0.8 * seen.fullName),
  surname1: (seen) => seen.surname * (1 - 0.3 * seen.twoSurnames),
  surname2: (seen) => seen.surname * (1 - 0.5 * seen.twoSurnames),
  surname: (seen) => seen.surname,
  company_name: (seen) => Math.max(seen.company, 0.5 * textLike(seen)),
  kind: (seen) => seen.kind,
  gender: (seen) => seen.gender,
  birth_date: (seen) => seen.birthDate,
  national_id: (seen) => seen.nationalId,
  email: (seen) => seen.email,
  phone: (seen) => seen.phone,
  mobile: (seen) => seen.phone * (0.7 + 0.3 * seen.mobile),
  address: (seen) => Math.max(seen.address, 0.4 * textLike(seen)),
  street_number: (seen) => (seen.number > 0 ? Math.max(seen.number, 0.5) : 0.3) * (1 - seen.decimals),
  postcode: (seen) => Math.max(seen.postcode, 0.4 * seen.code),
  city: (seen) => seen.words,
  province: (seen) => Math.max(seen.province, 0.4 * seen.words),
  country: (seen) => seen.country,
  language: (seen) => seen.language,
  created_at: dateLike,
  updated_at: dateLike,
  occurred_at: dateLike,
  starts_on: dateLike,
  ends_on: dateLike,
  responded_at: dateLike,
  redeemed_at: dateLike,
  quantity: quantityLike,
  unit_price: quantityLike,
  amount: quantityLike,
  list_amount: quantityLike,
  discount: quantityLike,
  coupon_discount: quantityLike,
  cost: quantityLike,
  price: quantityLike,
  value: quantityLike,
  currency: (seen) => seen.currency,
  returned: (seen) => seen.boolean,
  granted: (seen) => seen.boolean,
  channel: (seen) => Math.max(seen.channel, 0.5 * seen.words),
  direction: (seen) => seen.direction,
  product_name: titleLike,
  campaign_name: titleLike,
  category: textLike,
  measure: textLike,
  text: textLike,
};
