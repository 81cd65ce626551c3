// Contacts, mailings and redeemed coupons beside their customers, over the real stores.
import { recordId } from '@vinculo/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestShop, testShop } from '../shop.fixture.ts';
import { contactsStep } from './contacts.ts';

const AT = '2026-03-01 09:00:00';
const LATER = '2026-03-02 09:00:00';

let shop: TestShop;
let ana: string;
let eva: string;

const fact = (record: string, id: string, version = 1) => ({
  record_id: recordId(shop.source, record),
  source_id: shop.source,
  version,
  [id]: recordId(shop.source, `${record} ${id}`),
});
const contact = (record: string, topic: string, version = 1) => ({
  ...fact(record, 'contact_id', version),
  occurred_at: AT,
  channel: 'phone',
  direction: 'in',
  topic,
});
const find = async () => {
  await contactsStep.run(shop.context, {
    at: new Date(),
    currency: 'EUR',
    timeZone: 'Europe/Madrid',
    signal: new AbortController().signal,
  });
  const rows = (table: string) => shop.context.warehouse.rows(`select * from ${table} order by all`);
  return {
    contacts: await rows('customer_contact'),
    mailings: await rows('customer_mailing'),
    redemptions: await rows('customer_redemption'),
  };
};
const found = (customer: string, topic: string) => ({
  customer_id: customer,
  occurred_at: '2026-03-01T09:00:00Z',
  source: shop.source,
  channel: 'phone',
  direction: 'in',
  topic,
  outcome: '',
});

beforeAll(async () => {
  shop = await testShop();
  ana = await shop.customer('ana', 'ana at the shop');
  eva = await shop.customer('eva');
});
afterAll(() => shop?.close());

describe('contacts beside their customers', () => {
  it('are none where there are no facts', async () => {
    expect(await find()).toEqual({ contacts: [], mailings: [], redemptions: [] });
  });

  it('are those of every record of a customer, as last told, and of nobody who is not known', async () => {
    const { warehouse } = shop.context;
    await warehouse.insert('contact', [contact('ana', 'a'), contact('ana at the shop', 'b'), contact('eva', 'c'), contact('nobody', 'd')]);
    await warehouse.insert('contact', [contact('eva', 'told again', 2)]);
    const mailing = (record: string, version: number, told: object) => ({
      ...fact(record, 'contact_id', version),
      campaign_key: 'spring',
      occurred_at: AT,
      channel: 'email',
      ...told,
    });
    await warehouse.insert('campaign_contact', [mailing('ana', 1, {}), mailing('nobody', 1, {})]);
    await warehouse.insert('campaign_contact', [mailing('ana', 2, { response: 'yes', responded_at: LATER })]);
    await warehouse.insert('redemption', [
      { ...fact('eva', 'redemption_id'), redeemed_at: AT, order_key: 'o1' },
      { ...fact('nobody', 'redemption_id'), redeemed_at: AT },
    ]);
    const { contacts, mailings, redemptions } = await find();
    expect(contacts).toHaveLength(3);
    expect(contacts).toEqual(expect.arrayContaining([found(ana, 'a'), found(ana, 'b'), found(eva, 'told again')]));
    expect(mailings).toEqual([
      {
        customer_id: ana,
        occurred_at: '2026-03-01T09:00:00Z',
        source: shop.source,
        channel: 'email',
        campaign_key: 'spring',
        response: 'yes',
        responded_at: '2026-03-02T09:00:00Z',
      },
    ]);
    expect(redemptions).toEqual([{ customer_id: eva, redeemed_at: '2026-03-01T09:00:00Z', order_key: 'o1' }]);
  });

  it('go with a record to whom it belongs next', async () => {
    await shop.identity('ana at the shop', eva, 2);
    const { contacts } = await find();
    expect(contacts).toHaveLength(3);
    expect(contacts).toEqual(expect.arrayContaining([found(ana, 'a'), found(eva, 'b'), found(eva, 'told again')]));
  });
});
