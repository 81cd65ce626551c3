// The funnel over the real stores: each step counts whom its conditions say, and opens the list of those who go no further.
import { recordId } from '@vinculo/postgres';
import { type Served, serve } from '@vinculo/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scoreLifeCycle } from '../life-cycle/score.fixture.ts';
import { type Known, type TestShop, testShop } from '../shop.fixture.ts';
import { DEFAULT_FUNNEL, type Definition } from './definition.ts';
import { fillFunnel } from './fill-funnel.ts';
import { part } from './part.ts';

const DAY = 86_400_000;
const at = (daysAgo: number) => new Date(Date.now() - daysAgo * DAY).toISOString().slice(0, 19).replace('T', ' ');
const OTHER = '018f0000-0000-7000-8000-0000000000aa';

let shop: TestShop;
let served: Served;
const ids: Record<string, string> = {};

const fill = async () => fillFunnel(shop.context, new Date(), (await shop.context.settings.get()).timeZone);
const get = async (path: string) => {
  const { status, body } = await served.ask('ana', 'GET', path);
  expect([path, status, body?.detail]).toEqual([path, 200, undefined]);
  return body;
};
const counts = (view: { steps: { customers: number }[] }) => view.steps.map(({ customers }) => customers);

beforeAll(async () => {
  shop = await testShop();
  for (const name of ['nobody', 'silent', 'known', 'called', 'mailed', 'once', 'twice', 'often', 'fan'])
    ids[name] = await shop.customer(name);
  const profile = (name: string, known: Known) =>
    shop.known(ids[name]!, { seen: '2026-02-01 10:00:00Z', sources: [shop.source], province: 'Madrid', ...known });
  await profile('nobody', {});
  await profile('silent', { email: 'silent@example.com' });
  for (const name of ['known', 'called', 'mailed']) await profile(name, { phone: '+34612000001', consents: ['marketing'] });
  await profile('once', { sources: [OTHER], seen: '2026-05-01 10:00:00Z' });
  for (const name of ['twice', 'often', 'fan']) await profile(name, { email: `${name}@example.com` });
  const contact = (name: string, direction: string, topic: string) => ({
    record_id: recordId(shop.source, name),
    contact_id: recordId(shop.source, `${name} contact`),
    source_id: shop.source,
    occurred_at: at(100),
    direction,
    topic,
    version: 1,
  });
  await shop.context.warehouse.insert('contact', [contact('called', 'out', 'Oferta'), contact('fan', 'in', 'Nos recomienda a una amiga')]);
  await shop.context.warehouse.insert('campaign_contact', [
    {
      record_id: recordId(shop.source, 'mailed'),
      contact_id: recordId(shop.source, 'mail'),
      source_id: shop.source,
      campaign_key: 'c1',
      occurred_at: at(5),
      channel: 'email',
      version: 1,
    },
  ]);
  const buy = (name: string, ...ago: number[]) =>
    shop.buy(...ago.map((days, i) => ({ record: name, order: `${name} ${i}`, at: at(days), amount: '30' })));
  await buy('once', 12);
  await buy('twice', 40, 20);
  await buy('often', 3, 10, 17, 24, 31, 38, 45);
  await buy('fan', 200);
  // Given away: a first purchase of nobody, and no second one.
  await shop.buy(...['called', 'once'].map((name) => ({ record: name, order: `${name} gift`, at: at(6), amount: '0' })));
  await scoreLifeCycle(shop);
  await fill();
  served = await serve(shop, [part], { may: { ana: ['customer.read', 'value.read', 'value.write'], eva: ['value.read'], luis: [] } });
});
afterAll(() => served?.close());

