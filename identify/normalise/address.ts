import { splitAddressLine } from './address-line.ts';
import { type CountryCode, normaliseCountry } from './country.ts';
import { foldText } from './fold-text.ts';
import { findProvince, provinceOfPostcode } from './places.ts';
import { normalisePostcode } from './postcode.ts';
import type { Problem } from './problems.ts';
import { readStreet, showPlace, type Street } from './street.ts';

export interface AddressParts {
  street?: string | undefined;
  /** The street number, where it has a column of its own. */
  number?: string | undefined;
  /** "3º B", where it has a column of its own. */
  floorDoor?: string | undefined;
  postcode?: string | undefined;
  city?: string | undefined;
  province?: string | undefined;
  /** A code or a name; the default country when missing or unknown. */
  country?: string | undefined;
}

export interface Address extends Street {
  /** As written; of parts, those present with commas between. */
  original: string;
  postcode: string;
  city: string;
  /** Official name of the province, department or state; from the postcode when it was not written. */
  province: string;
  country: CountryCode;
  /** Street, number and the rest of the door in one canonical line: "Calle Mayor, 12, 3º B". */
  line: string;
  valid: boolean;
  problem?: Problem;
}

/**
 * A postal address from its columns or from one line, Spanish or Latin American. `country` is where addresses without one are.
 * Two writings of one address have equal `key`s (folded street name and number) as far as their abbreviations are known;
 * compare it together with postcode or city.
 */
export function normaliseAddress(input: AddressParts | string, country: CountryCode): Address {
  const parts = typeof input === 'string' ? splitAddressLine(input, country) : input;
  const original = typeof input === 'string' ? input : joinParts(input);
  const where = (parts.country !== undefined && parts.country !== '' && normaliseCountry(parts.country)) || country;

  let line = parts.street ?? '';
  if (parts.number) line += `, ${DIGIT.test(parts.number) ? 'nº ' : ''}${parts.number}`;
  if (parts.floorDoor) line += `, ${parts.floorDoor}`;
  const street = readStreet(line, where);
  const postcode = parts.postcode ? normalisePostcode(parts.postcode, where) : NO_POSTCODE;
  const ofPostcode = postcode.value === '' ? undefined : provinceOfPostcode(postcode.value, where);
  const written = parts.province ? (findProvince(parts.province, where)?.name ?? showPlace(parts.province)) : '';
  const known = written !== '' && parts.province ? findProvince(parts.province, where) : undefined;

  const address: Address = {
    // Field by field: spreading here costs more than reading the street.
    original,
    streetType: street.streetType,
    streetName: street.streetName,
    number: street.number,
    floor: street.floor,
    door: street.door,
    stair: street.stair,
    block: street.block,
    district: street.district,
    rest: street.rest,
    key: street.key,
    postcode: postcode.value,
    city: parts.city ? showCity(parts.city) : '',
    province: written || ofPostcode?.name || '',
    country: where,
    line: writeLine(street),
    valid: true,
  };
  if (original === '' || (street.key === '' && postcode.value === '' && address.city === '')) address.problem = 'empty';
  else if (street.key === '') address.problem = 'street-missing';
  else if (!postcode.valid) address.problem = 'postcode';
  else if (known !== undefined && ofPostcode !== undefined && known !== ofPostcode) address.problem = 'postcode-province-mismatch';
  else if (street.number === '') address.problem = 'number-missing';
  address.valid = address.problem === undefined || address.problem === 'number-missing';
  return address;
}

const NO_POSTCODE = { value: '', valid: true };
const DIGIT = /^\s*\d/;

/** "Coruña, A", "PALMAS, LAS" and "Hospitalet (L')" put the article back in front. */
function showCity(city: string): string {
  const inverted = city.includes(',') || city.includes('(') ? INVERTED.exec(city) : null;
  if (inverted === null) return INITIALS.has(city) ? city : showPlace(city);
  const article = showPlace(inverted[2]!);
  return article.endsWith("'") ? `${article}${showPlace(inverted[1]!)}` : `${article} ${showPlace(inverted[1]!)}`;
}

const INITIALS = new Set(['CABA', 'CDMX', 'DF', 'GBA', 'USA']);
const INVERTED = /^([^,(]+?)\s*(?:,\s*|\(\s*)(el|la|los|las|els|les|l'|a|o|as|os|es|sa)\s*\)?$/i;

function writeLine(street: Street): string {
  let line = street.streetType === '' ? street.streetName : `${street.streetType} ${street.streetName}`;
  if (street.number !== '')
    line += /^\d+\w*-/.test(street.number) && /^\d/.test(street.streetName) ? ` # ${street.number}` : `, ${street.number}`;
  if (street.block !== '') line += `, bloque ${street.block}`;
  if (street.stair !== '') line += `, esc. ${street.stair}`;
  const floor = FLOOR_NAMES[street.floor] ?? (street.floor === '' ? '' : `${street.floor}º`);
  const door = street.door;
  if (floor !== '') line += `, ${floor}${door === '' ? '' : ` ${door}`}`;
  else if (door !== '') line += `, puerta ${door}`;
  if (street.rest !== '') line += `, ${street.rest}`;
  if (street.district !== '') line += `, urb. ${street.district}`;
  return line;
}

const FLOOR_NAMES: Record<string, string> = {
  BJ: 'bajo',
  EN: 'entresuelo',
  PR: 'principal',
  AT: 'ático',
  SA: 'sobreático',
  ST: 'sótano',
  SS: 'semisótano',
};

function joinParts(parts: AddressParts): string {
  let out = '';
  for (const part of [parts.street, parts.number, parts.floorDoor, parts.postcode, parts.city, parts.province, parts.country]) {
    if (part !== undefined && part !== '') out += out === '' ? part : `, ${part}`;
  }
  return out;
}

/** The folded name of a town without its articles, for comparison: "L'Hospitalet de Llobregat" → "hospitalet llobregat". */
export function placeKey(place: string): string {
  return foldText(place)
    .split(' ')
    .filter((word) => !ARTICLES.has(word))
    .join(' ');
}

const ARTICLES = new Set('el la los las els les l a o as os es sa de del d dels'.split(' '));
