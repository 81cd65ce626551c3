// A shop small enough to know by heart: a loyalty card and a web shop that share customers, and what those bought.
import { writeFileSync } from 'node:fs';
import type { World } from './world.ts';

export const CARD = { name: 'tarjeta', label: 'Tarjeta de fidelidad', country: 'ES', trust: 70 };
export const WEB = { name: 'tienda-web', label: 'Tienda web', country: 'ES', trust: 50 };

export interface Person {
  key: string;
  given: string;
  surname1: string;
  surname2: string;
  dni: string;
  email: string;
  mobile: string;
  birth: string;
  street: string;
  postcode: string;
  city: string;
  province: string;
}

/** In both sources, with another telephone in each; the shop's best customer. */
export const MARIA: Person = {
  key: 'T1000',
  given: 'María Eugenia',
  surname1: 'Fernández',
  surname2: 'Ochotorena',
  dni: dni(41_000_001),
  email: 'maria.ochotorena@correo.example',
  mobile: '612908471',
  birth: '1979-03-14',
  street: 'Calle del Pez 12',
  postcode: '28004',
  city: 'Madrid',
  province: 'Madrid',
};
export const MARIA_MOBILE_ON_THE_WEB = '655909808';
/** In both sources under different names, with nothing else in common: only a person can know. */
export const BEGO: Person = {
  key: 'T1001',
  given: 'Begoña',
  surname1: 'Quintanilla',
  surname2: 'Arregui',
  dni: dni(41_000_002),
  email: 'bego.quintanilla@correo.example',
  mobile: '698111222',
  birth: '1985-11-02',
  street: 'Calle Mayor 3',
  postcode: '48001',
  city: 'Bilbao',
  province: 'Bizkaia',
};
export const TXARO: Person = {
  key: 'W1001',
  given: 'Txaro',
  surname1: 'Etxebarrieta',
  surname2: 'Zubia',
  dni: '',
  email: 'txaro@tienda.example',
  mobile: '',
  birth: '',
  street: '',
  postcode: '',
  city: '',
  province: '',
};

const GIVEN = 'Lucía Pablo Carmen Javier Elena Sergio Rosa Raúl Inés Marcos Nuria Hugo'.split(' ');
const SURNAMES = 'García López Ruiz Gil Moreno Vega Castro Ortiz Rubio Sanz Iglesias Cano Prieto Lozano Cruz Calvo Gallego'.split(' ');
const TOWNS = [
  ['28013', 'Madrid', 'Madrid'],
  ['41001', 'Sevilla', 'Sevilla'],
  ['46002', 'Valencia', 'Valencia'],
] as const;
const SHARED = 24;

/** Everybody else, numbered; the first {@link SHARED} are in both sources. */
export const crowd: Person[] = Array.from({ length: 60 }, (_, n) => {
  const [postcode, city, province] = TOWNS[n % TOWNS.length]!;
  return {
    key: `T${n}`,
    given: GIVEN[n % GIVEN.length]!,
    surname1: SURNAMES[(n * 7) % SURNAMES.length]!,
    surname2: SURNAMES[(n * 3 + 1) % SURNAMES.length]!,
    dni: dni(20_000_000 + n * 7_919),
    email: `persona.${n}@correo.example`,
    mobile: `6${20_000_000 + n * 7_919}`,
    birth: `19${50 + ((n * 7) % 50)}-${two(1 + (n % 12))}-${two(1 + ((n * 5) % 28))}`,
    street: `Calle ${SURNAMES[(n * 5) % SURNAMES.length]} ${1 + n}`,
    postcode,
    city,
    province,
  };
});

const cards = [MARIA, BEGO, ...crowd];
const shoppers = [
  { ...MARIA, key: 'W1000', mobile: MARIA_MOBILE_ON_THE_WEB },
  TXARO,
  ...crowd.slice(0, SHARED).map((person) => ({ ...person, key: person.key.replace('T', 'W') })),
];
export const RECORDS = cards.length + shoppers.length;
/** Found by the machine: Maria and the shared ones. */
export const DUPLICATES = SHARED + 1;
export const CUSTOMERS = RECORDS - DUPLICATES;

