import {
  type CountryCode,
  type DateOrder,
  foldText,
  givenNameRoot,
  type Name,
  normaliseAddress,
  normaliseCompanyName,
  normaliseCountry,
  normaliseDate,
  normaliseEmail,
  normaliseNameParts,
  normaliseNationalId,
  normalisePersonOrCompany,
  normalisePhone,
  normalisePostcode,
  type Phone,
  placeKey,
  type Problem,
} from '@vinculo/normalise';
import { correctedRow, type Corrections } from './corrections.ts';
import { qualityMask } from './quality-fields.ts';

export type RecordKind = 'person' | 'company';

/** A row by field of the vocabulary, as it came. */
export type RawRecord = Readonly<Record<string, string>>;

/** Values as people see them, by field: names in proper case, phones in E.164, dates in ISO; what is not valid is kept and listed. */
export type Traits = Record<string, string | string[]> & { invalid: string[] };

/** Folded keys, as linkage compares them; '' where missing or not valid. */
export interface MatchKeys {
  given: string;
  given_root: string;
  surname1: string;
  surname2: string;
  birth_date: string;
  national_id: string;
  email: string;
  phone: string;
  mobile: string;
  street: string;
  postcode: string;
  city: string;
  company: string;
}

export const MATCH_FIELDS = [
  'given',
  'given_root',
  'surname1',
  'surname2',
  'birth_date',
  'national_id',
  'email',
  'phone',
  'mobile',
  'street',
  'postcode',
  'city',
  'company',
] as const satisfies readonly (keyof MatchKeys)[];

export interface NormalisedRecord {
  kind: RecordKind;
  traits: Traits;
  match: MatchKeys;
  /** Bit masks over QUALITY_FIELDS: which have a value, and which of them are not valid. */
  filled: number;
  invalid: number;
  /** By trait, why it is not valid or what was assumed. */
  problems: Record<string, Problem>;
}

export interface RecordContext {
  /** Default country of phones, addresses and ids: the source's. */
  country: CountryCode;
  dateOrder: DateOrder;
  /** What people put right in whatever comes from this source. */
  corrections?: Corrections;
}

/**
 * A customer as one source knows it, ready to be shown and compared. Pure and deterministic; never throws, never drops a
 * value: what cannot be read is kept as it came and marked.
 */
export function normaliseRecord(raw: RawRecord, context: RecordContext): NormalisedRecord {
  const read = readRecord(raw, context);
  const corrected = context.corrections && correctedRow(raw, read.traits, context.corrections);
  return corrected ? readRecord(corrected, context) : read;
}

function readRecord(raw: RawRecord, { country: home, dateOrder }: RecordContext): NormalisedRecord {
  const draft: Draft = { traits: { invalid: [] }, match: emptyKeys(), problems: {} };
  const country = (raw.country && normaliseCountry(raw.country)) || home;
  const companyId = readNationalId(draft, raw, country);
  const kind = readKind(raw, companyId);
  if (kind === 'person') readPerson(draft, raw);
  readCompany(draft, raw, kind, country);
  readPhones(draft, raw, country);
  readEmail(draft, raw, kind);
  readBirthDate(draft, raw, dateOrder);
  readAddress(draft, raw, country);
  for (const field of ['created_at', 'updated_at'] as const) readMoment(draft, raw, field, dateOrder);
  for (const field of AS_THEY_CAME) if (raw[field]) draft.traits[field] = raw[field].trim();
  const { traits, match, problems } = draft;
  return { kind, traits, match, problems, filled: qualityMask(Object.keys(traits)), invalid: qualityMask(traits.invalid) };
}

const AS_THEY_CAME = ['language', 'notes', 'person_key', 'job_title', 'department'] as const;

interface Draft {
  traits: Traits;
  match: MatchKeys;
  problems: Record<string, Problem>;
}

const emptyKeys = (): MatchKeys => ({
  given: '',
  given_root: '',
  surname1: '',
  surname2: '',
  birth_date: '',
  national_id: '',
  email: '',
  phone: '',
  mobile: '',
  street: '',
  postcode: '',
  city: '',
  company: '',
});

/** Keeps a value with what is wrong with it. A problem of a valid value is only a remark. */
function keep(draft: Draft, field: string, value: string, valid: boolean, problem?: Problem): void {
  if (value === '') return;
  draft.traits[field] = value;
  if (!valid) draft.traits.invalid.push(field);
  if (problem) draft.problems[field] = problem;
}

