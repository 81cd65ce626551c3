// Profit over the real stores: a handful of customers that can be checked with a pencil.
import { newId, recordId, SYSTEM } from '@vinculo/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestShop, testShop } from '../shop.fixture.ts';
import { changeCosts } from './change-costs.ts';
import { NO_COSTS } from './cost-table.ts';
import { latestSnapshot } from './profit-snapshot.ts';
import { scoreMoney } from './score-money.fixture.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await testShop();
});
afterAll(() => shop?.close());

interface Row {
  revenue: number;
  margin: number | null;
  margin_basis: string;
  costs: Record<string, number>;
  cost_to_serve: number;
  profit: number | null;
  unknown_revenue: number;
}
const profitOf = async (customer: string) =>
  (await shop.context.warehouse.rows<Row>('select * from customer_profit where customer_id = {customer:UUID}', { customer }))[0];
const monthsOf = (customer: string) =>
  shop.context.warehouse.rows<{ month: number; profit: number | null; cost_to_serve: number }>(
    'select toUInt32(month) as month, profit, cost_to_serve from customer_month where customer_id = {customer:UUID} order by month',
    { customer },
  );
const contact = (record: string, at: string, channel: string, direction: string, topic = '') => ({
  record_id: recordId(shop.source, record),
  contact_id: newId(),
  source_id: shop.source,
  occurred_at: at,
  channel,
  direction,
  topic,
  import_id: newId(),
  version: 1,
});

