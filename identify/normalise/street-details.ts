import type { StreetToken } from './street-tokens.ts';
import { DETAIL_MARKERS, type Detail, NAMED_DOORS, NAMED_FLOORS, NUMBER_MARKERS } from './street-words.ts';

export interface StreetDetails {
  /** '3', or BJ bajo, EN entresuelo, PR principal, AT ático, SA sobreático, ST sótano, SS semisótano. */
  floor: string;
  /** 'B', '2', or IZQ, DCHA, CTRO, EXT, INT. */
  door: string;
  stair: string;
  /** Block, tower, building or portal. */
  block: string;
  /** Urbanización, barrio, colonia. */
  district: string;
  /** What none of the others could take, as written. */
  rest: string;
}

/** Reads what follows the street number: marked values in any order, then bare ones as floor and door. */
export function readDetails(tokens: readonly StreetToken[], from: number, into: StreetDetails): void {
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i]!;
    const next = tokens[i + 1];
    const marker = token.figure ? undefined : DETAIL_MARKERS.get(token.folded);
    if (marker === 'district' || (marker === 'block' && next !== undefined && isName(next))) {
      const end = untilComma(tokens, i + 1);
      if (end > i + 1) {
        const value = tokens
          .slice(i + 1, end)
          .map(({ raw }) => raw)
          .join(' ');
        if (marker === 'block') put(into, 'block', value);
        else put(into, 'district', value);
        i = end - 1;
        continue;
      }
    }
    // "6ª planta": the figure comes first.
    if (
      token.figure &&
      into.floor === '' &&
      next !== undefined &&
      !next.comma &&
      DETAIL_MARKERS.get(next.folded) === 'floor' &&
      !tokens[i + 2]?.figure
    ) {
      takeBare(token, into);
      i++;
      continue;
    }
    if (marker !== undefined && next !== undefined && isValue(next, marker)) {
      i = takeValue(tokens, i + 1, marker, into);
      continue;
    }
    if (!takeBare(token, into)) addRest(into, token, marker !== undefined || NUMBER_MARKERS.has(token.folded));
  }
}

/** A word of three letters or more that names something: Edificio Sol, Torre Norte. */
function isName(token: StreetToken): boolean {
  return (
    !token.figure &&
    token.folded.length > 2 &&
    !token.comma &&
    !NAMED_FLOORS.has(token.folded) &&
    !NAMED_DOORS.has(token.folded) &&
    !DETAIL_MARKERS.has(token.folded)
  );
}

function isValue(token: StreetToken, marker: Detail): boolean {
  if (token.figure || token.folded.length === 1) return !token.comma || token.figure;
  if (marker === 'floor') return NAMED_FLOORS.has(token.folded);
  if (marker === 'stair' || marker === 'door') return NAMED_DOORS.has(token.folded);
  return false;
}

function takeValue(tokens: readonly StreetToken[], at: number, marker: Detail, into: StreetDetails): number {
  const token = tokens[at]!;
  if (token.figure && marker === 'floor') {
    takeBare({ ...token, ordinal: true }, into);
    return at;
  }
  put(into, marker, NAMED_FLOORS.get(token.folded) ?? NAMED_DOORS.get(token.folded) ?? token.raw.toUpperCase());
  return at;
}

/** 3º, 3B, bajo, dcha, B: floor first, door then. */
function takeBare(token: StreetToken, into: StreetDetails): boolean {
  const { folded, figure } = token;
  if (figure) {
    const digits = /^\d+/.exec(folded)![0];
    let letters = folded.slice(digits.length).toUpperCase();
    // Catalan ordinals, 1r 2n 3r 4t, and 1a for a door.
    if (CATALAN.test(token.raw) || (into.floor !== '' && letters === 'A' && token.raw.endsWith('a'))) letters = '';
    if (into.floor === '') {
      into.floor = digits.replace(/^0+(?=\d)/, '');
      if (letters !== '') put(into, 'door', letters);
      return true;
    }
    if (into.door !== '') return false;
    into.door = digits.replace(/^0+(?=\d)/, '') + letters;
    return true;
  }
  const floor = NAMED_FLOORS.get(folded);
  if (floor !== undefined && into.floor === '') {
    into.floor = floor;
    return true;
  }
  const door = NAMED_DOORS.get(folded) ?? (folded.length === 1 ? folded.toUpperCase() : undefined);
  if (door === undefined) return false;
  if (into.door === '') into.door = door;
  else if (into.door !== door) into.door += ` ${door}`;
  return true;
}

const CATALAN = /^(?:[13]r|2n|4t|\d[eè])$/;

function put(into: StreetDetails, detail: Detail, value: string): void {
  if (into[detail] === '') into[detail] = value;
  else if (detail === 'block' && into.stair === '') into.stair = value;
  else if (into[detail] !== value) into[detail] += ` ${value}`;
}

function addRest(into: StreetDetails, token: StreetToken, marker: boolean): void {
  if (marker && token.folded.length <= 2) return;
  into.rest += (into.rest === '' ? '' : ' ') + token.raw;
}

function untilComma(tokens: readonly StreetToken[], from: number): number {
  let end = from;
  while (end < tokens.length && !(tokens[end]!.comma && end > from)) end++;
  return end;
}
