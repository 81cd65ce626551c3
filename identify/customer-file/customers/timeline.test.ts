// One timeline of every channel: orders whole, the newest version of each fact, page after page without a gap.
import { sql } from 'kysely';
import { newId } from '@vinculo/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { strangers, type TestFile, testFile } from '../identity/identity.fixture.ts';
import { unify } from '../identity/unify.ts';
import { timeline } from './timeline.ts';

let file: TestFile;
let customer: string;
const IMPORT = newId();
const at = (day: number, hour = 10) => `2024-05-${String(day).padStart(2, '0')} ${String(hour).padStart(2, '0')}:00:00`;

beforeAll(async () => {
  file = await testFile();
  const [record] = await file.add(
    'tarjeta',
    strangers(0, 5).map(({ card }) => card),
  );
  await unify(file.context, { scope: 'new' });
  customer = (await file.customers()).get(record!)!;
  const { warehouse } = file.context;
  const shared = { record_id: record, source_id: await file.source('tarjeta'), import_id: IMPORT, version: 1 };
  const line = {
    quantity: 1,
    list_amount: null,
    discount: 0,
    coupon_discount: 0,
    cost: null,
    currency: 'EUR',
    channel: 'tienda',
    store: 'Centro',
  };
  const bought = (order_key: string, day: number, product_key: string, amount: string, more = {}) => ({
    ...shared,
    ...line,
    line_id: newId(),
    order_key,
    occurred_at: at(day),
    product_key,
    amount,
    ...more,
  });
  const changed = bought('A1', 3, 'leche', '2.50');
  await warehouse.insert('purchase', [
    changed,
    bought('A1', 3, 'pan', '10.25', { discount: '0.75', coupon_discount: '0.25' }),
    bought('A1', 3, 'pan', '-1.00'),
    bought('', 7, 'pan', '4'),
  ]);
  await warehouse.insert('purchase', [{ ...changed, amount: '3.50', version: 2 }]);
  await warehouse.insert('product', [
    {
      product_key: 'pan',
      name: 'Pan de pueblo',
      category: '',
      subcategory: '',
      brand: '',
      price: null,
      cost: null,
      import_id: IMPORT,
      version: 1,
    },
  ]);
  await warehouse.insert('campaign', [
    { campaign_key: 'k1', name: 'Primavera', kind: 'mail', starts_on: null, ends_on: null, import_id: IMPORT, version: 1 },
  ]);
  const call = {
    ...shared,
    contact_id: newId(),
    occurred_at: at(5),
    channel: 'teléfono',
    direction: 'in',
    topic: 'queja',
    outcome: 'abierta',
    agent: 'Ana',
    text: 'Llega tarde',
  };
  await warehouse.insert('contact', [call]);
  await warehouse.insert('contact', [{ ...call, outcome: 'resuelta', version: 2 }]);
  await warehouse.insert('campaign_contact', [
    {
      ...shared,
      contact_id: newId(),
      campaign_key: 'k1',
      occurred_at: at(4),
      channel: 'mail',
      response: 'clicked',
      responded_at: at(4, 12),
    },
    { ...shared, contact_id: newId(), campaign_key: 'sin nombre', occurred_at: at(4), channel: 'mail', response: '', responded_at: null },
  ]);
  await warehouse.insert('redemption', [
    { ...shared, redemption_id: newId(), coupon_key: 'c9', campaign_key: 'k1', order_key: 'A1', redeemed_at: at(3) },
  ]);
  await sql`
    insert into note (id, customer_id, body, created_by, author_name, created_at)
    values (${newId()}, ${customer}, 'Prefiere tardes', 'u1', 'Ana', '2024-05-06T10:00:00Z')`.execute(file.context.store.db);
});
afterAll(() => file?.close());