describe('the funnel', () => {
  it('counts who came to each step or further, by the facts', async () => {
    const view = await get('/funnel');
    expect(view.people).toBe(9);
    expect(view.before).toBe(2);
    // known · contacted · first · second · regular · recommends
    expect(counts(view)).toEqual([7, 6, 4, 3, 2, 1]);
    expect(view.trend).toEqual([{ day: expect.any(String), steps: [7, 6, 4, 3, 2, 1] }]);
  });

  it('opens each step into those who go no further', async () => {
    const { steps, before } = await get('/funnel');
    const names = async (step: number) =>
      (await get(`/funnel/stuck?step=${step}`)).items.map(({ name }: { name: string }) => name).toSorted();
    expect((await names(0)).length).toBe(before);
    for (const [i, { stuck }] of steps.entries()) expect((await names(i + 1)).length).toBe(stuck);
    expect(await names(2)).toEqual(['called', 'mailed']);
    expect(await names(6)).toEqual(['fan']);
    const first = await get('/funnel/stuck?step=2&limit=1');
    const second = await get(`/funnel/stuck?step=2&limit=1&cursor=${first.next}`);
    expect([first.items[0].name, second.items[0].name].toSorted()).toEqual(['called', 'mailed']);
    expect(second.next).toBeNull();
  });

  it('is told by source and by period', async () => {
    expect((await get(`/funnel?source=${OTHER}`)).people).toBe(1);
    expect(counts(await get('/funnel?from=2026-04-01&to=2026-06-30'))).toEqual([1, 1, 1, 0, 0, 0]);
    const { periods } = await get('/funnel');
    expect(periods.map(({ period, people }: { period: string; people: number }) => [period, people])).toEqual([
      ['2026-Q1', 8],
      ['2026-Q2', 1],
    ]);
  });

  it('shows what other steps would count, takes them, and takes them back', async () => {
    const changed: Definition = {
      target: { count: 40, statedOn: '2026-01-01' },
      steps: [
        { id: 'paid', name: 'Han gastado', conditions: [{ kind: 'spent', amount: 60, days: null }] },
        {
          id: 'lately',
          name: null,
          conditions: [
            { kind: 'bought', times: 2, days: 15 },
            { kind: 'contacted', direction: 'in', days: 30 },
          ],
        },
      ],
    };
    expect(counts((await served.ask('ana', 'POST', '/funnel/preview', changed)).body)).toEqual([2, 0]);
    expect(counts(await get('/funnel'))).toHaveLength(6);
    const { id } = (await served.ask('ana', 'PUT', '/funnel', changed)).body;
    const view = await get('/funnel');
    expect([counts(view), view.definition.target.count]).toEqual([[2, 0], 40]);
    expect((await served.ask('eva', 'PUT', '/funnel', changed)).status).toBe(403);
    expect((await served.ask('luis', 'GET', '/funnel')).status).toBe(403);
    expect((await served.ask('ana', 'POST', `/funnel/changes/${id}/undo`)).status).toBe(200);
    expect(counts(await get('/funnel'))).toEqual([7, 6, 4, 3, 2, 1]);
    expect((await get('/funnel')).definition).toEqual(DEFAULT_FUNNEL);
    expect((await served.ask('ana', 'POST', `/funnel/changes/${id}/undo`)).status).toBe(409);
  });

  it('is not written over what somebody else changed since', async () => {
    const wider = { ...DEFAULT_FUNNEL, target: { count: 50, statedOn: '2026-01-01' } };
    const { changes } = await get('/funnel');
    const based = `/funnel?basedOn=${changes[0].id}`;
    expect((await served.ask('ana', 'PUT', based, wider)).status).toBe(200);
    const late = await served.ask('ana', 'PUT', based, DEFAULT_FUNNEL);
    expect([late.status, late.body.code]).toEqual([409, 'VIN_SETTING_CONFLICT']);
    for (const unaware of ['/funnel', '/funnel?basedOn=standard']) {
      const { status, body } = await served.ask('ana', 'PUT', unaware, DEFAULT_FUNNEL);
      expect([unaware, status, body.code]).toEqual([unaware, 409, 'VIN_SETTING_CONFLICT']);
    }
    expect((await get('/funnel')).definition.target).toEqual(wider.target);
    const now = (await get('/funnel')).changes[0].id;
    expect((await served.ask('ana', 'PUT', `/funnel?basedOn=${now}`, DEFAULT_FUNNEL)).status).toBe(200);
  });

  it('asks every kind of condition', async () => {
    const one = async (condition: Definition['steps'][number]['conditions'][number]) => {
      const { status, body } = await served.ask('ana', 'POST', '/funnel/preview', {
        target: null,
        steps: [{ id: 'a', name: null, conditions: [condition] }],
      });
      expect([condition.kind, status, body.detail]).toEqual([condition.kind, 200, undefined]);
      return body.steps[0].customers;
    };
    expect(await one({ kind: 'reachable', ways: ['email'] })).toBe(4);
    expect(await one({ kind: 'consent', purpose: 'marketing' })).toBe(3);
    expect(await one({ kind: 'consent', purpose: 'profiling' })).toBe(0);
    expect(await one({ kind: 'contacted', direction: 'out', days: 30 })).toBe(1);
    expect(await one({ kind: 'topic', word: 'RECOMIENDA', days: null })).toBe(1);
    expect(await one({ kind: 'stage', stages: ['prospect'] })).toBe(5);
    expect(await one({ kind: 'segment', segment: OTHER })).toBe(0);
  });

  it('refuses two steps of one id', async () => {
    const step = DEFAULT_FUNNEL.steps[0]!;
    expect((await served.ask('ana', 'PUT', '/funnel', { target: null, steps: [step, step] })).status).toBe(400);
  });
});
