import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CountryCode } from './country.ts';
import { normaliseNationalId } from './national-id.ts';

describe('normaliseNationalId', () => {
  // Published ids of public bodies, examples of the standards, and numbers made by the rule.
  it.each<[string, CountryCode, string, string]>([
    ['12345678Z', 'ES', 'NIF', '12345678Z'],
    ['12.345.678-z', 'ES', 'NIF', '12345678Z'],
    ['DNI: 12345678Z', 'ES', 'NIF', '12345678Z'],
    ['1234567L', 'ES', 'NIF', '01234567L'],
    ['K1234567L', 'ES', 'NIF', 'K1234567L'],
    ['X1234567L', 'ES', 'NIE', 'X1234567L'],
    ['X-01234567-L', 'ES', 'NIE', 'X1234567L'],
    ['Y1234567X', 'ES', 'NIE', 'Y1234567X'],
    ['A58818501', 'ES', 'CIF', 'A58818501'],
    ['B-58378431', 'ES', 'CIF', 'B58378431'],
    ['ESB58378431', 'ES', 'CIF', 'B58378431'],
    ['P2807900B', 'ES', 'CIF', 'P2807900B'],
    ['Q2818014I', 'ES', 'CIF', 'Q2818014I'],
    ['890.903.938-8', 'CO', 'NIT_CO', '8909039388'],
    ['8999990681', 'CO', 'NIT_CO', '8999990681'],
    ['213.123.432-1', 'CO', 'NIT_CO', '2131234321'],
    ['12.531.909-2', 'CL', 'RUT_CL', '125319092'],
    ['76086428-5', 'CL', 'RUT_CL', '760864285'],
    ['30.686.957-4', 'CL', 'RUT_CL', '306869574'],
    ['20-05536168-2', 'AR', 'CUIT_AR', '20055361682'],
    ['30-50001091-2', 'AR', 'CUIT_AR', '30500010912'],
    ['GODE561231GR8', 'MX', 'RFC_MX', 'GODE561231GR8'],
    ['SAT 970701 NN3', 'MX', 'RFC_MX', 'SAT970701NN3'],
    ['HEGG560427MVZRRL04', 'MX', 'CURP_MX', 'HEGG560427MVZRRL04'],
    ['BOXW310820HNERXN09', 'MX', 'CURP_MX', 'BOXW310820HNERXN09'],
    ['20512333797', 'PE', 'RUC_PE', '20512333797'],
    ['20131312955', 'PE', 'RUC_PE', '20131312955'],
    ['10117410-2', 'PE', 'DNI_PE', '10117410'],
    ['10117410-G', 'PE', 'DNI_PE', '10117410'],
    ['171430710-3', 'EC', 'CEDULA_EC', '1714307103'],
    ['1714307103001', 'EC', 'RUC_EC', '1714307103001'],
    ['1792060346-001', 'EC', 'RUC_EC', '1792060346001'],
    ['1760001550001', 'EC', 'RUC_EC', '1760001550001'],
    ['21-100342-001-7', 'UY', 'RUT_UY', '211003420017'],
    ['V-11470283-4', 'VE', 'RIF_VE', 'V114702834'],
    ['390.533.447-05', 'BR', 'CPF_BR', '39053344705'],
    ['16.727.230/0001-97', 'BR', 'CNPJ_BR', '16727230000197'],
    ['501 964 843', 'PT', 'NIF_PT', '501964843'],
    ['001-1391820-5', 'DO', 'CEDULA_DO', '00113918205'],
    ['1-01-85004-3', 'DO', 'RNC_DO', '101850043'],
  ])('%s (%s) is a %s with a right check digit: %s', (input, country, type, value) => {
    expect(normaliseNationalId(input, country)).toMatchObject({ original: input, value, country, type, checkDigit: 'ok', valid: true });
  });

  it.each<[string, CountryCode, string]>([
    ['12345678A', 'ES', 'NIF'],
    ['K1234567A', 'ES', 'NIF'],
    ['X1234567A', 'ES', 'NIE'],
    ['A58818502', 'ES', 'CIF'],
    ['P28079002', 'ES', 'CIF'],
    ['890903938-7', 'CO', 'NIT_CO'],
    ['12.531.909-3', 'CL', 'RUT_CL'],
    ['12.531.909-K', 'CL', 'RUT_CL'],
    ['20-05536168-3', 'AR', 'CUIT_AR'],
    ['GODE561231GR9', 'MX', 'RFC_MX'],
    ['HEGG560427MVZRRL05', 'MX', 'CURP_MX'],
    ['20512333798', 'PE', 'RUC_PE'],
    ['10117410-3', 'PE', 'DNI_PE'],
    ['1714307104', 'EC', 'CEDULA_EC'],
    ['1792060347001', 'EC', 'RUC_EC'],
    ['211003420018', 'UY', 'RUT_UY'],
    ['V114702835', 'VE', 'RIF_VE'],
    ['39053344706', 'BR', 'CPF_BR'],
    ['16727230000198', 'BR', 'CNPJ_BR'],
    ['501964844', 'PT', 'NIF_PT'],
    ['00113918206', 'DO', 'CEDULA_DO'],
    ['101850044', 'DO', 'RNC_DO'],
  ])('%s (%s) is a %s with a wrong one', (input, country, type) => {
    expect(normaliseNationalId(input, country)).toMatchObject({
      original: input,
      type,
      checkDigit: 'wrong',
      valid: false,
      problem: 'check-digit',
    });
  });

  it.each<[string, CountryCode, string, string]>([
    ['12345678', 'ES', 'NIF', '12345678Z'],
    ['1234567', 'ES', 'NIF', '01234567L'],
    ['800197268', 'CO', 'NIT_CO', '8001972684'],
    ['52.123.456', 'CO', 'CEDULA_CO', '52123456'],
    ['1.023.456.789', 'CO', 'CEDULA_CO', '1023456789'],
    ['20.123.456', 'AR', 'DNI_AR', '20123456'],
    ['10117410', 'PE', 'DNI_PE', '10117410'],
    ['GODE561231', 'MX', 'RFC_MX', 'GODE561231'],
    ['AAA123456', 'ES', 'PASSPORT', 'AAA123456'],
    ['C4J7T1234', 'DE', 'OTHER', 'C4J7T1234'],
  ])('%s (%s) is a %s without a check digit: %s', (input, country, type, value) => {
    expect(normaliseNationalId(input, country)).toMatchObject({ value, type, checkDigit: 'none', valid: true });
  });

  it.each<[string, CountryCode | undefined, string]>([
    ['', 'ES', 'empty'],
    ['hola', 'ES', 'format'],
    ['123', 'ES', 'too-short'],
    ['00000000T', 'ES', 'placeholder'],
    ['XAXX010101000', 'MX', 'placeholder'],
    ['No consta', undefined, 'placeholder'],
  ])('%j is marked %s %s', (input, country, problem) => {
    expect(normaliseNationalId(input, country)).toMatchObject({ original: input, valid: false, problem });
  });

  it.each([
    ['12345678Z', 'NIF'],
    ['GODE561231GR8', 'RFC_MX'],
    ['12531909-2', 'RUT_CL'],
    ['20055361682', 'CUIT_AR'],
  ])('without a country %s is a %s', (input, type) => {
    expect(normaliseNationalId(input).type).toBe(type);
  });

  it('a Spanish id in a Colombian file is recognised by its letter', () => {
    expect(normaliseNationalId('12345678Z', 'CO')).toMatchObject({ type: 'NIF', country: 'ES', valid: true });
  });

  const countries = fc.constantFrom<CountryCode>('ES', 'CO', 'CL', 'AR', 'MX', 'PE', 'EC', 'UY', 'VE', 'BR', 'PT', 'DO', 'DE');

  it('one wrong figure in a Spanish id never passes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000_000, max: 99_999_999 }), fc.nat(7), fc.integer({ min: 1, max: 9 }), (number, place, shift) => {
        const digits = String(number).padStart(8, '0');
        const right = normaliseNationalId(digits, 'ES').value;
        const wrong = digits.slice(0, place) + ((Number(digits[place]) + shift) % 10) + digits.slice(place + 1) + right[8];
        expect(normaliseNationalId(wrong, 'ES').checkDigit).toBe('wrong');
      }),
    );
  });

  it('the value reads as itself', () => {
    const ids = fc.oneof(
      fc.stringMatching(/^[0-9]{5,14}$/),
      fc.stringMatching(/^[A-Z]?[0-9]{7,8}[A-Z0-9]$/),
      fc.stringMatching(/^[0-9]{6,10}-[0-9K]$/),
      fc.string(),
    );
    fc.assert(
      fc.property(ids, countries, (input, country) => {
        const once = normaliseNationalId(input, country);
        const twice = normaliseNationalId(once.value, country);
        expect(twice.value).toBe(once.value);
        if (once.valid && once.country === country) expect(twice).toMatchObject({ type: once.type, country, valid: true });
      }),
      { numRuns: 5000 },
    );
  });

  it('never throws and keeps the original', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.option(countries, { nil: undefined }), (input, country) => {
        expect(normaliseNationalId(input, country).original).toBe(input);
      }),
    );
  });
});
