import * as fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import type { CountryCode } from './country.ts';
import { normalisePhone } from './phone.ts';

describe('normalisePhone', () => {
  it.each<[string, CountryCode, string, string]>([
    ['600 123 124', 'ES', '+34600123124', 'mobile'],
    ['600123124', 'ES', '+34600123124', 'mobile'],
    ['722.333.444', 'ES', '+34722333444', 'mobile'],
    ['+34 912.34.56.79', 'ES', '+34912345679', 'landline'],
    ['(0034) 912345679', 'ES', '+34912345679', 'landline'],
    ['0034600123124', 'CO', '+34600123124', 'mobile'],
    ['34600123124', 'ES', '+34600123124', 'mobile'],
    ['902 123 124', 'ES', '+34902123124', 'other'],
    ['tel: 600123124 (casa)', 'ES', '+34600123124', 'mobile'],
    ['600123124 / 912345679', 'ES', '+34600123124', 'mobile'],
    ['123; 600123124', 'ES', '+34600123124', 'mobile'],
    ['600123124.0', 'ES', '+34600123124', 'mobile'],
    ['91 234 56 79 ext. 12', 'ES', '+34912345679', 'landline'],
    ['(601) 234 5678', 'CO', '+576012345678', 'landline'],
    ['300 123 4567', 'CO', '+573001234567', 'mobile'],
    ['+57 300 1234567', 'ES', '+573001234567', 'mobile'],
    ['9 8765 4321'.replace('8765 4321', '8765 4320'), 'CL', '+56987654320', 'mobile'],
    ['2 2345 6789', 'CL', '+56223456789', 'landline'],
    ['987 654 320', 'PE', '+51987654320', 'mobile'],
    ['01 444 1234', 'PE', '+5114441234', 'landline'],
    ['0991234568', 'EC', '+593991234568', 'mobile'],
    ['02 234 5678', 'EC', '+59322345678', 'landline'],
    ['55 1234 5678', 'MX', '+525512345678', 'other'],
    ['+52 1 55 1234 5678', 'ES', '+525512345678', 'mobile'],
    ['11 15 2345-6789', 'AR', '+5491123456789', 'mobile'],
    ['+54 9 11 2345 6789', 'ES', '+5491123456789', 'mobile'],
    ['912 345 670', 'PT', '+351912345670', 'mobile'],
    ['06 12 34 56 79', 'FR', '+33612345679', 'mobile'],
    ['+44 7911 123456', 'ES', '+447911123456', 'mobile'],
    ['+1 212 555 0123', 'ES', '+12125550123', 'other'],
  ])('%s in %s → %s, %s', (input, country, e164, kind) => {
    expect(normalisePhone(input, country)).toMatchObject({ original: input, e164, kind, valid: true });
  });

  it.each<[string, CountryCode, string]>([
    ['', 'ES', 'empty'],
    ['no tiene', 'ES', 'empty'],
    ['12345', 'ES', 'too-short'],
    ['6001231244', 'ES', 'too-long'],
    ['200123124', 'ES', 'format'],
    ['666666666', 'ES', 'placeholder'],
    ['600000000', 'ES', 'placeholder'],
    ['123456789', 'CO', 'too-short'],
    ['6,00E+08', 'ES', 'too-short'],
  ])('%j in %s is marked %s and kept', (input, country, problem) => {
    expect(normalisePhone(input, country)).toMatchObject({ original: input, e164: '', valid: false, problem });
  });

  const countries = fc.constantFrom<CountryCode>('ES', 'CO', 'CL', 'PE', 'EC', 'MX', 'PT', 'FR', 'AR', 'US');
  const digits = fc.stringMatching(/^[+0]{0,2}[0-9 ]{6,14}$/);

  it('E.164 reads as itself in any country', () => {
    fc.assert(
      fc.property(digits, countries, countries, (input, country, other) => {
        const { e164, valid, kind, national } = normalisePhone(input, country);
        if (!valid) return;
        expect(normalisePhone(e164, other)).toMatchObject({ e164, valid, national });
        // The old mobile 1 of Mexico tells the kind and is not part of E.164.
        if (!e164.startsWith('+52')) expect(normalisePhone(e164, other).kind).toBe(kind);
      }),
      { numRuns: 2000 },
    );
  });

  it('what the tables accept, libphonenumber accepts as the same number', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[1-9][0-9]{7,9}$/),
        fc.constantFrom<CountryCode>('ES', 'CO', 'CL', 'PE', 'EC', 'MX', 'PT', 'FR'),
        (input, country) => {
          const ours = normalisePhone(input, country);
          if (ours.valid) expect(parsePhoneNumberFromString(ours.e164)?.isValid()).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('never throws and keeps the original', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), countries, (input, country) => {
        expect(normalisePhone(input, country).original).toBe(input);
      }),
    );
  });
});
