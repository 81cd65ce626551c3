// A simulated town in the stores, as imports would have brought it: for the tests of loyalty.
import type { SimulatedTown } from '@vinculo/value';
import { newId, recordId } from '@vinculo/postgres';
import { sql } from 'kysely';
import { dayIn } from '../life-cycle/purchase-days.ts';
import type { TestShop } from '../shop.fixture.ts';

const DAY_MS = 86_400_000;
/** As in the company's calendar: tests of shops are in Madrid. */
const TODAY = dayIn(new Date(), 'Europe/Madrid');
/** 23:15 of the day before in UTC is that day in Madrid, in winter and in summer. */
const AFTER_MIDNIGHT_MS = -45 * 60_000;

/** A day of the town as a moment of the warehouse; its last one is yesterday, and a week stays a week. */
const moment = (town: SimulatedTown, day: number, order: number): string => {
  const at = new Date((TODAY - town.at + day) * DAY_MS + AFTER_MIDNIGHT_MS + order * 60_000);
  return at.toISOString().slice(0, 19).replace('T', ' ');
};

/** Moves in and returns the id of each customer, in their order. */
export async function moveIn(shop: TestShop, town: SimulatedTown): Promise<string[]> {
  const { store, warehouse } = shop.context;
  const ids = town.customers.map(() => newId());
  const record = (i: number) => recordId(shop.source, town.customers[i]!.key);
  await store.copyIn(
    store,
    'customer',
    ['id', 'kind', 'display_name', 'sort_name', 'province', 'golden', 'records', 'sources', 'search'],
    (async function* () {
      yield town.customers
        .map(({ key, province }, i) => `${ids[i]}\tperson\t${key}\t${key}\t${province}\t{}\t1\t{${shop.source}}\t`)
        .join('\n')
        .concat('\n');
    })(),
  );
  await warehouse.insert(
    'identity',
    ids.map((id, i) => ({ record_id: record(i), customer_id: id, version: 1 })),
  );
  await warehouse.insert(
    'match_record',
    town.customers.map(({ area, province }, i) => ({
      record_id: record(i),
      source_id: shop.source,
      kind: 'person',
      postcode: `${area}01`,
      traits: JSON.stringify({ province }),
      changed_at: '2026-01-01 00:00:00',
      version: 1,
    })),
  );
  const categories = new Map(town.customers.flatMap(({ lines }) => lines.map(({ product, category }) => [product, category] as const)));
  await warehouse.insert(
    'product',
    [...categories].map(([product, category]) => ({ product_key: product, name: product, category, import_id: newId(), version: 1 })),
  );
  let line = 0;
  await warehouse.insert(
    'purchase',
    town.customers.flatMap(({ visits, lines, visitOf, key }, i) => {
      // What a visit saved beyond coupons lies on its lines, in the measure of what they cost.
      const coupons = visits.map((_, v) => lines.reduce((total, one, l) => total + (visitOf[l] === v ? one.coupon : 0), 0));
      return lines.map(({ product, quantity, paid, coupon, discounted }, l) => {
        const visit = visits[visitOf[l]!]!;
        const saved = Math.max(0, visit.saved - coupons[visitOf[l]!]!) * (paid / visit.paid);
        const discount = discounted ? Math.max(0.01, saved) : 0;
        return {
          record_id: record(i),
          line_id: recordId(shop.source, `line ${line++}`),
          source_id: shop.source,
          order_key: `${key} ${visitOf[l]}`,
          occurred_at: moment(town, visit.day, visitOf[l]! % 600),
          product_key: product,
          quantity: quantity.toFixed(4),
          amount: paid.toFixed(4),
          list_amount: null,
          discount: discount.toFixed(4),
          coupon_discount: coupon.toFixed(4),
          currency: 'EUR',
          channel: visit.channel,
          store: visit.store,
          import_id: newId(),
          version: 1,
        };
      });
    }),
  );
  const contact = (i: number, n: number, topic: string, outcome: string) => ({
    record_id: record(i),
    contact_id: recordId(shop.source, `contact ${i} ${topic} ${n}`),
    source_id: shop.source,
    occurred_at: moment(town, town.at - 30, n),
    channel: 'phone',
    direction: 'in',
    topic,
    outcome,
    import_id: newId(),
    version: 1,
  });
  await warehouse.insert(
    'contact',
    town.customers.flatMap(({ surveys, referrals, complaints }, i) => [
      ...surveys.map((answer, n) => contact(i, n, 'Encuesta de satisfacción', `${Math.round(answer * 10)}/10`)),
      ...Array.from({ length: referrals }, (_, n) => contact(i, n, 'Recomendación de un amigo', '')),
      ...Array.from({ length: complaints }, (_, n) => contact(i, n, 'Reclamación', 'Resuelta')),
    ]),
  );
  await warehouse.insert(
    'campaign_contact',
    town.customers.flatMap(({ contacted, responded }, i) =>
      Array.from({ length: contacted }, (_, n) => ({
        record_id: record(i),
        contact_id: recordId(shop.source, `campaign ${i} ${n}`),
        source_id: shop.source,
        campaign_key: `c${n}`,
        occurred_at: moment(town, 35 * n, 0),
        channel: 'mail',
        response: n < responded ? 'cupón canjeado' : '',
        import_id: newId(),
        version: 1,
      })),
    ),
  );
  const stated = [
    ...[...town.stated.exclusiveCategories].map((subject) => ['exclusive_category', subject]),
    ...[...town.stated.contractCategories].map((subject) => ['contract_category', subject]),
    ...[...town.stated.provincesWithoutRival].map((subject) => ['no_rival_province', subject]),
  ];
  for (const [kind, subject] of stated) {
    await sql`insert into market_fact (id, kind, subject, stated_by) values (${newId()}, ${kind}, ${subject}, '{"name":"test"}')`.execute(
      store.db,
    );
  }
  return ids;
}
