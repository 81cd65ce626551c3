import { isFigures, weightedSum } from './check-digits.ts';
import type { CountryCode } from './country.ts';
import type { IdReading } from './national-id.ts';

const LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';
const COMPANY = 'ABCDEFGHJNPQRSUVW';
const CONTROL = 'JABCDEFGHI';

/**
 * Spain: NIF of persons (DNI: number mod 23; K, L, M: special), NIE (X, Y, Z stand for 0, 1, 2) and of entities, still
 * called CIF. Source: RD 1065/2007 arts. 18–22, Orden EHA/451/2008, Orden INT/2058/2008. A DNI without its letter gets it.
 * Portugal: NIF, mod 11 (Decreto-Lei 14/2013).
 */
export function readIberianId(compact: string, _dashed: boolean, country: CountryCode): IdReading | undefined {
  if (country === 'PT') return readPortuguese(compact);
  const id = compact.length === 11 && compact.startsWith('ES') ? compact.slice(2) : compact;
  const first = id.charCodeAt(0);
  if (first >= 48 && first <= 57) return readDni(id);
  const body = id.slice(1, -1);
  const control = id[id.length - 1]!;
  if (!isFigures(body)) return undefined;
  const place = 'XYZ'.indexOf(id[0]!);
  if (place >= 0 && control > '9') return readNie(id[0]!, place, body, control);
  if (id.length !== 9) return undefined;
  if (id[0] === 'K' || id[0] === 'L' || id[0] === 'M') return spanish('NIF', id, control === LETTERS[Number(body) % 23]);
  return COMPANY.includes(id[0]!) ? spanish('CIF', id, isCompanyControl(id[0]!, body, control)) : undefined;
}

function readDni(id: string): IdReading | undefined {
  const control = id.charCodeAt(id.length - 1);
  if (control >= 65) {
    if (id.length < 7 || id.length > 9) return undefined;
    const body = id.slice(0, -1);
    if (!isFigures(body)) return undefined;
    return spanish('NIF', id.length === 9 ? id : id.padStart(9, '0'), LETTERS.charCodeAt(Number(body) % 23) === control);
  }
  if ((id.length !== 7 && id.length !== 8) || !isFigures(id)) return undefined;
  return { type: 'NIF', country: 'ES', value: id.padStart(8, '0') + LETTERS[Number(id) % 23]!, checkDigit: 'none' };
}

function readNie(letter: string, place: number, digits: string, control: string): IdReading | undefined {
  // Old cards wrote eight figures after the X, the first of them a zero.
  const body = digits.length === 8 && digits[0] === '0' ? digits.slice(1) : digits.padStart(7, '0');
  if (body.length !== 7 || digits.length < 6) return undefined;
  return spanish('NIE', letter + body + control, control === LETTERS[Number(`${place}${body}`) % 23]);
}

/** Odd places doubled and their figures added, even places as they are. */
function isCompanyControl(letter: string, body: string, control: string): boolean {
  let sum = 0;
  for (let i = 0; i < 7; i++) {
    const digit = body.charCodeAt(i) - 48;
    sum += i % 2 === 1 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  const expected = (10 - (sum % 10)) % 10;
  const asLetter = control === CONTROL[expected];
  const asDigit = control.charCodeAt(0) - 48 === expected;
  if ('ABEH'.includes(letter)) return asDigit;
  return 'NPQRSW'.includes(letter) ? asLetter : asDigit || asLetter;
}

function spanish(type: 'NIF' | 'NIE' | 'CIF', value: string, ok: boolean): IdReading {
  return { type, country: 'ES', value, checkDigit: ok ? 'ok' : 'wrong' };
}

function readPortuguese(compact: string): IdReading | undefined {
  const id = compact.length === 11 && compact.startsWith('PT') ? compact.slice(2) : compact;
  if (id.length !== 9 || !isFigures(id) || id[0] === '0' || id[0] === '4') return undefined;
  const rest = weightedSum(id, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
  const ok = (rest < 2 ? 0 : 11 - rest) === id.charCodeAt(8) - 48;
  return { type: 'NIF_PT', country: 'PT', value: id, checkDigit: ok ? 'ok' : 'wrong' };
}
