import type { CountryCode } from './country.ts';
import { showWord } from './name-words.ts';
import { type StreetToken, streetTokens } from './street-tokens.ts';
import { readDetails, type StreetDetails } from './street-details.ts';
import {
  DETAIL_MARKERS,
  MONTH_WORDS,
  NAMED_FLOORS,
  NUMBER_MARKERS,
  STREET_ABBREVIATIONS,
  STREET_ACCENTS,
  STREET_PARTICLES,
  STREET_SPELLED,
  streetTypeOf,
} from './street-words.ts';

export interface Street extends StreetDetails {
  streetType: string;
  streetName: string;
  number: string;
  /** Folded name and number. */
  key: string;
}

/** Reads one street line: type, name, number, then what is inside the building. */
export function readStreet(text: string, country: CountryCode): Street {
  const tokens = streetTokens(text);
  const street: Street = {
    streetType: '',
    streetName: '',
    number: '',
    floor: '',
    door: '',
    stair: '',
    block: '',
    district: '',
    rest: '',
    key: '',
  };
  if (tokens.length === 0) return street;
  let at = readType(tokens, 0, country, street);

  // "Urb. Los Pinos, C/ Rosa 12": the first part is where, the second is the street.
  const second = tokens.findIndex(
    (token, i) => i > at && token.comma && streetTypeOf(token.folded, country) !== undefined && i + 1 < tokens.length,
  );
  const opening = second > 0 ? DETAIL_MARKERS.get(tokens[0]!.folded) : undefined;
  if ((opening === 'district' || opening === 'block') && !tokens.slice(0, second).some((token) => token.figure)) {
    street[opening] = showWords(tokens.slice(1, second));
    street.streetType = '';
    at = readType(tokens, second, country, street);
  }
  const name = readName(tokens, at, country, street);
  street.streetName = showWords(tokens.slice(at, name), street.streetType !== '');
  let next = readNumber(tokens, name, country, street);
  if (street.streetName === '' && street.streetType !== '') {
    // "Rambla, 12" is a street called Rambla.
    street.streetName = street.streetType;
    street.streetType = '';
  }
  if (next === name && next < tokens.length && tokens[next]!.comma && tokens[next]!.folded.length > 0)
    next = lateType(tokens, next, country, street);
  readDetails(tokens, next, street);
  street.key = streetKey(tokens, at, name, street);
  return street;
}

function readType(tokens: readonly StreetToken[], at: number, country: CountryCode, street: Street): number {
  const token = tokens[at]!;
  const type = token.figure || at + 1 >= tokens.length ? undefined : streetTypeOf(token.folded, country);
  if (type === undefined) return at;
  street.streetType = type;
  const next = tokens[at + 1]!.folded;
  return type === 'Polígono' && (next === 'ind' || next === 'industrial') && at + 2 < tokens.length ? at + 2 : at + 1;
}

/** Where the name ends: at a number, a number marker, or a comma before something else. */
function readName(tokens: readonly StreetToken[], from: number, country: CountryCode, street: Street): number {
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i]!;
    const next = tokens[i + 1];
    if (token.folded === 'sn' || token.folded === '#') return i;
    if (!token.figure) {
      if (i === from) continue;
      if (token.folded === 'km' && next?.figure) return i;
      if (NUMBER_MARKERS.has(token.folded) && next !== undefined && (next.figure || next.folded === '#')) return i;
      if (token.comma) return i;
      if (next?.figure && DETAIL_MARKERS.has(token.folded) && token.folded.length > 2) return i;
      if (token.folded.length > 3 && next === undefined && NAMED_FLOORS.has(token.folded)) return i;
      continue;
    }
    if (next !== undefined && next.folded === 'de' && MONTH_WORDS.has(tokens[i + 2]?.folded ?? '')) continue;
    if (i > from) return i;
    // A figure right after the type is the name when a number still follows (Calle 7 # 12-34) or nothing does (Calle 7).
    if (street.streetType === '' && next !== undefined && !token.comma) continue;
    if (token.comma || (street.streetType !== '' && !numberFollows(tokens, i, country) && !NUMBERED.has(street.streetType))) return i;
  }
  return tokens.length;
}

const NUMBERED = new Set([
  'Calle',
  'Carrera',
  'Avenida',
  'Diagonal',
  'Transversal',
  'Circular',
  'Avenida Calle',
  'Avenida Carrera',
  'Carretera',
  'Manzana',
  'Pasaje',
  'Jirón',
  'Etapa',
  'Vía',
  'Barrio',
]);

function numberFollows(tokens: readonly StreetToken[], at: number, country: CountryCode): boolean {
  for (let i = at + 1; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.folded === '#' || token.folded === 'sn') return true;
    if (token.figure) return country === 'CO' || !token.ordinal;
    if (DETAIL_MARKERS.has(token.folded)) return false;
  }
  return false;
}

