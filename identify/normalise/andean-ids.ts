import { isFigures, luhnDigit, weightedSum } from './check-digits.ts';
import type { CountryCode } from './country.ts';
import type { CheckDigit, IdReading, NationalIdType } from './national-id.ts';

/** Colombia, Chile, Peru and Ecuador. */
export function readAndeanId(compact: string, dashed: boolean, country: CountryCode): IdReading | undefined {
  switch (country) {
    case 'CO':
      return readColombian(compact, dashed);
    case 'CL':
      return readChilean(compact);
    case 'PE':
      return readPeruvian(compact);
    default:
      return readEcuadorian(compact);
  }
}

const NIT_WEIGHTS = [71, 67, 59, 53, 47, 43, 41, 37, 29, 23, 19, 17, 13, 7, 3];

/** DIAN, Orden Administrativa 4 de 1989: weighted sum mod 11; 0 and 1 stand, otherwise 11 less the rest. */
function nitDigit(body: string): number {
  const rest = weightedSum(body.padStart(15, '0'), NIT_WEIGHTS) % 11;
  return rest < 2 ? rest : 11 - rest;
}

/**
 * The cédula has no check digit: up to 8 figures, or 10 that begin with 1 (NUIP). The NIT has one. Written apart
 * (900373115-6) it is told by the dash, otherwise by length. The value of a NIT has its body padded to nine figures (ten if the nine
 * begin with 1), so that it never reads as a cédula again.
 */
function readColombian(id: string, dashed: boolean): IdReading | undefined {
  if (!isFigures(id)) return undefined;
  const last = id.charCodeAt(id.length - 1) - 48;
  const body = id.slice(0, -1);
  const asNit = () => id.length >= 8 && id.length <= 11 && nitDigit(body) === last;
  if (id.length === 11 || (id.length === 10 && id[0] !== '1')) {
    return asNit() ? nit(body, 'ok') : { type: 'NIT_CO', country: 'CO', value: id, checkDigit: 'wrong' };
  }
  if (dashed && asNit()) return nit(body, 'ok');
  if (id.length === 9) {
    if (id[0] === '8' || id[0] === '9') return nit(id, 'none');
    return asNit() ? nit(body, 'ok') : undefined;
  }
  const plain = id.replace(/^0+/, '');
  if ((plain.length === 10 && plain[0] === '1') || (plain.length >= 5 && plain.length <= 8))
    return { type: 'CEDULA_CO', country: 'CO', value: plain, checkDigit: 'none' };
  return undefined;
}

function nit(body: string, checkDigit: CheckDigit): IdReading {
  const plain = body.replace(/^0+(?=\d)/, '').padStart(9, '0');
  const value = plain.length === 9 && plain[0] === '1' ? `0${plain}` : plain;
  return { type: 'NIT_CO', country: 'CO', value: value + nitDigit(body), checkDigit };
}

/** RUT and RUN: mod 11 with weights 2 to 7 from the right, K for ten (Servicio de Registro Civil; DFL 3/1969 for the RUT). */
function readChilean(compact: string): IdReading | undefined {
  const id = compact.replace(/^0+/, '');
  const body = id.slice(0, -1);
  if (body.length < 6 || body.length > 8 || !isFigures(body)) return undefined;
  const control = id[id.length - 1]!;
  if (control !== 'K' && !isFigures(control)) return undefined;
  const rest = 11 - (weightedSum(body.padStart(8, '0'), [3, 2, 7, 6, 5, 4, 3, 2]) % 11);
  const expected = rest === 11 ? '0' : rest === 10 ? 'K' : String(rest);
  return { type: 'RUT_CL', country: 'CL', value: id, checkDigit: control === expected ? 'ok' : 'wrong' };
}

/** DNI of eight figures, its check character (RENIEC: a figure or a letter, mod 11) verified when written and then left out; RUC (SUNAT, mod 11). */
function readPeruvian(id: string): IdReading | undefined {
  if (id.length === 11 && isFigures(id)) {
    if (!RUC_STARTS.has(id.slice(0, 2))) return undefined;
    const expected = (11 - (weightedSum(id, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 10;
    return reading('RUC_PE', 'PE', id, expected === id.charCodeAt(10) - 48);
  }
  const body = id.slice(0, 8);
  if ((id.length !== 8 && id.length !== 9) || !isFigures(body)) return undefined;
  if (id.length === 8) return { type: 'DNI_PE', country: 'PE', value: id, checkDigit: 'none' };
  const rest = weightedSum(body, [3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  const ok = id[8] === '65432110987'[rest] || id[8] === 'KJIHGFEDCBA'[rest];
  return reading('DNI_PE', 'PE', ok ? body : id, ok);
}

const RUC_STARTS = new Set(['10', '15', '16', '17', '20']);

/** Cédula (Luhn; Registro Civil) and RUC (SRI: a person's is the cédula and 001; mod 11 for the public, third figure 6, and companies, 9). */
function readEcuadorian(compact: string): IdReading | undefined {
  // Spreadsheets eat the zero of the first nine provinces.
  const id = compact.length === 9 || compact.length === 12 ? `0${compact}` : compact;
  if ((id.length !== 10 && id.length !== 13) || !isFigures(id)) return undefined;
  const province = Number(id.slice(0, 2));
  if (province === 0 || (province > 24 && province !== 30)) return undefined;
  const third = id.charCodeAt(2) - 48;
  const natural = luhnDigit(id.slice(0, 9)) === id.charCodeAt(9) - 48;
  if (id.length === 10) return third < 6 ? reading('CEDULA_EC', 'EC', id, natural) : undefined;
  if (id.endsWith('000')) return undefined;
  if (third < 6) return reading('RUC_EC', 'EC', id, natural);
  if (third === 6) {
    const publicBody = mod11(weightedSum(id, [3, 2, 7, 6, 5, 4, 3, 2])) === id.charCodeAt(8) - 48;
    return reading('RUC_EC', 'EC', id, publicBody || natural);
  }
  if (third !== 9) return undefined;
  return reading('RUC_EC', 'EC', id, mod11(weightedSum(id, [4, 3, 2, 7, 6, 5, 4, 3, 2])) === id.charCodeAt(9) - 48);
}

function mod11(sum: number): number {
  return (11 - (sum % 11)) % 11;
}

function reading(type: NationalIdType, country: CountryCode, value: string, ok: boolean): IdReading {
  return { type, country, value, checkDigit: ok ? 'ok' : 'wrong' };
}
