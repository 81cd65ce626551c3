// A customer file with people one cannot be sure of: same names, little else.
import type { RawRecord } from '../records/normalise-record.ts';
import { strangers, type TestFile, testFile } from '../identity/identity.fixture.ts';
import { unify } from '../identity/unify.ts';

type Row = RawRecord & { key: string };

/** Each is in both sources, by a name that is not rare and a town. */
const NAMES = [
  ['Begoña', 'Quintana', 'Arregui', '1985-11-02'],
  ['Tomás', 'Ferrer', 'Lozano', '1962-03-19'],
  ['Nuria', 'Sala', 'Vidal', '1977-08-30'],
  ['Óscar', 'Rey', 'Cruz', '1990-01-12'],
  ['Julia', 'Mora', 'Rubio', '1955-06-07'],
  ['Hugo', 'Peña', 'Castro', '1969-12-24'],
] as const;

export function doubtful(): { card: Row[]; web: Row[] } {
  return {
    card: NAMES.map(([given_name, surname1, surname2, birth_date], n) => ({
      key: `D${n}`,
      given_name,
      surname1,
      surname2,
      birth_date,
      city: 'Madrid',
      postcode: '28004',
      mobile: `6991112${n}0`,
    })),
    web: NAMES.map(([given_name, surname1], n) => ({
      key: `D${n}`,
      given_name,
      surname1,
      city: 'Madrid',
      postcode: '28004',
      email: `${given_name.toLowerCase()}${n}@correo.example`,
    })),
  };
}

/** The file, unified, and the record ids of the doubtful people in each source. */
export async function doubtfulFile(): Promise<{ file: TestFile; card: string[]; web: string[] }> {
  const file = await testFile();
  const people = strangers(0, 240);
  const { card, web } = doubtful();
  const cards = await file.add('tarjeta', [...card, ...people.map((person) => person.card)]);
  const webs = await file.add('web', [...web, ...people.slice(0, 120).map((person) => person.web)]);
  await unify(file.context, { scope: 'all' });
  return { file, card: cards.slice(0, card.length), web: webs.slice(0, web.length) };
}
