import type { Column } from './table.ts';

/** What a column's values are, as far as linkage cares. */
export const meanings = [
  'given',
  'given-root',
  'surname',
  'second-surname',
  'full-name',
  'birth-date',
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
  'category',
  'number',
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
}

/** Recognises a column by its name (Spanish or English) and, where the name says nothing or lies, by its values. */
export function columnProfile(column: string, data: Column, hint?: Meaning): ColumnProfile {
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
  const base = { column, filled: present / Math.max(1, rows), distinct, agreement: squares / Math.max(1, present * (present - 1)) };
  if (hint) return { ...base, meaning: hint, because: 'hint' };
  if (distinct <= 1) return { ...base, meaning: 'ignore', because: distinct === 0 ? 'always empty' : 'always the same' };

  const looks = looksOf(data.values, distinct);
  const named = byName(column);
  if (named && fits(named, looks)) {
    if (named === 'ignore') return { ...base, meaning: 'ignore', because: 'a record number or label by its name' };
    // An identifier that never comes back identifies the record, not who it is about.
    if (named === 'id' && distinct === present) return { ...base, meaning: 'ignore', because: 'no value comes twice' };
    return { ...base, meaning: named, because: 'name' };
  }
  if (looks.email > 0.8) return { ...base, meaning: 'email', because: 'values' };
  if (looks.date > 0.9) return { ...base, meaning: present === rows && named === undefined ? 'category' : 'birth-date', because: 'values' };
  if (looks.phone > 0.9) return { ...base, meaning: 'phone', because: 'values' };
  if (distinct === present) return { ...base, meaning: 'ignore', because: 'no value comes twice' };
  if (distinct <= 30 || base.agreement > 0.05) return { ...base, meaning: 'category', because: 'few values' };
  if (looks.numeric > 0.95) return { ...base, meaning: looks.length >= 6 ? 'id' : 'number', because: 'values' };
  if (looks.digits > 0.5 && looks.words < 1.5) return { ...base, meaning: 'id', because: 'values' };
  return { ...base, meaning: 'text', because: 'values' };
}

/** The first that fits wins, so the particular stand before the general. */
const names: readonly [RegExp, Meaning][] = [
  [
    /^(row|rows?_?(id|num|number)|rec(ord)?_?id|unique_?id|uid|uuid|guid|id|pk|index|key|cluster(_?id)?|label|truth|entity_?id|data_?source|source|kind)$/,
    'ignore',
  ],
  [/given_?root/, 'given-root'],
  [/e_?mail|correo/, 'email'],
  [/phone|tel(efono)?([_\d]|$)|movil|mobile|celular|cell|fax|whatsapp/, 'phone'],
  [/dob|birth|nacim|^fnac/, 'birth-date'],
  [/(apellido|surname|last_?name)_?(2|two|second)|segundo_?apellido|apellido_?materno|second_?(surname|last)|mother/, 'second-surname'],
  [/apellido|surname|last_?name|family_?name|lname|name_?last/, 'surname'],
  [/company|empresa|razon_?social|org(anization|anisation)?(_?name)?$|business|name_?org|employer|firma/, 'company'],
  [/middle|segundo_?nombre|initial|suffix|prefix|gender|sex(o)?$|title|tratamiento/, 'category'],
  [/full_?name|nombre_?(completo|y_?apellidos)|name_?full|^name$/, 'full-name'],
  [/given|first_?name|fore_?name|^nombre(s)?(_?pila)?$|fname|name_?first|primer_?nombre/, 'given'],
  [
    /ssn|soc_?sec|national_?id|^(dni|nif|nie|cif|nit|rut|rfc|cuit|cuil|ruc|curp)|cedula|passport|pasaporte|document|tax_?(id|number)|vat|licen[cs]e_?(n|$)|identific/,
    'id',
  ],
  [/post_?al|post_?code|zip|^cp$|cod(igo)?_?postal/, 'postcode'],
  [/street_?(no|num)|house|^(street_)?number$|^numero$|^num$|portal/, 'street-number'],
  [/street|address|addr|direcc|domicilio|calle|^via/, 'street'],
  [/city|town|suburb|ciudad|municip|localidad|poblacion/, 'city'],
  [/state|provinc|region|estado|departamento|county|country|pais/, 'province'],
  [/web|url|domain|dominio/, 'website'],
];

function byName(column: string): Meaning | undefined {
  const plain = column
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '_');
  return names.find(([pattern]) => pattern.test(plain))?.[1];
}

interface Looks {
  email: number;
  date: number;
  phone: number;
  numeric: number;
  /** Share of values with more digits than letters. */
  digits: number;
  words: number;
  length: number;
}

/** What up to a thousand of the distinct values look like, as shares of them. */
function looksOf(values: readonly string[], distinct: number): Looks {
  const step = Math.max(1, Math.floor(distinct / 1000));
  const looks: Looks = { email: 0, date: 0, phone: 0, numeric: 0, digits: 0, words: 0, length: 0 };
  let seen = 0;
  for (let code = 1; code < values.length; code += step) {
    const value = values[code]!.trim();
    if (value === '') continue;
    seen++;
    const digits = value.replace(/\D/g, '').length;
    if (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value)) looks.email++;
    if (isDate(value)) looks.date++;
    else if (/^\+?[\d\s().-]{7,20}$/.test(value) && digits >= 9 && digits <= 15) looks.phone++;
    if (/^-?\d+([.,]\d+)?$/.test(value)) looks.numeric++;
    if (digits * 2 > value.length) looks.digits++;
    looks.words += value.split(/\s+/).length;
    looks.length += value.length;
  }
  for (const key of Object.keys(looks) as (keyof Looks)[]) looks[key] /= Math.max(1, seen);
  return looks;
}

function isDate(value: string): boolean {
  const match = /^(?:(19|20)\d\d)[-/.]?(\d\d)[-/.]?(\d\d)$/.exec(value);
  if (match) return Number(match[2]) <= 31 && Number(match[3]) <= 31;
  return /^\d{1,2}[-/.]\d{1,2}[-/.](19|20)\d\d$/.test(value);
}

/** Whether values can be what the name says: a "phone" column of words, or a "name" of digits, is neither. */
function fits(meaning: Meaning, looks: Looks): boolean {
  switch (meaning) {
    case 'email':
      return looks.email > 0.3;
    case 'phone':
      return looks.digits > 0.5;
    case 'birth-date':
      return looks.date > 0.3;
    case 'given':
    case 'surname':
    case 'second-surname':
    case 'full-name':
      return looks.digits < 0.3;
    default:
      return true;
  }
}
