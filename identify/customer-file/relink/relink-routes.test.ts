// Changes of rules, model health and clusters over the API: who may, what is masked, what jobs do with it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { strangers, type TestFile } from '../identity/identity.fixture.ts';
import { part as identity } from '../identity/part.ts';
import { serve, type Served } from '@vinculo/testing';
import { part } from './part.ts';
import { daring, DAUGHTERS, PEOPLE, smallFile } from './relink.fixture.ts';

const MAY = {
  admin: ['customer.read', 'customer.read_personal', 'customer.merge', 'settings.read', 'settings.write'],
  auditor: ['customer.read', 'settings.read'],
  analyst: ['customer.read'],
};
const people = strangers(0, PEOPLE);
let file: TestFile;
let served: Served;

beforeAll(async () => {
  file = await smallFile();
  served = await serve(file, [identity, part], { may: MAY, jobs: [identity, part] });
});
afterAll(() => served?.close());

const ask: Served['ask'] = (...request) => served.ask(...request);
const done = async (jobId: string) => {
  const run = await file.context.jobs.wait(jobId, 50_000);
  expect(run.error).toBeNull();
  return run;
};
const drafted = async (body: object) => {
  const { status, body: made } = await ask('admin', 'POST', '/linkage/changes', body);
  expect(status).toBe(201);
  const { body: change } = await ask('admin', 'GET', `/linkage/changes/${made.id}`);
  if (change.jobId) await done(change.jobId);
  return made.id as string;
};

describe('the rules of linkage over the API', () => {
  it('are shown with the curve of the model, and are the library’s own at first', async () => {
    expect((await ask('analyst', 'GET', '/linkage/rules/person')).status).toBe(403);
    const { body } = await ask('auditor', 'GET', '/linkage/rules/person');
    expect(body).toMatchObject({ version: 0, at: null, model: { records: expect.any(Number) } });
    expect(body.settings).toEqual(body.own);
    expect(body.model.curve.length).toBeGreaterThan(10);
    expect(body.columns).toContain('mobile');
    const { body: company } = await ask('auditor', 'GET', '/linkage/rules/company');
    expect(company).toMatchObject({ version: 0, model: null });
  });

  it('are refused when they name what is not there, in the language of the reader', async () => {
    const settings = daring();
    const wrong = { ...settings, rules: [{ name: 'x', equal: ['horoscope'] }] };
    const { status, body } = await ask('admin', 'POST', '/linkage/changes', { kind: 'person', note: 'x', settings: wrong });
    expect(status).toBe(400);
    expect(body.detail).toContain('horoscope');
    expect(body.detail).toContain('No se ha guardado nada');
    expect((await ask('admin', 'POST', '/linkage/changes', { kind: 'person', note: 'x', settings: { version: 1 } })).status).toBe(400);
    expect((await ask('auditor', 'POST', '/linkage/changes', { kind: 'person', note: 'x' })).status).toBe(403);
    expect((await ask('admin', 'GET', '/linkage/changes')).body.items).toEqual([]);
  });

  it('are changed by draft, preview, apply and undone again; samples are masked by role', async () => {
    const id = await drafted({ kind: 'person', note: 'El mismo móvil basta', settings: daring() });
    expect((await ask('admin', 'POST', `/linkage/changes/${id}/undo`)).status).toBe(409);
    const { body: shown } = await ask('admin', 'GET', `/linkage/changes/${id}`);
    expect(shown).toMatchObject({ state: 'previewed', joins: DAUGHTERS, parts: 0, by: 'admin', jobId: null, error: null, outdated: false });
    const [sample] = shown.preview.joinSamples;
    expect(sample.sides.map(({ of }: { of: number }) => of)).toEqual([1, 1]);
    expect(sample.sides[0].name).not.toBe('');
    expect(sample.pair.terms.find(({ field }: { field: string }) => field === 'phone').valueA).toMatch(/^\+346\d{8}/);
    const masked = JSON.stringify((await ask('auditor', 'GET', `/linkage/changes/${id}`)).body);
    expect(masked).not.toMatch(/\+346\d{8}|persona\.\d+@/);
    expect((await ask('auditor', 'POST', `/linkage/changes/${id}/apply`)).status).toBe(403);

    const { body: applying } = await ask('admin', 'POST', `/linkage/changes/${id}/apply`);
    expect(await done(applying.jobId)).toMatchObject({ name: 'linkage.apply', output: { applied: true } });
    expect((await ask('admin', 'GET', '/duplicates')).body).toMatchObject({ customers: PEOPLE });
    expect((await ask('admin', 'GET', '/linkage/rules/person')).body).toMatchObject({
      version: 1,
      note: 'El mismo móvil basta',
      by: 'admin',
    });
    const again = await ask('admin', 'POST', `/linkage/changes/${id}/apply`);
    expect(again).toMatchObject({ status: 409, body: { code: 'VIN_RELINK_CONFLICT', detail: expect.stringContaining('ya se aplicó') } });

    const { body: undoing } = await ask('admin', 'POST', `/linkage/changes/${id}/undo`);
    await done(undoing.jobId);
    const { body: undone } = await ask('admin', 'GET', `/linkage/changes/${id}`);
    expect(undone).toMatchObject({ state: 'undone', undone: { conflictCount: 0 } });
    expect(undone.steps.map(({ step }: { step: string }) => step)).toEqual(['drafted', 'previewed', 'applied', 'undone']);
    expect((await ask('admin', 'GET', '/duplicates')).body).toMatchObject({ customers: PEOPLE + DAUGHTERS });
  });

  it('are put aside, listed page by page, and trained anew without other rules', async () => {
    const id = await drafted({ kind: 'person', note: 'Entrenar de nuevo', train: true });
    expect((await ask('admin', 'GET', `/linkage/changes/${id}`)).body).toMatchObject({ preview: { trained: true }, train: true });
    expect((await ask('admin', 'DELETE', `/linkage/changes/${id}`)).status).toBe(204);
    expect((await ask('admin', 'DELETE', `/linkage/changes/${id}`)).status).toBe(409);
    const { body: first } = await ask('auditor', 'GET', '/linkage/changes?limit=1');
    expect(first.items).toMatchObject([{ id, state: 'discarded' }]);
    const { body: second } = await ask('auditor', 'GET', `/linkage/changes?limit=1&cursor=${first.next}`);
    expect(second.items).toMatchObject([{ state: 'undone', joins: DAUGHTERS }]);
    const { body: empty } = await ask('admin', 'POST', '/linkage/changes', { kind: 'company', note: 'nada', train: true });
    const { body: pending } = await ask('admin', 'GET', `/linkage/changes/${empty.id}`);
    if (pending.jobId) expect(await file.context.jobs.wait(pending.jobId, 50_000)).toMatchObject({ state: 'failed' });
    expect((await ask('admin', 'GET', `/linkage/changes/${empty.id}`)).body).toMatchObject({
      state: 'draft',
      error: { code: 'VIN_RELINK_CONFLICT' },
    });
    expect((await ask('auditor', 'GET', '/linkage/changes/0190a000-0000-7000-8000-000000000000')).status).toBe(404);
  });
});

