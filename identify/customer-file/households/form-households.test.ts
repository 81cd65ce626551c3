import { property } from '@vinculo/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formHouseholds } from './form-households.ts';
import { type PersonInWords, peopleFromWords } from './people.ts';
import { reasonsOf } from './score-tie.ts';

/** Names of the people of each household, and of those who live alone, as one would write them down. */
function homes(people: Record<string, PersonInWords>, options: { together?: [string, string][]; apart?: [string, string][] } = {}) {
  const names = Object.keys(people);
  const decided = (pairs: [string, string][] = [], together: boolean) =>
    pairs.map(([a, b]) => ({ a: names.indexOf(a), b: names.indexOf(b), together }));
  const crowd = town(300);
  const { of } = formHouseholds(peopleFromWords([...Object.values(people), ...crowd]), {
    decisions: [...decided(options.together, true), ...decided(options.apart, false)],
  });
  const groups = new Map<string, string[]>();
  names.forEach((name, i) => {
    const key = of[i] === -1 ? `alone ${name}` : `home ${of[i]}`;
    groups.set(key, [...(groups.get(key) ?? []), name]);
  });
  return [...groups.values()].map((group) => group.join(' ')).toSorted();
}

/** People of a town, each alone in a house of their own, so that surnames are as common as they are. */
function town(count: number): PersonInWords[] {
  return Array.from({ length: count }, (_, n) => ({
    building: `Lejos ${n}`,
    surname1: SURNAMES[(n * n + 3 * n) % SURNAMES.length]!,
    surname2: SURNAMES[(n * 7 + 5) % SURNAMES.length]!,
    phones: [`town ${n}`],
  }));
}
const SURNAMES = [
  ...'garcia garcia garcia lopez lopez martin martin ruiz gil vega ortiz rubio sanz cano prieto lozano cruz calvo vidal leon mora rey soto'.split(
    ' ',
  ),
  ...Array.from({ length: 70 }, (_, n) => `poco${n}`),
];

const house = { building: 'Mayor 5' };
const flat = (door: string) => ({ building: 'Goya 40', door });

