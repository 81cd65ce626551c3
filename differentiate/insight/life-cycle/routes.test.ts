// What people see of the life cycle: every number holds as many customers as its list.
import { recordId } from '@vinculo/postgres';
import { type Served, serve } from '@vinculo/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { part } from './part.ts';
import { scoreLifeCycle } from './score.fixture.ts';
import { latestSummary } from './summary.ts';
import { type TestShop, testShop } from '../shop.fixture.ts';

const DAY = 86_400_000;
const PEOPLE = 120;
let shop: TestShop;
let served: Served;
const ids: string[] = [];
/** Who has left by their own rhythm: every fifth stopped, and some regulars are overdue. */
let lost = 0;

/** Most buy every ten days or so, each from another day on; every fifth has left. */
function purchases(n: number): { at: string; amount: string; channel: string }[] {
  const began = 800 - n * 4;
  const left = n % 5 === 0 ? 200 : 3;
  const days: number[] = [];
  for (let ago = began; ago > left; ago -= 6 + ((n * 7 + ago) % 9)) days.push(ago);
  const channel = n % 3 ? 'store' : 'web';
  const at = (ago: number) => new Date(Date.now() - ago * DAY).toISOString().slice(0, 19).replace('T', ' ');
  const bought = days.map((ago, i) => ({ at: at(ago), amount: String(10 + ((n + i) % 30)), channel }));
  // Some had brought something back before all that, or been given it elsewhere: it began nothing.
  const other = channel === 'web' ? 'store' : 'web';
  if (n % 7 === 5) return [{ at: at(began + 45), amount: '0', channel: other }, ...bought, { at: at(1), amount: '0', channel }];
  return n % 7 === 3 ? [{ at: at(began + 45), amount: '-2', channel }, ...bought] : bought;
}

beforeAll(async () => {
  shop = await testShop();
  for (let n = 0; n < PEOPLE; n++) ids.push(await shop.customer(`p${n}`));
  await shop.buy(...ids.flatMap((_, n) => purchases(n).map((bought, i) => ({ ...bought, record: `p${n}`, order: `${n}.${i}` }))));
  for (const [n, id] of ids.entries()) await shop.known(id, { province: n % 2 ? 'Madrid' : 'Sevilla', seen: '2025-01-01 00:00:00Z' });
  await shop.context.warehouse.insert('contact', [
    {
      record_id: recordId(shop.source, 'p1'),
      contact_id: recordId(shop.source, 'call'),
      source_id: shop.source,
      occurred_at: new Date(Date.now() - 20 * DAY).toISOString().slice(0, 19).replace('T', ' '),
      channel: 'phone',
      direction: 'in',
      topic: 'Reclamación',
      outcome: '',
      agent: '',
      text: '',
      version: 1,
    },
  ]);
  await scoreLifeCycle(shop);
  lost = (await latestSummary(shop.context.store))!.stages.find(({ stage }) => stage === 'lost')!.customers;
  served = await serve(shop, [part], {
    may: { ana: ['customer.read', 'value.read', 'value.write'], eva: ['customer.read', 'value.read'], luis: ['customer.read'] },
    idle: ['insight.score'],
  });
});
afterAll(() => served?.close());

const get = async (path: string, who = 'ana') => {
  const { status, body } = await served.ask(who, 'GET', path);
  expect([path, status, body?.detail]).toEqual([path, 200, undefined]);
  return body;
};

