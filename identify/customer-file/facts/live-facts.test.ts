// Facts that come one by one: on the customer's page at once, told to whoever follows, written twice without being two.
import { newId, SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { customerSummary } from '../customers/customer-summary.ts';
import { timeline } from '../customers/timeline.ts';
import { strangers, type TestFile, testFile } from '../identity/identity.fixture.ts';
import { unify } from '../identity/unify.ts';
import { forgetPurchases } from './fresh-purchases.ts';
import { recordOfCustomer } from './record-of-customer.ts';
import { tellFacts } from './tell-facts.ts';
import { type PurchaseFact, removeFacts, writeFacts } from './write-facts.ts';

let file: TestFile;
let customer: string;
let record: string;
let source: string;

beforeAll(async () => {
  file = await testFile();
  const [first] = await file.add(
    'tarjeta',
    strangers(0, 5).map(({ card }) => card),
  );
  await unify(file.context, { scope: 'new' });
  customer = (await file.customers()).get(first!)!;
  ({ record, source } = await recordOfCustomer(file.context.store, customer));
});
afterAll(() => file?.close());

const line = (more: Partial<PurchaseFact>): PurchaseFact => ({
  record_id: record,
  source_id: source,
  line_id: newId(),
  order_key: 'P1',
  occurred_at: new Date('2026-11-20T10:00:00Z'),
  product_key: 'café',
  quantity: '1',
  amount: '12.50',
  list_amount: null,
  discount: '0',
  coupon_discount: '0',
  cost: null,
  currency: 'EUR',
  channel: 'web',
  store: '',
  ...more,
});
const tell = (kinds: Parameters<typeof tellFacts>[2]) => file.context.store.transaction(SYSTEM, (tx) => tellFacts(tx, [record], kinds));
const told = async () =>
  (
    await sql<{ data: Record<string, unknown> }>`select data from outbox where type = 'facts.added' order by id`.execute(
      file.context.store.db,
    )
  ).rows;

it('is a customer without purchases before', async () => {
  expect(await customerSummary(file.context, SYSTEM, customer)).toMatchObject({ score: null, recent: null });
});

it('shows a purchase in figures and timeline at once, however often it is written', async () => {
  const [one, two] = [line({}), line({ order_key: 'P2', amount: '7.25', occurred_at: new Date('2026-11-21T09:30:00Z') })];
  for (const at of [1, 2, 3]) await writeFacts(file.context.warehouse, { purchase: [one, two] }, new Date(1_000 * at));
  await tell(['purchase', 'event']);
  expect((await customerSummary(file.context, SYSTEM, customer)).recent).toEqual({
    revenue: 19.75,
    orders: 2,
    lastPurchaseAt: '2026-11-21T09:30:00.000Z',
  });
  const { items } = await timeline(file.context, customer, { limit: 30 });
  expect(items.filter(({ kind }) => kind === 'purchase').map(({ data }) => data.amount)).toEqual(['7.25', '12.5']);
  expect(await told()).toEqual([{ data: { kinds: ['purchase', 'event'], customers: [customer] } }]);
});

it('takes the later word of the same line', async () => {
  const changed = line({ order_key: 'P3', amount: '30' });
  await writeFacts(file.context.warehouse, { purchase: [changed] }, new Date(2_000));
  await writeFacts(file.context.warehouse, { purchase: [{ ...changed, amount: '99' }] }, new Date(1_000));
  expect((await customerSummary(file.context, SYSTEM, customer)).recent).toMatchObject({ revenue: 49.75, orders: 3 });
  await removeFacts(file.context.warehouse, 'purchase', [record], [changed.line_id]);
  expect((await customerSummary(file.context, SYSTEM, customer)).recent).toMatchObject({ revenue: 19.75, orders: 2 });
});

it('counts as orders what scoring counts: what was only brought back or given away is money, and no order', async () => {
  const later = { occurred_at: new Date('2026-11-21T18:00:00Z') };
  const [back, given] = [line({ order_key: 'P4', amount: '-7', ...later }), line({ order_key: 'P5', amount: '0', ...later })];
  await writeFacts(file.context.warehouse, { purchase: [back, given] }, new Date(1_000));
  expect((await customerSummary(file.context, SYSTEM, customer)).recent).toEqual({
    revenue: 12.75,
    orders: 2,
    lastPurchaseAt: '2026-11-21T09:30:00.000Z',
  });
  await removeFacts(file.context.warehouse, 'purchase', [record], [back.line_id, given.line_id]);
});

it('hides the money from who may not see what customers are worth', async () => {
  const clerk = { kind: 'user' as const, id: newId(), name: 'Eva', permissions: new Set(['customer.read']) };
  expect((await customerSummary(file.context, clerk, customer)).recent).toMatchObject({ revenue: null, orders: 2 });
});

it('leaves the figures to the scores once they have read everything', async () => {
  await file.context.store.transaction(SYSTEM, (tx) => forgetPurchases(tx, new Date(Date.now() - 60_000)));
  expect((await customerSummary(file.context, SYSTEM, customer)).recent).not.toBeNull();
  await file.context.store.transaction(SYSTEM, (tx) => forgetPurchases(tx, new Date(Date.now() + 1_000)));
  expect((await customerSummary(file.context, SYSTEM, customer)).recent).toBeNull();
});

it('says nothing of records that are nobody’s', async () => {
  const before = (await told()).length;
  await file.context.store.transaction(SYSTEM, (tx) => tellFacts(tx, [newId()], ['event']));
  expect(await told()).toHaveLength(before);
});
