import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEMALE_NAMES, MALE_NAMES } from './given-names.ts';
import { normaliseName, normaliseNameParts } from './name.ts';
import { SURNAMES } from './surnames.ts';

const shown = (input: string, order?: 'given-first' | 'surname-first') => {
  const { given, surname1, surname2 } = normaliseName(input, { order });
  return [given, surname1, surname2];
};

describe('normaliseName', () => {
  it.each([
    ['José García López', ['José', 'García', 'López']],
    ['María del Carmen García López', ['María del Carmen', 'García', 'López']],
    ['María de los Ángeles Ruiz', ['María de los Ángeles', 'Ruiz', '']],
    ['José Luis Martín', ['José Luis', 'Martín', '']],
    ['José Martín García', ['José', 'Martín', 'García']],
    ['Juan Carlos', ['Juan Carlos', '', '']],
    ['Juan de Dios Pérez', ['Juan de Dios', 'Pérez', '']],
    ['María de la Cruz Soto', ['María', 'de la Cruz', 'Soto']],
    ['Ana', ['Ana', '', '']],
    ['John Michael Smith', ['John Michael', 'Smith', '']],
    ['John F. Kennedy', ['John F.', 'Kennedy', '']],
    ['Xiana Uxía Pérez López', ['Xiana Uxía', 'Pérez', 'López']],
  ])('given name first: %s → %j', (input, parts) => {
    expect(shown(input)).toEqual(parts);
  });

  it.each([
    ['GARCIA LOPEZ, JOSE LUIS', ['José Luis', 'García', 'López']],
    ['García, Ana', ['Ana', 'García', '']],
    ['DE LA FUENTE MUÑOZ, MARIA DEL MAR', ['María del Mar', 'de la Fuente', 'Muñoz']],
    ['Ruiz Soto,Dña. Ana', ['Ana', 'Ruiz', 'Soto']],
    ['Juan, García López', ['Juan', 'García', 'López']],
    ['garcia lopez jose', ['José', 'García', 'López']],
    [', Ana Ruiz', ['Ana', 'Ruiz', '']],
  ])('surnames first, by the comma or by the words: %s → %j', (input, parts) => {
    expect(shown(input)).toEqual(parts);
  });

  it.each([
    ['Soto Vega Nadir', ['Nadir', 'Soto', 'Vega']],
    ['GARCIA JOSE LUIS', ['José Luis', 'García', '']],
    ['Ruiz', ['', 'Ruiz', '']],
    ['De la Torre Gil Ana María', ['Ana María', 'de la Torre', 'Gil']],
  ])('told that surnames come first: %s → %j', (input, parts) => {
    expect(shown(input, 'surname-first')).toEqual(parts);
  });

  it.each([
    ['José Ortega y Gasset', ['José', 'Ortega', 'y Gasset']],
    ['Santiago Ramón y Cajal', ['Santiago', 'Ramón', 'y Cajal']],
    ['Núria Puig i Soler', ['Núria', 'Puig', 'i Soler']],
    ['Ludwig van Beethoven', ['Ludwig', 'van Beethoven', '']],
    ['ÁLVARO DEL OLMO DE LOS RÍOS', ['Álvaro', 'del Olmo', 'de los Ríos']],
    ['Juan De La Cruz', ['Juan', 'de la Cruz', '']],
    ['María José San Martín Cruz', ['María José', 'San Martín', 'Cruz']],
    ['Ben Affleck', ['Ben', 'Affleck', '']],
    ['Fátima El Amrani', ['Fátima', 'El Amrani', '']],
    ['João da Silva', ['João', 'da Silva', '']],
  ])('particles stay with their surname: %s → %j', (input, parts) => {
    expect(shown(input)).toEqual(parts);
  });

  it.each([
    ['Ana García-Sanz Briz', 'Ana García-Sanz Briz', 'garcia sanz'],
    ['ANA GARCIA - SANZ BRIZ', 'Ana García-Sanz Briz', 'garcia sanz'],
    ["SEAN O'BRIEN", "Sean O'Brien", 'obrien'],
    ['Sean O’Brien', "Sean O'Brien", 'obrien'],
    ['ronald mcdonald', 'Ronald McDonald', 'mcdonald'],
    ['Marcel·lí Domingo', 'Marcel·lí Domingo', 'domingo'],
    ['ANTONIO MUNOZ', 'Antonio Muñoz', 'munoz'],
    ['Ana Rguez. Soto', 'Ana Rodríguez Soto', 'rodriguez'],
    ['José (Pepe) Gil', 'José Gil', 'gil'],
  ])('hyphens, apostrophes, capitals and contractions: %s → %s', (input, display, key) => {
    const name = normaliseName(input);
    expect(name.display).toBe(display);
    expect(name.key.surname1).toBe(key);
  });

  it.each([
    ['Mª Carmen Ruiz', 'maria carmen'],
    ['M.ª Carmen Ruiz', 'maria carmen'],
    ['Ma. del Carmen Ruiz', 'maria carmen'],
    ['M. Carmen Ruiz', 'maria carmen'],
    ['M. Ángel Ruiz', 'miguel angel'],
    ['Fco. Javier Ruiz', 'francisco javier'],
    ['Fco Ruiz', 'francisco'],
    ['José M.ª Aznar', 'jose maria'],
    ['Jse. Luis Ruiz Soto', 'jose luis'],
    ['J.L. García', 'j l'],
  ])('abbreviated given names are spelled out in the key: %s → %s', (input, key) => {
    expect(normaliseName(input).key.given).toBe(key);
  });

  it.each([
    ['D. Pedro Sanz', 'D.', 'm', 'Pedro Sanz'],
    ['Don José', 'D.', 'm', 'José'],
    ['Sra. Dña. Ana Ruiz', 'Sra.', 'f', 'Ana Ruiz'],
    ['Sr. García', 'Sr.', 'm', 'García'],
    ['Dra. Soto Vega', 'Dra.', 'f', 'Soto Vega'],
    ['Mr. John Smith', 'Mr.', 'm', 'John Smith'],
    ['D. Ruiz', undefined, undefined, 'D. Ruiz'],
  ])('titles: %s → %s', (input, honorific, gender, display) => {
    expect(normaliseName(input)).toMatchObject({ display, ...(honorific && { honorific, gender }) });
  });

  it.each([
    ['José María Ruiz', 'm'],
    ['María José Ruiz', 'f'],
    ['Guadalupe Ruiz', undefined],
    ['Zorx Ruiz', undefined],
  ])('gender of %s is %s', (input, gender) => {
    expect(normaliseName(input).gender).toBe(gender);
  });

  it.each([
    ['', 'empty'],
    [' - ', 'empty'],
    ['n/a', 'placeholder'],
    ['XXX', 'placeholder'],
    ['Cliente contado', 'placeholder'],
    ['Luis 2 Pérez', 'digits'],
    ['ana@x.es', 'looks-like-email'],
    ['MU?OZ, PEPE', 'broken-characters'],
  ])('%j is marked invalid (%s) and kept', (input, problem) => {
    expect(normaliseName(input)).toMatchObject({ original: input, valid: false, problem });
  });

  it('keeps the suffix apart', () => {
    expect(normaliseName('John F. Kennedy Jr.')).toMatchObject({ surname1: 'Kennedy', suffix: 'Jr.' });
  });
});

