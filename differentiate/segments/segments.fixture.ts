// A small world over real stores, and what is true of it in memory: rules are asked of both.
import { type Context, feature as http } from '@vinculo/http';
import { newId, recordId } from '@vinculo/postgres';
import { contextOver, testStores } from '@vinculo/testing';
import { sql } from 'kysely';
import { linesFrom } from './bases.ts';
import type { SegmentField } from './fields.ts';

export interface Fact {
  at: string;
  channel?: string;
}
export interface Order extends Fact {
  order: string;
  amount: number;
  product: string;
  store?: string;
}
export interface Visit {
  at: string;
  type: 'track' | 'page' | 'screen';
  name: string;
  path: string;
  products: string[];
  /** As the shop says; the product file may know more. */
  categories: string[];
  search: string;
  /** Written again under another record meanwhile. */
  gone: boolean;
}
export interface Person {
  id: string;
  records: string[];
  kind: 'person' | 'company';
  province: string;
  city: string;
  birth: string | null;
  email: string;
  seen: string;
  /** The day their sources say they became a customer. */
  since: string | null;
  consents: { purpose: string; channel: string; granted: boolean; at: string }[];
  lines: Order[];
  contacts: (Fact & { topic: string; direction: string; outcome: string })[];
  campaigns: (Fact & { campaign: string; response: string })[];
  coupons: (Fact & { coupon: string; campaign: string })[];
  visits: Visit[];
  /** A score that some have. */
  risk: number | null;
  tier: string;
}

export const PRODUCTS: Record<string, { category: string; brand: string }> = {
  p1: { category: 'Café', brand: 'Norte' },
  p2: { category: 'Café', brand: 'Sur' },
  p3: { category: 'Té', brand: 'Norte' },
  p4: { category: '', brand: '' },
};

/** Scores as a feature to the right would give them. */
export const SCORE_FIELDS: SegmentField[] = [
  { id: 'score.risk', group: 'score', kind: 'share', table: 'test_score', sql: 'risk', worth: true },
  { id: 'score.tier', group: 'score', kind: 'choice', table: 'test_score', sql: 'tier', choices: ['top', 'low'], choicesAs: 'test' },
];

export interface TestWorld {
  context: Context;
  source: string;
  /** Puts people and their facts into both stores. */
  add(...people: Person[]): Promise<void>;
  /** Purchase lines alone, of a record. @returns the id of their import. */
  buy(record: string, ...lines: Order[]): Promise<string>;
  /** The quick table of orders, made from the facts as scoring would. */
  gatherOrders(): Promise<void>;
  /** The same with every line. */
  gatherLines(): Promise<void>;
  close(): Promise<void>;
}

const folder = (path: string) => new URL(path, import.meta.url);
const time = (at: string) => at.replace('T', ' ').slice(0, 19);

