import { isFigures, luhnDigit, weightedSum } from './check-digits.ts';
import type { CountryCode } from './country.ts';
import type { IdReading, NationalIdType } from './national-id.ts';

/** Argentina, Uruguay, Brazil, Venezuela and the Dominican Republic. */
export function readAtlanticId(compact: string, _dashed: boolean, country: CountryCode): IdReading | undefined {
  switch (country) {
    case 'AR':
      return readArgentine(compact);
    case 'UY':
      return readUruguayan(compact);
    case 'BR':
      return readBrazilian(compact);
    case 'VE':
      return readVenezuelan(compact);
    default:
      return readDominican(compact);
  }
}

const CUIT_STARTS = new Set(['20', '23', '24', '25', '26', '27', '30', '33', '34', '50', '51', '55']);

/** CUIT and CUIL (AFIP, RG 10/1997): mod 11. The DNI is seven or eight figures without a check digit. */
function readArgentine(id: string): IdReading | undefined {
  if (!isFigures(id)) return undefined;
  if (id.length === 7 || id.length === 8) return { type: 'DNI_AR', country: 'AR', value: id, checkDigit: 'none' };
  if (id.length !== 11 || !CUIT_STARTS.has(id.slice(0, 2))) return undefined;
  const expected = (11 - (weightedSum(id, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  return reading('CUIT_AR', 'AR', id, expected === last(id));
}

/** Cédula (DNIC, mod 10) and RUT of twelve figures (DGI, mod 11). */
function readUruguayan(compact: string): IdReading | undefined {
  if (!isFigures(compact)) return undefined;
  if (compact.length === 7 || compact.length === 8) {
    const id = compact.padStart(8, '0');
    return reading('CEDULA_UY', 'UY', id, (10 - (weightedSum(id, [2, 9, 8, 7, 6, 3, 4]) % 10)) % 10 === last(id));
  }
  if (compact.length !== 12) return undefined;
  const expected = (11 - (weightedSum(compact, [4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  return reading('RUT_UY', 'UY', compact, expected === last(compact));
}

/** CPF and CNPJ: two check digits mod 11 (Receita Federal, IN 2.172/2024 and IN 2.119/2022); eleven equal figures are no CPF. */
function readBrazilian(id: string): IdReading | undefined {
  if (!isFigures(id)) return undefined;
  if (id.length === 11) {
    const first = brazilianDigit(id, [10, 9, 8, 7, 6, 5, 4, 3, 2]);
    const second = brazilianDigit(id, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    return reading('CPF_BR', 'BR', id, first === id.charCodeAt(9) - 48 && second === last(id));
  }
  if (id.length !== 14) return undefined;
  const first = brazilianDigit(id, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);
  const second = brazilianDigit(id, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);
  return reading('CNPJ_BR', 'BR', id, first === id.charCodeAt(12) - 48 && second === last(id));
}

function brazilianDigit(id: string, weights: readonly number[]): number {
  const rest = weightedSum(id, weights) % 11;
  return rest < 2 ? 0 : 11 - rest;
}

const RIF_LETTERS: Record<string, number> = { V: 4, E: 8, J: 12, P: 16, G: 20, C: 12 };

/** RIF: a letter, eight figures and a check digit mod 11 (SENIAT). */
function readVenezuelan(id: string): IdReading | undefined {
  const letter = RIF_LETTERS[id[0]!];
  const digits = id.slice(1);
  if (letter === undefined || digits.length !== 9 || !isFigures(digits)) return undefined;
  const expected = '00987654321'.charCodeAt((letter + weightedSum(digits, [3, 2, 7, 6, 5, 4, 3, 2])) % 11) - 48;
  return reading('RIF_VE', 'VE', id, expected === last(id));
}

/** Cédula of eleven figures (JCE, Luhn) and RNC of nine (DGII, mod 11). */
function readDominican(id: string): IdReading | undefined {
  if (!isFigures(id)) return undefined;
  if (id.length === 11) return reading('CEDULA_DO', 'DO', id, luhnDigit(id.slice(0, 10)) === last(id));
  if (id.length !== 9) return undefined;
  const rest = weightedSum(id, [7, 9, 8, 6, 5, 4, 3, 2]) % 11;
  const expected = ((((10 - rest) % 9) + 9) % 9) + 1;
  return reading('RNC_DO', 'DO', id, expected === last(id));
}

function last(id: string): number {
  return id.charCodeAt(id.length - 1) - 48;
}

function reading(type: NationalIdType, country: CountryCode, value: string, ok: boolean): IdReading {
  return { type, country, value, checkDigit: ok ? 'ok' : 'wrong' };
}