describe('profit', () => {
  let ana: string;
  let luis: string;
  let eva: string;
  let pau: string;
  beforeAll(async () => {
    ana = await shop.customer('ana');
    luis = await shop.customer('luis');
    eva = await shop.customer('eva');
    pau = await shop.customer('pau');
    await shop.product('café', { category: 'Bebidas', cost: '2' });
    await shop.product('jarra', { category: 'Menaje' });
    await shop.buy(
      // Ana: two web orders, 100 with a known cost of 60 and 50 of a product of 20 % margin; 10 of discount.
      { record: 'ana', order: 'A1', at: '2026-01-10 10:00:00', amount: '100', cost: '60', discount: '10', channel: 'web' },
      { record: 'ana', order: 'A2', at: '2026-02-10 10:00:00', amount: '50', product: 'jarra', channel: 'web' },
      // Luis: 5 coffees at 3 and one back.
      { record: 'luis', order: 'L1', at: '2026-01-31 23:30:00', amount: '15', quantity: '5', product: 'café' },
      { record: 'luis', order: 'L2', at: '2026-03-01 10:00:00', amount: '-3', quantity: '-1', product: 'café' },
      // Pau: something nobody knows the margin of.
      { record: 'pau', order: 'P1', at: '2026-03-01 10:00:00', amount: '40', product: 'rareza' },
    );
    await shop.context.warehouse.insert('contact', [
      contact('luis', '2026-02-01 10:00:00', 'phone', 'in', 'Queja'),
      contact('luis', '2026-03-02 10:00:00', 'phone', 'in'),
      contact('luis', '2026-03-03 10:00:00', 'email', 'out'),
      contact('eva', '2026-03-03 10:00:00', 'visit', 'out'),
    ]);
  });

  it('without stated costs is the margin, and unknown where a margin is', async () => {
    await scoreMoney(shop);
    expect(await profitOf(ana)).toMatchObject({
      revenue: 150,
      margin: 40,
      margin_basis: 'none',
      profit: null,
      unknown_revenue: 50,
      costs: {},
    });
    expect(await profitOf(luis)).toMatchObject({ revenue: 12, margin: 4, margin_basis: 'cost', profit: 4 });
    // Eva only ever was visited, and that has cost nothing that anybody stated.
    expect(await profitOf(eva)).toBeUndefined();
    expect(await profitOf(pau)).toMatchObject({ margin: null, profit: null, unknown_revenue: 40 });
    const { overview } = (await latestSnapshot(shop.context.store.db))!;
    expect(overview).toMatchObject({ customers: 1, profit: 4, unknown: { customers: 2, revenue: 90 }, belowZero: { customers: 0 } });
    expect(overview.categories).toEqual(
      expect.arrayContaining([
        { category: 'Menaje', revenue: 50, uncosted: 50, observed: null },
        { category: 'Bebidas', revenue: 12, uncosted: 0, observed: 4 / 12 },
      ]),
    );
  });

  it('takes the margins and the costs that the company states, each from its month on', async () => {
    await changeCosts(shop.context, SYSTEM, {
      basedOn: 0,
      note: '',
      table: {
        margins: { company: 0.1, categories: [{ category: 'Menaje', margin: 0.2 }] },
        terms: [
          {
            kind: 'contact_in',
            via: 'phone',
            rates: [
              { from: null, amount: 4 },
              { from: '2026-03', amount: 5.5 },
            ],
          },
          { kind: 'contact_out', via: null, rates: [{ from: null, amount: 0.25 }] },
          { kind: 'visit', via: null, rates: [{ from: null, amount: 30 }] },
          { kind: 'case', via: 'Queja', rates: [{ from: null, amount: 10 }] },
          { kind: 'delivery', via: 'web', rates: [{ from: '2026-02', amount: 6 }] },
          { kind: 'return', via: null, rates: [{ from: null, amount: 2 }] },
          { kind: 'discount', via: null, rates: [{ from: null, amount: 50 }] },
        ],
      },
    });
    await scoreMoney(shop);
    // 40 + 20 % of 50, less one delivery since February and half of the 10 taken off.
    expect(await profitOf(ana)).toMatchObject({
      margin: 50,
      margin_basis: 'category',
      costs: { 'delivery.web': 6, discount: 5 },
      cost_to_serve: 11,
      profit: 39,
    });
    // 4 of margin; calls of 4 and 5.50, a complaint of 10, an e-mail of 0.25, a return of 2.
    expect(await profitOf(luis)).toMatchObject({
      margin: 4,
      costs: { 'contact_in.phone': 9.5, contact_out: 0.25, 'case.Queja': 10, return: 2 },
      profit: -17.75,
    });
    expect(await profitOf(eva)).toMatchObject({ revenue: 0, margin: 0, costs: { visit: 30 }, profit: -30 });
    expect(await profitOf(pau)).toMatchObject({ margin: 4, margin_basis: 'company', profit: 4 });
    // 23:30 of 31 January is February in Madrid.
    expect(await monthsOf(luis)).toEqual([
      { month: 202602, profit: 5 - 4 - 10, cost_to_serve: 14 },
      { month: 202603, profit: -1 - 5.5 - 0.25 - 2, cost_to_serve: 7.75 },
    ]);
  });

  it('sums up the base: who is below zero, how much they lose and why', async () => {
    const { overview, costsVersion } = (await latestSnapshot(shop.context.store.db))!;
    expect(costsVersion).toBe(1);
    expect(overview).toMatchObject({ customers: 4, revenue: 202, profit: 39 - 17.75 - 30 + 4, unknown: { customers: 0, revenue: 0 } });
    expect(overview.belowZero).toMatchObject({ customers: 2, loss: -47.75, neverBought: 1 });
    expect(overview.belowZero.reasons).toEqual([
      { reason: 'no_sales', customers: 1, loss: -30 },
      { reason: 'case.Queja', customers: 1, loss: -17.75 },
    ]);
    const costs = overview.costs.reduce((sum, [, amount]) => sum + amount, 0);
    expect(overview.margin - costs).toBeCloseTo(overview.profit, 6);
    expect(overview.byMonth.reduce((sum, { profit }) => sum + profit, 0)).toBeCloseTo(overview.profit, 6);
    expect(overview.curve.reduce((sum, { profit }) => sum + profit, 0)).toBeCloseTo(overview.profit, 6);
    expect(overview.deciles.reduce((sum, { customers }) => sum + customers, 0)).toBe(4);
  });

  it('spreads a yearly cost over the months somebody is a customer, a year beyond the last thing they did', async () => {
    const { context } = shop;
    await changeCosts(context, SYSTEM, {
      basedOn: 1,
      note: '',
      table: { ...NO_COSTS, terms: [{ kind: 'fixed', via: null, rates: [{ from: '2026-03', amount: 12 }] }] },
    });
    await scoreMoney(shop);
    const months = await monthsOf(luis);
    const [span] = await context.warehouse.rows<{ quantity: number }>(
      `select quantity from customer_effort where kind = 'fixed' and customer_id = {luis:UUID}`,
      { luis },
    );
    // From February 2026 until a year after March, or until this month.
    const now = new Date();
    const passed = (now.getUTCFullYear() - 2026) * 12 + now.getUTCMonth() - 1 + 1;
    expect(span!.quantity).toBe(Math.min(13, passed));
    expect(months.find(({ month }) => month === 202602)!.cost_to_serve).toBe(0);
    expect(months.find(({ month }) => month === 202603)!.cost_to_serve).toBe(1);
    expect((await profitOf(luis))!.cost_to_serve).toBe(span!.quantity - 1);
  });
});
