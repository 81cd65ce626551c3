// What boards show of a customer is what the desk knows when they are scored.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestShop, testShop } from '../shop.fixture.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await testShop();
  await shop.customer('ana');
  await shop.known(await shop.customer('luis'), { province: 'Soria' });
  await shop.buy({ record: 'luis', order: 'T1', at: '2026-03-01 09:00:00', amount: '30' });
  // Somebody the desk does not know (any more) has bought.
  await shop.identity('gone', '018f0000-0000-7000-8000-0000000000aa');
  await shop.buy({ record: 'gone', order: 'T2', at: '2026-03-02 09:00:00', amount: '7' });
  await shop.score();
});
afterAll(() => shop?.close());

const shown = () =>
  shop.context.warehouse.rows(
    'select toString(kind) as kind, toString(province) as province, toFloat64(revenue) as revenue from fact_customer order by revenue',
  );

it('everybody is there, with what is known of them, and who has bought and is nobody any more', async () => {
  expect(await shown()).toEqual([
    { kind: 'person', province: '', revenue: 0 },
    { kind: '', province: '', revenue: 7 },
    { kind: 'person', province: 'Soria', revenue: 30 },
  ]);
});

it('who was led to another is not, though nobody asked for everybody', async () => {
  const { db } = shop.context.store;
  const { rows } = await sql<{ id: string }>`
    update customer set merged_into = (select id from customer where display_name = 'luis') where display_name = 'ana' returning id`.execute(
    db,
  );
  await sql`insert into segment_pending (customer_id, asked_at) values (${rows[0]!.id}, now())`.execute(db);
  await shop.score();
  expect((await shown()).map((row) => (row as { revenue: number }).revenue)).toEqual([7, 30]);
});
