// Scoring over the real stores: the figures of a handful of customers that can be checked by hand.
import { countCustomers } from '@vinculo/customer-file';
import { newId, recordId } from '@vinculo/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { home } from '../home/home.ts';
import { type Line, type TestShop, testShop } from '../shop.fixture.ts';
import { valueOverview } from './value-overview.ts';

const [ana, luis, eva] = [newId(), newId(), newId()];

let shop: TestShop;
beforeAll(async () => {
  shop = await testShop();
});
afterAll(() => shop?.close());

describe('scoring', () => {
  beforeAll(async () => {
    // Ana is two records: a card and a web account.
    await shop.identity('ana-card', ana);
    await shop.identity('ana-web', ana);
    await shop.identity('luis', luis);
    await shop.identity('eva', eva);
    await shop.product('p1', { category: 'Café', price: '5', cost: '2' });
    await shop.buy(
      { record: 'ana-card', order: 'A1', at: '2026-01-10 10:00:00', amount: '60', cost: '40', list: '80', discount: '20' },
      { record: 'ana-card', order: 'A1', at: '2026-01-10 10:00:00', amount: '5', product: 'p1' },
      { record: 'ana-web', order: 'W1', at: '2026-03-01 09:00:00', amount: '40', cost: '30', channel: 'web' },
      { record: 'ana-web', order: 'W1', at: '2026-03-02 09:00:00', amount: '-10', cost: '-8', channel: 'web' },
      { record: 'luis', order: 'L1', at: '2025-06-01 12:00:00', amount: '20' },
      { record: 'luis', order: 'L2', at: '2025-07-01 12:00:00', amount: '999', currency: 'USD' },
      { record: 'nobody', order: 'N1', at: '2026-02-01 12:00:00', amount: '500' },
    );
    await shop.score();
  });

  it('adds up every record of a customer, returns as negative, and the product’s cost where the line has none', async () => {
    const row = await shop.scoreOf(ana);
    expect(row).toMatchObject({ orders: 2, channels: ['store', 'web'], decile: 1 });
    expect(Number(row!.revenue)).toBe(95);
    expect(Number(row!.margin)).toBe(95 - 40 - 2 - 30 + 8);
    expect(Number(row!.returned)).toBe(10);
    // 20 saved of a list of 80 + 5 + 40 (a return has no list price below nothing).
    expect(row!.discount_share).toBeCloseTo(20 / 125, 5);
    expect(row!.first_purchase_at).toEqual(new Date('2026-01-10T10:00:00Z'));
    // When the order was made; what came back of it a day later is no purchase.
    expect(row!.last_purchase_at).toEqual(new Date('2026-03-01T09:00:00Z'));
  });

  it('leaves other currencies out, says no margin where no cost is known, and scores buyers only', async () => {
    const row = await shop.scoreOf(luis);
    expect(Number(row!.revenue)).toBe(20);
    expect(row).toMatchObject({ orders: 1, margin: null });
    expect(await shop.scoreOf(eva)).toBeUndefined();
  });

  it('sums up the base: nobody’s purchases are not counted, the curve ends at the whole', async () => {
    const overview = await valueOverview(shop.context);
    expect(overview).toMatchObject({ buyers: 2, revenue: 115, orders: 3, margin: 31, currency: 'EUR' });
    expect(overview.concentration).toHaveLength(101);
    expect(overview.concentration.at(-1)).toEqual({ customers: 1, revenue: 1 });
    expect(overview.concentration[50]!.revenue).toBeCloseTo(95 / 115, 6);
    expect(overview.groups.reduce((sum, { customers }) => sum + customers, 0)).toBe(2);
    expect(overview.map.reduce((sum, { customers }) => sum + customers, 0)).toBe(2);
  });

  it('again with nothing new says the same, over the same indexes', async () => {
    const indexes = async () =>
      (
        await sql`select indexname, indexdef from pg_indexes where tablename = 'customer_score' order by indexname`.execute(
          shop.context.store.db,
        )
      ).rows;
    const [score, built] = [await shop.scoreOf(ana), await indexes()];
    await shop.score();
    expect(await shop.scoreOf(ana)).toEqual({ ...score, computed_at: expect.any(Date) });
    expect(await indexes()).toEqual(built);
    expect(built.length).toBe(3);
  });

  it('follows a merge: the purchases of a record go with it', async () => {
    await shop.identity('luis', ana, 2);
    await shop.score();
    expect(await shop.scoreOf(luis)).toBeUndefined();
    expect(Number((await shop.scoreOf(ana))!.revenue)).toBe(115);
  });

  it('has a score without a stage of who only brings things back: lists ask for stages of buyers', async () => {
    const pia = await shop.customer('pia-back');
    await shop.buy({ record: 'pia-back', order: 'P1', at: '2026-02-01 12:00:00', amount: '-15' });
    await shop.score();
    const row = await shop.scoreOf(pia);
    expect(Number(row!.revenue)).toBe(-15);
    expect(row!.stage).toBeNull();
  });

  it('counts as orders what boards count: nothing that was only brought back or given away', async () => {
    const [before, pia] = [await valueOverview(shop.context), await shop.scoreOf(recordId('customer', 'pia-back'))];
    expect(pia).toMatchObject({ orders: 0, frequency: 1, last_purchase_at: new Date('2026-02-01T12:00:00Z') });
    await shop.buy(
      { record: 'ana-web', order: 'W2', at: '2026-03-05 09:00:00', amount: '-4' },
      { record: 'ana-web', order: 'W3', at: '2026-03-06 09:00:00', amount: '0' },
      { record: 'ana-web', order: 'W4', at: '2026-03-07 09:00:00', amount: '4' },
      { record: 'ana-web', order: 'W5', at: '2026-03-08 09:00:00', amount: '-1' },
    );
    await shop.score();
    expect(await shop.scoreOf(ana)).toMatchObject({ orders: 4, last_purchase_at: new Date('2026-03-07T09:00:00Z') });
    const overview = await valueOverview(shop.context);
    expect([overview.orders, overview.buyers]).toEqual([before.orders + 1, before.buyers]);
    const [boards] = await shop.context.warehouse.rows<{ orders: number }>(
      'select toUInt32(countIf(amount > 0)) as orders from fact_order',
    );
    expect(overview.orders).toBe(boards!.orders);
    const [months] = await shop.context.warehouse.rows<{ orders: number }>('select toUInt32(sum(orders)) as orders from customer_month');
    expect(months!.orders).toBe(boards!.orders);
  });
});

