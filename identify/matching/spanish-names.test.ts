// Given names as Spanish offices write them, raw, in a file that nobody has described: short forms, abbreviations, halves of compounds.
import { beforeAll, describe, expect, it } from 'vitest';
import { cluster, predict, propose, tableOf, train } from './index.ts';
import { type Person, simulatePeople } from './simulated-people.fixture.ts';

const { records } = simulatePeople(700, 17);
const raw = ({ given, surname1, surname2, birth_date, mobile, street, city }: Person, id: number): Record<string, string> => ({
  id: String(id),
  Nombre: given ?? '',
  Apellidos: [surname1, surname2].filter(Boolean).join(' '),
  'F. nacimiento': birth_date ?? '',
  Móvil: mobile ?? '',
  Domicilio: street ?? '',
  Población: city ?? '',
});

/** The same person by both names, and a brother or sister of the home under a third. */
const named: [string, string, string][] = [
  ['Mª Carmen', 'María del Carmen', 'Mª Dolores'],
  ['M.ª Teresa', 'María Teresa', 'Teresa Pilar'],
  ['Fco. Javier', 'Francisco Javier', 'Fco. José'],
  ['Fco', 'Francisco', 'Felipe'],
  ['Pepe', 'José', 'Pedro'],
  ['Lola', 'Dolores', 'Laura'],
  ['Paco', 'Francisco', 'Pablo'],
  ['Charo', 'Rosario', 'Carmen'],
  ['Nacho', 'Ignacio', 'Natalio'],
  ['J. Antonio', 'José Antonio', 'José Luis'],
];
const homes = named.map(
  (_, k): Person => ({
    surname1: `Arizmendi${'aeiou'[k % 5]}`,
    surname2: `Uriarte${'lnrst'[k % 5]}`,
    street: `Calle Olmo ${k + 3}`,
    city: 'Vigo',
  }),
);
const written = named.flatMap(([short, long, other], k): Person[] => [
  { ...homes[k]!, given: short, birth_date: `19${50 + k}-03-0${1 + (k % 9)}` },
  { ...homes[k]!, given: long, birth_date: `19${50 + k}-03-0${1 + (k % 9)}`, mobile: `61122233${k}` },
  { ...homes[k]!, given: other, birth_date: `19${52 + k}-11-1${k % 9}`, mobile: `61122233${k}` },
]);

describe('raw Spanish given names', () => {
  let label: Uint32Array;
  const first = records.length;
  beforeAll(() => {
    const table = tableOf([...records, ...written].map(raw));
    const model = train(table, propose(table), { seed: 1 });
    label = cluster(table, predict(table, model), model).cluster;
  });

  it.each(named.map(([short, long, other], k) => ({ short, long, other, k })))('$short is $long, and not $other', ({ k }) => {
    const [short, long, other] = [label[first + 3 * k], label[first + 3 * k + 1], label[first + 3 * k + 2]];
    expect(short).toBe(long);
    expect(other).not.toBe(long);
  });
});