export async function testWorld(): Promise<TestWorld> {
  const stores = await testStores({
    migrations: [
      { name: 'http', folder: http.migrations! },
      { name: 'customer-file', folder: folder('../../identify/customer-file/migrations/') },
      { name: 'segments', folder: folder('./migrations/') },
    ],
    warehouseMigrations: [
      { name: 'customer-file', folder: folder('../../identify/customer-file/warehouse/') },
      { name: 'segments', folder: folder('./warehouse/') },
    ],
  });
  const context = contextOver(stores);
  const { store, warehouse } = stores;
  const source = newId();
  await sql`insert into source (id, name, label, trust) values (${source}, 'tienda', 'Tienda', 50)`.execute(store.db);
  await warehouse.command(
    'create table test_score (customer_id UUID, risk Nullable(Float64), tier String) engine = MergeTree order by customer_id',
  );
  await warehouse.command(
    `create table test_order (customer_id UUID, order_id UInt64, occurred_at DateTime('UTC'), amount Decimal(18, 4), channel String, store String) engine = MergeTree order by customer_id`,
  );
  await warehouse.insert(
    'product',
    Object.entries(PRODUCTS).map(([key, fields]) => ({
      product_key: key,
      name: key,
      subcategory: '',
      price: null,
      cost: null,
      import_id: newId(),
      version: 1,
      ...fields,
    })),
  );
  let facts = 0;
  const base = (record: string) => ({ record_id: recordId(source, record), source_id: source, import_id: newId(), version: 1 });
  const fact = () => recordId(source, `fact ${facts++}`);

  const world: TestWorld = {
    context,
    source,
    async add(...people) {
      for (const one of people) {
        const golden = one.email ? { email: { value: one.email, record: one.records[0], source, rule: 'newest' } } : {};
        await sql`
          insert into customer (id, kind, display_name, sort_name, email, birth_date, city, province, golden, records, sources, search, first_seen, known_since)
          values (${one.id}, ${one.kind}, ${one.records[0]!}, ${one.records[0]!}, ${one.email || null}, ${one.birth}, ${one.city || null}, ${one.province || null},
                  ${JSON.stringify(golden)}::jsonb, ${one.records.length}, ${[source]}::uuid[], '', ${one.seen}, ${one.since})
          on conflict (id) do nothing`.execute(store.db);
        for (const record of one.records)
          await sql`insert into link (id, record_id, customer_id, reason, evidence) values (${newId()}, ${recordId(source, record)}, ${one.id}, 'alone', '{}')`.execute(
            store.db,
          );
        for (const said of one.consents)
          await sql`insert into consent (id, record_id, purpose, channel, granted, occurred_at, recorded_by)
            values (${newId()}, ${recordId(source, one.records[0]!)}, ${said.purpose}, ${said.channel}, ${said.granted}, ${said.at}, 'test')`.execute(
            store.db,
          );
      }
      const each = <T>(of: (one: Person) => T[]) => people.flatMap(of);
      await warehouse.insert(
        'identity',
        each((one) => one.records.map((record) => ({ record_id: recordId(source, record), customer_id: one.id, version: 1 }))),
      );
      // Facts are spread over the records of a customer.
      const of = (one: Person, n: number) => base(one.records[n % one.records.length]!);
      await warehouse.insert(
        'purchase',
        each((one) => one.lines.map((line, n) => ({ ...of(one, n), ...purchase(line) }))),
      );
      await warehouse.insert(
        'contact',
        each((one) =>
          one.contacts.map(({ at, channel = '', ...rest }, n) => ({
            ...of(one, n),
            contact_id: fact(),
            occurred_at: time(at),
            channel,
            agent: '',
            text: '',
            ...rest,
          })),
        ),
      );
      await warehouse.insert(
        'campaign_contact',
        each((one) =>
          one.campaigns.map(({ at, channel = '', campaign, response }, n) => ({
            ...of(one, n),
            contact_id: fact(),
            campaign_key: campaign,
            occurred_at: time(at),
            channel,
            response,
            responded_at: null,
          })),
        ),
      );
      await warehouse.insert(
        'redemption',
        each((one) =>
          one.coupons.map(({ at, coupon, campaign }, n) => ({
            ...of(one, n),
            redemption_id: fact(),
            coupon_key: coupon,
            campaign_key: campaign,
            order_key: '',
            redeemed_at: time(at),
          })),
        ),
      );
      await warehouse.insert(
        'event',
        each((one) =>
          one.visits.map(({ at, gone, ...rest }, n) => ({
            record_id: recordId(source, one.records[n % one.records.length]!),
            event_id: fact(),
            source_id: source,
            occurred_at: time(at),
            received_at: time(at),
            ...rest,
            version: 1,
            gone: gone ? 1 : 0,
          })),
        ),
      );
      await warehouse.insert(
        'test_score',
        each((one) => (one.risk === null ? [] : [{ customer_id: one.id, risk: one.risk, tier: one.tier }])),
      );
    },
    async buy(record, ...lines) {
      const { import_id: importId, ...rest } = base(record);
      await warehouse.insert(
        'purchase',
        lines.map((line) => ({ ...rest, import_id: importId, ...purchase(line) })),
      );
      return importId;
    },
    async gatherOrders() {
      await warehouse.command('truncate table test_order');
      await warehouse.command(
        `insert into test_order select i.customer_id, cityHash64(p.source_id, p.order_key), min(p.occurred_at), sum(p.amount), any(p.channel), any(p.store)
           from (select * from purchase final) p join (select * from identity final) i on i.record_id = p.record_id
          group by i.customer_id, p.source_id, p.order_key`,
      );
    },
    async gatherLines() {
      await warehouse.command('drop table if exists test_line');
      await warehouse.command(`create table test_line engine = MergeTree order by customer_id as ${linesFrom()}`, { currency: 'EUR' });
    },
    close: () => stores.close(),
  };
  const purchase = ({ order, at, amount, product, channel = 'store', store: shop = '1' }: Order) => ({
    line_id: fact(),
    order_key: order,
    occurred_at: time(at),
    product_key: product,
    quantity: 1,
    amount: String(amount),
    list_amount: null,
    discount: '0',
    coupon_discount: '0',
    cost: null,
    currency: 'EUR',
    channel,
    store: shop,
  });
  return world;
}

/** Somebody about whom nothing special is known. */
export const person = (name: string, known: Partial<Person> = {}): Person => ({
  id: newId(),
  records: [name],
  kind: 'person',
  province: '',
  city: '',
  birth: null,
  email: '',
  seen: '2025-01-01T00:00:00Z',
  since: null,
  consents: [],
  lines: [],
  contacts: [],
  campaigns: [],
  coupons: [],
  visits: [],
  risk: null,
  tier: '',
  ...known,
});
