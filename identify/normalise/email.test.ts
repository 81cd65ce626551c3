import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseEmail } from './email.ts';

describe('normaliseEmail', () => {
  it.each([
    ['Ana.Ruiz+shop@Gmail.com', 'ana.ruiz+shop@gmail.com', 'anaruiz@gmail.com'],
    ['ana.ruiz@googlemail.com', 'ana.ruiz@googlemail.com', 'anaruiz@gmail.com'],
    ['ana.ruiz+x@hotmail.es', 'ana.ruiz+x@hotmail.es', 'ana.ruiz@hotmail.es'],
    ['ana+x@outlook.com', 'ana+x@outlook.com', 'ana@outlook.com'],
    ['ana-news@yahoo.es', 'ana-news@yahoo.es', 'ana@yahoo.es'],
    ['ana@me.com', 'ana@me.com', 'ana@icloud.com'],
    ['ana+x@pm.me', 'ana+x@pm.me', 'ana@proton.me'],
    ['ana.ruiz+x@empresa.es', 'ana.ruiz+x@empresa.es', 'ana.ruiz+x@empresa.es'],
    ['  ANA@X.ES ', 'ana@x.es', 'ana@x.es'],
    ['Ana Ruiz <ana@x.es>', 'ana@x.es', 'ana@x.es'],
    ['mailto:ana@x.es', 'ana@x.es', 'ana@x.es'],
    ['ana@x.es.', 'ana@x.es', 'ana@x.es'],
    ['ana@españa.es', 'ana@españa.es', 'ana@españa.es'],
    ["o'neil_7@sub.empresa.co.uk", "o'neil_7@sub.empresa.co.uk", "o'neil_7@sub.empresa.co.uk"],
  ])('%s → %s, key %s', (input, address, key) => {
    expect(normaliseEmail(input)).toMatchObject({ original: input, address, key, valid: true });
  });

  it.each([
    ['', 'empty'],
    ['n/a', 'placeholder'],
    ['ana', 'no-at-sign'],
    ['ana@', 'no-at-sign'],
    ['@x.es', 'no-at-sign'],
    ['a@b@c.es', 'no-at-sign'],
    ['a b@c.es', 'local-part'],
    ['.ana@x.es', undefined],
    ['an..a@x.es', 'local-part'],
    ['ana.@x.es', 'local-part'],
    ['josé@x.es', 'local-part'],
    ['ana@x', 'domain'],
    ['ana@x_y.es', 'domain'],
    ['ana@-x.es', 'domain'],
    ['ana@1.2.3.4', 'domain'],
    ['noemail@gmail.com', 'placeholder'],
    ['test@test.com', 'placeholder'],
    ['loquesea@sincorreo.com', 'placeholder'],
  ])('%j: %s', (input, problem) => {
    expect(normaliseEmail(input)).toMatchObject({ original: input, valid: problem === undefined, ...(problem && { problem, key: '' }) });
  });

  it.each([
    ['ana@gmial.com', 'ana@gmail.com'],
    ['ana@hotmial.com', 'ana@hotmail.com'],
    ['ana@gmail.con', 'ana@gmail.com'],
    ['ana@gmai.com', 'ana@gmail.com'],
    ['ana@hotmaill.com', 'ana@hotmail.com'],
    ['ana@hotmail.co', 'ana@hotmail.com'],
    ['ana@gmail.com', undefined],
    ['ana@ymail.com', undefined],
    ['ana@empresa.es', undefined],
  ])('%s suggests %s and changes nothing', (input, suggestion) => {
    const email = normaliseEmail(input);
    expect(email.suggestion).toBe(suggestion);
    expect(email.address).toBe(input);
  });

  it.each(['info@x.es', 'ventas@x.es', 'noreply@x.com', 'atencionalcliente@x.es', 'RRHH@x.es'])('%s is an office', (input) => {
    expect(normaliseEmail(input).role).toBe(true);
  });

  it('people are not offices, throw-away domains are told', () => {
    expect(normaliseEmail('ana.info@x.es').role).toBe(false);
    expect(normaliseEmail('x7@mailinator.com').disposable).toBe(true);
    expect(normaliseEmail('x7@gmail.com').disposable).toBeUndefined();
  });

  it('the address and the key read as themselves', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string(), fc.constantFrom('a.b+c@gmail.com', 'a-b-c@yahoo.es')), (input) => {
        const once = normaliseEmail(input);
        const { original: _, ...rest } = once;
        if (once.valid) {
          expect(normaliseEmail(once.address)).toMatchObject(rest);
          expect(normaliseEmail(once.key).key).toBe(once.key);
        } else expect(normaliseEmail(once.address).address).toBe(once.address);
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws and keeps the original', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (input) => {
        expect(normaliseEmail(input).original).toBe(input);
      }),
    );
  });
});
