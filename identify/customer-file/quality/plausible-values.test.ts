import { SYSTEM } from '@vinculo/postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { strangers, type TestFile, testFile } from '../identity/identity.fixture.ts';
import { unify } from '../identity/unify.ts';
import { problemRecords } from './problem-records.ts';
import { quality } from './quality-snapshot.ts';

const CROWD = 600;
let file: TestFile;
let problems: Awaited<ReturnType<typeof quality>>['problems'];

beforeAll(async () => {
  file = await testFile();
  const people = strangers(0, CROWD).map(({ card }) => card);
  await file.add(
    'tarjeta',
    people.map((person, n) => {
      // Nine of an office by its switchboard; nine from everywhere by a telephone that is nobody's.
      if (n < 9) return { ...person, phone: '912345678', address: 'Calle de la Oficina 1', postcode: '28001', city: 'Madrid' };
      if (n < 18) return { ...person, phone: '917382640', city: 'Teruel', postcode: '44001', address: `Calle Ancha ${n}` };
      if (n < 22) return { ...person, city: 'Palencia', postcode: '34001' };
      if (n < 25) return { ...person, city: 'Valancia', postcode: '46001' };
      if (n < 28) return { ...person, city: 'Balencia', postcode: '' };
      return { ...person, city: 'Valencia', postcode: n % 2 ? '46001' : '46002' };
    }),
  );
  // The same people twice in one source.
  await file.add(
    'web',
    people.slice(0, 6).flatMap((person, n) => [
      { ...person, key: `a${n}` },
      { ...person, key: `b${n}` },
    ]),
  );
  await unify(file.context, { scope: 'all' });
  ({ problems } = await quality(file.context));
});
afterAll(() => file?.close());

it('the telephone of an office is no mistake, one of people from everywhere is', () => {
  expect(problems.filter(({ kind }) => kind === 'shared').map(({ value }) => value)).toEqual(['+34917382640']);
});

it('a town is misspelt where its post comes from the other one; elsewhere it is a town of its own', () => {
  expect(problems.filter(({ kind }) => kind === 'misspelt').map(({ value, right }) => [value, right])).toEqual([['valancia', 'valencia']]);
});

it('the records of one customer stand together, page after page', async () => {
  const repeated = problems.find(({ kind }) => kind === 'repeated')!;
  expect(repeated.records).toBe(12);
  const ask = { kind: 'repeated', field: 'key', source: repeated.sourceId!, limit: 5 } as const;
  const customers: (string | null)[] = [];
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await problemRecords(file.context, SYSTEM, { ...ask, cursor });
    customers.push(...items.map(({ customerId }) => customerId));
    if (!next) break;
    cursor = next;
  }
  expect(customers).toHaveLength(12);
  for (let n = 0; n < 12; n += 2) expect(customers[n]).toBe(customers[n + 1]);
  expect(new Set(customers).size).toBe(6);
});
