import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { DEFAULT_SURVIVORSHIP, type Rule, survive } from './survivorship.ts';
import type { TraitRecord, Traits } from './traits.ts';

const day = (n: number) => Date.UTC(2024, 0, n);

function records(...all: [traits: Traits, changedOn?: number, trust?: number][]): TraitRecord[] {
  return all.map(([traits, on = 1, trust = 50], n) => ({ record: `r${n}`, source: `s${n}`, trust, changedAt: day(on), traits }));
}

function chosen(field: string, all: TraitRecord[], ...rules: Rule[]) {
  const golden = survive(all, rules.length > 0 ? { default: rules, fields: {} } : DEFAULT_SURVIVORSHIP)[field];
  return golden && [golden.value, golden.record, golden.rule];
}

describe('each rule', () => {
  const emails = records([{ email: 'ana@x.es' }, 3, 10], [{ email: 'ana@y.es' }, 2, 90], [{ email: 'ana@x.es' }, 1, 20]);
  it.each<[Rule, unknown[]]>([
    ['most_recent', ['ana@x.es', 'r0', 'most_recent']],
    ['most_trusted', ['ana@y.es', 'r1', 'most_trusted']],
    ['most_frequent', ['ana@x.es', 'r2', 'most_frequent']],
  ])('%s', (rule, expected) => {
    expect(chosen('email', emails, rule)).toEqual(expected);
  });

  it('most_complete counts whole words more than initials', () => {
    const names = records(
      [{ given: 'J.', surname1: 'Pérez' }],
      [{ given: 'José Luis', surname1: 'Pérez' }],
      [{ given: 'José', surname1: 'Pérez' }],
    );
    expect(chosen('given', names, 'most_complete')).toEqual(['José Luis', 'r1', 'most_complete']);
  });

  it('hands what it could not decide to the next', () => {
    const all = records([{ email: 'a@x.es' }, 1, 90], [{ email: 'b@x.es' }, 2, 90], [{ email: 'c@x.es' }, 3, 10]);
    expect(chosen('email', all, 'most_trusted', 'most_recent')).toEqual(['b@x.es', 'r1', 'most_recent']);
  });
});

describe('by default', () => {
  it('an invalid value loses against a valid one, however new', () => {
    const all = records([{ email: 'ana@x.es' }, 1], [{ email: 'ana@x', invalid: ['email'] }, 9]);
    expect(chosen('email', all)).toEqual(['ana@x.es', 'r0', 'most_recent']);
  });

  it('but is kept where there is no other', () => {
    expect(chosen('email', records([{ email: 'ana@x', invalid: ['email'] }], [{ given: 'Ana' }]))?.[0]).toBe('ana@x');
  });

  it('the name travels whole: given and surnames come from one record', () => {
    const all = records([{ given: 'María', surname1: 'López', surname2: 'Gil' }, 1], [{ given: 'Mari', surname1: 'Martín' }, 9]);
    const golden = survive(all, DEFAULT_SURVIVORSHIP);
    expect([golden.given?.record, golden.surname1?.record, golden.surname2?.record]).toEqual(['r0', 'r0', 'r0']);
  });

  it('the address travels whole too: no street of one town in another', () => {
    const all = records([{ street: 'Calle Mayor 1', city: 'Gijón', postcode: '33201' }, 1], [{ street: 'Calle Sol 2', city: 'Madrid' }, 9]);
    const golden = survive(all, DEFAULT_SURVIVORSHIP);
    expect([golden.street?.value, golden.city?.value, golden.postcode]).toEqual(['Calle Sol 2', 'Madrid', undefined]);
  });

  it('the same word with and without its accent is the same word, and the accent is kept', () => {
    const all = records(
      [{ given: 'Jose', surname1: 'Garcia' }, 3],
      [{ given: 'José', surname1: 'García' }, 1],
      [{ given: 'Juan', surname1: 'García' }, 2],
    );
    expect(chosen('surname1', all)).toEqual(['García', 'r1', 'most_frequent']);
  });

  it('an identity number is what most records say', () => {
    const all = records([{ national_id: '12345678Z' }, 1], [{ national_id: '12345678Z' }, 2], [{ national_id: '87654321X' }, 3, 99]);
    expect(chosen('national_id', all)).toEqual(['12345678Z', 'r1', 'most_frequent']);
  });
});

it('one record is its own golden record', () => {
  expect(survive(records([{ given: 'Ana', city: '', invalid: [] }]), DEFAULT_SURVIVORSHIP)).toEqual({
    given: { value: 'Ana', record: 'r0', source: 's0', rule: 'most_complete' },
  });
});

it('the order of the records never matters', () => {
  const traits = fc.record({
    given: fc.constantFrom('', 'Ana', 'Anna', 'ANA'),
    email: fc.constantFrom('', 'a@x', 'b@x'),
    city: fc.constantFrom('', 'León', 'Leon'),
  });
  const record = fc.tuple(traits, fc.nat(3), fc.nat(2));
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 8 }), fc.infiniteStream(fc.nat()), (drawn, order) => {
      const all = records(...drawn);
      const shuffled = all.map((item) => [order.next().value, item] as const).toSorted((a, b) => a[0] - b[0]);
      expect(
        survive(
          shuffled.map(([, item]) => item),
          DEFAULT_SURVIVORSHIP,
        ),
      ).toEqual(survive(all, DEFAULT_SURVIVORSHIP));
    }),
  );
});
