import { describe, expect, it } from 'vitest';
import { normaliseCountry } from './country.ts';
import { findProvince, provinceOfPostcode, provincesOf } from './places.ts';
import { normalisePostcode } from './postcode.ts';

describe('provinces', () => {
  it('Spain has 52, Colombia 33, Mexico 32, Peru 25, Ecuador 24, Argentina 24', () => {
    expect((['ES', 'CO', 'MX', 'PE', 'EC', 'AR'] as const).map((country) => provincesOf(country).length)).toEqual([52, 33, 32, 25, 24, 24]);
  });

  it.each([
    ['28013', 'ES', 'Madrid'],
    ['01001', 'ES', 'Álava'],
    ['52001', 'ES', 'Melilla'],
    ['050001', 'CO', 'Antioquia'],
    ['44100', 'MX', 'Jalisco'],
    ['15001', 'PE', 'Lima'],
    ['170150', 'EC', 'Pichincha'],
    ['C1043AAZ', 'AR', 'Ciudad Autónoma de Buenos Aires'],
    ['53001', 'ES', undefined],
    ['7500000', 'CL', undefined],
  ] as const)('%s in %s is in %s', (postcode, country, province) => {
    expect(provinceOfPostcode(postcode, country)?.name).toBe(province);
  });

  it.each([
    ['vizcaya', 'ES', 'Bizkaia'],
    ['LERIDA', 'ES', 'Lleida'],
    ['Islas Baleares', 'ES', 'Illes Balears'],
    ['Bogotá D.C.', 'CO', 'Bogotá D.C.'],
    ['CDMX', 'MX', 'Ciudad de México'],
    ['Narnia', 'ES', undefined],
  ] as const)('%s in %s is %s', (name, country, province) => {
    expect(findProvince(name, country)?.name).toBe(province);
  });
});

describe('normalisePostcode', () => {
  it.each([
    ['28013', 'ES', '28013', true],
    [' 8013 ', 'ES', '08013', true],
    ['28013.0', 'ES', '28013', true],
    ['CP 28.013', 'ES', '28013', true],
    ['99999', 'ES', '99999', false],
    ['280133', 'ES', '280133', false],
    ['110111', 'CO', '110111', true],
    ['c1043aaz', 'AR', 'C1043AAZ', true],
    ['SW1A 1AA', 'GB', 'SW1A1AA', true],
    ['', 'ES', '', true],
  ] as const)('%j in %s → %s', (input, country, value, valid) => {
    expect(normalisePostcode(input, country)).toEqual({ value, valid });
  });
});

describe('normaliseCountry', () => {
  it.each([
    ['España', 'ES'],
    ['es', 'ES'],
    ['ESP', 'ES'],
    ['Colombia', 'CO'],
    ['United Kingdom', 'GB'],
    ['México', 'MX'],
    ['Narnia', undefined],
    ['', undefined],
  ])('%s → %s', (name, code) => {
    expect(normaliseCountry(name)).toBe(code);
  });
});
