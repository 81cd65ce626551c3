// A power cut between the desk and the warehouse while records come one by one: nothing is lost, nothing is there twice.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openWarehouse, type Warehouse } from '@vinculo/warehouse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { strangers, type TestFile, testFile } from '../identity/identity.fixture.ts';
import { unify } from '../identity/unify.ts';
import { liveIndex } from './live-index.ts';

const people = strangers(0, 120);
let file: TestFile;
let reopened: Warehouse | undefined;

beforeAll(async () => {
  file = await testFile();
  await file.add(
    'tarjeta',
    people.map(({ card }) => card),
  );
  await file.add(
    'web',
    people.slice(0, 60).map(({ web }) => web),
  );
  await unify(file.context, { scope: 'new' });
});
afterAll(async () => {
  await liveIndex(file.context).end();
  await reopened?.close();
  await file.close();
});

async function dieIn(where: 'desk' | 'warehouse', withdrawn = ''): Promise<void> {
  await (reopened ?? file.context.warehouse).close();
  const script = fileURLToPath(new URL('./live-killed.fixture.ts', import.meta.url));
  const told = [JSON.stringify(file.context.config), await file.source('tarjeta'), where, withdrawn];
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...told], { stdio: 'inherit' });
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
  reopened = await openWarehouse(file.context.config);
  file.context.warehouse = reopened;
}

const inWarehouse = async (what: string) =>
  (await reopened!.rows<{ id: string }>(`select toString(record_id) as id from ${what} final order by id`)).map(({ id }) => id);

/** Both stores say the same of who is who. */
async function expectAgreement(records: number): Promise<void> {
  const owners = await file.customers();
  expect(owners.size).toBe(records);
  const said = await reopened!.rows<{ r: string; c: string }>(
    'select toString(record_id) as r, toString(customer_id) as c from identity final',
  );
  expect(new Map(said.map(({ r, c }) => [r, c]))).toEqual(owners);
  expect(await inWarehouse('match_record')).toEqual([...owners.keys()].toSorted());
  const { rows } = await file.context.store.pool.query<{ n: number }>('select count(*)::int as n from untold_record');
  expect(rows[0]!.n).toBe(0);
  expect((await unify(file.context, { scope: 'new' })).pending).toBe(0);
}

it('before the warehouse knows: the next start tells it', async () => {
  await dieIn('desk');
  expect((await file.customers()).size).toBe(182);
  expect(await inWarehouse('match_record')).toHaveLength(180);
  expect(await liveIndex(file.context).ready(60_000)).toBe(true);
  await expectAgreement(182);
  await liveIndex(file.context).end();
});

it('when the warehouse knows half of a withdrawal and of records that came back: the next start tells the rest', async () => {
  await dieIn('warehouse', people[0]!.card.key);
  expect((await file.customers()).size).toBe(181);
  expect(await liveIndex(file.context).ready(60_000)).toBe(true);
  await expectAgreement(181);
});