describe('the health of the model over the API', () => {
  it('shows what was learned, and what came since', async () => {
    const { body } = await ask('analyst', 'GET', '/linkage/models');
    expect(body.models).toHaveLength(1);
    const [model] = body.models;
    expect(model).toMatchObject({ kind: 'person', since: null });
    expect(model.fields.find(({ name }: { name: string }) => name === 'email').levels[0].bits).toBeGreaterThan(5);
    expect(model.figures.bands).toHaveLength(20);
    expect(model.figures.blocking.length).toBeGreaterThan(3);
    for (const { edges, onlyEdges, onlyMatches } of model.figures.blocking) {
      expect(onlyEdges).toBeLessThanOrEqual(edges);
      expect(onlyMatches).toBeLessThanOrEqual(onlyEdges);
    }
    // What no rule brings is not found at any threshold.
    expect(model.missed).toBeGreaterThanOrEqual(0);
    expect(Math.max(...model.figures.curve.map(({ recall }: { recall: number }) => recall))).toBeLessThanOrEqual(1 - model.missed + 1e-9);
    expect(model.figures.linked).toBeGreaterThan(0.5);
    expect(Date.parse(model.trainedAt)).toBeLessThan(Date.now());

    // Web accounts without their mobile: another kind of data than the model was trained on.
    await file.add(
      'web',
      people.slice(100, 160).map(({ web }) => ({ ...web, mobile: '' })),
    );
    expect((await ask('analyst', 'POST', '/linkage/models/measure')).status).toBe(403);
    await done((await ask('admin', 'POST', '/linkage/models/measure')).body.jobId);
    const [measured] = (await ask('analyst', 'GET', '/linkage/models')).body.models;
    expect(measured.since).toMatchObject({ newRecords: 60, looked: 60 });
    expect(measured.since.linkedAfter).toBeGreaterThan(0.9);
    const phone = measured.since.drift.find(({ field }: { field: string }) => field === 'phone');
    const given = measured.since.drift.find(({ field }: { field: string }) => field === 'given');
    expect(phone.psi).toBeGreaterThan(0.25);
    expect(given.psi).toBeLessThan(0.1);
    const mobile = measured.since.completeness.find(({ column }: { column: string }) => column === 'mobile');
    expect(mobile.after).toBe(0);
    expect(mobile.before).toBeGreaterThan(0.8);
  });

  it('counts how often people agree with it', async () => {
    const customers = await file.customers();
    const { body: found } = await ask('admin', 'GET', '/duplicates/groups?limit=2');
    const [one, two] = found.items;
    const merged = await ask('admin', 'POST', '/customers/merge', { into: one.customerId, from: two.customerId, reason: 'se equivoca' });
    expect(merged.status).toBe(200);
    const split = await ask('admin', 'POST', `/customers/${one.customerId}/split`, { records: [one.records[0].id], reason: 'otra' });
    expect(split.status).toBe(200);
    await done((await ask('admin', 'POST', '/linkage/models/measure')).body.jobId);
    const [{ since }] = (await ask('analyst', 'GET', '/linkage/models')).body.models;
    expect(since.agreement.decisions).toBeGreaterThan(1);
    expect(since.agreement.agreed).toBeLessThan(since.agreement.decisions);
    for (const change of [split, merged]) await ask('admin', 'POST', `/identity-changes/${change.body.changeId}/undo`);
    expect(await file.customers()).toEqual(customers);
  });
});

