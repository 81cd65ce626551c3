// A customer file in which some people cannot be told for sure: names that are not rare, and little else.
import { strangers, type TestFile, testFile } from '../identity/identity.fixture.ts';
import { part as identity } from '../identity/part.ts';
import { serve, type Served } from '@vinculo/testing';
import { unify } from '../identity/unify.ts';
import type { RawRecord } from '../records/normalise-record.ts';
import { part } from './part.ts';

type Row = RawRecord & { key: string };

const people = strangers(0, 240);
const taken = new Set(people.map(({ card }) => `${card.given_name} ${card.surname1} ${card.surname2}`));
const GIVEN = ['María', 'José', 'Ana', 'Luis', 'Carmen', 'Elena', 'Pablo', 'Rosa'];
const SURNAMES = ['García', 'López', 'Ruiz', 'Gil', 'Moreno', 'Vega', 'Castro', 'Ortiz'];
export const MANY = 5;

/** The same common names with another address each: two customers that may be one. All of one pattern. */
const between = GIVEN.flatMap((given_name, n) => {
  const names = { given_name, surname1: SURNAMES[n]!, surname2: SURNAMES[(n + 3) % SURNAMES.length]! };
  return taken.has(`${names.given_name} ${names.surname1} ${names.surname2}`) ? [] : [names];
})
  .slice(0, MANY)
  .map((names, n) => ({
    card: { key: `B${n}`, ...names, mobile: `69911120${n}`, email: `${n}.hola@otro.example` },
    web: { key: `B${n}`, ...names, email: `alguien.${n}@correo.example` },
  }));
/** A surname and a postcode: one customer that may be two. All of one pattern. */
const inside = GIVEN.slice(0, MANY).map((given_name, n) => {
  const names = { given_name, surname1: 'Zubia', city: 'Madrid', postcode: `2801${n}` };
  return { card: { key: `I${n}`, ...names, mobile: `69911150${n}` }, web: { key: `I${n}`, ...names, email: `zubia.${n}@correo.example` } };
});

export interface DoubtfulFile extends Served {
  file: TestFile;
  /** Records of those between, and of those inside: [card, web]. */
  between: [string, string][];
  inside: [string, string][];
}

const CLERK = ['customer.read', 'customer.read_personal', 'review.read', 'review.decide'];
const MAY = {
  ana: CLERK,
  luis: CLERK,
  mando: [...CLERK, 'customer.merge'],
  jefa: [...CLERK, 'customer.merge', 'settings.write', 'value.read'],
  analista: ['customer.read', 'review.read', 'review.decide'],
  nadie: ['customer.read'],
};

/** The file, unified, behind its routes and with its jobs; see {@link serve}. */
export async function doubtfulFile(): Promise<DoubtfulFile> {
  const file = await testFile();
  const served = await serve(file, [identity, part], { may: MAY, jobs: [part] });
  const cards = await file.add(
    'tarjeta',
    [...between, ...inside, ...people].map(({ card }) => card as Row),
  );
  const webs = await file.add(
    'web',
    [...between, ...inside, ...people.slice(0, 120)].map(({ web }) => web as Row),
  );
  await unify(file.context, { scope: 'all' });
  const records = (from: number): [string, string][] => Array.from({ length: MANY }, (_, n) => [cards[from + n]!, webs[from + n]!]);
  return { ...served, file, between: records(0), inside: records(MANY) };
}