describe('households', () => {
  it('holds a couple together by the child that has a surname of each', () => {
    expect(
      homes({
        luis: { ...house, surname1: 'garcia', surname2: 'vega' },
        ana: { ...house, surname1: 'lopez', surname2: 'cano' },
        eva: { ...house, surname1: 'garcia', surname2: 'lopez' },
      }),
    ).toEqual(['luis ana eva']);
  });

  it('holds a couple without children together by the phone they share', () => {
    const couple = {
      luis: { ...house, surname1: 'garcia', phones: ['91 1'] },
      ana: { ...house, surname1: 'lopez', phones: ['6', '91 1'] },
    };
    expect(homes(couple)).toEqual(['luis ana']);
  });

  it('holds a widow with her children: one surname of hers, second in theirs', () => {
    expect(
      homes({
        carmen: { ...flat('1 A'), surname1: 'rubio', surname2: 'sanz' },
        pablo: { ...flat('1 A'), surname1: 'garcia', surname2: 'rubio' },
        ines: { ...flat('1 A'), surname1: 'garcia', surname2: 'rubio' },
      }),
    ).toEqual(['carmen pablo ines']);
  });

  it('does not make a household of flatmates, who share a door and nothing else', () => {
    expect(
      homes({
        luis: { ...flat('2 B'), surname1: 'garcia', surname2: 'vega', phones: ['1'] },
        ana: { ...flat('2 B'), surname1: 'lopez', surname2: 'cano', phones: ['2'] },
        tom: { ...flat('2 B'), surname1: 'smith', phones: ['3'] },
      }),
    ).toEqual(['ana', 'luis', 'tom']);
  });

  it('keeps the families of a block of flats apart where doors say so', () => {
    expect(
      homes({
        a1: { ...flat('1 A'), surname1: 'garcia', surname2: 'vega' },
        a2: { ...flat('1 A'), surname1: 'garcia', surname2: 'cano' },
        b1: { ...flat('1 B'), surname1: 'garcia', surname2: 'lopez' },
        b2: { ...flat('1 B'), surname1: 'martin', surname2: 'garcia' },
      }),
    ).toEqual(['a1 a2', 'b1 b2']);
  });

  it('takes neighbours of a block without doors apart, unless both surnames or a phone tie them', () => {
    const block = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [
        `n${n}`,
        { building: 'Block', surname1: n < 6 ? 'garcia' : `only${n}`, surname2: `other${n}` },
      ]),
    );
    const alone = Object.keys(block).length;
    expect(homes(block)).toHaveLength(alone);
    expect(homes({ ...block, n0: { ...block.n0, phones: ['91'] }, n1: { ...block.n1, phones: ['91'] } })).toContain('n0 n1');
    expect(homes({ ...block, n0: { ...block.n0, surname2: 'rey' }, n1: { ...block.n1, surname2: 'rey' } })).toContain('n0 n1');
  });

  it('sees no household in an office, an institution or a switchboard', () => {
    const staff = (extra: object) =>
      Object.fromEntries(
        Array.from({ length: 30 }, (_, n) => [`p${n}`, { building: 'Alcala 1', surname1: SURNAMES[n % SURNAMES.length]!, ...extra }]),
      );
    expect(homes(staff({}))).toHaveLength(30);
    expect(homes(staff({ phones: ['900'] }))).toHaveLength(30);
    expect(homes(staff({ office: true }))).toHaveLength(30);
  });

  it('lets the family above its own shop be one', () => {
    const shop = { ...house, office: true };
    expect(homes({ luis: { ...shop, surname1: 'sanz', surname2: 'vega' }, eva: { ...shop, surname1: 'sanz', surname2: 'gil' } })).toEqual([
      'luis eva',
    ]);
  });

  it('lets go of who moved out, phone of the parents or not', () => {
    const family = {
      luis: { ...house, surname1: 'garcia', surname2: 'vega', phones: ['91'] },
      ana: { ...house, surname1: 'lopez', phones: ['91'] },
    };
    expect(homes({ ...family, eva: { building: 'Serrano 9', surname1: 'garcia', surname2: 'lopez', phones: ['91'] } })).toEqual([
      'eva',
      'luis ana',
    ]);
  });

  it('lets somebody without an address in by phone and surname, never by phone alone', () => {
    const luis = { ...house, surname1: 'garcia', surname2: 'vega', phones: ['91'] };
    expect(homes({ luis, eva: { surname1: 'garcia', surname2: 'lopez', phones: ['91'] } })).toEqual(['luis eva']);
    expect(homes({ luis, ana: { surname1: 'lopez', phones: ['91'] } })).toEqual(['ana', 'luis']);
  });

  it('reads one door written in two ways as one where a phone says so', () => {
    expect(
      homes({ luis: { ...flat('3'), surname1: 'garcia', phones: ['91'] }, eva: { ...flat('3 izq'), surname1: 'garcia', phones: ['91'] } }),
    ).toEqual(['luis eva']);
  });

  it('leaves one person who is in the file twice to the review of duplicates', () => {
    const yolanda = { ...house, surname1: 'sanz', surname2: 'rey', given: 'yolanda', birth: '1980-12-07' };
    expect(homes({ yolanda, again: { ...yolanda, given: 'yolnada' } })).toEqual(['again', 'yolanda']);
    expect(homes({ yolanda, again: { ...yolanda, given: 'yolanda maria', birth: '' } })).toEqual(['again', 'yolanda']);
    expect(homes({ yolanda, twin: { ...yolanda, given: 'ana' } })).toEqual(['yolanda twin']);
    // Father and son of one name have another second surname, or another birthday.
    const luis = { ...house, surname1: 'sanz', surname2: 'rey', given: 'luis', birth: '1950-01-01' };
    expect(homes({ luis, son: { ...luis, surname2: 'gil', birth: '' } })).toEqual(['luis son']);
    expect(homes({ luis, grandson: { ...luis, birth: '1999-01-01' } })).toEqual(['luis grandson']);
  });

  it('obeys people: apart stays apart, together stays together, whatever the score', () => {
    const sisters = { ana: { ...house, surname1: 'sanz', surname2: 'rey' }, eva: { ...house, surname1: 'sanz', surname2: 'rey' } };
    expect(homes(sisters)).toEqual(['ana eva']);
    expect(homes(sisters, { apart: [['ana', 'eva']] })).toEqual(['ana', 'eva']);
    const strangers = { tom: { building: 'X 1', surname1: 'a' }, kim: { building: 'Y 2', surname1: 'b' } };
    expect(homes(strangers, { together: [['tom', 'kim']] })).toEqual(['tom kim']);
    // Not round the corner of a third person either.
    const family = { ...sisters, mia: { ...house, surname1: 'sanz', surname2: 'rey' } };
    expect(homes(family, { apart: [['ana', 'eva']] })).not.toContain('ana eva mia');
  });

  it('says why: the strongest tie of each, with its reasons', () => {
    const { with: other, reasons } = formHouseholds(
      peopleFromWords([
        { ...flat('1'), surname1: 'sanz', phones: ['91'] },
        { ...flat('1'), surname1: 'sanz', phones: ['91'] },
      ]),
    );
    expect([...other]).toEqual([1, 0]);
    expect(reasonsOf(reasons[0]!)).toEqual(['door', 'surname', 'phone']);
  });

  // Between neighbours of equal score the order decides; people always come in the order of their ids.
  it('depends on nothing but the people where no two families share a building: any order gives the same households', () => {
    property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
      const people = families(seed, 60, 0);
      const order = shuffled(
        people.map((_, i) => i),
        seed,
      );
      const straight = formHouseholds(peopleFromWords(people)).of;
      const mixed = formHouseholds(peopleFromWords(order.map((i) => people[i]!))).of;
      const groupsOf = (of: ArrayLike<number>, name: (i: number) => number) => {
        const groups = new Map<number, number[]>();
        for (let i = 0; i < of.length; i++) if (of[i]! >= 0) groups.set(of[i]!, [...(groups.get(of[i]!) ?? []), name(i)]);
        return [...groups.values()].map((group) => group.toSorted((x, y) => x - y).join()).toSorted();
      };
      expect(groupsOf(mixed, (i) => order[i]!)).toEqual(groupsOf(straight, (i) => i));
    });
  });

  it('finds nearly all of invented families, and nearly nobody who is not', () => {
    const people = families(7, 3_000);
    const { of } = formHouseholds(peopleFromWords(people));
    let [found, right, there] = [0, 0, 0];
    const pairs = (keys: (i: number) => number, each: (i: number, j: number) => void) => {
      const groups = new Map<number, number[]>();
      for (let i = 0; i < people.length; i++) if (keys(i) >= 0) groups.set(keys(i), [...(groups.get(keys(i)) ?? []), i]);
      for (const group of groups.values()) group.forEach((i, n) => group.slice(n + 1).forEach((j) => each(i, j)));
    };
    pairs(
      (i) => people[i]!.family,
      () => there++,
    );
    pairs(
      (i) => of[i]!,
      (i, j) => {
        found++;
        if (people[i]!.family === people[j]!.family) right++;
      },
    );
    expect(right / found).toBeGreaterThan(0.97);
    // The rest are couples without children whose phones are not shared: nothing tells them from flatmates.
    expect(right / there).toBeGreaterThan(0.86);
  });
});