const list = (names: string) => fc.constantFrom(...names.trim().split(/\s+/));

describe('normaliseNameParts', () => {
  it.each([
    [{ given: 'JOSE', surname1: 'GARCIA LOPEZ' }, ['José', 'García', 'López']],
    [{ given: 'Ana', surname: 'de la Torre Gil' }, ['Ana', 'de la Torre', 'Gil']],
    [{ given: 'Ana', surname1: 'San Martín', surname2: 'Ruiz' }, ['Ana', 'San Martín', 'Ruiz']],
    [{ fullName: 'GARCIA LOPEZ, JOSE' }, ['José', 'García', 'López']],
    [{ given: 'José Luis', fullName: 'José Luis Martín' }, ['José Luis', 'Martín', '']],
    [{ given: 'Ana', surname1: 'Ruiz', surname2: 'n/a' }, ['Ana', 'Ruiz', '']],
    [{ surname1: 'Ruiz', fullName: 'Ana Ruiz' }, ['Ana', 'Ruiz', '']],
    [{ given: 'Ana' }, ['Ana', '', '']],
    [{}, ['', '', '']],
  ])('%j → %j', (parts, expected) => {
    const { given, surname1, surname2 } = normaliseNameParts(parts);
    expect([given, surname1, surname2]).toEqual(expected);
  });

  it('one name written four ways has one key', () => {
    const keys = [
      'GARCIA LOPEZ, Mª CARMEN',
      'María Carmen García López',
      'Dña. María del Carmen García López',
      'maria carmen garcía lópez',
    ].map((input) => normaliseName(input).key);
    for (const key of keys) expect(key).toEqual(keys[0]);
  });

  const word = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom('de', 'la', 'María', 'Mª', 'y', 'Sr.', 'GARCIA', "O'neil", 'a-b', 'San', 'Jr', ','),
  );
  const text = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));

  it('normalising its own parts changes nothing, for any text', () => {
    fc.assert(
      fc.property(text, text, text, (given, surname1, surname2) => {
        const once = normaliseNameParts({ given, surname1, surname2 });
        const twice = normaliseNameParts({ given: once.given, surname1: once.surname1, surname2: once.surname2 });
        expect([twice.given, twice.surname1, twice.surname2, twice.key]).toEqual([once.given, once.surname1, once.surname2, once.key]);
      }),
      { numRuns: 3000, seed: 1 },
    );
  });

  it('its display reads as the same name, for Spanish names in any case', () => {
    const cased = fc.constantFrom(
      (s: string) => s,
      (s: string) => s.toUpperCase(),
      (s: string) => s.toLowerCase(),
    );
    fc.assert(
      fc.property(fc.oneof(list(MALE_NAMES), list(FEMALE_NAMES)), list(SURNAMES), list(SURNAMES), cased, (given, a, b, write) => {
        const once = normaliseName(write(`${a} ${b}, ${given}`));
        expect(normaliseName(once.display, { order: 'given-first' }).key).toEqual(once.key);
      }),
    );
  });

  it('never throws and keeps the original', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (input) => {
        expect(normaliseName(input).original).toBe(input);
      }),
      { numRuns: 2000 },
    );
  });
});