describe('the stages', () => {
  it('are seen with value.read only', async () => {
    expect((await served.ask('luis', 'GET', '/life-cycle')).status).toBe(403);
    expect((await served.ask('eva', 'GET', '/life-cycle')).status).toBe(200);
    expect((await served.ask('eva', 'PUT', '/life-cycle/rules', {})).status).toBe(403);
  });

  it('open into lists of as many', async () => {
    const summary = await get('/life-cycle');
    expect(summary.stages.find(({ stage }: { stage: string }) => stage === 'lost').customers).toBeGreaterThanOrEqual(PEOPLE / 5);
    for (const { before, after, customers } of summary.moves) {
      const list = await get(`/life-cycle/members?before=${before}&after=${after}`);
      expect([before, after, list.count]).toEqual([before, after, customers]);
    }
  });

  it('of one customer go down to the gaps', async () => {
    const one = await get(`/customers/${ids[5]}/life-cycle`);
    expect(one).toMatchObject({ stage: 'lost', expectedLoss: 0, byModel: false });
    expect(one.gaps.length).toBeGreaterThan(10);
    expect(one.limits.atRisk).toBeLessThan(one.limits.inactive);
    expect(one.silentDays).toBeGreaterThan(one.limits.lost);
    expect(one.quantile).toBeGreaterThan(0.99);
    expect(one.changes[0]).toMatchObject({ before: null, after: 'lost' });
    expect(await get('/customers/018f0000-0000-7000-8000-000000000000/life-cycle')).toBeNull();
  });
});

