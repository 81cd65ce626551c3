// Tiers of a shop small enough to be counted by hand: forty who buy bread and milk, and some who differ.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Line, type TestShop, testShop } from '../shop.fixture.ts';
import { customerTier } from './customer-tier.ts';

let shop: TestShop;
const ids: Record<string, string> = {};

beforeAll(async () => {
  shop = await testShop();
  await shop.product('pan', { category: 'Pan', cost: '1' });
  await shop.product('leche', { category: 'Leche', cost: '1' });
  await shop.product('vela', { category: 'Velas', cost: '30' });
  const lines: Line[] = [];
  for (let n = 0; n < 40; n++) {
    const key = `c${n}`;
    ids[key] = await shop.customer(key);
    const at = `2026-0${1 + (n % 6)}-1${n % 9} 10:00:00`;
    lines.push({ record: key, order: `${key}-1`, at, product: 'pan', amount: String(20 + n) });
    // The last ten never take milk, and the very last sells at a loss.
    if (n < 30) lines.push({ record: key, order: `${key}-1`, at, product: 'leche', amount: '50' });
  }
  // One of those without milk buys candles, which nobody else does and which leave nothing.
  lines.push({ record: 'c31', order: 'c31-1', at: '2026-02-11 10:00:00', product: 'vela', amount: '30' });
  ids.loss = await shop.customer('loss');
  lines.push({ record: 'loss', order: 'loss-1', at: '2026-05-05 10:00:00', product: 'pan', quantity: '90', amount: '30' });
  await shop.buy(...lines);
  await shop.score();
});
afterAll(() => shop?.close());

const tierOf = async (key: string) => (await customerTier(shop.context, ids[key]!))!;

describe('value tiers', () => {
  it('say who costs more than they bring', async () => {
    expect(await tierOf('loss')).toMatchObject({ tier: 'below_zero', profit: -60 });
    expect(await shop.scoreOf(ids.loss!)).toMatchObject({ tier: 'below_zero' });
  });

  it('say who is worth most: a fifth of the others', async () => {
    const best = await tierOf('c29');
    expect(best).toMatchObject({ tier: 'most_valuable', basis: 'profit', place: 1, buyers: 41, worth: 97 });
    const all = await shop.context.warehouse.rows<{ tier: string; n: number }>(
      'select toString(tier) as tier, toUInt32(count()) as n from customer_tier group by tier',
    );
    expect(all.find(({ tier }) => tier === 'most_valuable')?.n).toBe(8);
  });

  it('say who has room to grow, in which category and by how much, next to customers who are alike', async () => {
    // Ten never take milk; a fifth of those who are not the best have room, and ten share the most of it.
    const without = await Promise.all(Array.from({ length: 10 }, (_, n) => tierOf(`c${30 + n}`)));
    const growing = without.find(({ tier }) => tier === 'most_growable')!;
    expect(without.filter(({ tier }) => tier === 'most_growable')).toHaveLength(7);
    expect(growing).toMatchObject({ alike: 41 });
    expect(growing.missing[0]).toEqual({ category: 'Leche', typical: 50, own: 0 });
    expect(growing.potential).toBeGreaterThanOrEqual(50);
    expect(growing.wallet).toBeCloseTo(growing.spent / (growing.spent + growing.potential!), 4);
  });

  it('take nothing off the room to grow for what is bought of a category that is not usual', async () => {
    const candles = await tierOf('c31');
    expect(candles.missing.map(({ category }) => category)).toContain('Leche');
    expect(candles.potential).toBeCloseTo(
      candles.missing.reduce((room, { typical, own }) => room + typical - own, 0),
      4,
    );
    expect(candles.spent).toBeCloseTo(51 + 30, 4);
  });

  it('of nobody where nobody bought', async () => {
    expect(await customerTier(shop.context, await shop.customer('new'))).toBeNull();
  });
});
