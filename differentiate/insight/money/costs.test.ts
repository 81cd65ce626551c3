// The cost table as people work with it: seen, tried, put in force, taken back.
import { recordId } from '@vinculo/postgres';
import { serve, type Served } from '@vinculo/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { part as scores } from '../scores/part.ts';
import { type TestShop, testShop } from '../shop.fixture.ts';
import { part } from './part.ts';
import { scoreMoney } from './score-money.fixture.ts';

const EMPTY = { terms: [], margins: { company: null, categories: [] } };
const calls = (...rates: { from: string | null; amount: number }[]) => ({ ...EMPTY, terms: [{ kind: 'contact_in', via: 'phone', rates }] });

let shop: TestShop;
let served: Served;
let ana: string;
let luis: string;
beforeAll(async () => {
  shop = await testShop();
  ana = await shop.customer('ana');
  luis = await shop.customer('luis');
  await shop.product('taza', { category: 'Menaje' });
  await shop.buy(
    { record: 'ana', order: 'A1', at: '2026-01-10 10:00:00', amount: '100', cost: '60' },
    { record: 'luis', order: 'L1', at: '2026-01-10 10:00:00', amount: '20', cost: '12' },
    { record: 'luis', order: 'L2', at: '2026-02-10 10:00:00', amount: '10', product: 'taza' },
  );
  const call = (record: string, n: number, at: string) => ({
    record_id: recordId(shop.source, record),
    contact_id: recordId(shop.source, `call ${record} ${n}`),
    source_id: shop.source,
    occurred_at: at,
    channel: 'phone',
    direction: 'in',
    version: 1,
  });
  await shop.context.warehouse.insert('contact', [
    call('ana', 1, '2026-01-12 10:00:00'),
    call('luis', 1, '2026-01-12 10:00:00'),
    call('luis', 2, '2026-02-12 10:00:00'),
    call('luis', 3, '2026-02-13 10:00:00'),
  ]);
  served = await serve(shop, [part, scores], {
    may: { jefa: ['value.read', 'value.write', 'customer.read'], vendedor: ['value.read', 'customer.read'] },
    idle: ['insight.score'],
  });
  await scoreMoney(shop);
});
afterAll(() => served?.close());

const put = (table: object, basedOn: number) => served.ask('jefa', 'PUT', '/costs', { table, basedOn, note: 'Prueba' });
const preview = async (table: object) => (await served.ask('jefa', 'POST', '/costs/previews', { table })).body;

