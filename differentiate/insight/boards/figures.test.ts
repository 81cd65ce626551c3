// Figures that are easily wrong: what was brought back or given away, days of nobody, months that are not whole, and who is behind each.
import { newId } from '@vinculo/postgres';
import { type Served, serve } from '@vinculo/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { BehindList, CardResult } from '../api/boards.ts';
import { type TestShop, testShop } from '../shop.fixture.ts';
import { part } from './part.ts';

type Result = z.infer<typeof CardResult>;
const ANA = newId();
let shop: TestShop;
let served: Served;

beforeAll(async () => {
  shop = await testShop();
  const customers: Record<string, string> = {};
  for (const name of ['ana', 'luis', 'eva', 'rosa']) customers[name] = await shop.customer(name);
  await shop.product('pan', { category: 'Pan', cost: '1' });
  const line = (record: string, day: string, amount: string, channel = 'store') => ({
    record,
    order: `${record} ${day} ${amount}`,
    at: `${day} 10:00:00`,
    amount,
    channel,
    product: 'pan',
  });
  await shop.buy(
    // Luis began in January by bringing something back, which is no purchase, and first bought in February.
    line('luis', '2026-01-20', '-3', 'web'),
    line('luis', '2026-02-02', '10', 'web'),
    line('ana', '2026-02-03', '0.01', 'web'),
    line('ana', '2026-02-05', '0.02', 'web'),
    line('ana', '2026-02-05', '0.01', 'store'),
    // Nobody in March. In April Luis is web again, Ana in a store, and what Eva bought came back on the same day.
    line('luis', '2026-04-02', '20', 'web'),
    line('ana', '2026-04-03', '30'),
    line('eva', '2026-04-04', '8'),
    line('eva', '2026-04-04', '-8'),
    // Rosa got something for nothing.
    line('rosa', '2026-04-20', '0'),
  );
  await shop.context.warehouse.insert('campaign', [
    { campaign_key: 'k', name: 'Carta', kind: '', starts_on: null, ends_on: null, import_id: newId(), version: 1 },
  ]);
  // Luis answered after he had bought for the last time; Ana before.
  const wrote = (name: string, at: string) => ({
    record_id: '',
    name,
    contact_id: newId(),
    source_id: shop.source,
    campaign_key: 'k',
    occurred_at: at,
    channel: 'mail',
    response: 'yes',
    responded_at: null,
    import_id: newId(),
    version: 1,
  });
  const identities = await shop.context.warehouse.rows<{ record: string; customer: string }>(
    'select toString(record_id) as record, toString(customer_id) as customer from identity final',
  );
  const recordOf = (name: string) => identities.find(({ customer }) => customer === customers[name])!.record;
  await shop.context.warehouse.insert(
    'campaign_contact',
    [wrote('luis', '2026-04-10 10:00:00'), wrote('ana', '2026-04-01 10:00:00')].map(({ name, ...contact }) => ({
      ...contact,
      record_id: recordOf(name),
    })),
  );
  await shop.score();
  served = await serve(shop, [part], { may: { [ANA]: ['value.read', 'customer.read'] } });
});
afterAll(() => served?.close());

const card = (given: object) => ({ id: newId(), width: 6, ...given });
const spring = { period: { from: '2026-02-01', to: '2026-04-30' } };
const april = { period: { from: '2026-04-01', to: '2026-04-30' } };
const show = async (given: object, filters: object = spring): Promise<Result> =>
  (await served.ask(ANA, 'POST', '/boards/preview', { cards: [card(given)], filters })).body.cards[0];
const behind = async (given: object, filters: object, key?: string, second?: string) => {
  const { body } = await served.ask<z.infer<typeof BehindList>>(ANA, 'POST', '/boards/behind', { card: card(given), filters, key, second });
  return body.rows.map(({ name }) => name).toSorted();
};
const valuesOf = ({ points }: Result) => points.map(({ value }) => value);

describe('what was brought back, or given away', () => {
  it('is no order and makes nobody a buyer, new or not; sales have it', async () => {
    const values = await Promise.all(
      ['revenue', 'orders', 'buyers', 'new_buyers', 'average_order'].map(
        async (measure) => (await show({ kind: 'number', measure }, april)).value,
      ),
    );
    expect(values).toEqual([50, 3, 3, 1, 50 / 3]);
    const january = { period: { from: '2026-01-01', to: '2026-01-31' } };
    expect((await show({ kind: 'number', measure: 'buyers' }, january)).value).toBe(0);
    expect((await show({ kind: 'number', measure: 'returns' }, january)).value).toBe(3);
  });

  it('leaves a first purchase the first', async () => {
    const february = { period: { from: '2026-02-01', to: '2026-02-28' } };
    expect((await show({ kind: 'number', measure: 'new_buyers' }, february)).value).toBe(2);
    expect(await behind({ kind: 'number', measure: 'new_buyers' }, february)).toEqual(['ana', 'luis']);
  });

  it('does not hide a buyer whose purchases all came back', async () => {
    expect(await behind({ kind: 'number', measure: 'buyers' }, april)).toEqual(['ana', 'eva', 'luis']);
    expect(await behind({ kind: 'funnel', measure: 'customers' }, april, 'once')).toEqual(['ana', 'eva', 'luis']);
    expect(await behind({ kind: 'funnel', measure: 'customers' }, april, 'ever')).toEqual(['ana', 'eva', 'luis']);
  });
});

