import { foldText } from '@vinculo/normalise';
import { copyText } from '@vinculo/postgres';
import { isDate } from './calendar-date.ts';
import { knownSince } from './known-since.ts';
import { type KeyedRecord, searchLexemes } from './search-lexemes.ts';
import { type Golden, survive, type Survivorship } from './survivorship.ts';

export type Kind = 'person' | 'company';

/** A customer as the desk keeps it: the golden record, the columns taken from it, and what it is found by. */
export interface CustomerRecord {
  id: string;
  kind: Kind;
  displayName: string;
  /** Folded, surnames first: what lists are ordered by. */
  sortName: string;
  email: string | null;
  phone: string | null;
  nationalId: string | null;
  birthDate: string | null;
  gender: string | null;
  city: string | null;
  province: string | null;
  golden: Golden;
  records: number;
  sources: string[];
  /** Probability of the weakest link that holds the records together; null with one record. */
  weakest: number | null;
  /** Since when they are a customer by what the sources say, yyyy-mm-dd; null where none says. */
  knownSince: string | null;
  lexemes: string[];
  nameWords: string[];
}

/** Builds a customer out of its records, `at` a moment (ISO 8601). Pure. */
export function buildCustomer(
  id: string,
  kind: Kind,
  records: readonly KeyedRecord[],
  weakest: number | null,
  rules: Survivorship,
  at: string,
): CustomerRecord {
  const golden = survive(records, rules);
  const value = (field: string) => golden[field]?.value ?? '';
  const { all, names } = searchLexemes(records);
  const given = value('given');
  const surnames = joined(value('surname1'), value('surname2'));
  const company = value('company') || value('trade_name');
  const person = joined(given, surnames);
  const name = (kind === 'company' ? company || person : person || company) || nameless(id, records);
  const sorted = name === person ? joined(surnames, given) : name;
  return {
    id,
    kind,
    displayName: name,
    sortName: foldText(sorted) || sorted.toLowerCase(),
    email: value('email') || null,
    phone: value('mobile') || value('phone') || null,
    nationalId: value('national_id') || null,
    birthDate: isDate(value('birth_date')) ? value('birth_date') : null,
    gender: value('gender') || null,
    city: value('city') || null,
    province: value('province') || null,
    golden,
    records: records.length,
    sources: records.length === 1 ? [records[0]!.source] : [...new Set(records.map(({ source }) => source))].toSorted(),
    weakest: records.length > 1 ? weakest : null,
    knownSince: knownSince(records, at),
    lexemes: all,
    nameWords: names,
  };
}

/** The columns of {@link customerLine}, in order. */
export const CUSTOMER_COLUMNS = [
  'id', 'kind', 'display_name', 'sort_name', 'email', 'phone', 'national_id', 'birth_date', 'gender', 'city', 'province',
  'golden', 'records', 'sources', 'weakest', 'search', 'first_seen', 'changed_at', 'known_since',
] as const; // biome-ignore format: read as a list

/** One line of COPY for a customer seen first, or changed, `at` (ISO 8601). */
export function customerLine(customer: CustomerRecord, at: string): string {
  const { id, kind, displayName, sortName, email, phone, nationalId, birthDate, gender, city, province } = customer;
  return (
    `${id}\t${kind}\t${text(displayName)}\t${text(sortName)}\t${text(email)}\t${text(phone)}\t${text(nationalId)}\t${text(birthDate)}\t` +
    `${text(gender)}\t${text(city)}\t${text(province)}\t${text(JSON.stringify(customer.golden))}\t${customer.records}\t` +
    `{${customer.sources.join(',')}}\t${customer.weakest ?? '\\N'}\t${text(vector(customer.lexemes))}\t${at}\t${at}\t${customer.knownSince ?? '\\N'}\n`
  );
}

/** A tsvector in Postgres's own notation, without positions: what array_to_tsvector makes of the same words. */
function vector(lexemes: readonly string[]): string {
  let notation = '';
  for (const word of lexemes) notation += `'${SPECIAL.test(word) ? word.replace(/['\\]/g, '$&$&') : word}' `;
  return notation;
}
const SPECIAL = /['\\]/;

/** {@link copyText}, quick for the many values that need no escape. */
function text(value: string | null): string {
  if (value === null) return '\\N';
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code < 32 || code === BACKSLASH) return copyText(value);
  }
  return value;
}
const BACKSLASH = 92;

const joined = (left: string, right: string) => (left !== '' && right !== '' ? `${left} ${right}` : left || right);

/**
 * A customer nobody gave a name: by its number where it has one. Longer keys may be an e-mail, a phone or a document, which are
 * personal; then the end of its id tells it apart.
 */
const nameless = (id: string, records: readonly KeyedRecord[]) =>
  `#${records.map(({ key }) => key).find((key) => /^[A-Za-z]{0,3}-?\d{1,8}$/.test(key) && key.length <= 8) ?? id.slice(-6)}`;