describe('the cost table', () => {
  it('begins empty, with what there is to price and margins as proposals', async () => {
    const { body } = await served.ask('vendedor', 'GET', '/costs');
    expect(body).toMatchObject({ version: 0, table: EMPTY, scoredVersion: 0, uncosted: 10 });
    expect(body.observedMargin).toBeCloseTo(48 / 120, 9);
    expect(body.efforts).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'contact_in', via: 'phone', quantity: 4 })]));
    expect(body.categories).toEqual(
      expect.arrayContaining([expect.objectContaining({ category: 'Menaje', revenue: 10, uncosted: 10, observed: null })]),
    );
  });

  it('is tried before it applies, and the try says what the scoring then says', async () => {
    const draft = { ...calls({ from: null, amount: 3 }), margins: { company: 0.1, categories: [] } };
    const tried = await preview(draft);
    // Before, only Ana’s profit is known: 40. After, she leaves 37 and Luis 8 + 1 − 9.
    expect(tried.before).toEqual({ customers: 1, belowZero: 0, unknown: 1, profit: 40 });
    expect(tried.after).toMatchObject({ customers: 2, belowZero: 0, unknown: 0 });
    expect(tried.after.profit).toBeCloseTo(37, 6);
    // A fraction of a cent below zero is below zero, as in the profit of the base.
    expect((await preview(calls({ from: null, amount: 40.003 }))).after).toMatchObject({ customers: 1, belowZero: 1 });
    const dear = await preview({
      ...draft,
      terms: [
        {
          kind: 'contact_in',
          via: 'phone',
          rates: [
            { from: null, amount: 3 },
            { from: '2026-02', amount: 30 },
          ],
        },
      ],
    });
    expect(dear).toMatchObject({ fall: 1, rise: 0, after: { customers: 2, belowZero: 1 } });
    expect(dear.examples[0]).toMatchObject({ customerId: luis, name: 'luis', before: null });
    expect(dear.examples[0].after).toBeCloseTo(9 - 63, 6);

    expect(await put(draft, 0)).toMatchObject({ status: 200, body: { version: 1 } });
    // Not scored yet: what is in force and what is on the screens are told apart, in the preview too.
    expect((await served.ask('vendedor', 'GET', '/profit')).body.outdated).toBe(true);
    expect((await preview(draft)).before.profit).toBeCloseTo(37, 6);
    await scoreMoney(shop);
    const { body } = await served.ask('vendedor', 'GET', '/profit');
    expect(body).toMatchObject({ outdated: false, customers: 2, costsVersion: 1, unknown: { customers: 0 } });
    expect(body.steps.profit).toBeCloseTo(37, 6);
    expect(body.steps.terms).toEqual([expect.objectContaining({ term: 'contact_in.phone', kind: 'contact_in', via: 'phone', amount: 12 })]);
  });

  it('opens a customer’s profit down to units and prices', async () => {
    await put({ ...calls({ from: null, amount: 3 }, { from: '2026-02', amount: 30 }), margins: { company: 0.1, categories: [] } }, 1);
    await scoreMoney(shop);
    const { body } = await served.ask('vendedor', 'GET', `/customers/${luis}/profit`);
    expect(body).toMatchObject({
      revenue: 30,
      margin: 9,
      goods: 21,
      marginBasis: 'company',
      costToServe: 63,
      profit: -54,
      outdated: false,
    });
    expect(body.terms).toEqual([
      {
        term: 'contact_in.phone',
        side: 'cost',
        kind: 'contact_in',
        via: 'phone',
        model: null,
        amount: 63,
        quantity: 3,
        prices: [
          { from: null, amount: 3, quantity: 1, cost: 3 },
          { from: '2026-02', amount: 30, quantity: 2, cost: 60 },
        ],
      },
    ]);
    expect(body.unpriced).toEqual([{ kind: 'delivery', via: 'store', quantity: 2 }]);
    expect(body.byMonth.map(({ month, profit }: { month: string; profit: number }) => [month, profit])).toEqual([
      ['2026-01', 8 - 3],
      ['2026-02', 1 - 60],
    ]);
  });

  it('lists who is below zero and why, page by page, as many as the figure says', async () => {
    const { body } = await served.ask('vendedor', 'GET', '/profit/customers?which=below');
    expect(body.items).toEqual([
      expect.objectContaining({ id: luis, profit: -54, reason: expect.objectContaining({ reason: 'contact_in.phone' }) }),
    ]);
    const { body: overview } = await served.ask('vendedor', 'GET', '/profit');
    expect(overview.belowZero.reasons).toEqual([expect.objectContaining({ reason: 'contact_in.phone', customers: 1, loss: -54 })]);
    const first = await served.ask('vendedor', 'GET', '/profit/customers?order=best&limit=1');
    expect(first.body.items).toEqual([expect.objectContaining({ id: ana })]);
    const second = await served.ask('vendedor', 'GET', `/profit/customers?order=best&limit=1&cursor=${first.body.next}`);
    expect(second.body).toMatchObject({ items: [expect.objectContaining({ id: luis })], next: null });
    for (const { decile, customers } of overview.deciles) {
      expect((await served.ask('vendedor', 'GET', `/profit/customers/count?decile=${decile}`)).body.count).toBe(customers);
    }
  });

  it('remembers every change, takes it back, and lets nobody write over another', async () => {
    expect(await put(EMPTY, 1)).toMatchObject({ status: 409, body: { code: 'VIN_COST_CHANGED' } });
    const undone = await served.ask('jefa', 'POST', '/costs/versions/1/restore');
    expect(undone).toMatchObject({ status: 200, body: { version: 3 } });
    const { body } = await served.ask('vendedor', 'GET', '/costs/versions');
    expect(body.items.map(({ version, restores }: { version: number; restores: number | null }) => [version, restores])).toEqual([
      [3, 1],
      [2, null],
      [1, null],
    ]);
    expect(body.items[1]).toMatchObject({
      by: 'jefa',
      note: 'Prueba',
      changes: [{ of: 'term', kind: 'contact_in', via: 'phone', from: '2026-02', before: null, after: 30 }],
    });
    await scoreMoney(shop);
    expect((await served.ask('vendedor', 'GET', `/customers/${luis}/profit`)).body.profit).toBe(0);
    expect((await served.ask('jefa', 'POST', '/costs/versions/0/restore')).body).toEqual({ version: 4 });
    expect((await served.ask('jefa', 'POST', '/costs/versions/99/restore')).status).toBe(404);
  });

  it('is refused to those who may only look, and where it makes no sense', async () => {
    expect((await served.ask('vendedor', 'PUT', '/costs', { table: EMPTY, basedOn: 4 })).status).toBe(403);
    expect((await served.ask('vendedor', 'POST', '/costs/previews', { table: EMPTY })).status).toBe(403);
    for (const wrong of [
      calls({ from: null, amount: -1 }),
      calls({ from: '2026-13', amount: 1 }),
      calls({ from: null, amount: 1 }, { from: null, amount: 2 }),
      calls({ from: null, amount: 0.00001 }),
      { ...EMPTY, margins: { company: 2, categories: [] } },
    ])
      expect((await put(wrong, 4)).status).toBe(400);
  });
});
