import { beforeAll, describe, expect, it } from 'vitest';
import { cluster, evaluate, type Model, personSettings, predict, train } from './index.ts';
import { type Person, peopleTable, type Simulated, simulatePeople } from './simulated-people.fixture.ts';

const population: Simulated = simulatePeople(3000, 7);
let model: Model;
beforeAll(() => {
  model = train(peopleTable(population.records), personSettings(), { seed: 1 });
});

/** The clusters of these records among the population, as the number each stands in: [0, 0, 1] means the first two are one person. */
function together(...records: Person[]): number[] {
  const table = peopleTable([...population.records, ...records]);
  const { cluster: label } = cluster(table, predict(table, model), model, { threshold: 0.9 });
  const seen: number[] = [];
  return records.map((_, k) => {
    const mine = label[population.records.length + k]!;
    if (!seen.includes(mine)) seen.push(mine);
    return seen.indexOf(mine);
  });
}

const person: Person = {
  given: 'francisco',
  surname1: 'arizmendi',
  surname2: 'lopez',
  birth_date: '1971-03-08',
  mobile: '+34611222333',
  street: 'calle olmo 4',
  postcode: '36201',
  city: 'vigo',
  kind: 'person',
};
const home: Person = { phone: '+34986111222', street: 'calle real 12', postcode: '36202', city: 'vigo', kind: 'person' };

describe('a simulated population', () => {
  it('is linked with pairwise and B³ F1 above 0.97', () => {
    const table = peopleTable(population.records);
    const found = cluster(table, predict(table, model), model);
    const { pairwise, bcubed } = evaluate(found, population.truth);
    expect(pairwise.f1).toBeGreaterThan(0.97);
    expect(bcubed.f1).toBeGreaterThan(0.97);
  });
});

describe('one person', () => {
  it.each<[string, Person, Person]>([
    ['with the surnames swapped', person, { ...person, surname1: 'lopez', surname2: 'arizmendi' }],
    ['without the second surname', person, { ...person, surname2: '' }],
    ['under a short name', person, { ...person, given: 'paco' }],
    ['under half a compound name', { ...person, given: 'jose antonio' }, { ...person, given: 'jose' }],
    ['with a particle in the name', { ...person, given: 'maria del carmen' }, { ...person, given: 'maria carmen' }],
    ['by an initial', person, { ...person, given: 'f' }],
    ['with day and month transposed', person, { ...person, birth_date: '1971-08-03' }],
    ['with a typing error in a surname', person, { ...person, surname1: 'arismendi' }],
    ['who moved house and kept the phone', person, { ...person, street: 'avenida constitucion 90', postcode: '41010', city: 'sevilla' }],
    ['who changed the phone and kept the house', person, { ...person, mobile: '+34699888777' }],
    ['whose mobile stands as a phone elsewhere', person, { ...person, mobile: '', phone: '+34611222333' }],
    [
      'who took a married name and kept the national id',
      { ...person, given: 'elena', national_id: '11222333k' },
      { ...person, given: 'elena', surname1: 'zubizarreta', surname2: '', national_id: '11222333k' },
    ],
    [
      'who took a married name and kept birth date and mobile',
      { ...person, given: 'elena' },
      { ...person, given: 'elena', surname1: 'zubizarreta', surname2: '' },
    ],
  ])('%s', (_, one, other) => {
    expect(together(one, other)).toEqual([0, 0]);
  });
});

describe('different people of one household', () => {
  const child: Person = { ...home, surname1: 'arizmendi', surname2: 'ugarte', birth_date: '1990-05-17' };
  it.each<[string, Person, Person]>([
    ['twins', { ...child, given: 'ana' }, { ...child, given: 'lucia' }],
    ['twins with names alike', { ...child, given: 'maria' }, { ...child, given: 'marta' }],
    ['twins, brother and sister of one name', { ...child, given: 'julio' }, { ...child, given: 'julia' }],
    ['twins with compound names that share a part', { ...child, given: 'maria luz' }, { ...child, given: 'maria paz' }],
    [
      'twins who share a family mail',
      { ...child, given: 'ana', email: 'casa@correo.es' },
      { ...child, given: 'lucia', email: 'casa@correo.es' },
    ],
    [
      'father and son of one name',
      { ...home, given: 'antonio', surname1: 'arizmendi', surname2: 'ugarte', birth_date: '1950-02-11' },
      { ...home, given: 'antonio', surname1: 'arizmendi', surname2: 'ugarte', birth_date: '1979-10-30' },
    ],
    [
      'husband and wife who share phone and mail',
      { ...home, given: 'pedro', surname1: 'arizmendi', surname2: 'gil', email: 'casa@correo.es' },
      { ...home, given: 'marta', surname1: 'ugarte', surname2: 'ruiz', email: 'casa@correo.es' },
    ],
    [
      'brothers without dates of birth',
      { ...home, given: 'jorge', surname1: 'arizmendi', surname2: 'ugarte' },
      { ...home, given: 'pablo', surname1: 'arizmendi', surname2: 'ugarte' },
    ],
    [
      'a child entered under the parent’s national id',
      { ...child, given: 'ana', national_id: '11222333k' },
      { ...home, given: 'rosa', surname1: 'ugarte', surname2: 'gil', birth_date: '1960-01-02', national_id: '11222333k' },
    ],
    [
      'two people of one name with different national ids',
      { ...person, national_id: '11222333k' },
      { ...person, national_id: '99888777x' },
    ],
  ])('%s', (_, one, other) => {
    expect(together(one, other)).toEqual([0, 1]);
  });

  it('twins stay apart though a record without given name fits both', () => {
    const [ana, lucia] = together({ ...child, given: 'ana' }, { ...child, given: 'lucia' }, { ...child, given: '' });
    expect(ana).not.toBe(lucia);
  });

  it('people who happen to share a common name stay apart', () => {
    const common = { given: 'antonio', surname1: 'garcia', surname2: 'lopez', kind: 'person' };
    expect(together({ ...common, city: 'madrid', postcode: '28001' }, { ...common, city: 'vigo', postcode: '36201' })).toEqual([0, 1]);
  });
});