it('tells every kind, the newest first, as it stands now', async () => {
  const { items, next } = await timeline(file.context, customer, { limit: 30 });
  expect(next).toBeNull();
  expect(items.map(({ kind, at: when }) => `${kind} ${when}`)).toEqual([
    'purchase 2024-05-07T10:00:00.000Z',
    'note 2024-05-06T10:00:00.000Z',
    'contact 2024-05-05T10:00:00.000Z',
    'campaign 2024-05-04T10:00:00.000Z',
    'campaign 2024-05-04T10:00:00.000Z',
    'redemption 2024-05-03T10:00:00.000Z',
    'purchase 2024-05-03T10:00:00.000Z',
  ]);
  const [alone, , contact, ...rest] = items;
  expect(alone!.data).toMatchObject({ order: '', amount: '4', lines: '1', products: ['Pan de pueblo'] });
  expect(contact).toMatchObject({
    channel: 'teléfono',
    data: { topic: 'queja', outcome: 'resuelta', agent: 'Ana', text: 'Llega tarde', direction: 'in' },
  });
  expect(rest.slice(0, 2).map(({ data }) => data)).toEqual(
    expect.arrayContaining([
      { campaign: 'k1', campaignName: 'Primavera', response: 'clicked', respondedAt: '2024-05-04 12:00:00' },
      { campaign: 'sin nombre', campaignName: 'sin nombre', response: '', respondedAt: '' },
    ]),
  );
  expect(rest[2]!.data).toEqual({ coupon: 'c9', campaign: 'k1', campaignName: 'Primavera', order: 'A1' });
  expect(rest[3]!.data).toEqual({
    order: 'A1',
    amount: '12.75',
    currency: 'EUR',
    lines: '3',
    store: 'Centro',
    saved: '1',
    returned: '1',
    products: ['Pan de pueblo', 'leche', 'Pan de pueblo'],
  });
});

describe('what somebody did on the web', () => {
  let visit: (minute: number, more?: object) => object;
  beforeAll(async () => {
    const { rows } = await sql<{ record: string }>`
      select record_id as record from link where customer_id = ${customer} and valid_to is null limit 1`.execute(file.context.store.db);
    visit = (minute, more = {}) => ({
      record_id: rows[0]!.record,
      event_id: newId(),
      source_id: rows[0]!.record,
      device_id: newId(),
      anonymous: 1,
      type: 'page',
      name: '',
      occurred_at: `2024-05-02 10:${minute}:00.250`,
      received_at: '2024-05-02 11:00:00.000',
      path: '/ofertas',
      referrer: '',
      campaign: '',
      products: [],
      categories: [],
      value: null,
      currency: '',
      order_key: '',
      search: '',
      properties: '',
      version: 1,
      gone: 0,
      ...more,
    });
    const moved = visit(13);
    await file.context.warehouse.insert('event', [
      visit(10),
      visit(11, { type: 'track', name: 'Product Viewed', path: '/cafe', products: ['pan', 'sin ficha'], value: '2.5', currency: 'EUR' }),
      visit(12, { type: 'track', name: 'Products Searched', search: 'cafetera' }),
      moved,
    ]);
    await file.context.warehouse.insert('event', [{ ...moved, version: 2, gone: 1 }]);
  });

  it('is told as it stands: what was moved to somebody else is gone', async () => {
    const { items } = await timeline(file.context, customer, { limit: 30, kinds: 'event' });
    const none = { name: '', path: '/ofertas', value: '', currency: '', search: '', products: [] };
    expect(items.map(({ at: when, data }) => [when, data])).toEqual([
      ['2024-05-02T10:12:00.250Z', { ...none, type: 'track', name: 'Products Searched', search: 'cafetera' }],
      [
        '2024-05-02T10:11:00.250Z',
        {
          ...none,
          type: 'track',
          name: 'Product Viewed',
          path: '/cafe',
          value: '2.5',
          currency: 'EUR',
          products: ['Pan de pueblo', 'sin ficha'],
        },
      ],
      ['2024-05-02T10:10:00.250Z', { ...none, type: 'page' }],
    ]);
  });

  it('is in its place among everything else, page by page, also within a second', async () => {
    await file.context.warehouse.insert('event', [
      visit(20, { occurred_at: '2024-05-03 10:00:00.900' }),
      visit(20, { occurred_at: '2024-05-03 10:00:00.100' }),
    ]);
    const whole = (await timeline(file.context, customer, { limit: 30 })).items.map(({ id }) => id);
    expect(whole).toHaveLength(12);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, next } = await timeline(file.context, customer, { limit: 1, cursor });
      paged.push(...items.map(({ id }) => id));
      cursor = next ?? undefined;
    } while (cursor);
    expect(paged).toEqual(whole);
  });
});

it('goes on where a page ended, without a gap and without saying anything twice', async () => {
  const whole = (await timeline(file.context, customer, { limit: 30 })).items.map(({ id }) => id);
  const paged: string[] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = await timeline(file.context, customer, { limit: 2, cursor });
    paged.push(...items.map(({ id }) => id));
    cursor = next ?? undefined;
  } while (cursor);
  expect(paged).toEqual(whole);
});

it('tells only the kinds asked for', async () => {
  const kindsOf = async (kinds: string) => (await timeline(file.context, customer, { limit: 30, kinds })).items.map(({ kind }) => kind);
  expect(await kindsOf('purchase')).toEqual(['purchase', 'purchase']);
  expect(await kindsOf('contact,redemption')).toEqual(['contact', 'redemption']);
  expect(await kindsOf('consent')).toEqual([]);
});
