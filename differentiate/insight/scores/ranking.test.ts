// The list of customers in the orders the warehouse keeps is the list the desk would sort.
import { listCustomers } from '@vinculo/customer-file';
import { SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestShop, testShop } from '../shop.fixture.ts';
import { ranking } from './ranking.ts';

const SORTS = ['-orders', 'profit', '-profit', '-lifetime_value', '-churn_risk'] as const;
const CUSTOMERS = 60;

let shop: TestShop;
beforeAll(async () => {
  shop = await testShop();
  const { db } = shop.context.store;
  await shop.product('p1', { category: 'Café', price: '5', cost: '2' });
  await shop.product('p2', { category: 'Té', price: '5' });
  for (let n = 0; n < CUSTOMERS; n++) {
    const id = await shop.customer(`r${n}`);
    await sql`update customer set province = ${n % 6 ? 'Madrid' : 'Toledo'} where id = ${id}`.execute(db);
    // Many have the same figures, of some the margin is not known, and some have bought nothing.
    const orders = n % 5;
    for (let order = 0; order < orders; order++)
      await shop.buy({
        record: `r${n}`,
        order: `${n}-${order}`,
        at: `2025-0${1 + order}-1${n % 7} 10:00:00`,
        amount: String(10 + (n % 3)),
        product: n % 4 ? 'p1' : 'p2',
      });
  }
});
afterAll(() => shop?.close());

type Query = Partial<Parameters<typeof listCustomers>[2]>;

/** Every page, and how often the ranking had something to say: of the second page never. */
async function pages(query: Query, ranked: boolean) {
  const ids: string[] = [];
  let answers = 0;
  let cursor: string | undefined;
  for (let n = 0; ; n++) {
    const page = await listCustomers(shop.context.store, SYSTEM, { limit: 7, ...query, cursor }, undefined, async (asked) => {
      const next = ranked && n !== 1 ? await ranking.next(shop.context, asked) : undefined;
      if (next) answers++;
      return next;
    });
    ids.push(...page.items.map(({ id }) => id));
    if (!page.next) return { ids, answers };
    cursor = page.next;
  }
}

describe('the list in an order of the warehouse', () => {
  it('is sorted by the desk until there is one', async () => {
    const { ids, answers } = await pages({ sort: 'profit' }, true);
    expect(answers).toBe(0);
    expect(new Set(ids).size).toBe(CUSTOMERS);
  });

  it.each(SORTS)('%s: the same customers in the same order, also where the second page is the desk’s', async (sort) => {
    await shop.score();
    for (const filter of [{}, { province: 'Toledo' }, { recency: 3 }, { best: 50 }, { buyers: 'yes' }, { stage: 'lost' }] as Query[]) {
      const [desk, ranked] = [await pages({ sort, ...filter }, false), await pages({ sort, ...filter }, true)];
      expect(ranked.ids, JSON.stringify(filter)).toEqual(desk.ids);
      expect(new Set(ranked.ids).size).toBe(ranked.ids.length);
    }
    expect((await pages({ sort }, true)).answers).toBeGreaterThan(3);
  });

  it('does not hold who was merged since, and holds who moved', async () => {
    const { ids } = await pages({ sort: '-orders', buyers: 'yes' }, true);
    const { db } = shop.context.store;
    await sql`update customer set merged_into = ${ids[1]} where id = ${ids[0]}`.execute(db);
    await sql`update customer set province = 'Soria' where id = ${ids[3]}`.execute(db);
    expect((await pages({ sort: '-orders', buyers: 'yes' }, true)).ids).toEqual(ids.slice(1));
    expect((await pages({ sort: '-orders', province: 'Soria' }, true)).ids).toEqual([ids[3]]);
  });
});
