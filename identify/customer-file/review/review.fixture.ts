// A customer file in which some people cannot be told for sure: names that are not rare, and little else.
import { silent } from '@vinculo/config';
import { createApp, createSettings, type Feature } from '@vinculo/http';
import { createJobs } from '@vinculo/jobs';
import type { Actor } from '@vinculo/postgres';
import type { FastifyInstance } from 'fastify';
import { strangers, type TestFile, testFile } from '../identity/identity.fixture.ts';
import { part as identity } from '../identity/part.ts';
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

export interface DoubtfulFile {
  file: TestFile;
  app: FastifyInstance;
  /** Records of those between, and of those inside: [card, web]. */
  between: [string, string][];
  inside: [string, string][];
  ask(who: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object): Promise<{ status: number; body: never }>;
  close(): Promise<void>;
}

const CLERK = ['customer.read', 'customer.read_personal', 'review.read', 'review.decide'];
const MAY: Record<string, string[]> = {
  ana: CLERK,
  luis: CLERK,
  jefa: [...CLERK, 'customer.merge', 'settings.write', 'value.read'],
  analista: ['customer.read', 'review.read', 'review.decide'],
  nadie: ['customer.read'],
};

/** The file, unified, behind its routes and with its jobs; people are told apart by `x-who`. */
export async function doubtfulFile(): Promise<DoubtfulFile> {
  const file = await testFile();
  const { context } = file;
  const quiet = { ...silent, level: 'silent', fatal: () => {}, trace: () => {}, child: () => quiet };
  context.log = quiet as never;
  context.settings = createSettings(context.store, context.config);
  context.jobs = createJobs(context.config, context.store);
  for (const job of part.jobs!(context)) context.jobs.define(job);
  await context.jobs.start();
  const who: Feature = {
    name: 'who',
    routes(scope) {
      scope.setAuthenticator(async ({ headers }) => {
        const id = String(headers['x-who'] ?? '');
        return MAY[id] && ({ kind: 'user', id, name: id, permissions: new Set(MAY[id]) } as Actor);
      });
    },
  };
  const app = await createApp(context, [
    who,
    { name: 'customer-file', routes: async (scope, all) => (await identity.routes!(scope, all), part.routes!(scope, all)) },
  ]);
  const cards = await file.add(
    'tarjeta',
    [...between, ...inside, ...people].map(({ card }) => card as Row),
  );
  const webs = await file.add(
    'web',
    [...between, ...inside, ...people.slice(0, 120)].map(({ web }) => web as Row),
  );
  await unify(context, { scope: 'all' });
  const records = (from: number): [string, string][] => Array.from({ length: MANY }, (_, n) => [cards[from + n]!, webs[from + n]!]);
  return {
    file,
    app,
    between: records(0),
    inside: records(MANY),
    async ask(id, method, url, payload) {
      const reply = await app.inject({
        method,
        url: `/api/v1${url}`,
        headers: { 'x-who': id, 'accept-language': 'es' },
        ...(payload ? { payload } : {}),
      });
      return { status: reply.statusCode, body: reply.json() as never };
    },
    async close() {
      await app.close();
      await context.jobs.stop();
      await file.close();
    },
  };
}
