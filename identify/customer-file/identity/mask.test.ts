import { describe, expect, it } from 'vitest';
import { maskBirthDate, maskEmail, maskField, maskFields, maskPhone, seesPersonal, shownKey } from './mask.ts';

describe('mask', () => {
  it.each([
    ['email', 'maria.lopez@gmail.com', 'm•••@gmail.com'],
    ['email', 'sin arroba', '•••'],
    ['phone', '+34612345678', '•••678'],
    ['mobile', '123', '•••'],
    ['national_id', '12345678Z', '•••8Z'],
    ['birth_date', '1980-05-12', '1980-••-••'],
    ['street', 'calle mayor 12', 'c•••'],
    ['given', 'María', 'María'],
    ['city', 'Gijón', 'Gijón'],
    ['email', '', ''],
  ])('%s %s → %s', (field, value, shown) => {
    expect(maskField(field, value)).toBe(shown);
  });

  it('leaves what is missing missing', () => {
    expect([maskEmail(null), maskPhone(null), maskBirthDate(null)]).toEqual([null, null, null]);
  });

  it('hides a record field by field', () => {
    expect(maskFields({ given: 'Ana', email: 'ana@x.es' })).toEqual({ given: 'Ana', email: 'a•••@x.es' });
  });

  it('hides what stands in for a key, and leaves keys that are keys', () => {
    expect(shownKey('national_id:12345678z', false)).toBe('national_id:•••8z');
    expect(shownKey('email:ana@x.es', false)).toBe('email:a•••@x.es');
    expect(shownKey('email:ana@x.es', true)).toBe('email:ana@x.es');
    expect(shownKey('tarjeta:77', false)).toBe('tarjeta:77');
    expect(shownKey('ana@x.es', false)).toBe('a•••@x.es');
  });

  it('opens for those who may see, and for the system', () => {
    const reader = { kind: 'user' as const, permissions: new Set(['customer.read']) };
    expect(seesPersonal(reader)).toBe(false);
    expect(seesPersonal({ ...reader, permissions: new Set(['customer.read_personal']) })).toBe(true);
    expect(seesPersonal({ kind: 'system', permissions: new Set() })).toBe(true);
  });
});