/** @returns whether the id is one that only companies have. */
function readNationalId(draft: Draft, raw: RawRecord, country: CountryCode): boolean {
  if (!raw.national_id) return false;
  const id = normaliseNationalId(raw.national_id, country);
  if (id.problem === 'empty') return false;
  keep(draft, 'national_id', id.valid ? id.value : raw.national_id.trim(), id.valid, id.problem);
  if (id.valid) draft.match.national_id = id.value.toLowerCase();
  return id.valid && COMPANY_IDS.has(id.type);
}

const COMPANY_IDS = new Set<string>(['CIF', 'NIT_CO', 'CNPJ_BR', 'RNC_DO', 'RUT_UY']);
const COMPANY_WORDS = new Set([
  'empresa',
  'company',
  'juridica',
  'persona juridica',
  'organizacion',
  'organization',
  'business',
  'sociedad',
  'e',
  'b2b',
]);
const PERSON_WORDS = new Set([
  'persona',
  'person',
  'particular',
  'individual',
  'fisica',
  'persona fisica',
  'consumer',
  'p',
  'b2c',
  'cliente',
]);

function readKind(raw: RawRecord, companyId: boolean): RecordKind {
  const said = raw.kind ? foldText(raw.kind) : '';
  if (COMPANY_WORDS.has(said)) return 'company';
  if (PERSON_WORDS.has(said)) return 'person';
  if (companyId) return 'company';
  if (raw.given_name || raw.surname1 || raw.surname) return 'person';
  if (raw.full_name) return normalisePersonOrCompany(raw.full_name).kind;
  return raw.company_name || raw.trade_name ? 'company' : 'person';
}

function readPerson(draft: Draft, raw: RawRecord): void {
  const { traits, match } = draft;
  const name = normaliseNameParts({
    given: raw.given_name,
    surname1: raw.surname1,
    surname2: raw.surname2,
    surname: raw.surname,
    fullName: raw.full_name,
  });
  if (name.problem !== 'empty') {
    keep(draft, 'given', name.given, name.valid, name.problem);
    keep(draft, 'surname1', name.surname1, name.valid);
    keep(draft, 'surname2', name.surname2, name.valid);
    if (name.given === '' && name.surname1 === '' && name.original !== '') keep(draft, 'given', name.original, false, name.problem);
    if (name.honorific) traits.honorific = name.honorific;
  }
  if (name.valid) {
    match.given = name.key.given;
    match.given_root = givenNameRoot(name.key.given);
    match.surname1 = name.key.surname1;
    match.surname2 = name.key.surname2;
  }
  const gender = readGender(raw.gender, name);
  if (gender !== '') traits.gender = gender;
}

const FEMALE = new Set(['f', 'femenino', 'female', 'mujer', 'woman', 'fem', 'w', 'senora', 'hembra']);
const MALE = new Set(['h', 'v', 'masculino', 'male', 'hombre', 'man', 'varon', 'masc', 'senor']);

/** f or m. A lone M is mujer in one file and male in the next, so there the name decides. */
function readGender(raw: string | undefined, name: Name): string {
  const said = raw ? foldText(raw) : '';
  if (FEMALE.has(said)) return 'f';
  if (MALE.has(said)) return 'm';
  return name.gender ?? '';
}

function readCompany(draft: Draft, raw: RawRecord, kind: RecordKind, country: CountryCode): void {
  const written = raw.company_name || (kind === 'company' ? (raw.full_name ?? joined(raw.given_name, raw.surname1, raw.surname)) : '');
  if (written) {
    const company = normaliseCompanyName(written);
    if (company.problem !== 'empty') keep(draft, 'company', company.display, company.valid, company.problem);
    if (company.valid) draft.match.company = company.key;
  }
  if (raw.trade_name) {
    const trade = normaliseCompanyName(raw.trade_name);
    keep(draft, 'trade_name', trade.display, trade.valid, trade.problem);
    if (draft.match.company === '' && trade.valid) draft.match.company = trade.key;
  }
  if (kind === 'person' && raw.company_tax_id) {
    const id = normaliseNationalId(raw.company_tax_id, country);
    if (id.problem !== 'empty') keep(draft, 'company_tax_id', id.valid ? id.value : raw.company_tax_id.trim(), id.valid, id.problem);
  }
  if (kind === 'company' && raw.company_name) {
    const contact = raw.full_name ?? joined(raw.given_name, raw.surname1 ?? raw.surname, raw.surname2);
    if (contact) draft.traits.contact_name = contact.trim();
  }
}

