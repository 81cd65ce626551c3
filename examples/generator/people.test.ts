import { describe, expect, it } from 'vitest';
import { companyRecords } from './companies.ts';
import { dayOf } from './dates.ts';
import { declare } from './declaration.ts';
import { type CustomerSource, demoNoise, harshNoise } from './noise.ts';
import { generatePerson, makeRelative, type Person } from './people.ts';
import { randomSource } from './random.ts';

const today = dayOf(2025, 11, 22);
const crowd = (count: number, seed = 7): Person[] =>
  Array.from({ length: count }, (_, n) => generatePerson(seed, { serial: n + 1, today, history: demoNoise.history }));
const people = crowd(20_000);

describe('a person', () => {
  it('is the same for the same seed and serial, and another for another', () => {
    expect(crowd(50)).toEqual(people.slice(0, 50));
    expect(crowd(50, 8)).not.toEqual(people.slice(0, 50));
  });

  it('has an identity number with its right letter, and nobody else has it', () => {
    for (const { nationalId } of people) {
      const digits = nationalId.slice(0, 8).replace('X', '0').replace('Y', '1').replace('Z', '2');
      expect('TRWAGMYFPDXBNJZSQVHLCKE'[Number(digits) % 23]).toBe(nationalId[8]);
    }
    expect(new Set(people.map((person) => person.nationalId)).size).toBe(people.length);
  });

  it('has a Spanish mobile and an e-mail of their own, that cannot be delivered to anybody', () => {
    for (const { mobile, formerMobile, email } of people) {
      expect(mobile).toMatch(/^(6\d|7[1-4])\d{7}$/);
      expect(formerMobile).toMatch(/^(6\d|7[1-4])\d{7}$/);
      expect(email).toMatch(/^[a-z][a-z0-9._]+@[a-z]+\.example$/);
    }
    expect(new Set(people.map(({ mobile }) => mobile)).size).toBe(people.length);
    expect(new Set(people.map(({ email }) => email)).size).toBe(people.length);
  });

  it('is an adult, and lives at a postcode of their province', () => {
    for (const { birth, address } of people) {
      expect((today - birth) / 365.25).toBeGreaterThan(17.9);
      expect(address.postcode).toMatch(/^(0[1-9]|[1-4]\d|5[0-2])\d{3}$/);
    }
  });

  it('may share a home: twins a birthday, a son his father’s name', () => {
    const random = randomSource(3);
    const father = people.find(({ gender, birth }) => gender === 'M' && today - birth > 50 * 366)!;
    const plan = { serial: 900_001, today, history: demoNoise.history };
    const son = makeRelative(random, father, 'namesake', plan);
    expect([son.given, son.surname1, son.address]).toEqual([father.given, father.surname1, father.address]);
    expect(son.nationalId).not.toBe(father.nationalId);
    const twin = makeRelative(random, father, 'twin', { ...plan, serial: 900_002 });
    expect([twin.birth, twin.surname1, twin.surname2]).toEqual([father.birth, father.surname1, father.surname2]);
    expect(twin.given).not.toBe(father.given);
  });
});

describe.each([
  ['the demo', demoNoise],
  ['the load test', harshNoise],
])('records of %s differ from the truth as often as the rates say', (_, noise) => {
  it.each(['tarjeta', 'tienda-web', 'centralita', 'encuestas'] satisfies CustomerSource[])('%s', (source) => {
    const rates = noise.record[source];
    const random = randomSource(11);
    const records = people.map((person) => declare(random, person, source, today, rates));
    const share = (differs: (index: number) => boolean, among: (index: number) => boolean = () => true): number => {
      const chosen = records.map((_, index) => index).filter(among);
      return chosen.filter(differs).length / chosen.length;
    };
    expect(share((n) => records[n]!.phone === '')).toBeCloseTo(rates.noPhone, 1.7);
    expect(share((n) => records[n]!.email === '')).toBeCloseTo(rates.noEmail, 1.7);
    expect(share((n) => records[n]!.nationalId === '')).toBeCloseTo(rates.noNationalId, 1.7);
    expect(share((n) => records[n]!.birth === null)).toBeCloseTo(rates.noBirth, 1.7);
    expect(share((n) => records[n]!.address === null)).toBeCloseTo(rates.noAddress, 1.7);
    const spanish = (n: number): boolean => people[n]!.surname2 !== '' && people[n]!.partnerSurname === '';
    expect(share((n) => records[n]!.surname2 === '', spanish)).toBeCloseTo(rates.noSecondSurname, 1.7);
    const wrongId = rates.wrongNationalId;
    const given = (n: number): boolean => records[n]!.nationalId !== '';
    if (rates.noNationalId < 1) expect(share((n) => records[n]!.nationalId !== people[n]!.nationalId, given)).toBeCloseTo(wrongId, 1.7);
  });
});

describe('companies', () => {
  it('have a CIF with its right control digit in their first entry, and some are there twice', () => {
    const records = companyRecords(randomSource(5), 60);
    const seen = new Set<string>();
    for (const { company, cells } of records) {
      if (seen.has(company)) continue;
      seen.add(company);
      const id = cells[4]!.replace('-', '');
      const digits = Array.from(id.slice(1, 8), Number);
      const sum = digits.reduce((total, digit, n) => total + (n % 2 === 1 ? digit : Math.floor((digit * 2) / 10) + ((digit * 2) % 10)), 0);
      expect(Number(id[8])).toBe((10 - (sum % 10)) % 10);
    }
    expect(seen.size).toBe(60);
    expect(records.length).toBeGreaterThan(65);
  });
});
