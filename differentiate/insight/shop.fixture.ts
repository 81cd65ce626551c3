// A shop with customers and purchases over real stores, for the tests of the parts of insight.
import { type Context, feature as http } from '@vinculo/http';
import { mailMigrations } from '@vinculo/mail';
import { newId, recordId, SYSTEM } from '@vinculo/postgres';
import { askForProfiles } from '@vinculo/segments';
import { contextOver, testStores } from '@vinculo/testing';
import { sql } from 'kysely';
import { scoreCustomers, type ScoringFigures } from './scores/score-customers.ts';

export interface Line {
  /** Key of a record: see {@link TestShop.customer}. */
  record: string;
  order: string;
  /** `2026-03-01 09:00:00`, UTC. */
  at: string;
  amount: string;
  discount?: string;
  coupon?: string;
  list?: string | null;
  cost?: string | null;
  product?: string;
  quantity?: string;
  currency?: string;
  channel?: string;
  store?: string;
}

export interface Known {
  email?: string;
  phone?: string;
  province?: string;
  birthDate?: string;
  /** `2026-03-01 09:00:00Z` */
  seen?: string;
  sources?: string[];
  /** Purposes, each allowed by e-mail. */
  consents?: string[];
}

export interface TestShop {
  context: Context;
  source: string;
  /** Makes a customer of one or more records on both stores. */
  customer(...records: string[]): Promise<string>;
  /** What the desk knows of a customer. */
  known(customer: string, profile: Known): Promise<void>;
  /** Notes what an event would: that customers are written straight into the desk's tables. */
  asked(): Promise<void>;
  /** That these records are this customer, in the warehouse alone. */
  identity(record: string, customer: string, version?: number): Promise<void>;
  product(key: string, fields: { category?: string; cost?: string | null; price?: string | null; brand?: string }): Promise<void>;
  buy(...lines: Line[]): Promise<void>;
  score(): Promise<ScoringFigures>;
  /** The customer's row of customer_score. */
  scoreOf(customer: string): Promise<Record<string, unknown> | undefined>;
  close(): Promise<void>;
}

const folder = (path: string) => new URL(path, import.meta.url);

export async function testShop(): Promise<TestShop> {
  const stores = await testStores({
    migrations: [
      { name: 'http', folder: http.migrations! },
      mailMigrations,
      { name: 'access', folder: folder('../../protect/access/migrations/') },
      { name: 'customer-file', folder: folder('../../identify/customer-file/migrations/') },
      { name: 'segments', folder: folder('../segments/migrations/') },
      { name: 'insight', folder: folder('./migrations/') },
    ],
    warehouseMigrations: [
      { name: 'customer-file', folder: folder('../../identify/customer-file/warehouse/') },
      { name: 'segments', folder: folder('../segments/warehouse/') },
      { name: 'insight', folder: folder('./warehouse/') },
    ],
  });
  const context = contextOver(stores);
  const source = newId();
  const lineIds = { last: 0 };

  const shop: TestShop = {
    context,
    source,
    async customer(...records) {
      // The same each time: samples and groups are drawn in the order of ids, and a test shall not depend on luck.
      const id = recordId('customer', records[0]!);
      await sql`
        insert into customer (id, kind, display_name, sort_name, golden, records, sources, search)
        values (${id}, 'person', ${records[0]!}, ${records[0]!}, '{}', ${records.length}, ${[source]}::uuid[], '')`.execute(
        stores.store.db,
      );
      for (const record of records) await shop.identity(record, id);
      await shop.asked();
      return id;
    },
    async known(customer, { email, phone, province, birthDate, seen, sources, consents = [] }) {
      await sql`
        update customer set email = ${email ?? null}, phone = ${phone ?? null}, province = ${province ?? null}, birth_date = ${birthDate ?? null},
               first_seen = coalesce(${seen ?? null}, first_seen), sources = coalesce(${sources ?? null}::uuid[], sources)
         where id = ${customer}`.execute(stores.store.db);
      const record = newId();
      await sql`insert into link (id, record_id, customer_id, reason, evidence) values (${newId()}, ${record}, ${customer}, 'alone', '{}')`.execute(
        stores.store.db,
      );
      for (const purpose of consents)
        await sql`
          insert into consent (id, record_id, purpose, channel, granted, occurred_at, recorded_by)
          values (${newId()}, ${record}, ${purpose}, 'email', true, '2026-01-01', 'test')`.execute(stores.store.db);
      await shop.asked();
    },
    asked: () => stores.store.transaction(SYSTEM, askForProfiles),
    identity: (record, customer, version = 1) =>
      stores.warehouse.insert('identity', [{ record_id: recordId(source, record), customer_id: customer, version }]),
    product: (key, { category = '', cost = null, price = null, brand = '' }) =>
      stores.warehouse.insert('product', [
        { product_key: key, name: key, category, subcategory: '', brand, price, cost, import_id: newId(), version: 1 },
      ]),
    buy: (...lines) =>
      stores.warehouse.insert(
        'purchase',
        lines.map((bought) => ({
          record_id: recordId(source, bought.record),
          line_id: recordId(source, `line ${lineIds.last++}`),
          source_id: source,
          order_key: bought.order,
          occurred_at: bought.at,
          product_key: bought.product ?? '',
          quantity: bought.quantity ?? '1',
          amount: bought.amount,
          list_amount: bought.list ?? null,
          discount: bought.discount ?? '0',
          coupon_discount: bought.coupon ?? '0',
          cost: bought.cost ?? null,
          currency: bought.currency ?? 'EUR',
          channel: bought.channel ?? 'store',
          store: bought.store ?? '1',
          import_id: newId(),
          version: 1,
        })),
      ),
    score: () => scoreCustomers(context, { progress: async () => {}, signal: new AbortController().signal }),
    scoreOf: async (customer) =>
      (
        await sql<Record<string, unknown>>`
        select s.*, k.channels from customer_score s join channel_set k on k.id = s.channel_set where s.customer_id = ${customer}`.execute(
          stores.store.db,
        )
      ).rows[0],
    close: () => stores.close(),
  };
  return shop;
}
