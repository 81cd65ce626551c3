// Who has been a customer for longer than five years is in the lists of all the months the cohorts show.
import { newId } from '@vinculo/postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestShop, testShop } from '../shop.fixture.ts';
import { cohorts } from './cohorts.ts';
import { members } from './members.ts';
import { scoreLifeCycle } from './score.fixture.ts';

/** Bought in each of so many months up to the last whole one. */
const MONTHS = 66;
let shop: TestShop;

beforeAll(async () => {
  shop = await testShop();
  const now = new Date();
  const orders = Array.from({ length: MONTHS }, (_, i) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - MONTHS + i, 10, 12)));
  for (const record of ['faithful', 'faithful too']) {
    await shop.identity(record, newId());
    await shop.buy(
      ...orders.map((at) => ({
        record,
        order: `${record} ${at.getTime()}`,
        at: at.toISOString().slice(0, 19).replace('T', ' '),
        amount: '10',
      })),
    );
  }
  await scoreLifeCycle(shop);
});
afterAll(() => shop?.close());

it('opens every cell of a quarter of long ago into as many customers as it says', async () => {
  const { cohorts: found } = await cohorts(shop.context, { size: 'quarter' });
  expect(found).toHaveLength(1);
  const { cohort, cells } = found[0]!;
  const said = cells.map(({ since, customers }) => [since, customers]);
  expect(said.filter(([, customers]) => customers === 2)).toHaveLength(MONTHS);
  const listed: number[][] = [];
  for (const { since } of cells) listed.push([since, (await members(shop.context, { cohort, since, limit: 5 })).count]);
  expect(listed).toEqual(said);
});
