import { describe, expect, it } from 'vitest';
import { buildIndex, cluster, evaluate, linkNew, predict, proposeWithReasons, tableOf, train } from './index.ts';
import { dateOrder, readAnyDate } from './prepare-date.ts';
import { knownSplitter, nameSplitter } from './prepare-full-name.ts';
import { cleaners } from './prepare-values.ts';
import { simulatePeople } from './simulated-people.fixture.ts';
import { intern } from './table.ts';

describe('dates', () => {
  it.each([
    ['1971-03-08', 'dmy'],
    ['1971-03-08t10:00:00z', 'dmy'],
    ['08/03/1971', 'dmy'],
    ['8.3.71', 'dmy'],
    ['03/08/1971', 'mdy'],
    ['19710308', 'dmy'],
    ['08031971', 'dmy'],
    ['8 de marzo de 1971', 'dmy'],
    ['8-mar-71', 'dmy'],
    ['march 8, 1971', 'mdy'],
  ] as const)('%s', (written, order) => {
    expect(readAnyDate(written, order)).toBe('1971-03-08');
  });

  it('tells the order of a column by the parts that can only be days', () => {
    expect(dateOrder(['', '03/28/1971', '05/04/1980'])).toBe('mdy');
    expect(dateOrder(['', '28/03/1971', '05/04/1980'])).toBe('dmy');
  });
});

describe('values', () => {
  it.each<[keyof typeof cleaners, string, string]>([
    ['phone', '+34 611 222 333', '611222333'],
    ['phone', '0034611222333', '611222333'],
    ['phone', '(919) 555-0134', '195550134'],
    ['phone', '1-919-555-0134', '195550134'],
    ['email', 'mailto:ana+news@correo.es', 'ana@correo.es'],
    ['email', 'ana@gmail,com', 'ana@gmail.com'],
    ['email', 'ana (arroba) correo.es', 'ana@correo.es'],
    ['email', 'ana(a)correo.es', 'ana@correo.es'],
    ['email', 'ana@correo.es; ana@trabajo.es', 'ana@correo.es'],
    ['email', 'ana ruiz <ana@correo.es>', 'ana@correo.es'],
    ['email', 'noemail@noemail.com', ''],
    ['email', 'no@no.com', ''],
    ['email', 'noelia@correo.es', 'noelia@correo.es'],
    ['email', 'sin correo', ''],
    ['postcode', '08001', '8001'],
    ['postcode', 'e1 6an', 'e16an'],
    ['postcode', '27601-1234', '27601'],
    ['street', 'avda. de la constitucion, 12', 'avenue constitucion 12'],
    ['street', '12 main st', '12 main street'],
    ['name', 'dr. jose-luis garcia', 'jose luis garcia'],
    ['name', 'mª carmen', 'maria carmen'],
    ['name', 'm.ª carmen', 'maria carmen'],
    ['name', 'fco. javier', 'francisco javier'],
    ['root', 'bob', 'robert'],
    ['number', '$ 1,299.00', '1299'],
    ['number', '1.299,50', '1299.5'],
    ['clean', 'n/a', ''],
  ])('%s of %s', (kind, value, expected) => {
    expect(cleaners[kind](value)).toBe(expected);
  });
});

describe('full names in one column', () => {
  const names = [
    'garcia lopez, ana maria',
    'perez ruiz, juan',
    'ana maria garcia lopez',
    'juan perez ruiz',
    'lopez sanz, pedro',
    'pedro lopez sanz',
    'marta gil vega',
    'gil vega, marta',
  ];
  const { split, learned } = nameSplitter([intern(Array.from({ length: 40 }, (_, k) => names[k % names.length]!))]);

  it.each([
    ['garcia lopez, ana maria', 'ana maria', 'garcia', 'lopez'],
    ['juan perez ruiz', 'juan', 'perez', 'ruiz'],
    ['marta de la cruz gil', 'marta', 'de la cruz', 'gil'],
  ])('%s', (name, given, surname, second) => {
    expect(split(name)).toMatchObject({ given, surname, 'second-surname': second });
    // …and so does a model that was trained on the column, by what it remembers.
    expect(knownSplitter(JSON.parse(JSON.stringify(learned())))(name)).toEqual(split(name));
  });

  it('takes a company for a company', () => {
    expect(split('transportes lopez s.l.')).toEqual({
      given: '',
      surname: '',
      'second-surname': '',
      'company-part': 'transportes lopez s.l.',
    });
  });
});

describe('a raw file', () => {
  const { records, truth } = simulatePeople(500, 23);
  const rows = records.map((record, k) => {
    const [year, month, day] = (record.birth_date ?? '').split('-');
    const phone = (record.mobile ?? '').replace('+34', '');
    const surnames = `${record.surname1} ${record.surname2 ?? ''}`.trim();
    return {
      Cliente: k % 2 === 0 ? `${surnames.toUpperCase()}, ${record.given}` : `${record.given} ${surnames}`,
      Nacimiento: year === '' ? '' : k % 3 === 0 ? `${day}/${month}/${year}` : `${year}-${month}-${day}`,
      Tel: phone === '' ? 'n/a' : k % 2 === 0 ? `+34 ${phone.slice(0, 3)} ${phone.slice(3)}` : phone,
      Correo: record.email ?? '',
      CP: record.postcode ?? '',
    };
  });
  const table = tableOf(rows);
  const { settings, columns } = proposeWithReasons(table);
  const model = train(table, settings);
  const clusters = cluster(table, predict(table, model), model);

  it('is recognised and linked whatever way its values are written', () => {
    expect(columns.map(({ meaning }) => meaning)).toEqual(['full-name', 'birth-date', 'phone', 'email', 'postcode']);
    expect(evaluate(clusters, truth).pairwise.f1).toBeGreaterThan(0.93);
  });

  it('takes new records as they come, raw', () => {
    const index = buildIndex(table, model, clusters);
    const known = records.findIndex(({ mobile, birth_date, surname2 }) => mobile && birth_date && surname2);
    const { given, surname1, surname2, birth_date, mobile } = records[known]!;
    const [year, month, day] = birth_date!.split('-').map(Number);
    const linked = linkNew(index, {
      Cliente: `${surname1} ${surname2}, ${given}`,
      Nacimiento: `${day}-${month}-${year}`,
      Tel: mobile!.replace('+34', '0034'),
    });
    expect(linked.cluster).toBe(clusters.cluster[known]);
  });
});
