// Events as they arrive: in what order, whose, what they became, and what readers with fewer rights see of it.
import { feature as customerFile, writeFacts } from '@vinculo/customer-file';
import { type Context, feature as http } from '@vinculo/http';
import { type Actor, newId, recordId } from '@vinculo/postgres';
import { contextOver, testStores } from '@vinculo/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventFigures } from './event-figures.ts';
import { listEvents } from './list-events.ts';
import { maskedBody } from './masked-body.ts';
import { showEvent } from './show-event.ts';

const may = (...permissions: string[]): Actor => ({ kind: 'user', id: newId(), name: 'Eva', permissions: new Set(permissions) });
const everything = may('source.read', 'customer.read', 'customer.read_personal', 'value.read');
const clerk = may('source.read');
const source = newId();
const ana = recordId(source, 'ana');
const device = recordId(source, 'device:d1');
const NOBODY = '00000000-0000-0000-0000-000000000000';
const ago = (seconds: number) => new Date(Math.floor(Date.now() - seconds * 1000));
const instant = (at: Date) => at.toISOString().slice(0, 23).replace('T', ' ');

let context: Context;
let close: () => Promise<void>;
beforeAll(async () => {
  const folder = new URL('../migrations/', import.meta.url);
  const stores = await testStores({
    migrations: [
      { name: 'http', folder: http.migrations! },
      { name: 'customer-file', folder: customerFile.migrations! },
      { name: 'events', folder },
    ],
    warehouseMigrations: [
      { name: 'customer-file', folder: customerFile.warehouse! },
      { name: 'events', folder: new URL('../warehouse/', import.meta.url) },
    ],
  });
  context = contextOver(stores);
  close = () => stores.close();
  const { db } = context.store;
  const customer = newId();
  await sql`insert into source (id, name, label, trust) values (${source}, 'web', 'Tienda web', 50)`.execute(db);
  await sql`
    insert into customer (id, kind, display_name, sort_name, golden, records, sources, search, first_seen)
    values (${customer}, 'person', 'Ana Gil', 'gil ana', '{}', 1, ${[source]}::uuid[], '', now())`.execute(db);
  await sql`insert into link (id, record_id, customer_id, reason, evidence) values (${newId()}, ${ana}, ${customer}, 'alone', '{}')`.execute(
    db,
  );
  await context.warehouse.insert('product', [
    { product_key: 'P1', name: 'Café de Colombia', category: 'Café', subcategory: '', brand: '', price: null, cost: null, import_id: newId(), version: 1 },
  ]); // biome-ignore format: a row
});
afterAll(() => close?.());

const event = (seconds: number, more: object = {}) => ({
  record_id: ana,
  event_id: newId(),
  source_id: source,
  device_id: NOBODY,
  anonymous: 0,
  type: 'track',
  name: 'Product Viewed',
  occurred_at: instant(ago(seconds)),
  received_at: instant(ago(seconds)),
  version: 1,
  ...more,
});
const list = async (query: Partial<Parameters<typeof listEvents>[2]> = {}, actor = everything) =>
  listEvents(context, actor, { limit: 100, ...query });