function readNumber(tokens: readonly StreetToken[], from: number, country: CountryCode, street: Street): number {
  let i = from;
  if (i >= tokens.length) return i;
  if (tokens[i]!.folded === 'sn') {
    street.number = 's/n';
    return i + 1;
  }
  let prefix = '';
  if (tokens[i]!.folded === 'km') prefix = 'km ';
  if (prefix !== '') i++;
  while (
    i < tokens.length &&
    NUMBER_MARKERS.has(tokens[i]!.folded) &&
    (tokens[i + 1]?.figure || tokens[i + 1]?.folded === '#' || tokens[i]!.folded === '#')
  )
    i++;
  if (tokens[i]?.folded === 'sn') return readNumber(tokens, i, country, street);
  const token = tokens[i];
  if (token === undefined || !token.figure || token.ordinal) return from;
  street.number = prefix + token.raw.toUpperCase();
  i++;
  i = takeSuffix(tokens, i, street);
  const next = tokens[i];
  if (next?.figure && !next.ordinal && !next.comma && isSecondNumber(token, next, country, street, tokens[i + 1])) {
    street.number += `-${next.raw.toUpperCase()}`;
    i = takeSuffix(tokens, i + 1, street);
  }
  return i;
}

/** "12 bis", and in Colombia "12 B". */
function takeSuffix(tokens: readonly StreetToken[], at: number, street: Street): number {
  const token = tokens[at];
  if (token === undefined || token.comma) return at;
  if (token.folded === 'bis' || token.folded === 'dup' || token.folded === 'duplicado') {
    street.number += token.folded === 'bis' ? ' bis' : ' dup';
    return at + 1;
  }
  const solitary = token.dash && token.folded.length === 1 && !token.figure && (at + 1 >= tokens.length || tokens[at + 1]!.comma);
  const beforeNumber = token.folded.length === 1 && !token.figure && tokens[at + 1]?.dash === true && tokens[at + 1]!.figure;
  if (!solitary && !beforeNumber) return at;
  street.number += token.raw.toUpperCase();
  return at + 1;
}

/** 12-34 in Colombia is one number; in Spain 12-14 is a range of doorways and 12-3 is the third floor of number 12. */
function isSecondNumber(
  first: StreetToken,
  second: StreetToken,
  country: CountryCode,
  street: Street,
  after: StreetToken | undefined,
): boolean {
  if (country === 'CO') return second.dash || /^\d/.test(street.streetName);
  if (!second.dash || /\D/.test(second.raw)) return false;
  const gap = Number(second.raw) - Number.parseInt(first.raw, 10);
  return gap > 0 && gap <= 30 && gap % 2 === 0 && !after?.dash;
}

/** "Mayor, Calle, 12" and "Mayor (Calle) 12": the type after the name. */
function lateType(tokens: readonly StreetToken[], at: number, country: CountryCode, street: Street): number {
  const type = street.streetType === '' ? streetTypeOf(tokens[at]!.folded, country) : undefined;
  if (type === undefined || (tokens[at]!.folded.length < 4 && tokens[at + 1] === undefined)) return at;
  street.streetType = type;
  return readNumber(tokens, at + 1, country, street);
}

/**
 * Proper case for a street or a town: particles small except at the start (after a type de and its kin are small there too),
 * accents restored to capitals.
 */
export function showWords(tokens: readonly StreetToken[], afterType = false): string {
  let out = '';
  for (const { raw, folded, dash, figure, ordinal } of tokens) {
    let shown: string;
    if (figure) shown = raw.toUpperCase() + (ordinal ? 'º' : '');
    else if (ROMAN.test(raw)) shown = raw;
    else if (STREET_PARTICLES.has(folded) && (out !== '' || (afterType && OF.has(folded)))) shown = raw.toLowerCase();
    else {
      shown = STREET_SPELLED.get(folded) ?? showWord(raw, folded, STREET_ACCENTS);
      if (ELIDED.test(shown) && (out !== '' || (afterType && shown[0] === 'D'))) shown = shown[0]!.toLowerCase() + shown.slice(1);
    }
    out += (out === '' ? '' : dash ? '-' : ' ') + shown;
  }
  return out;
}

const OF = new Set(['de', 'del', 'd', 'do', 'da', 'dos', 'das']);
const ELIDED = /^[DL]'/;
const ROMAN = /^(?:X{0,3})(?:IX|IV|V?I{0,3})$/;

export function showPlace(text: string): string {
  return showWords(streetTokens(text));
}

function streetKey(tokens: readonly StreetToken[], from: number, to: number, street: Street): string {
  let key = '';
  const numbered = tokens[from]?.figure === true && from < to;
  if (numbered && street.streetType !== '' && !MONTH_WORDS.has(tokens[to - 1]!.folded)) key = street.streetType.toLowerCase();
  for (let i = from; i < to; i++) {
    const { folded, figure } = tokens[i]!;
    if (STREET_PARTICLES.has(folded) && to - from > 1) continue;
    if (folded.length > 2 && folded[1] === ' ' && (folded[0] === 'd' || folded[0] === 'l')) {
      key += (key === '' ? '' : ' ') + folded.slice(2);
      continue;
    }
    const word = figure ? folded : (STREET_ABBREVIATIONS.get(folded) ?? folded);
    key += (key === '' ? '' : ' ') + word;
  }
  if (key === '' && street.streetName !== '') key = street.streetName.toLowerCase();
  if (street.number === '' || street.number === 's/n') return key;
  const plain =
    numbered || street.number.startsWith('km')
      ? street.number.toLowerCase().replace(/[^a-z0-9]+/g, ' ')
      : /^\d+/.exec(street.number)![0].replace(/^0+(?=\d)/, '');
  return `${key} ${plain}`;
}
