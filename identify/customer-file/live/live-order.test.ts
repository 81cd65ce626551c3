// Small families, whose records resemble each other, come one by one through the server's own path, in any order, some corrected and
// some withdrawn on the way: a whole run with the same model then finds nothing to change.
import { createJobs } from '@vinculo/jobs';
import { SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mergeCustomers } from '../identity/merge-customers.ts';
import { splitCustomer } from '../identity/split-customer.ts';
import { strangers, type TestFile, testFile } from '../identity/identity.fixture.ts';
import { unify } from '../identity/unify.ts';
import type { RawRecord } from '../records/normalise-record.ts';
import { liveIndex } from './live-index.ts';
import { saveRecords } from './save-records.ts';
import { withdrawRecord } from './withdraw-record.ts';
import { tellWarehouse } from '../identity/tell-warehouse.ts';

let file: TestFile;

beforeAll(async () => {
  file = await testFile();
  file.context.jobs = createJobs(file.context.config, file.context.store);
  file.context.jobs.define({ name: 'identity.unify', run: async () => {} });
  await file.context.jobs.start();
  const people = strangers(0, 200);
  await file.add(
    'tarjeta',
    people.map(({ card }) => card),
  );
  await file.add(
    'web',
    people.slice(0, 120).map(({ web }) => web),
  );
  await unify(file.context, { scope: 'new' });
  expect(await liveIndex(file.context).ready(60_000)).toBe(true);
});
afterAll(async () => {
  await liveIndex(file.context).end();
  await file.context.jobs.stop();
  await file.close();
});

/** Father and son of one name, twins, a shared telephone, two writings of each. */
function family(n: number): RawRecord[] {
  const home = { address: `Calle del Olmo ${n + 1}`, postcode: '28012', city: 'Madrid' };
  const names = { surname1: ['Barrios', 'Quiroga', 'Echegaray', 'Urrutia'][n % 4]!, surname2: ['Pons', 'Mesa', 'Lago'][n % 3]! };
  const phone = { mobile: `61150${String(1000 + n)}` };
  const father = { given_name: 'Luis', ...names, birth_date: '1950-03-02', ...phone, ...home };
  const son = { given_name: 'Luis', ...names, birth_date: '1979-11-30', email: `luis.${n}@correo.example`, ...home };
  const twins = ['Eva', 'Ivana'].map((given_name) => ({ given_name, ...names, birth_date: '1999-01-12', ...phone, ...home }));
  return [father, { ...father, surname2: '' }, son, { ...son, ...phone, birth_date: '' }, ...twins, { ...twins[0]!, given_name: 'Eba' }];
}

/** Numbers that are the same every time. Source: mulberry32, T. Ettinger. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A permutation that is the same every time. Source: Fisher and Yates. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  const out = [...list];
  const random = randomFrom(seed);
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}

async function grouped(prefix = ''): Promise<string[]> {
  const { rows } = await sql<{ keys: string }>`
    select string_agg(replace(r.key, ${prefix}, ''), ' ' order by r.key) as keys
      from link l join source_record r on r.id = l.record_id where l.valid_to is null and r.key like ${`${prefix}%`} group by l.customer_id`.execute(
    file.context.store.db,
  );
  return rows.map(({ keys }) => keys).toSorted();
}

/** The customers of a whole run with the model in force; it should find nothing to change. */
async function settled(): Promise<string[]> {
  await tellWarehouse(file.context);
  const figures = await unify(file.context, { scope: 'all', keepModel: true });
  expect(figures).toMatchObject({ created: 0, merged: 0, moved: 0 });
  return grouped();
}

it.each([1, 2, 3])('fathers, sons and twins, order %i', async (seed) => {
  const source = { id: await file.source(`caja ${seed}`), country: 'ES' };
  const records = Array.from({ length: 4 }, (_, n) =>
    family(n + 10 * seed).map((fields, i) => ({ key: `${seed}-F${n}-${i}`, fields })),
  ).flat();
  for (const record of shuffled(records, seed)) await saveRecords(file.context, SYSTEM, { source, records: [record] });
  await tellWarehouse(file.context);
  const live = await grouped();
  expect((await grouped(`${seed}-`)).length).toBeLessThan(records.length);
  expect(await settled()).toEqual(live);
});

/** People of one block, who have a name, a day of birth, a door or a telephone in common with half the others. */
function neighbour(random: () => number): RawRecord {
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const maybe = (fields: RawRecord): RawRecord => (random() < 0.65 ? fields : {});
  return {
    given_name: one(['Luis', 'Eva', 'Pepe', 'José', 'Ivana']),
    surname1: one(['Barrios', 'Quiroga']),
    ...maybe({ surname2: one(['Pons', 'Mesa', 'Lago']) }),
    ...maybe({ birth_date: one(['1950-03-02', '1979-11-30', '1999-01-12']) }),
    ...maybe({ mobile: `6115099${one(['01', '02', '03', '04', '05'])}` }),
    ...maybe({ address: `Calle del Sauce ${one([1, 2, 3])}`, postcode: '28012', city: 'Madrid' }),
  };
}

it.each([11, 12, 13, 14])('people who share everything, some corrected, some withdrawn, some decided about, order %i', async (seed) => {
  const random = randomFrom(seed);
  const source = { id: await file.source(`censo ${seed}`), country: 'ES' };
  const put = (key: string, fields: RawRecord) => saveRecords(file.context, SYSTEM, { source, records: [{ key, fields }] });
  for (let n = 0; n < 45; n++) {
    const { records } = await put(`${seed}-N${n}`, neighbour(random));
    if (random() < 0.15) await put(`${seed}-N${Math.floor(random() * (n + 1))}`, neighbour(random));
    if (random() < 0.1) await withdrawRecord(file.context, SYSTEM, source, `${seed}-N${n}`);
    else if (n === 20 || n === 30) await decideAbout(records[0]!.customerId!, source.id);
  }
  await tellWarehouse(file.context);
  const live = await grouped();
  expect((await grouped(`${seed}-`)).filter((keys) => keys.includes(' ')).length, 'somebody has several records').toBeGreaterThan(0);
  expect(await settled()).toEqual(live);
});

/** Somebody says that a customer is also another of the source, and parts one that has several records. */
async function decideAbout(customer: string, source: string): Promise<void> {
  const { rows } = await sql<{ customer: string; records: string[] }>`
    select l.customer_id as customer, array_agg(l.record_id order by r.key) as records
      from link l join source_record r on r.id = l.record_id
     where l.valid_to is null and r.source_id = ${source} group by l.customer_id order by min(r.key)`.execute(file.context.store.db);
  const parted = rows.find(({ records }) => records.length > 1);
  if (parted) await splitCustomer(file.context, SYSTEM, parted.customer, { records: parted.records.slice(0, 1), reason: 'no es' });
  const other = rows.find((row) => row.customer !== customer && row.customer !== parted?.customer)!;
  await mergeCustomers(file.context, SYSTEM, { into: other.customer, from: customer, reason: 'es' });
}
