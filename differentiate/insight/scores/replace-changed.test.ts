// What scoring may leave as it is, and what makes it begin again.
import { newId, SYSTEM } from '@vinculo/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeCosts } from '../money/change-costs.ts';
import { currentCosts } from '../money/current-costs.ts';
import { type TestShop, testShop } from '../shop.fixture.ts';

const ana = newId();
let shop: TestShop;
beforeAll(async () => {
  shop = await testShop();
  await shop.identity('ana', ana);
  await shop.product('p1', { category: 'Café', price: '5', cost: '2' });
  await shop.buy(
    { record: 'ana', order: 'A1', at: '2026-01-10 10:00:00', amount: '60', product: 'p1' },
    { record: 'ana', order: 'A2', at: '2026-02-10 10:00:00', amount: '40' },
    { record: 'ana web', order: 'W1', at: '2026-03-10 10:00:00', amount: '5' },
  );
  // Parts that would be put together by themselves sooner or later.
  for (const table of ['purchase', 'identity', 'product']) await shop.context.warehouse.command(`optimize table ${table} final`);
  await shop.score();
});
afterAll(() => shop?.close());

/** The very tables in force: one that is made anew is another. */
async function tables(): Promise<{ lines: string; orders: string }> {
  const found = await shop.context.warehouse.rows<{ name: string; uuid: string }>(
    `select name, toString(uuid) as uuid from system.tables
      where database = currentDatabase() and name in ('customer_line', 'customer_order') order by name`,
  );
  return { lines: found[0]!.uuid, orders: found[1]!.uuid };
}

/** Scores after something has happened, and says whether lines and orders were made anew. */
async function anew(happened: () => Promise<unknown>): Promise<{ lines: boolean; orders: boolean }> {
  await happened();
  const before = await tables();
  await shop.score();
  const after = await tables();
  return { lines: after.lines !== before.lines, orders: after.orders !== before.orders };
}

const figures = async () => {
  const row = await shop.scoreOf(ana);
  return { revenue: Number(row?.revenue), margin: row?.margin === null ? null : Number(row?.margin), orders: row?.orders };
};

describe('lines and orders', () => {
  it('stay as they are where nothing that is in them has changed', async () => {
    expect(await figures()).toEqual({ revenue: 100, margin: 58, orders: 2 });
    expect(await anew(async () => {})).toEqual({ lines: false, orders: false });
    expect(await anew(() => shop.known(ana, { email: 'ana@example.com' }))).toEqual({ lines: false, orders: false });
    expect(await figures()).toEqual({ revenue: 100, margin: 58, orders: 2 });
  });

  it('are made anew for another purchase, product or owner of a record', async () => {
    expect(await anew(() => shop.buy({ record: 'ana', order: 'A3', at: '2026-04-01 10:00:00', amount: '10' }))).toEqual({
      lines: true,
      orders: true,
    });
    expect(await figures()).toEqual({ revenue: 110, margin: 58, orders: 3 });
    expect(await anew(() => shop.product('p1', { category: 'Café', cost: '3' }))).toEqual({ lines: true, orders: true });
    expect(await figures()).toEqual({ revenue: 110, margin: 57, orders: 3 });
    expect(await anew(() => shop.identity('ana web', ana, 2))).toEqual({ lines: true, orders: true });
    expect(await figures()).toEqual({ revenue: 115, margin: 57, orders: 4 });
  });

  it('are made anew for another margin stated', async () => {
    const { store } = shop.context;
    const { version, table } = await currentCosts(store.db);
    const half = { ...table, margins: { ...table.margins, company: 0.5 } };
    expect(await anew(() => changeCosts(shop.context, SYSTEM, { basedOn: version, table: half, note: '' }))).toEqual({
      lines: true,
      orders: true,
    });
    expect(await figures()).toEqual({ revenue: 115, margin: 57 + 27.5, orders: 4 });
  });

  it('are made anew where somebody else has had a hand in them', async () => {
    expect(await anew(() => shop.context.warehouse.command('truncate table customer_order'))).toEqual({ lines: false, orders: true });
    expect(await anew(() => shop.context.warehouse.command('truncate table customer_line'))).toEqual({ lines: true, orders: false });
    expect(await figures()).toEqual({ revenue: 115, margin: 57 + 27.5, orders: 4 });
  });
});