/** A mobile goes to `mobile` and a landline to `phone` whichever column it came in, so that the two are comparable. */
function readPhones(draft: Draft, raw: RawRecord, country: CountryCode): void {
  for (const field of ['mobile', 'phone'] as const) {
    const written = raw[field];
    if (!written) continue;
    const phone = normalisePhone(written, country);
    if (phone.problem === 'empty') continue;
    const place = placeOf(draft.traits, phone, field);
    keep(draft, place, phone.valid ? phone.e164 : written.trim(), phone.valid, phone.problem);
    if (phone.valid && place !== 'phone2') draft.match[place] = phone.e164.slice(1);
  }
}

function placeOf(traits: Traits, phone: Phone, field: 'mobile' | 'phone'): 'mobile' | 'phone' | 'phone2' {
  const wanted = phone.valid && phone.kind === 'mobile' ? 'mobile' : phone.valid && phone.kind === 'landline' ? 'phone' : field;
  if (traits[wanted] === undefined) return wanted;
  const other = wanted === 'mobile' ? 'phone' : 'mobile';
  return traits[other] === undefined ? other : 'phone2';
}

function readEmail(draft: Draft, raw: RawRecord, kind: RecordKind): void {
  if (!raw.email) return;
  const email = normaliseEmail(raw.email);
  if (email.problem === 'empty') return;
  keep(draft, 'email', email.valid ? email.address : raw.email.trim(), email.valid, email.problem);
  // info@ and ventas@ say which company it is, never which person.
  if (email.valid && !(email.role && kind === 'person')) draft.match.email = email.key;
}

function readBirthDate(draft: Draft, raw: RawRecord, order: DateOrder): void {
  if (!raw.birth_date) return;
  const date = normaliseDate(raw.birth_date, order, { excelSerial: true });
  if (date.problem === 'empty') return;
  keep(draft, 'birth_date', date.valid ? date.iso : raw.birth_date.trim(), date.valid, date.problem);
  if (date.valid) draft.match.birth_date = date.iso;
}

function readMoment(draft: Draft, raw: RawRecord, field: 'created_at' | 'updated_at', order: DateOrder): void {
  const written = raw[field];
  if (!written) return;
  const date = normaliseDate(written, order);
  if (date.problem === 'empty') return;
  const value = date.time ? `${date.iso}T${date.time}${date.zone ?? ''}` : date.iso;
  keep(draft, field, date.valid ? value : written.trim(), date.valid, date.problem);
}

function readAddress(draft: Draft, raw: RawRecord, country: CountryCode): void {
  const { address: street, street_number: number, floor_door: floorDoor, postcode, city, province } = raw;
  if (!street && !postcode && !city && !province) return;
  // A single column may hold the whole address; parts of their own always say more.
  const whole = street && !postcode && !city && !number ? street : undefined;
  const address = normaliseAddress(whole ?? { street, number, floorDoor, postcode, city, province }, country);
  if (address.problem === 'empty') return;
  const { traits, match, problems } = draft;
  const door = address.streetType === '' ? address.streetName : `${address.streetType} ${address.streetName}`;
  const withNumber =
    address.number === '' ? door : address.line.slice(0, address.line.indexOf(address.number, door.length) + address.number.length);
  keep(draft, 'street', withNumber, true);
  if (withNumber !== '') keep(draft, 'address_rest', address.line.slice(withNumber.length).replace(/^[\s,]+/, ''), true);
  const unchecked = address.problem === 'street-missing' && postcode;
  const badPostcode = address.problem === 'postcode' || (unchecked && !normalisePostcode(postcode, address.country).valid) || false;
  keep(draft, 'postcode', address.postcode || (postcode?.trim() ?? ''), !badPostcode, badPostcode ? 'postcode' : undefined);
  keep(draft, 'city', address.city, true);
  keep(draft, 'province', address.province, address.problem !== 'postcode-province-mismatch', undefined);
  traits.country = address.country;
  if (address.problem && address.problem !== 'postcode') problems.street = address.problem;
  match.street = address.key;
  match.postcode = badPostcode ? '' : address.postcode.toLowerCase();
  match.city = placeKey(address.city);
}

function joined(...parts: (string | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}