describe('the cluster of a customer over the API', () => {
  it('gives every pair with its reasons, the tree and its weakest edge; masked by role', async () => {
    const { body: found } = await ask('admin', 'GET', '/duplicates/groups?limit=1');
    const id = found.items[0].customerId;
    const { status, body } = await ask('admin', 'GET', `/customers/${id}/cluster`);
    expect(status).toBe(200);
    const n = body.records.length;
    expect(n).toBeGreaterThan(1);
    expect(body.edges).toHaveLength((n * (n - 1)) / 2);
    expect(body.edges.filter(({ tree }: { tree: boolean }) => tree)).toHaveLength(n - 1);
    expect(body.edges[body.weakest].tree).toBe(true);
    expect(body.edges[0].terms.length).toBeGreaterThan(2);
    expect(body.records[0].name).not.toBe('');
    const masked = JSON.stringify((await ask('analyst', 'GET', `/customers/${id}/cluster`)).body);
    expect(masked).not.toMatch(/\+346\d{8}|persona\.\d+@/);
    const alone = [...(await file.customers())].find(([, customer], _, all) => all.filter(([, other]) => other === customer).length === 1)!;
    expect((await ask('admin', 'GET', `/customers/${alone[1]}/cluster`)).body).toMatchObject({ edges: [], weakest: null });
  });

  it('keeps the history of who it was, with before and after', async () => {
    const { body: found } = await ask('admin', 'GET', '/duplicates/groups?limit=1');
    const { customerId, records } = found.items[0];
    const split = await ask('admin', 'POST', `/customers/${customerId}/split`, { records: [records[0].id], reason: 'madre e hija' });
    const { body } = await ask('admin', 'GET', `/customers/${customerId}/cluster`);
    expect(body.history[0]).toMatchObject({ kind: 'split', by: 'admin', reason: 'madre e hija', undone: false, more: 0 });
    expect(body.history[0].moves).toMatchObject([{ from: { id: customerId }, to: { id: split.body.otherId } }]);
    await ask('admin', 'POST', `/identity-changes/${split.body.changeId}/undo`);
    const { body: after } = await ask('admin', 'GET', `/customers/${customerId}/cluster`);
    expect(after.history.slice(0, 2)).toMatchObject([{ kind: 'undone' }, { kind: 'split', undone: true }]);
  });

  it('shows the golden record of a merge before it is made', async () => {
    const customers = [...new Set((await file.customers()).values())];
    const [into, from] = customers as [string, string];
    expect((await ask('analyst', 'GET', `/customers/${into}/merge-preview?with=${from}`)).status).toBe(403);
    const { status, body } = await ask('admin', 'GET', `/customers/${into}/merge-preview?with=${from}`);
    expect(status).toBe(200);
    expect(body.records).toBe(body.left.records + body.right.records);
    expect(body.fields.some(({ left, right }: { left: string; right: string }) => left !== right)).toBe(true);
    for (const { value, left, right } of body.fields) expect([left, right]).toContain(value);
    const merged = await ask('admin', 'POST', '/customers/merge', { into, from, reason: 'prueba' });
    expect((await ask('admin', 'GET', `/customers/${into}/identity`)).body.records).toHaveLength(body.records);
    await ask('admin', 'POST', `/identity-changes/${merged.body.changeId}/undo`);
    expect((await ask('admin', 'GET', `/customers/${into}/merge-preview?with=${into}`)).body.code).toBe('VIN_CUSTOMER_SAME');
  });
});