describe('the risk', () => {
  it('lists whom it would cost most to lose, page after page, and nobody already lost', async () => {
    const seen: { id: string; expectedLoss: number; stage: string; reasons: unknown[] }[] = [];
    for (let cursor = ''; ; ) {
      const page = await get(`/life-cycle/risk?limit=17${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items);
      if (!page.next) break;
      cursor = page.next;
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(PEOPLE - lost);
    expect(seen.map(({ expectedLoss }) => expectedLoss)).toEqual(seen.map(({ expectedLoss }) => expectedLoss).toSorted((a, b) => b - a));
    expect(seen.every(({ stage, reasons }) => stage !== 'lost' && reasons.length > 0)).toBe(true);
  });
});

describe('churn', () => {
  it('adds up: who came less who was lost is who is there, and every loss opens its list', async () => {
    const { months } = await get('/life-cycle/churn');
    const last = months.at(-1);
    expect(last.running).toBe(true);
    expect(last.customers + last.gained + last.back - last.lost).toBe(PEOPLE - lost);
    expect(months.reduce((sum: number, { lost }: { lost: number }) => sum + lost, 0)).toBeGreaterThanOrEqual(PEOPLE / 5);
    for (const { month, lost } of months) if (lost > 0) expect((await get(`/life-cycle/members?lostIn=${month}`)).count).toBe(lost);
  });

  it('is told of one source, province or channel', async () => {
    const all = await get('/life-cycle/churn');
    const [madrid, sevilla] = [await get('/life-cycle/churn?province=Madrid'), await get('/life-cycle/churn?province=Sevilla')];
    const customers = ({ months }: typeof all) => months.at(-1).customers;
    expect(customers(madrid) + customers(sevilla)).toBe(customers(all));
    expect(new Set(all.by.map(({ kind }: { kind: string }) => kind))).toEqual(new Set(['channel', 'province']));
    expect(await get('/life-cycle/churn?segment=018f0000-0000-7000-8000-000000000000')).toMatchObject({ months: [{ customers: 0 }] });
  });

  it('knows how long customers stay', async () => {
    const { survival } = await get('/life-cycle/churn');
    expect(survival[0]).toEqual({ month: 0, share: 1, atRisk: PEOPLE });
    for (let i = 1; i < survival.length; i++) expect(survival[i].share).toBeLessThanOrEqual(survival[i - 1].share);
  });
});

describe('the cohorts', () => {
  it('begin whole, and every cell opens into its customers', async () => {
    for (const size of ['month', 'quarter']) {
      const { cohorts, channels } = await get(`/life-cycle/cohorts?size=${size}`);
      expect(channels).toEqual(['store', 'web']);
      expect(cohorts.reduce((sum: number, { customers }: { customers: number }) => sum + customers, 0)).toBe(PEOPLE);
      for (const { cohort, customers, cells } of cohorts) {
        expect(cells[0]).toMatchObject({ since: 0, of: customers, customers });
        for (const cell of cells.slice(0, 4)) {
          const list = await get(`/life-cycle/members?cohort=${cohort}&since=${cell.since}`);
          expect([cohort, cell.since, list.count]).toEqual([cohort, cell.since, cell.customers]);
        }
        expect((await get(`/life-cycle/members?cohort=${cohort}`)).count).toBe(customers);
      }
    }
  });

  it('begin with as many as churn gained in their month, of everybody and of one channel', async () => {
    for (const query of ['', 'channel=web', 'channel=store']) {
      const { months } = await get(`/life-cycle/churn?${query}`);
      const { cohorts } = await get(`/life-cycle/cohorts?${query}`);
      const newcomers = new Map(cohorts.map(({ cohort, customers }: { cohort: string; customers: number }) => [cohort, customers]));
      expect(months.map(({ month, gained }: { month: string; gained: number }) => [query, month, gained])).toEqual(
        months.map(({ month }: { month: string }) => [query, month, newcomers.get(month) ?? 0]),
      );
      expect(months.some(({ gained }: { gained: number }) => gained > 1)).toBe(true);
    }
  });

  it('are those of one channel when asked', async () => {
    const of = async (channel: string) =>
      (await get(`/life-cycle/cohorts?channel=${channel}`)).cohorts.reduce((sum: number, c: { customers: number }) => sum + c.customers, 0);
    expect(await of('web')).toBe(PEOPLE / 3);
    expect(await of('store')).toBe((PEOPLE / 3) * 2);
  });
});

describe('the rules', () => {
  it('show how many they would move, change, and are taken back', async () => {
    const { rules } = await get('/life-cycle/rules');
    const strict = { ...rules, atRisk: 0.5, inactive: 0.6, lost: 0.7 };
    const preview = (await served.ask('ana', 'POST', '/life-cycle/rules/preview', strict)).body;
    expect(preview.customers).toBe(PEOPLE);
    expect(preview.moved).toBeGreaterThan(0);
    expect((await served.ask('ana', 'POST', '/life-cycle/rules/preview', rules)).body.moved).toBe(0);

    const { id, jobId } = (await served.ask('ana', 'PUT', '/life-cycle/rules', strict)).body;
    expect(jobId).toBeTruthy();
    expect((await get('/life-cycle/rules')).rules.atRisk).toBe(0.5);
    await scoreLifeCycle(shop);
    const lostOf = ({ stages }: { stages: { stage: string; customers: number }[] }) =>
      stages.find(({ stage }) => stage === 'lost')!.customers;
    expect(lostOf(await get('/life-cycle'))).toBe(
      preview.moves
        .filter(({ after }: { after: string }) => after === 'lost')
        .reduce((sum: number, m: { customers: number }) => sum + m.customers, 0),
    );
    expect((await served.ask('ana', 'POST', `/life-cycle/rules/${id}/undo`)).status).toBe(200);
    const after = await get('/life-cycle/rules');
    expect(after.rules.atRisk).toBe(0.9);
    expect(after.changes).toHaveLength(2);
    expect((await served.ask('ana', 'POST', `/life-cycle/rules/${id}/undo`)).status).toBe(409);
  });

  it('are not written over what somebody else changed since', async () => {
    const { rules, changes } = await get('/life-cycle/rules');
    const based = `/life-cycle/rules?basedOn=${changes[0].id}`;
    const { status, body } = await served.ask('ana', 'PUT', based, { ...rules, newVisits: 4 });
    expect(status).toBe(200);
    const late = await served.ask('ana', 'PUT', based, { ...rules, newVisits: 9 });
    expect([late.status, late.body.code]).toEqual([409, 'VIN_SETTING_CONFLICT']);
    const unaware = await served.ask('ana', 'PUT', '/life-cycle/rules', { ...rules, newVisits: 9 });
    expect([unaware.status, unaware.body.code]).toEqual([409, 'VIN_SETTING_CONFLICT']);
    expect((await get('/life-cycle/rules')).rules.newVisits).toBe(4);
    expect((await served.ask('ana', 'POST', `/life-cycle/rules/${body.id}/undo`)).status).toBe(200);
  });

  it('refuse silences out of order', async () => {
    const { rules } = await get('/life-cycle/rules');
    const refused = await served.ask('ana', 'PUT', '/life-cycle/rules', { ...rules, inactive: 0.5 });
    expect([refused.status, refused.body.code]).toEqual([422, 'VIN_LIFECYCLE_STAGE_ORDER']);
  });
});
