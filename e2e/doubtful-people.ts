// Two sources in which some people cannot be told for sure: names that are not rare, and little else.
import { writeFileSync } from 'node:fs';
import type { World } from './world.ts';

const GIVEN = 'María José Ana Luis Carmen Javier Lucía Pedro Elena Sergio Rosa Pablo Marta Raúl Inés'.split(' ');
const SURNAMES =
  'García López Ruiz Gil Moreno Vega Castro Ortiz Rubio Sanz Iglesias Cano Prieto Lozano Cruz Calvo Gallego Vidal León'.split(' ');

interface Person {
  codigo: string;
  nombre: string;
  apellido1: string;
  apellido2: string;
  nacimiento: string;
  correo: string;
  movil: string;
  direccion: string;
  cp: string;
  ciudad: string;
}
const nobody: Person = {
  codigo: '',
  nombre: '',
  apellido1: '',
  apellido2: '',
  nacimiento: '',
  correo: '',
  movil: '',
  direccion: '',
  cp: '',
  ciudad: '',
};
const FIELDS: Record<keyof Person, string> = {
  codigo: 'key',
  nombre: 'given_name',
  apellido1: 'surname1',
  apellido2: 'surname2',
  nacimiento: 'birth_date',
  correo: 'email',
  movil: 'mobile',
  direccion: 'address',
  cp: 'postcode',
  ciudad: 'city',
};
const two = (n: number) => String(n).padStart(2, '0');

/** Numbered people who have nothing in common; the first {@link SHARED} are in both sources, beyond doubt. */
const PEOPLE = 240;
const SHARED = 120;
const crowd = Array.from({ length: PEOPLE }, (_, n): { card: Person; web: Person } => {
  const name = {
    ...nobody,
    nombre: GIVEN[n % GIVEN.length]!,
    apellido1: SURNAMES[(n * 7) % SURNAMES.length]!,
    apellido2: SURNAMES[(n * 3 + 1) % SURNAMES.length]!,
  };
  const nacimiento = `19${two(40 + ((n * 7) % 60))}-${two(1 + (n % 12))}-${two(1 + ((n * 5) % 28))}`;
  const movil = `6${String(10_000_000 + n * 7919).slice(-8)}`;
  const correo = `persona.${n}@correo.example`;
  const home = { direccion: `Calle ${SURNAMES[(n * 5) % SURNAMES.length]} ${1 + (n % 90)}`, cp: `280${10 + (n % 45)}`, ciudad: 'Madrid' };
  return {
    card: { ...name, codigo: `T${n}`, nacimiento, movil, ...(n % 4 ? home : {}), ...(n % 3 === 1 ? {} : { correo }) },
    web: { ...name, codigo: `W${n}`, correo, ...(n % 5 === 4 ? {} : { nacimiento }), ...(n % 6 ? { movil } : {}), ...(n % 7 ? home : {}) },
  };
});
const taken = new Set(crowd.map(({ card }) => `${card.nombre} ${card.apellido1} ${card.apellido2}`));

/** The same common name and another e-mail: two customers that may be one. All of one pattern. */
export const MAY_BE_ONE = GIVEN.map((nombre, n) => ({
  ...nobody,
  nombre,
  apellido1: SURNAMES[n]!,
  apellido2: SURNAMES[(n + 3) % SURNAMES.length]!,
}))
  .filter((one) => !taken.has(`${one.nombre} ${one.apellido1} ${one.apellido2}`))
  .slice(0, 6);
/** The same postcode and a rare surname: one customer that may be two. All of one pattern. */
export const MAY_BE_TWO = GIVEN.slice(0, 6).map((nombre, n) => ({
  ...nobody,
  nombre,
  apellido1: 'Zubia',
  cp: `2801${n}`,
  ciudad: 'Madrid',
}));

const cards = [
  ...MAY_BE_ONE.map((one, n) => ({ ...one, codigo: `B${n}`, movil: `69911120${n}`, correo: `${n}.hola@otro.example` })),
  ...MAY_BE_TWO.map((one, n) => ({ ...one, codigo: `I${n}`, movil: `69911150${n}` })),
  ...crowd.map(({ card }) => card),
];
const shoppers = [
  ...MAY_BE_ONE.map((one, n) => ({ ...one, codigo: `B${n}`, correo: `alguien.${n}@correo.example` })),
  ...MAY_BE_TWO.map((one, n) => ({ ...one, codigo: `I${n}`, correo: `zubia.${n}@correo.example` })),
  ...crowd.slice(0, SHARED).map(({ web }) => web),
];

/** Loads both sources over the API and waits until they are one customer file with its doubts. */
export async function openDoubtfulShop({ api, path }: World): Promise<void> {
  for (const [name, label, people] of [
    ['tarjeta', 'Tarjeta de fidelidad', cards],
    ['tienda-web', 'Tienda web', shoppers],
  ] as const) {
    await api.send('/sources', { name, label, country: 'ES', trust: 50 });
    const columns = Object.keys(FIELDS) as (keyof Person)[];
    const file = path(`${name}.csv`);
    writeFileSync(file, [columns.join(';'), ...people.map((person) => columns.map((column) => person[column]).join(';'))].join('\n'));
    await api.importFile(file, { source: name, kind: 'customers', mapping: FIELDS, options: {} });
  }
  // Learned from both sources together, whichever came first.
  await api.quiet();
  await api.send('/unifications', {});
  await api.quiet();
  await api.jobs();
}
