// What a customer bought, month by month and channel by channel: the same orders that scoring counts.
import { newId, SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PurchaseFact, writeFacts } from '../facts/write-facts.ts';
import { recordOfCustomer } from '../facts/record-of-customer.ts';
import { strangers, type TestFile, testFile } from '../identity/identity.fixture.ts';
import { unify } from '../identity/unify.ts';
import { channelSets } from './channel-sets.ts';
import { customerSummary } from './customer-summary.ts';
import { customerValue } from './customer-value.ts';

let file: TestFile;
let [buyer, returner] = ['', ''];

beforeAll(async () => {
  file = await testFile();
  const keys = await file.add(
    'tarjeta',
    strangers(0, 2).map(({ card }) => card),
  );
  await unify(file.context, { scope: 'new' });
  const customers = await file.customers();
  [buyer, returner] = keys.map((key) => customers.get(key)!) as [string, string];
});
afterAll(() => file?.close());

async function bought(customer: string, lines: Partial<PurchaseFact>[]): Promise<void> {
  const { record, source } = await recordOfCustomer(file.context.store, customer);
  const plain = { product_key: '', quantity: '1', list_amount: null, discount: '0', coupon_discount: '0', cost: null, store: '' };
  await writeFacts(
    file.context.warehouse,
    {
      purchase: lines.map(
        (more) =>
          ({ record_id: record, source_id: source, line_id: newId(), currency: 'EUR', channel: 'web', ...plain, ...more }) as PurchaseFact,
      ),
    },
    new Date(1_000),
  );
}

describe('the orders of a customer', () => {
  it('are those that brought something, in the month and channel they began in, in the company’s currency', async () => {
    const [january, march, april] = ['2026-01-10', '2026-03-02', '2026-04-05'].map((day) => new Date(`${day}T10:00:00Z`));
    await bought(buyer, [
      { order_key: 'A', occurred_at: january!, amount: '30' },
      { order_key: 'A', occurred_at: january!, amount: '20' },
      { order_key: 'A', occurred_at: march!, amount: '-5' },
      { order_key: 'B', occurred_at: march!, amount: '10', channel: 'store' },
      { order_key: 'given', occurred_at: march!, amount: '0' },
      { order_key: 'back', occurred_at: april!, amount: '-15', channel: 'store' },
      { order_key: 'dollars', occurred_at: april!, amount: '999', currency: 'USD' },
    ]);
    const { byMonth, byChannel } = await customerValue(file.context, buyer);
    expect(byMonth).toEqual([
      { month: '2026-01', revenue: 50, margin: null, orders: 1 },
      { month: '2026-03', revenue: 5, margin: null, orders: 1 },
      { month: '2026-04', revenue: -15, margin: null, orders: 0 },
    ]);
    expect(byChannel).toEqual([
      { channel: 'web', revenue: 45, orders: 1 },
      { channel: 'store', revenue: -5, orders: 1 },
    ]);
  });

  it('are none of who only brings things back: no average order, and the next action is the first purchase', async () => {
    await bought(returner, [{ order_key: 'back', occurred_at: new Date('2026-02-01T10:00:00Z'), amount: '-15' }]);
    const [set] = await file.context.store.transaction(SYSTEM, (tx) => channelSets(tx, [[]]));
    await sql`
      insert into customer_score (customer_id, revenue, margin, orders, first_purchase_at, last_purchase_at, returned, discount_share, channel_set, recency, frequency,
        monetary, rfm_group, decile, computed_at)
      values (${returner}, -15, null, 0, '2026-02-01', '2026-02-01', 15, 0, ${set}, 1, 1, 1, 'lost', 10, now())`.execute(
      file.context.store.db,
    );
    const { score, byMonth } = await customerValue(file.context, returner);
    expect(score).toMatchObject({ orders: 0, averageOrder: null, revenue: -15 });
    expect(byMonth).toEqual([{ month: '2026-02', revenue: -15, margin: null, orders: 0 }]);
    const summary = await customerSummary(file.context, SYSTEM, returner);
    expect([summary.nextAction.key, summary.score?.averageOrder]).toEqual(['first_purchase', null]);
  });
});
