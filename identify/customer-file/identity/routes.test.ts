// The routes as a browser meets them: who may, what is masked, what a job does with it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { strangers, type TestFile, testFile } from './identity.fixture.ts';
import { part } from './part.ts';
import { serve, type Served } from '@vinculo/testing';

const people = strangers(0, 200);
const MAY = {
  admin: ['customer.read', 'customer.read_personal', 'customer.merge', 'source.read', 'settings.read', 'settings.write'],
  analyst: ['customer.read', 'source.read'],
};
let file: TestFile;
let served: Served;
let cards: string[];

beforeAll(async () => {
  file = await testFile();
  served = await serve(file, [part], { may: MAY, jobs: [part] });
  cards = await file.add(
    'tarjeta',
    people.map(({ card }) => card),
  );
  await file.add(
    'web',
    people.slice(0, 90).map(({ web }) => web),
  );
});
afterAll(() => served?.close());

const ask: Served['ask'] = (...request) => served.ask(...request);

describe('unification over the API', () => {
  it('is asked for once however often one asks, and runs as a job', async () => {
    expect((await ask('analyst', 'POST', '/unifications')).status).toBe(403);
    const [one, two] = [await ask('admin', 'POST', '/unifications'), await ask('admin', 'POST', '/unifications')];
    expect(one.status).toBe(200);
    const jobs = new Set([one, two].map(({ body }) => String(body.jobId)));
    for (const id of jobs) expect(await file.context.jobs.wait(id, 50_000)).toMatchObject({ state: 'done', name: 'identity.unify' });
    const { body } = await ask('analyst', 'GET', '/duplicates');
    expect(body).toMatchObject({ records: 290, customers: 200, duplicates: 90, lastRun: { scope: 'all' } });
  });

  it('shows groups and identities masked to those who may not see personal data', async () => {
    const groups = JSON.stringify((await ask('analyst', 'GET', '/duplicates/groups?limit=200')).body);
    expect(groups).not.toMatch(/persona\.\d+@|\+346\d{8}/);
    expect(JSON.stringify((await ask('admin', 'GET', '/duplicates/groups?limit=200')).body)).toMatch(/persona\.\d+@/);
    const id = (await file.customers()).get(cards[3]!)!;
    const masked = JSON.stringify((await ask('analyst', 'GET', `/customers/${id}/identity`)).body);
    expect(masked).not.toContain(people[3]!.card.mobile);
    expect(masked).toContain('explanations');
  });

  it('merges, refuses what makes no sense in the language of the reader, and undoes', async () => {
    const owners = await file.customers();
    const [into, from] = [owners.get(cards[3]!), owners.get(cards[4]!)];
    expect((await ask('analyst', 'POST', '/customers/merge', { into, from, reason: 'x' })).status).toBe(403);
    const same = await ask('admin', 'POST', '/customers/merge', { into, from: into, reason: 'x' });
    expect(same).toMatchObject({ status: 422, body: { code: 'VIN_CUSTOMER_SAME' } });
    const merged = await ask('admin', 'POST', '/customers/merge', { into, from, reason: 'Lo dice el cliente' });
    expect(merged).toMatchObject({ status: 200, body: { customerId: into, otherId: from } });
    const history = (await ask('admin', 'GET', `/customers/${from}/identity`)).body;
    expect(history.history[0]).toMatchObject({ kind: 'merged', reason: 'Lo dice el cliente', by: 'admin' });
    expect((await ask('admin', 'POST', `/identity-changes/${merged.body.changeId}/undo`)).status).toBe(200);
    const again = await ask('admin', 'POST', `/identity-changes/${merged.body.changeId}/undo`);
    expect(again).toMatchObject({ status: 409, body: { code: 'VIN_CUSTOMER_CONFLICT', detail: expect.stringContaining('ya se deshizo') } });
  });
});

describe('survivorship over the API', () => {
  it('changed rules are applied to every customer by a job', async () => {
    const { body: rules } = await ask('admin', 'GET', '/survivorship');
    const changed = { ...rules, fields: { ...rules.fields, name: ['most_trusted'] } };
    expect((await ask('analyst', 'PUT', '/survivorship', changed)).status).toBe(403);
    expect(await ask('admin', 'PUT', '/survivorship', changed)).toMatchObject({
      status: 200,
      body: { fields: { name: ['most_trusted'] } },
    });
    const { items } = await file.context.jobs.list({ limit: 1, name: 'identity.rebuild' });
    const run = await file.context.jobs.wait(items[0]!.id, 50_000);
    expect(run).toMatchObject({ state: 'done', output: { customers: 200, changed: 200 } });
  });
});
