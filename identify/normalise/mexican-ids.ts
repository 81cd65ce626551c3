import type { IdReading } from './national-id.ts';

const RFC = /^[A-ZÑ&]{3,4}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[A-Z\d]{2}[A\d])?$/;
const RFC_VALUES = '0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ';
const CURP = /^[A-Z]{4}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[HMX][A-Z]{5}[A-Z\d]\d$/;
const CURP_VALUES = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';

/**
 * RFC of persons (13) and companies (12) with the mod 11 check digit of SAT's Anexo 20, and CURP with the mod 10 one of
 * RENAPO's Instructivo normativo (DOF 2018). An RFC without its homoclave has no check digit.
 */
export function readMexicanId(id: string): IdReading | undefined {
  if (CURP.test(id)) {
    let sum = 0;
    for (let i = 0; i < 17; i++) sum += CURP_VALUES.indexOf(id[i]!) * (18 - i);
    return { type: 'CURP_MX', country: 'MX', value: id, checkDigit: (10 - (sum % 10)) % 10 === id.charCodeAt(17) - 48 ? 'ok' : 'wrong' };
  }
  if (!RFC.test(id)) return undefined;
  if (id.length < 12) return { type: 'RFC_MX', country: 'MX', value: id, checkDigit: 'none' };
  const padded = id.padStart(13, ' ');
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += RFC_VALUES.indexOf(padded[i]!) * (13 - i);
  const rest = 11 - (sum % 11);
  const expected = rest === 11 ? '0' : rest === 10 ? 'A' : String(rest);
  return { type: 'RFC_MX', country: 'MX', value: id, checkDigit: padded[12] === expected ? 'ok' : 'wrong' };
}
