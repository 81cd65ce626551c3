// The routes of quality as a browser meets them: who may look, who may put right, and that a job does it.
import { silent } from '@vinculo/config';
import { createApp, createSettings, type Feature } from '@vinculo/http';
import { createJobs } from '@vinculo/jobs';
import type { Actor } from '@vinculo/postgres';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { part as identity } from '../identity/part.ts';
import { strangers, type TestFile, testFile } from '../identity/identity.fixture.ts';
import { unify } from '../identity/unify.ts';
import { part } from './part.ts';

const ROLES: Record<string, string[]> = {
  marketing: ['customer.read', 'customer.read_personal', 'source.read', 'source.write'],
  analyst: ['customer.read', 'source.read'],
  sales: ['customer.read', 'customer.read_personal'],
};
let file: TestFile;
let app: FastifyInstance;

beforeAll(async () => {
  file = await testFile();
  const { context } = file;
  const quiet = { ...silent, level: 'silent', fatal: () => {}, trace: () => {}, child: () => quiet };
  context.log = quiet as never;
  context.settings = createSettings(context.store, context.config);
  context.jobs = createJobs(context.config, context.store);
  for (const job of [...part.jobs!(context), ...identity.jobs!(context)]) context.jobs.define(job);
  await context.jobs.start();
  const who: Feature = {
    name: 'who',
    routes(scope) {
      scope.setAuthenticator(async ({ headers }) => {
        const role = String(headers['x-role'] ?? '');
        const permissions = ROLES[role];
        return permissions && ({ kind: 'user', id: role, name: role, permissions: new Set(permissions) } as Actor);
      });
    },
  };
  app = await createApp(context, [who, { name: 'customer-file', ...part }]);
  await file.add(
    'web',
    strangers(0, 120).map(({ web }, n) => ({ ...web, ...(n < 12 ? { email: 'nadie@correo.example' } : {}) })),
  );
  await unify(context, { scope: 'all' });
});
afterAll(async () => {
  await app?.close();
  await file?.context.jobs.stop();
  await file?.close();
});

async function ask(role: string, method: 'GET' | 'POST', url: string, payload?: object) {
  const reply = await app.inject({ method, url: `/api/v1${url}`, headers: { 'x-role': role }, payload });
  // oxlint-disable-next-line typescript/no-explicit-any -- each reply has a shape of its own
  return { status: reply.statusCode, body: reply.json() as any };
}

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
