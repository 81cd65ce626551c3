import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AddressParts, normaliseAddress, placeKey } from './address.ts';
import type { CountryCode } from './country.ts';

const streetOf = (input: string, country: CountryCode) => {
  const { streetType, streetName, number, floor, door } = normaliseAddress(input, country);
  return [streetType, streetName, number, floor, door];
};

describe('normaliseAddress', () => {
  it.each([
    ['C/ Mayor 12', ['Calle', 'Mayor', '12', '', '']],
    ['C/MAYOR, Nº 12', ['Calle', 'Mayor', '12', '', '']],
    ['Cl. Mayor núm. 12', ['Calle', 'Mayor', '12', '', '']],
    ['Avda. de la Constitución nº 5', ['Avenida', 'de la Constitución', '5', '', '']],
    ['Av Diagonal 640 6ª planta', ['Avenida', 'Diagonal', '640', '6', '']],
    ['Pza. España s/n', ['Plaza', 'España', 's/n', '', '']],
    ['Pº Castellana, 100, bajo dcha', ['Paseo', 'Castellana', '100', 'BJ', 'DCHA']],
    ['Ctra. de Burgos km 12', ['Carretera', 'de Burgos', 'km 12', '', '']],
    ['Gran Vía 12, 1º izq', ['', 'Gran Vía', '12', '1', 'IZQ']],
    ['RAMBLA 12', ['', 'Rambla', '12', '', '']],
    ['c/ sta. maria 3 bis', ['Calle', 'Santa María', '3 bis', '', '']],
    ['Mayor, Calle, 12', ['Calle', 'Mayor', '12', '', '']],
    ['Calle Alfonso X 12', ['Calle', 'Alfonso X', '12', '', '']],
    ['Calle 2 de Mayo 5', ['Calle', '2 de Mayo', '5', '', '']],
    ['Calle Puerta del Sol 3', ['Calle', 'Puerta del Sol', '3', '', '']],
    ["Carrer d'Aragó, 255", ['Carrer', "d'Aragó", '255', '', '']],
    ['C. del Carme, 12, 2n 1a', ['Calle', 'del Carme', '12', '2', '1']],
  ])('type, name and number in Spain: %s → %j', (input, parts) => {
    expect(streetOf(input, 'ES')).toEqual(parts);
  });

  it.each([
    ['C/ Mayor 12, 3º B', '12', '3', 'B'],
    ['C/ Mayor 12, 3ºB', '12', '3', 'B'],
    ['C/ Mayor 12, 3-B', '12', '3', 'B'],
    ['C/ Mayor 12, 3B', '12', '3', 'B'],
    ['C/ MAYOR 12 3º 2ª', '12', '3', '2'],
    ['C/ Mayor 12, piso 3, puerta 2', '12', '3', '2'],
    ['C/ Mayor 12, planta 3 pta. B', '12', '3', 'B'],
    ['C/ Mayor 12, ático', '12', 'AT', ''],
    ['C/ Mayor 12, entlo. 2ª', '12', 'EN', '2'],
    ['C/ Mayor 12, pral. izda.', '12', 'PR', 'IZQ'],
    ['C/ Mayor 12-B', '12B', '', ''],
    ['C/ Mayor 12-14', '12-14', '', ''],
  ])('inside the building: %s', (input, number, floor, door) => {
    expect(normaliseAddress(input, 'ES')).toMatchObject({ number, floor, door, key: 'mayor 12' });
  });

  it('stair, block, portal and urbanización', () => {
    expect(normaliseAddress('Avda. del Sol 5, esc. 2, piso 3 puerta 4', 'ES')).toMatchObject({ stair: '2', floor: '3', door: '4' });
    expect(normaliseAddress('Avda Andalucía bloque 3 portal 2 4ºC', 'ES')).toMatchObject({ block: '3', stair: '2', floor: '4', door: 'C' });
    expect(normaliseAddress('Urb. Los Pinos, C/ Rosa 12', 'ES')).toMatchObject({ district: 'Los Pinos', streetName: 'Rosa', number: '12' });
    expect(normaliseAddress('Edificio Sol, Calle Luna 3', 'ES')).toMatchObject({ block: 'Sol', streetName: 'Luna', number: '3' });
  });

  it.each([
    ['Cra. 7 # 12-34', ['Carrera', '7', '12-34', '', ''], 'carrera 7 12 34'],
    ['Carrera 7 No. 12 - 34', ['Carrera', '7', '12-34', '', ''], 'carrera 7 12 34'],
    ['KR 7 12 34', ['Carrera', '7', '12-34', '', ''], 'carrera 7 12 34'],
    ['Calle 100 No. 15-20 Apto 501', ['Calle', '100', '15-20', '', '501'], 'calle 100 15 20'],
    ['Cl 45A Bis Sur # 12B - 34', ['Calle', '45A Bis Sur', '12B-34', '', ''], 'calle 45a bis sur 12b 34'],
    ['Diag. 23 # 4-56', ['Diagonal', '23', '4-56', '', ''], 'diagonal 23 4 56'],
    ['Transv. 5 No 45 67', ['Transversal', '5', '45-67', '', ''], 'transversal 5 45 67'],
    ['AK 15 # 100-20', ['Avenida Carrera', '15', '100-20', '', ''], 'avenida carrera 15 100 20'],
  ])('Colombia: %s → %j', (input, parts, key) => {
    expect(streetOf(input, 'CO')).toEqual(parts);
    expect(normaliseAddress(input, 'CO').key).toBe(key);
  });

  it.each<[string, CountryCode, Record<string, string>]>([
    ['C/ Mayor 12, 3ºB, 28013 Madrid (Madrid)', 'ES', { streetName: 'Mayor', postcode: '28013', city: 'Madrid', province: 'Madrid' }],
    ['Calle Mayor, 12 - 08001 Barcelona', 'ES', { number: '12', postcode: '08001', city: 'Barcelona', province: 'Barcelona' }],
    ['Pza. España s/n, C.P. 41001 Sevilla, España', 'ES', { number: 's/n', postcode: '41001', city: 'Sevilla', country: 'ES' }],
    ['Calle Mayor 12, Getafe, Madrid', 'ES', { city: 'Getafe', province: 'Madrid' }],
    ['Cra. 7 # 12-34, Chía, Cundinamarca', 'CO', { number: '12-34', city: 'Chía', province: 'Cundinamarca' }],
    ['Cra. 7 # 12-34, Bogotá, Colombia', 'ES', { number: '12-34', city: 'Bogotá', province: 'Bogotá D.C.', country: 'CO' }],
    [
      'Av. Insurgentes Sur 1602, Col. Crédito Constructor, 03940 Ciudad de México, CDMX',
      'MX',
      { number: '1602', district: 'Crédito Constructor', postcode: '03940', province: 'Ciudad de México' },
    ],
    ['Jr. de la Unión 300, Lima', 'PE', { streetType: 'Jirón', number: '300', city: 'Lima', province: 'Lima' }],
    [
      'Av. Providencia 1234, Depto 56, Providencia, Región Metropolitana',
      'CL',
      { number: '1234', door: '56', city: 'Providencia', province: 'Región Metropolitana' },
    ],
    [
      'Av. Corrientes 1234 4º B, C1043AAZ CABA',
      'AR',
      { number: '1234', floor: '4', door: 'B', postcode: 'C1043AAZ', province: 'Ciudad Autónoma de Buenos Aires' },
    ],
  ])('one line: %s (%s)', (input, country, expected) => {
    expect(normaliseAddress(input, country)).toMatchObject({ original: input, valid: true, ...expected });
  });

  it.each<[AddressParts, Record<string, string>]>([
    [
      { street: 'C/ Mayor', number: '12', floorDoor: '3º B', postcode: '8013', city: 'BARCELONA' },
      { number: '12', floor: '3', door: 'B', postcode: '08013', city: 'Barcelona', province: 'Barcelona' },
    ],
    [
      { street: 'Mayor 3', city: 'Coruña, A', province: 'la coruña' },
      { city: 'A Coruña', province: 'A Coruña' },
    ],
    [{ street: 'Mayor 3', city: "HOSPITALET DE LLOBREGAT (L')" }, { city: "L'Hospitalet de Llobregat" }],
    [{ street: 'Gran Vía 3', province: 'Vizcaya', postcode: '48001' }, { province: 'Bizkaia' }],
    [
      { street: 'Cra 7 12-34', country: 'Colombia', province: 'Bogotá DC' },
      { country: 'CO', province: 'Bogotá D.C.', streetType: 'Carrera' },
    ],
    [{ street: 'Calle 10', postcode: '110111', country: 'CO' }, { province: 'Bogotá D.C.' }],
  ])('columns: %j', (parts, expected) => {
    expect(normaliseAddress(parts, 'ES')).toMatchObject({ valid: true, ...expected });
  });

  it.each<[AddressParts | string, string]>([
    ['', 'empty'],
    [{ street: ' ', city: '' }, 'empty'],
    [{ street: '', postcode: '28013', city: 'Madrid' }, 'street-missing'],
    [{ street: 'Mayor 3', postcode: '99999' }, 'postcode'],
    [{ street: 'Mayor 3', postcode: 'ABC' }, 'postcode'],
    [{ street: 'Mayor 3', postcode: '28013', province: 'Barcelona' }, 'postcode-province-mismatch'],
  ])('%j is marked %s', (input, problem) => {
    expect(normaliseAddress(input, 'ES')).toMatchObject({ valid: false, problem });
  });

  it('a street without a number is usable, with a remark', () => {
    expect(normaliseAddress('Calle Mayor', 'ES')).toMatchObject({ valid: true, problem: 'number-missing' });
  });

  it('one address written many ways has one key', () => {
    const ways = [
      'C/ Ntra. Sra. del Carmen 12',
      'CALLE NUESTRA SEÑORA DEL CARMEN, 12',
      'Cl Nuestra Sra del Carmen nº 12, 3º B',
      'Nuestra Señora del Carmen 12',
    ];
    for (const way of ways) expect(normaliseAddress(way, 'ES').key).toBe('nuestra senora carmen 12');
  });

  it('the canonical line reads as the same address', () => {
    const types = fc.constantFrom('C/', 'Avda.', 'Plaza', 'Pº', 'Ctra.', 'Ronda', 'Carrer');
    const names = fc.constantFrom(
      'Mayor',
      'de la Constitución',
      'GARCIA LORCA',
      'del Carmen',
      'Alfonso XII',
      '2 de Mayo',
      "d'Aragó",
      'sta. Ana',
      'San Juan de Dios',
    );
    const numbers = fc.constantFrom('12', ', 12', ' nº 7', ' s/n', ', 12-14', ' 3 bis');
    const inside = fc.constantFrom('', ', 3º B', ', bajo', ', esc. 2, 4º izq', ', bloque 3, 1º A', ', 2º 1ª', ', ático dcha', ', puerta 4');
    fc.assert(
      fc.property(types, names, numbers, inside, (type, name, number, rest) => {
        const once = normaliseAddress(`${type} ${name} ${number}${rest}`, 'ES');
        const { original: _, ...twice } = normaliseAddress({ street: once.line }, 'ES');
        expect(once).toMatchObject(twice);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws and keeps the original', () => {
    const countries = fc.constantFrom<CountryCode>('ES', 'CO', 'MX', 'AR', 'CL', 'PE', 'EC', 'US', 'FR');
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[Ca-z/ .,#º0-9-]{0,40}$/)), countries, (input, country) => {
        expect(normaliseAddress(input, country).original).toBe(input);
        normaliseAddress({ street: input, postcode: input, city: input, province: input, country: input }, country);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('placeKey', () => {
  it.each([
    ["L'Hospitalet de Llobregat", 'hospitalet llobregat'],
    ['Las Palmas de Gran Canaria', 'palmas gran canaria'],
    ['A Coruña', 'coruna'],
    ['Madrid', 'madrid'],
  ])('%s → %s', (place, key) => {
    expect(placeKey(place)).toBe(key);
  });
});
