import type { CountryCode } from './country.ts';
import { readIberianId } from './iberian-ids.ts';
import { readAndeanId } from './andean-ids.ts';
import { readAtlanticId } from './atlantic-ids.ts';
import { readMexicanId } from './mexican-ids.ts';
import type { Problem } from './problems.ts';

/** Every kind of id the package reads; 'OTHER' is an id it keeps without knowing its rules. */
export type NationalIdType =
  | ('NIF' | 'NIE' | 'CIF' | 'NIF_PT')
  | ('CEDULA_CO' | 'NIT_CO' | 'RUT_CL' | 'DNI_PE' | 'RUC_PE' | 'CEDULA_EC' | 'RUC_EC')
  | ('CUIT_AR' | 'DNI_AR' | 'CEDULA_UY' | 'RUT_UY' | 'CPF_BR' | 'CNPJ_BR' | 'RIF_VE' | 'CEDULA_DO' | 'RNC_DO')
  | ('RFC_MX' | 'CURP_MX')
  | ('PASSPORT' | 'OTHER');

export type CheckDigit = 'ok' | 'wrong' | 'none';

export interface NationalId {
  original: string;
  /** Upper-case, no separators, with leading zeros and a missing check character restored where they follow from the rest. */
  value: string;
  /** The country whose id it is; the one asked for when that is not known. */
  country?: CountryCode;
  type: NationalIdType;
  /** 'none': the id has none, or it was not written. */
  checkDigit: CheckDigit;
  valid: boolean;
  problem?: Problem;
}

/** What a country's reader makes of a compact id; `undefined`: no id of ours has that shape. */
export interface IdReading {
  type: NationalIdType;
  country: CountryCode;
  value: string;
  checkDigit: CheckDigit;
}

type Reader = (compact: string, dashed: boolean, country: CountryCode) => IdReading | undefined;

const READERS: Partial<Record<CountryCode, Reader>> = {
  ES: readIberianId,
  PT: readIberianId,
  CO: readAndeanId,
  CL: readAndeanId,
  PE: readAndeanId,
  EC: readAndeanId,
  AR: readAtlanticId,
  UY: readAtlanticId,
  BR: readAtlanticId,
  VE: readAtlanticId,
  DO: readAtlanticId,
  MX: readMexicanId,
};

/** Ids that their letters give away, whatever country the file is from. */
const LETTERED: readonly CountryCode[] = ['ES', 'MX', 'VE'];
/** Without a country, figures alone are believed only when the check digit fits. */
const FIGURES: readonly CountryCode[] = ['CL', 'AR', 'PE', 'EC', 'CO', 'BR', 'DO', 'UY'];

/**
 * A personal or tax id with its check digit verified by the rule of its country (each reader names its source). With a
 * `country`, ids of that country are tried first and a foreign one is recognised by its letters; without, by letters or check digit.
 */
export function normaliseNationalId(input: string, country?: CountryCode): NationalId {
  const compact = compactId(input);
  if (compact === '') return { original: input, value: '', country, type: 'OTHER', checkDigit: 'none', valid: false, problem: 'empty' };
  const dashed = input.charCodeAt(input.length - 2) === 45 || DASHED.test(input);
  const own = country === undefined ? undefined : READERS[country]?.(compact, dashed, country);
  const reading = own?.checkDigit === 'wrong' ? (recognise(compact, dashed, country) ?? own) : (own ?? recognise(compact, dashed, country));
  if (reading !== undefined) {
    const id: NationalId = {
      original: input,
      value: reading.value,
      country: reading.country,
      type: reading.type,
      checkDigit: reading.checkDigit,
      valid: true,
    };
    if (reading.checkDigit === 'wrong') id.problem = 'check-digit';
    if (isFiller(reading.value)) id.problem = 'placeholder';
    id.valid = id.problem === undefined;
    return id;
  }
  return unread(input, compact, country);
}

function recognise(compact: string, dashed: boolean, country: CountryCode | undefined): IdReading | undefined {
  for (const other of LETTERED) {
    if (other === country) continue;
    const reading = READERS[other]!(compact, dashed, other);
    // With zeros to add it is too short to be sure of.
    if (reading?.checkDigit === 'ok' && HAS_LETTER.test(reading.value) && reading.value.length <= compact.length) return reading;
  }
  if (country !== undefined) return undefined;
  for (const other of FIGURES) {
    const reading = READERS[other]!(compact, dashed, other);
    if (reading?.checkDigit === 'ok') return reading;
  }
  return READERS.ES!(HAS_LETTER.test(compact) ? compact : '', dashed, 'ES');
}

function unread(original: string, value: string, country: CountryCode | undefined): NationalId {
  const passport = PASSPORT.test(value);
  const id: NationalId = { original, value, country, type: passport ? 'PASSPORT' : 'OTHER', checkDigit: 'none', valid: true };
  if (FILLERS.has(value) || isFiller(value)) id.problem = 'placeholder';
  else if (!HAS_DIGIT.test(value)) id.problem = 'format';
  else if (value.length < 5) id.problem = 'too-short';
  else if (value.length > 20) id.problem = 'too-long';
  else if (!passport && country !== undefined && READERS[country] !== undefined) id.problem = 'format';
  id.valid = id.problem === undefined;
  return id;
}

/** A dash or a space and one last character: a check digit written apart. */
const DASHED = /[-–/]\s*[0-9A-Z]\s*$/i;
const HAS_LETTER = /[A-Z]/;
const HAS_DIGIT = /\d/;
const PASSPORT = /^[A-Z]{1,3}\d{6,7}$/;
const FILLERS = new Set('NA NULL NONE NAN X XX XXX XXXX NOCONSTA DESCONOCIDO SINDNI SINNIF PENDIENTE EXTRANJERO PASAPORTE'.split(' '));

/** Upper-case letters and digits of the id; & and Ñ stay, for they occur in Mexican ids. */
function compactId(input: string): string {
  for (let i = 0; i < input.length; i++) {
    const code = input.charCodeAt(i);
    if (!((code >= 48 && code <= 57) || (code >= 65 && code <= 90)))
      return input
        .normalize('NFKC')
        .toUpperCase()
        .replace(/^\s*(?:DNI|NIF|NIE|CIF|NIT|RUT|RUC|CUIT|CUIL|RFC|CURP|CC|C\.C\.|CI|CPF|CNPJ)[\s.:ºN°]*(?=\D{0,5}\d)/u, '')
        .replace(/[^A-Z0-9Ñ&]/g, '');
  }
  return input;
}

/** One digit over and over (00000000T, 11.111.111) and the Mexican ids for "anybody". */
function isFiller(value: string): boolean {
  const start = value.charCodeAt(0) > 57 ? 1 : 0;
  const first = value.charCodeAt(start);
  let i = start + 1;
  while (i < value.length && value.charCodeAt(i) === first) i++;
  if (i - start >= 7 && i >= value.length - 2) return true;
  return value === 'XAXX010101000' || value === 'XEXX010101000';
}
