// Scoring over the real stores: the figures of a handful of customers that can be checked by hand.
import { createSettings } from '@vinculo/http';
import { newId, recordId } from '@vinculo/postgres';
import { type TestStores, testStores } from '@vinculo/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scoreCustomers } from './score-customers.ts';
import { valueOverview } from './value-overview.ts';

const folder = (path: string) => new URL(path, import.meta.url);
const quiet = { progress: async () => {}, signal: new AbortController().signal };
const source = newId();
const [ana, luis, eva] = [newId(), newId(), newId()];

interface Line {
  record: string;
  order: string;
  at: string;
  amount: string;
  discount?: string;
  list?: string | null;
  cost?: string | null;
  product?: string;
  currency?: string;
  channel?: string;
}

let stores: TestStores;
let line = 0;
beforeAll(async () => {
  stores = await testStores({
    migrations: [
      { name: 'customer-file', folder: folder('../../identify/customer-file/migrations/') },
      { name: 'insight', folder: folder('./migrations/') },
    ],
    warehouseMigrations: [
      { name: 'customer-file', folder: folder('../../identify/customer-file/warehouse/') },
      { name: 'insight', folder: folder('./warehouse/') },
    ],
  });
});
afterAll(() => stores.close());

const context = () => ({ store: stores.store, warehouse: stores.warehouse, settings: createSettings(stores.store, stores.config) });

async function identity(key: string, customer: string, version = 1) {
  await stores.warehouse.insert('identity', [{ record_id: recordId(source, key), customer_id: customer, version }]);
}

async function buy(...lines: Line[]) {
  await stores.warehouse.insert(
    'purchase',
    lines.map((bought) => ({
      record_id: recordId(source, bought.record),
      line_id: recordId(source, `line ${line++}`),
      source_id: source,
      order_key: bought.order,
      occurred_at: bought.at,
      product_key: bought.product ?? '',
      quantity: '1',
      amount: bought.amount,
      list_amount: bought.list ?? null,
      discount: bought.discount ?? '0',
      coupon_discount: '0',
      cost: bought.cost ?? null,
      currency: bought.currency ?? 'EUR',
      channel: bought.channel ?? 'store',
      store: '1',
      import_id: newId(),
      version: 1,
    })),
  );
}

const score = async (customer: string) =>
  (await sql<Record<string, unknown>>`select * from customer_score where customer_id = ${customer}`.execute(stores.store.db)).rows[0];

describe('scoring', () => {
  beforeAll(async () => {
    // Ana is two records: a card and a web account.
    await identity('ana-card', ana);
    await identity('ana-web', ana);
    await identity('luis', luis);
    await identity('eva', eva);
    await stores.warehouse.insert('product', [
      {
        product_key: 'p1',
        name: 'Café',
        category: 'Café',
        subcategory: '',
        brand: '',
        price: '5',
        cost: '2',
        import_id: newId(),
        version: 1,
      },
    ]);
    await buy(
      { record: 'ana-card', order: 'A1', at: '2026-01-10 10:00:00', amount: '60', cost: '40', list: '80', discount: '20' },
      { record: 'ana-card', order: 'A1', at: '2026-01-10 10:00:00', amount: '5', product: 'p1' },
      { record: 'ana-web', order: 'W1', at: '2026-03-01 09:00:00', amount: '40', cost: '30', channel: 'web' },
      { record: 'ana-web', order: 'W1', at: '2026-03-02 09:00:00', amount: '-10', cost: '-8', channel: 'web' },
      { record: 'luis', order: 'L1', at: '2025-06-01 12:00:00', amount: '20' },
      { record: 'luis', order: 'L2', at: '2025-07-01 12:00:00', amount: '999', currency: 'USD' },
      { record: 'nobody', order: 'N1', at: '2026-02-01 12:00:00', amount: '500' },
    );
    await scoreCustomers(context(), quiet);
  });

  it('adds up every record of a customer, returns as negative, and the product’s cost where the line has none', async () => {
    const row = await score(ana);
    expect(row).toMatchObject({ orders: 2, channels: ['store', 'web'], decile: 1 });
    expect(Number(row!.revenue)).toBe(95);
    expect(Number(row!.margin)).toBe(95 - 40 - 2 - 30 + 8);
    expect(Number(row!.returned)).toBe(10);
    expect(Number(row!.average_order)).toBe(47.5);
    // 20 saved of a list of 80 + 5 + 40 (a return has no list price below nothing).
    expect(row!.discount_share).toBeCloseTo(20 / 125, 5);
    expect(row!.first_purchase_at).toEqual(new Date('2026-01-10T10:00:00Z'));
    expect(row!.last_purchase_at).toEqual(new Date('2026-03-02T09:00:00Z'));
  });

  it('leaves other currencies out, says no margin where no cost is known, and scores buyers only', async () => {
    const row = await score(luis);
    expect(Number(row!.revenue)).toBe(20);
    expect(row).toMatchObject({ orders: 1, margin: null });
    expect(await score(eva)).toBeUndefined();
  });

  it('sums up the base: nobody’s purchases are not counted, the curve ends at the whole', async () => {
    const overview = await valueOverview(context());
    expect(overview).toMatchObject({ buyers: 2, revenue: 115, orders: 3, margin: 31, currency: 'EUR' });
    expect(overview.concentration).toHaveLength(101);
    expect(overview.concentration.at(-1)).toEqual({ customers: 1, revenue: 1 });
    expect(overview.concentration[50]!.revenue).toBeCloseTo(95 / 115, 6);
    expect(overview.groups.reduce((sum, { customers }) => sum + customers, 0)).toBe(2);
    expect(overview.map.reduce((sum, { customers }) => sum + customers, 0)).toBe(2);
  });

  it('again with nothing new writes nothing', async () => {
    const before = await score(ana);
    await scoreCustomers(context(), quiet);
    expect(await score(ana)).toEqual(before);
  });

  it('follows a merge: the purchases of a record go with it', async () => {
    await identity('luis', ana, 2);
    await scoreCustomers(context(), quiet);
    expect(await score(luis)).toBeUndefined();
    expect(Number((await score(ana))!.revenue)).toBe(115);
  });
});