describe('Inicio', () => {
  const as = (...permissions: string[]) => ({ permissions: new Set(permissions) });
  it('tells what the base is worth, and who leaves, to those who may see worth', async () => {
    const whole = shop.context;
    const seen = await home(whole, as('customer.read', 'value.read'));
    expect(seen.value?.revenue).toBe(99);
    const cut = await home(whole, as('customer.read'));
    expect(cut.value).toBeNull();
    expect(cut.needs.filter(({ key }) => ['cant_lose', 'at_risk', 'welcome'].includes(key))).toEqual([]);
    expect(cut.customers).toBe(seen.customers);
  });
});

describe('the lists behind the figures', () => {
  const MANY = 137; // no round number: tenths and hundredths have ends in the middle of it
  beforeAll(async () => {
    const crowd = Array.from({ length: MANY }, () => newId());
    await sql`
      insert into customer (id, kind, display_name, sort_name, golden, records, sources, search)
      select id, 'person', 'Cliente', 'cliente', '{}', 1, '{}', '' from unnest(${crowd}::uuid[]) as c(id)`.execute(shop.context.store.db);
    await shop.asked();
    await shop.context.warehouse.insert(
      'identity',
      crowd.map((customer, i) => ({ record_id: recordId(shop.source, `crowd ${i}`), customer_id: customer, version: 1 })),
    );
    // The few of before are no customers of the desk: their purchases go, so that everybody counted is on a list.
    await shop.context.warehouse.command('truncate table purchase');
    const bought: Line[] = [];
    for (let i = 0; i < MANY; i++) {
      for (let order = 0; order <= (i * 7) % 5; order++) {
        const month = 1 + ((i * 3 + order * 2) % 12);
        // The last hour of a month in UTC is the next month already in Madrid, where the company is.
        const at = new Date(Date.UTC(2025, month, 0, 23, 30)).toISOString().slice(0, 19).replace('T', ' ');
        bought.push({ record: `crowd ${i}`, order: `C${i}.${order}`, at, amount: String(10 + ((i * 31) % 97)), cost: i % 3 ? '4' : null });
      }
    }
    await shop.buy(...bought);
    await shop.score();
  });

  it('hold exactly so many customers as each figure says', async () => {
    const overview = await valueOverview(shop.context);
    const count = async (filter: Parameters<typeof countCustomers>[1]) => (await countCustomers(shop.context.store, filter)).count;
    expect(overview.buyers).toBe(MANY);
    expect(await count({ buyers: 'yes' })).toBe(MANY);
    expect(overview.best.map(({ customers }) => customers)).toEqual([2, 7, 14, 28]);
    for (const { percent, customers } of overview.best) expect([percent, await count({ best: percent })]).toEqual([percent, customers]);
    expect(overview.map.length).toBeGreaterThan(8);
    for (const { recency, frequency, customers } of overview.map)
      expect([recency, frequency, await count({ recency, frequency })]).toEqual([recency, frequency, customers]);
    expect(overview.byMonth.length).toBeGreaterThan(9);
    expect(overview.byMonth.at(-1)!.month).toBe('2026-01');
    for (const { month, buyers } of overview.byMonth) expect([month, await count({ bought: month })]).toEqual([month, buyers]);
    for (const { decile, customers } of overview.deciles) expect(await count({ decile })).toBe(customers);
    for (const { group, customers } of overview.groups) expect(await count({ group: group as 'loyal' })).toBe(customers);
    const last = await Promise.all(overview.byMonth.map(({ month }) => count({ lastPurchase: month })));
    expect(last.reduce((sum, n) => sum + n)).toBe(MANY);
  });

  it('the best bring the share that is said, of revenue and of margin: the same customers', async () => {
    const { best } = await valueOverview(shop.context);
    const { rows } = await sql<{ revenue: string; margin: string | null }>`
      select revenue, margin from customer_score order by revenue desc, customer_id`.execute(shop.context.store.db);
    const sum = (of: 'revenue' | 'margin', first = rows.length) =>
      rows.slice(0, first).reduce((total, row) => total + Number(row[of] ?? 0), 0);
    for (const { customers, revenueShare, marginShare } of best) {
      expect(revenueShare).toBeCloseTo(sum('revenue', customers) / sum('revenue'), 9);
      expect(marginShare).toBeCloseTo(sum('margin', customers) / sum('margin'), 9);
    }
  });
});
