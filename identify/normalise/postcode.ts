import type { CountryCode } from './country.ts';
import { provinceOfPostcode } from './places.ts';

/** The form of a country's postcodes; countries not listed accept anything of 3 to 10 letters and figures. */
const FORMS: Partial<Record<CountryCode, RegExp>> = {
  ES: /^\d{5}$/,
  MX: /^\d{5}$/,
  PE: /^\d{5}$/,
  CO: /^\d{6}$/,
  EC: /^\d{6}$/,
  CL: /^\d{7}$/,
  AR: /^(?:[A-HJ-NP-Z]\d{4}[A-Z]{3}|\d{4})$/,
  PT: /^\d{4}(?:\d{3})?$/,
  FR: /^\d{5}$/,
  DE: /^\d{5}$/,
  IT: /^\d{5}$/,
  US: /^\d{5}(?:\d{4})?$/,
};
const ANY = /^[A-Z0-9]{3,10}$/;
const LENGTHS: Partial<Record<CountryCode, number>> = { ES: 5, MX: 5, PE: 5, CO: 6, EC: 6, FR: 5, DE: 5, IT: 5, US: 5 };

export interface Postcode {
  /** Upper-case, no separators, with the leading zero a spreadsheet ate. */
  value: string;
  valid: boolean;
}

/** A postcode by the form of its country; in Spain, Colombia, Mexico, Peru and Ecuador its first figures must also be a province's. */
export function normalisePostcode(input: string, country: CountryCode): Postcode {
  let value = input;
  if (input.length !== 5 || !isFigures(input)) {
    value = input
      .toUpperCase()
      .replace(/^(?:C\.?P\.?|ES|E)[\s.:-]*(?=\d)/, '')
      .replace(/\.0$/, '')
      .replace(/[^A-Z0-9]/g, '');
    const length = LENGTHS[country];
    if (length !== undefined && value.length === length - 1 && isFigures(value)) value = `0${value}`;
  }
  if (value === '') return { value, valid: true };
  const form = FORMS[country] ?? ANY;
  const tells = country === 'ES' || country === 'CO' || country === 'MX' || country === 'PE' || country === 'EC';
  return { value, valid: form.test(value) && (!tells || provinceOfPostcode(value, country) !== undefined) };
}

function isFigures(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return true;
}