it('divides money to the last digit', async () => {
  const february = { period: { from: '2026-02-03', to: '2026-02-28' } };
  expect((await show({ kind: 'number', measure: 'average_order' }, february)).value).toBeCloseTo(0.04 / 3, 12);
});

it('shows nobody, not nothing, where nobody bought', async () => {
  expect(valuesOf(await show({ kind: 'trend', measure: 'buyers', dimension: 'month' }))).toEqual([2, 0, 3]);
  expect(valuesOf(await show({ kind: 'trend', measure: 'average_order', dimension: 'month' }))[1]).toBeNull();
});

describe('who comes back', () => {
  it('is told of each time and the one right before it', async () => {
    // All of February were gone in March; in March nobody was there to come back in April.
    expect(valuesOf(await show({ kind: 'trend', measure: 'retention', dimension: 'month' }))).toEqual([null, 0, null]);
    expect(valuesOf(await show({ kind: 'trend', measure: 'churn', dimension: 'month' }))).toEqual([null, 1, null]);
    expect(await behind({ kind: 'trend', measure: 'churn', dimension: 'month' }, spring, '2026-03-01')).toEqual(['ana', 'luis']);
  });

  it('by the week, too', async () => {
    const { points } = await show(
      { kind: 'trend', measure: 'retention', dimension: 'week' },
      { period: { from: '2026-02-02', to: '2026-02-15' } },
    );
    expect(points.map(({ key, value }) => [key, value])).toEqual([
      ['2026-02-02', null],
      ['2026-02-09', 0],
    ]);
  });

  it('is, behind the number, who did both where the filters look', async () => {
    const all = { period: { from: '2026-03-16', to: '2026-04-30' } };
    const asked = { kind: 'number', measure: 'retention' };
    expect((await show(asked, all)).value).toBe(1);
    expect(await behind(asked, all)).toEqual(['ana', 'luis']);
    // Ana was on the web before, and only in a store since.
    expect((await show(asked, { ...all, channel: ['web'] })).value).toBe(0.5);
    expect(await behind(asked, { ...all, channel: ['web'] })).toEqual(['luis']);
    expect(await behind({ ...asked, measure: 'churn' }, { ...all, channel: ['web'] })).toEqual(['ana']);
    expect(await behind({ kind: 'bar', measure: 'retention', dimension: 'channel' }, all, 'web')).toEqual(['luis']);
  });
});

it('a cohort is everybody who began, also where filters show few of them', async () => {
  const { cells } = await show({ kind: 'cohort', measure: 'buyers' }, { channel: ['store'] });
  const february = cells.filter(({ row }) => row === '2026-02-01').map(({ column, value, share }) => [column, value, share]);
  // Of those who ever are in a store, Ana alone began in February.
  expect(february).toEqual([
    [0, 1, 1],
    [2, 1, 1],
  ]);
  const web = (await show({ kind: 'cohort', measure: 'buyers' }, { channel: ['web'] })).cells;
  expect(web.filter(({ row }) => row === '2026-02-01').map(({ column, value, share }) => [column, value, share])).toEqual([
    [0, 2, 1],
    [2, 1, 0.5],
  ]);
});

it('who buys after a letter bought after it', async () => {
  const funnel = { kind: 'funnel', measure: 'campaign_contacts' };
  expect(valuesOf(await show(funnel, april))).toEqual([2, 2, 1]);
  expect(await behind(funnel, april, 'bought')).toEqual(['ana']);
  expect(await behind(funnel, april, 'responded')).toEqual(['ana', 'luis']);
});

it('profit is of whole months, behind the number as in it', async () => {
  const asked = { kind: 'number', measure: 'profit' };
  const days = { period: { from: '2026-02-03', to: '2026-04-30' } };
  const { value, period } = await show(asked, days);
  expect([value, period?.from]).toEqual([50 - 5, '2026-03-01']);
  const { body } = await served.ask(ANA, 'POST', '/boards/behind', { card: card(asked), filters: days });
  expect(body.rows.reduce((sum: number, row: { value: number }) => sum + row.value, 0)).toBe(value);
});
