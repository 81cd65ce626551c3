// The routes of quality as a browser meets them: who may look, who may put right, and that a job does it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { part as identity } from '../identity/part.ts';
import { strangers, type TestFile, testFile } from '../identity/identity.fixture.ts';
import { serve, type Served } from '@vinculo/testing';
import { unify } from '../identity/unify.ts';
import { part } from './part.ts';

const MAY = {
  marketing: ['customer.read', 'customer.read_personal', 'source.read', 'source.write'],
  analyst: ['customer.read', 'source.read'],
  sales: ['customer.read', 'customer.read_personal'],
};
let file: TestFile;
let served: Served;

beforeAll(async () => {
  file = await testFile();
  served = await serve(file, [part], { may: MAY, jobs: [part, identity] });
  await file.add(
    'web',
    strangers(0, 120).map(({ web }, n) => ({ ...web, ...(n < 12 ? { email: 'nadie@correo.example' } : {}) })),
  );
  await unify(file.context, { scope: 'all' });
});
afterAll(() => served?.close());

const ask: Served['ask'] = (...request) => served.ask(...request);

it('quality is for those who see sources', async () => {
  expect((await ask('sales', 'GET', '/quality')).status).toBe(403);
  const { status, body } = await ask('analyst', 'GET', '/quality');
  expect(status).toBe(200);
  expect(body.fields.length).toBeGreaterThan(5);
  expect(body.problems[0]).toMatchObject({ kind: 'shared', field: 'email', value: 'n•••@correo.example', records: 12 });
});

it('the records behind a problem are shown to whoever sees customers', async () => {
  const { body } = await ask('sales', 'GET', '/quality/records?kind=shared&field=email&value=nadie@correo.example&limit=5');
  expect(body.items).toHaveLength(5);
  expect(body.items[0].value).toBe('nadie@correo.example');
  expect((await ask('sales', 'GET', '/quality/records?kind=invalid&field=nothing')).body.code).toBe('VIN_QUALITY_FIELD');
});

it('a correction is a job that whoever manages sources may ask for and take back', async () => {
  const wrong = { field: 'email', value: 'nadie@correo.example' };
  expect((await ask('analyst', 'POST', '/quality/corrections', wrong)).status).toBe(403);
  const made = await ask('marketing', 'POST', '/quality/corrections', wrong);
  expect(made).toMatchObject({ status: 201, body: { state: 'applying', madeBy: 'marketing' } });
  expect(await applied('quality.correct')).toMatchObject({ state: 'done', output: { records: 12 } });
  const { body } = await ask('analyst', 'GET', '/quality/corrections');
  expect(body.items).toMatchObject([{ state: 'applied', records: 12, value: 'n•••@correo.example' }]);
  expect((await ask('marketing', 'POST', `/quality/corrections/${made.body.id}/undo`)).body.state).toBe('undone');
  expect(await applied('quality.correct')).toMatchObject({ state: 'done', output: { records: 12 } });
});

/** The latest job of that name, when it is over. */
async function applied(name: string) {
  const { items } = await file.context.jobs.list({ limit: 1, name });
  return file.context.jobs.wait(items[0]!.id, 60_000);
}