describe('events as they arrive', () => {
  const order = newId();
  beforeAll(async () => {
    await context.warehouse.insert('event', [
      event(30, { products: ['P1', 'P9'], path: '/cafe', properties: '{"email":"ana@example.com","colour":"red"}' }),
      event(20, { type: 'page', name: '', path: '/ofertas', record_id: device, device_id: device, anonymous: 1 }),
      event(10, { event_id: order, name: 'Order Completed', order_key: 'O1', value: '24.5', currency: 'EUR' }),
      event(5, { type: 'page', name: '', path: '/secreto', record_id: NOBODY, anonymous: 1 }),
      event(2 * 86_400, { name: 'Long ago' }),
    ]);
    await context.warehouse.insert('identification', [
      {
        device_id: device,
        call_id: newId(),
        source_id: source,
        record_id: ana,
        type: 'identify',
        occurred_at: instant(ago(8)),
        received_at: instant(ago(8)),
        version: 1,
      },
    ]);
    await sql`
      insert into event_error (id, source_id, message_id, type, name, reason, field, value, body, received_at)
      values (${newId()}, ${source}, 'm1', 'track', 'Order Completed', 'bad_number', 'properties.total', 'ana@example.com', '{}', ${ago(15)}),
             (${newId()}, ${source}, 'm2', 'track', 'Old', 'no_name', '', '', '{}', ${ago(7200)})`.execute(context.store.db);
    await writeFacts(
      context.warehouse,
      {
        purchase: [
          {
            record_id: ana,
            line_id: newId(),
            source_id: source,
            order_key: 'O1',
            occurred_at: ago(10),
            product_key: 'P1',
            quantity: '2',
            amount: '24.5',
            list_amount: null,
            discount: '0',
            coupon_discount: '0',
            cost: null,
            currency: 'EUR',
            channel: 'web',
            store: '',
          },
        ],
      },
      new Date(),
    );
  });

  it('are one list of taken and rejected, the newest first, with whose each is and why', async () => {
    const { items, next } = await list();
    expect(next).toBeNull();
    expect(items.map(({ type, name, path, whose, rejected }) => [type, name || path, whose, rejected])).toEqual([
      ['page', '/secreto', 'consent', false],
      ['identify', '', 'named', false],
      ['track', 'Order Completed', 'named', false],
      ['track', 'Order Completed', null, true],
      ['page', '/ofertas', 'anonymous', false],
      ['track', 'Product Viewed', 'named', false],
      ['track', 'Old', null, true],
    ]);
    expect(items[5]).toMatchObject({
      sourceLabel: 'Tienda web',
      customer: { name: 'Ana Gil' },
      products: [
        { key: 'P1', name: 'Café de Colombia' },
        { key: 'P9', name: 'P9' },
      ],
    });
    expect(items[3]!.error).toEqual({ reason: 'bad_number', field: 'properties.total', value: 'ana@example.com' });
  });

  it('come page by page, none twice and none left out', async () => {
    const all = (await list()).items.map(({ id }) => id);
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit: 2, cursor });
      found.push(...page.items.map(({ id }) => id));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(found).toEqual(all);
  });

  it('are narrowed by type, text, whose they are, and what became of them', async () => {
    const paths = async (query: Parameters<typeof list>[0]) => (await list(query)).items.map(({ name, path }) => name || path);
    expect(await paths({ type: 'page' })).toEqual(['/secreto', '/ofertas']);
    expect(await paths({ name: 'OFERT' })).toEqual(['/ofertas']);
    expect(await paths({ state: 'rejected' })).toEqual(['Order Completed', 'Old']);
    expect(await paths({ whose: 'unknown', state: 'taken' })).toEqual(['/secreto', '/ofertas']);
    expect(await paths({ whose: 'known' })).toEqual(['', 'Order Completed', 'Product Viewed']);
    expect(await paths({ source: newId() })).toEqual([]);
  });

  it('tell no customers to whoever may not see them, and nothing personal', async () => {
    const { items } = await list({}, clerk);
    expect(items.every(({ customer }) => customer === null)).toBe(true);
    expect(items[3]!.error!.value).toBe('');
  });

  it('are shown with all that was kept and what became of them', async () => {
    const { items } = await list();
    const shown = await showEvent(context, everything, items[5]!.id);
    expect(shown).toMatchObject({ body: { email: 'ana@example.com', colour: 'red' }, facts: [{ kind: 'event' }] });
    const hidden = await showEvent(context, clerk, items[5]!.id);
    expect(hidden).toMatchObject({ body: { email: '•••', colour: 'red' }, customer: null });
    expect((await showEvent(context, everything, items[2]!.id)).facts).toMatchObject([
      { kind: 'event' },
      { kind: 'purchase', lines: 1, amount: 24.5, what: 'O1' },
    ]);
    await expect(showEvent(context, everything, `1-${newId()}`)).rejects.toMatchObject({ code: 'VIN_EVENT_NOT_FOUND' });
  });

  it('that find their person later are shown as theirs, once', async () => {
    const before = (await list({ type: 'page', name: 'ofertas' })).items[0]!;
    const [row] = await context.warehouse.rows<Record<string, unknown>>(
      `select * except (record_id, version) from event where record_id = {device:UUID} and path = '/ofertas'`,
      { device },
    );
    await context.warehouse.insert('event', [
      { ...row, record_id: ana, version: 2 },
      { ...row, record_id: device, version: 2, gone: 1 },
    ]);
    const { items } = await list({ type: 'page', name: 'ofertas' });
    expect(items).toMatchObject([{ id: before.id, whose: 'device', customer: { name: 'Ana Gil' } }]);
  });
});

it('figures say what came in a minute and an hour, what waits, what was rejected, of each source', async () => {
  const { db } = context.store;
  await context.warehouse.insert('event', [event(600)]);
  await sql`insert into inbox (source_id, type, events, body, received_at) values (${source}, 'batch', 7, '', ${ago(3)})`.execute(db);
  const figures = await eventFigures(context);
  expect(figures).toMatchObject({
    minute: 5,
    hour: 6,
    waiting: 7,
    rejected: 1,
    open: 2,
    sources: [{ label: 'Tienda web', minute: 5, hour: 6, waiting: 7, rejected: 1 }],
  });
  expect(figures.minutes.reduce((all, one) => all + one, 0)).toBe(6);
  expect(figures.oldestSeconds).toBeGreaterThan(2);
  expect(figures.oldestSeconds).toBeLessThan(60);
  expect(Date.now() - Date.parse(figures.lastAt!)).toBeLessThan(60_000);
});

it('whatever may name somebody is hidden, in whatever depth', () => {
  expect(
    maskedBody({
      traits: { firstName: 'Ana', email: 'ana@example.com', address: { street: 'Mayor 1' }, plan: 'gold' },
      products: [{ name: 'Café', price: 3 }],
      note: 'escribe a ana@example.com',
      total: 12,
      empty: '',
    }),
  ).toEqual({
    traits: { firstName: '•••', email: '•••', address: '•••', plan: 'gold' },
    products: [{ name: 'Café', price: 3 }],
    note: 'e•••@example.com',
    total: 12,
    empty: '',
  });
});