/** Families with both surnames handed down, some in blocks without doors, some with one phone, some members without an address. */
function families(seed: number, count: number, blocks = 0.3): (PersonInWords & { family: number })[] {
  let state = seed >>> 0;
  const random = () => ((state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0), state / 2 ** 32);
  // Of 400 surnames a few are common and most are rare, as they are in Spain.
  const surname = () => `s${Math.floor(400 * random() ** 2.5)}`;
  const people: (PersonInWords & { family: number })[] = [];
  for (let family = 0; family < count; family++) {
    const block = random() < blocks;
    const building = block ? `b${Math.floor(family / 10)}` : `h${family}`;
    const door = block && random() < 0.8 ? `d${family % 10}` : '';
    const landline = random() < 0.5 ? `l${family}` : '';
    const [father, mother] = [surname(), surname()];
    const add = (surname1: string, surname2: string) =>
      people.push({
        family,
        building: random() < 0.95 ? building : '',
        door,
        surname1,
        surname2,
        phones: [`m${people.length}`, ...(random() < 0.8 ? [landline] : [])].filter(Boolean),
      });
    add(father, surname());
    const children = Math.floor(random() * 3);
    if (children > 0 || landline !== '') add(mother, surname());
    for (let child = 0; child < children; child++) add(father, mother);
  }
  return people;
}

function shuffled<T>(items: T[], seed: number): T[] {
  let state = seed;
  return items
    .map((item) => ({ item, at: (state = (state * 48_271) % 2_147_483_647) }))
    .toSorted((x, y) => x.at - y.at)
    .map(({ item }) => item);
}
