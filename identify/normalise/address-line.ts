import type { AddressParts } from './address.ts';
import { type CountryCode, normaliseCountry } from './country.ts';
import { foldText } from './fold-text.ts';
import { findProvince, provinceOfPostcode } from './places.ts';
import { DETAIL_MARKERS, NAMED_DOORS, NAMED_FLOORS, streetTypeOf } from './street-words.ts';

const POSTCODES: Partial<Record<CountryCode, RegExp>> = {
  ES: /(?:^|[\s,.(–-])(?:C\.?\s?P\.?:?\s*|E-)?(\d{5})(?=$|[\s,.)(–-])/gi,
  MX: /(?:^|[\s,.(–-])(?:C\.?\s?P\.?:?\s*)?(\d{5})(?=$|[\s,.)(–-])/gi,
  PE: /(?:^|[\s,.(–-])(?:C\.?\s?P\.?:?\s*)?(\d{5})(?=$|[\s,.)(–-])/gi,
  CO: /(?:^|[\s,.(–-])(?:C\.?\s?P\.?:?\s*)?(\d{6})(?=$|[\s,.)(–-])/gi,
  EC: /(?:^|[\s,.(–-])(?:C\.?\s?P\.?:?\s*)?(\d{6})(?=$|[\s,.)(–-])/gi,
  CL: /(?:^|[\s,.(–-])(?:C\.?\s?P\.?:?\s*)?(\d{7})(?=$|[\s,.)(–-])/gi,
  AR: /(?:^|[\s,.(–-])(?:C\.?\s?P\.?:?\s*)?([A-HJ-NP-Z]\d{4}[A-Z]{3}|(?<=C\.?P\.?:?\s*)\d{4})(?=$|[\s,.)(–-])/gi,
};

/**
 * One line into its columns. The postcode divides it: street before, town and province after. Without one, the last parts
 * between commas that hold no figure and no word of a building are town and province.
 */
export function splitAddressLine(line: string, country: CountryCode): AddressParts {
  let text = line.replace(/\s+/g, ' ').trim();
  let where = country;
  const lastComma = Math.max(text.lastIndexOf(','), text.lastIndexOf('('));
  const named = lastComma > 0 ? normaliseCountry(text.slice(lastComma + 1)) : undefined;
  if (named !== undefined && text.length - lastComma > 4 && findProvince(text.slice(lastComma + 1), country) === undefined) {
    where = named;
    text = text.slice(0, lastComma);
  }

  const found = lastPostcode(text, where);
  if (found === undefined) return { ...splitByCommas(text, where), country: where };
  const before = text.slice(0, found.start).replace(/[\s,.(–-]+$/, '');
  const after = text.slice(found.end).replace(/^[\s,.)–-]+/, '');
  const { street, city, province } = after === '' ? splitByCommas(before, where) : { street: before, ...townAndProvince(after, where) };
  return { street, postcode: found.postcode, city, province, country: where };
}

function lastPostcode(text: string, country: CountryCode): { postcode: string; start: number; end: number } | undefined {
  const form = POSTCODES[country];
  if (form === undefined) return undefined;
  let last: { postcode: string; start: number; end: number } | undefined;
  for (const match of text.matchAll(form)) {
    const postcode = match[1]!.toUpperCase();
    if (country !== 'CL' && provinceOfPostcode(postcode, country) === undefined && country !== 'AR') continue;
    if (match.index > 0) last = { postcode, start: match.index, end: match.index + match[0].length };
  }
  return last;
}

function townAndProvince(text: string, country: CountryCode): { city: string; province: string } {
  const parts = text
    .split(/[,()]| [-–] /)
    .map((part) => part.replace(/[\s.]+$/, '').trim())
    .filter((part) => part !== '');
  const city = parts[0] ?? '';
  const province = parts.slice(1).find((part) => findProvince(part, country) !== undefined);
  return { city, province: province ?? (findProvince(city, country) !== undefined && parts.length === 1 ? '' : (parts[1] ?? '')) };
}

function splitByCommas(text: string, country: CountryCode): { street: string; city: string; province: string } {
  const parts = text
    .split(/[,()]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const towns: string[] = [];
  while (parts.length > 1 && towns.length < 2 && isTown(parts.at(-1)!, country)) towns.unshift(parts.pop()!);
  if (towns.length === 0) return { street: text, city: '', province: '' };
  const cut = text.lastIndexOf(parts.at(-1)!, text.lastIndexOf(towns[0]!)) + parts.at(-1)!.length;
  const [city = '', second = ''] = towns;
  return { street: text.slice(0, cut), city, province: second !== '' ? second : findProvince(city, country) !== undefined ? city : '' };
}

function isTown(part: string, country: CountryCode): boolean {
  if (/[\d#º]/.test(part)) return false;
  const words = foldText(part).split(' ');
  if (NAMED_FLOORS.has(words[0]!) || NAMED_DOORS.has(words[0]!) || (words.length === 1 && words[0]!.length < 3)) return false;
  if (words[0] === 's' && words[1] === 'n') return false;
  if (findProvince(part, country) !== undefined) return true;
  return !DETAIL_MARKERS.has(words[0]!) && (streetTypeOf(words[0]!, country) === undefined || words.length === 1);
}