/** Every e-mail, telephone and document there is: what nobody without permission may read anywhere. */
export const SECRETS = [...cards, ...shoppers].flatMap(({ email, mobile, dni }) => [email, mobile, dni]).filter((value) => value !== '');

/** Column of the file, what is in it, what it means. */
const PERSON_FILE: [column: string, of: keyof Person, field: string][] = [
  ['codigo', 'key', 'key'],
  ['nombre', 'given', 'given_name'],
  ['apellido1', 'surname1', 'surname1'],
  ['apellido2', 'surname2', 'surname2'],
  ['dni', 'dni', 'national_id'],
  ['correo', 'email', 'email'],
  ['movil', 'mobile', 'mobile'],
  ['nacimiento', 'birth', 'birth_date'],
  ['direccion', 'street', 'address'],
  ['cp', 'postcode', 'postcode'],
  ['ciudad', 'city', 'city'],
  ['provincia', 'province', 'province'],
];
const PEOPLE = Object.fromEntries(PERSON_FILE.map(([column, , field]) => [column, field]));
const LINES = {
  ticket: 'order_key',
  cliente: 'customer_key',
  fecha: 'occurred_at',
  articulo: 'product_name',
  unidades: 'quantity',
  importe: 'amount',
  canal: 'channel',
};

const rowOf = (person: Person): string[] => PERSON_FILE.map(([, of]) => person[of]);

/** Loads both sources and the purchases over the API, and waits until they are one customer file with its figures. */
export async function openShop(world: World): Promise<void> {
  const { api } = world;
  for (const source of [CARD, WEB]) await api.send('/sources', source);
  const load = (name: string, source: string, kind: string, mapping: Record<string, string>, rows: string[][]) => {
    const path = world.path(name);
    writeFileSync(path, [Object.keys(mapping), ...rows].map((cells) => cells.join(';')).join('\n'));
    return api.importFile(path, { source, kind, mapping, options: {} });
  };
  await load('tarjeta.csv', CARD.name, 'customers', PEOPLE, cards.map(rowOf));
  await load('tienda.csv', WEB.name, 'customers', PEOPLE, shoppers.map(rowOf));
  await load('ventas.csv', CARD.name, 'purchases', LINES, purchases());
  await api.quiet();
  await api.jobs(); // throws if one of them failed
}

export const ORDERS_OF_MARIA = 9;
export const ORDER_OF_MARIA = 250;

/** Lines that cannot be taken: one, with a word for its amount. */
export const REJECTED_LINES = 1;

/** Maria every other week, the crowd the less the higher their number; those from 50 on never bought. */
function purchases(): string[][] {
  return [
    ...Array.from({ length: ORDERS_OF_MARIA }, (_, i) => line(`M${i}`, MARIA.key, 3 + i * 14, 'Cafetera', ORDER_OF_MARIA)),
    ...crowd
      .slice(0, 50)
      .flatMap(({ key }, n) =>
        Array.from({ length: 1 + (n % 4) }, (_, i) => line(`${key}-${i}`, key, 10 + n * 6 + i * 20, 'Café en grano', 60 - n + i)),
      ),
    [...line('X0', MARIA.key, 1, 'Taza', 0).slice(0, 5), 'gratis', 'tienda'],
  ];
}

const line = (ticket: string, customer: string, daysAgo: number, article: string, amount: number): string[] => [
  ticket,
  customer,
  new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10),
  article,
  '1',
  amount.toFixed(2).replace('.', ','),
  'tienda',
];

function two(n: number): string {
  return String(n).padStart(2, '0');
}

/** With the letter that proves it. */
function dni(number: number): string {
  return `${number}${'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}`;
}
