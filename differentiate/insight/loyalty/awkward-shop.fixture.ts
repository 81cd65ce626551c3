// A shop whose files hold what tills and people really write: returns, exchanges, gifts, rewards, midnights, merged customers.
// Everything stands here as raw rows, so that figures of loyalty can be counted from them by hand.
import { random } from '@vinculo/value';
import { newId, recordId } from '@vinculo/postgres';
import { sql } from 'kysely';
import { dayIn } from '../life-cycle/purchase-days.ts';
import type { Line, TestShop } from '../shop.fixture.ts';

export interface RawLine extends Line {
  /** Set for each: nothing is left to a default. */
  product: string;
  quantity: string;
  discount: string;
  coupon: string;
  list: string | null;
  currency: string;
  channel: string;
  store: string;
}
export interface RawContact {
  record: string;
  topic: string;
  outcome: string;
  direction: 'in' | 'out' | '';
}
export interface RawMailing {
  record: string;
  campaign: string;
  response: string;
  respondedAt: string | null;
}
export interface RawRedemption {
  record: string;
  /** '' where the source does not say. */
  order: string;
  at: string;
}
export interface RawHome {
  record: string;
  postcode: string;
  province: string;
  changedAt: string;
}
export interface RawCustomer {
  name: string;
  records: string[];
  /** On the desk, which lists them by it. */
  province: string;
}
export interface AwkwardShop {
  customers: RawCustomer[];
  lines: RawLine[];
  contacts: RawContact[];
  mailings: RawMailing[];
  redemptions: RawRedemption[];
  homes: RawHome[];
  /** Category of each product of the catalogue; of others nothing is known. */
  categories: Map<string, string>;
  stated: Record<
    'exclusive_product' | 'exclusive_category' | 'contract_product' | 'contract_category' | 'no_rival_province' | 'no_rival_store',
    string[]
  >;
}

const DAY_MS = 86_400_000;
const TODAY = dayIn(new Date(), 'Europe/Madrid');
/** `daysAgo` days before today at this time in UTC: in Madrid 23:30 is the next day, in summer and in winter. */
export const moment = (daysAgo: number, time = '10:00:00'): string =>
  `${new Date((TODAY - daysAgo) * DAY_MS).toISOString().slice(0, 10)} ${time}`;

const PLAIN = { product: 'p1', quantity: '1', discount: '0', coupon: '0', list: null, currency: 'EUR', channel: 'store', store: 'S1' };

/** People who shop at random, with every kind of line, and some with one oddity each. */
export function awkwardShop(people = 150, seed = 7): AwkwardShop {
  const { uniform: draw } = random(seed);
  const below = (n: number) => Math.floor(draw() * n);
  const one = <T>(of: readonly T[]): T => of[below(of.length)]!;
  const chance = (p: number) => draw() < p;
  const shop: AwkwardShop = {
    customers: [],
    lines: [],
    contacts: [],
    mailings: [],
    redemptions: [],
    homes: [],
    categories: new Map(Array.from({ length: 18 }, (_, n) => [`p${n}`, n === 17 ? '' : `c${n % 5}`])),
    stated: {
      exclusive_product: ['p3'],
      exclusive_category: ['c4'],
      contract_product: ['p7', 'unknown to all'],
      contract_category: [],
      no_rival_province: ['Soria'],
      no_rival_store: ['S4'],
    },
  };
  const buy = (record: string, order: string, at: string, amount: string, rest: Partial<RawLine> = {}) =>
    shop.lines.push({ ...PLAIN, record, order, at, amount, ...rest });
  const live = (name: string, records: string[], province = 'Madrid', postcode = '28012') => {
    shop.customers.push({ name, records, province });
    for (const record of records) shop.homes.push({ record, postcode, province, changedAt: '2026-01-01 00:00:00' });
  };

  for (let person = 0; person < people; person++) {
    const name = `person ${person}`;
    const records = chance(0.2) ? [name, `${name} too`] : [name];
    const place = one([
      { province: 'Madrid', postcode: '28012' },
      { province: 'Madrid', postcode: '28931' },
      { province: 'Soria', postcode: '42001' },
      { province: '', postcode: '' },
      { province: 'Lugo', postcode: '27' },
    ]);
    live(name, records, place.province, place.postcode);
    const since = 20 + below(500);
    const home = one(['S1', 'S2', 'S3', 'S4']);
    for (let visit = 0, visits = 1 + below(14); visit < visits; visit++) {
      const daysAgo = below(since);
      const record = one(records);
      const order = chance(0.1) ? '' : `${name} ${visit}`;
      // No two at the same moment: which was first would be luck.
      const at = moment(daysAgo, `${one(['09:15', '12:30', '21:40', '22:20', '23:30'])}:${String(visit).padStart(2, '0')}`);
      const where = { store: chance(0.7) ? home : one(['S1', 'S2', 'S3', 'S4', '']), channel: one(['store', 'store', 'web', 'phone', '']) };
      const currency = chance(0.04) ? 'USD' : chance(0.1) ? '' : 'EUR';
      for (let n = 0, lines = order === '' ? 1 : 1 + below(5); n < lines; n++) {
        const product = chance(0.08) ? '' : `p${below(20)}`;
        const quantity = 1 + below(3);
        const listed = quantity * (3 + (Number(product.slice(1)) || 0)) * 100;
        const off = chance(0.35) ? Math.round(listed * (0.05 + draw() * 0.4)) : 0;
        const coupon = chance(0.15) ? Math.round((listed - off) * (0.2 + draw() * 0.8)) : 0;
        const free = chance(0.05);
        const cents = free ? 0 : listed - off - coupon;
        const told = chance(0.5);
        const money = (amount: number) => (amount / 100).toFixed(2);
        const back = chance(0.08);
        buy(record, order, at, money(back ? -cents : cents), {
          ...where,
          currency,
          product,
          quantity: back ? `-${quantity}` : chance(0.02) ? '0' : chance(0.02) ? `-${quantity}` : `${quantity}`,
          // A reduction is told as a discount, as a list price, or as both.
          discount: off && !back && (!told || chance(0.5)) ? money(off) : '0',
          list: told ? money(back ? -listed : listed) : null,
          coupon: back ? '0' : money(coupon),
        });
      }
      if (chance(0.1)) shop.redemptions.push({ record, order: chance(0.5) ? order : '', at: chance(0.7) ? at : moment(below(since)) });
    }
    for (let n = below(3); n > 0; n--)
      shop.contacts.push({
        record: one(records),
        direction: one(['in', 'out', '']),
        ...one([
          { topic: 'Encuesta de satisfacción', outcome: '8/10' },
          { topic: 'Encuesta de satisfacción', outcome: '4,5 de 5' },
          { topic: 'NPS', outcome: '9' },
          { topic: 'Encuesta', outcome: 'Detractor' },
          { topic: 'Encuesta', outcome: '' },
          { topic: 'Encuesta', outcome: '85 %' },
          { topic: 'Valoración', outcome: '0/0' },
          { topic: 'Llamada', outcome: 'Incidencia con el pago' },
          { topic: 'Reclamación', outcome: 'Resuelta' },
          { topic: 'Queja por el envío', outcome: '3 días' },
          { topic: 'Recomendación de un amigo', outcome: '' },
          { topic: 'Horario', outcome: '10' },
        ]),
      });
    for (let n = below(5); n > 0; n--)
      shop.mailings.push({
        record: one(records),
        campaign: `campaign ${below(4)}`,
        response: chance(0.3) ? 'clicked' : '',
        respondedAt: chance(0.1) ? moment(5) : null,
      });
  }

  live('only returns', ['only returns']);
  buy('only returns', 'r1', moment(40), '-12.00', { quantity: '-1' });

  live('everything came back', ['everything came back']);
  buy('everything came back', 'r2', moment(40), '12.00');
  buy('everything came back', 'r2', moment(38), '-12.00', { quantity: '-1' });

  live('exchanges', ['exchanges']);
  buy('exchanges', 'x1', moment(90), '30.00', { product: 'p2' });
  buy('exchanges', 'x2', moment(60), '25.00', { product: 'p4' });
  buy('exchanges', 'x2', moment(60), '-30.00', { product: 'p2', quantity: '-1' });
  buy('exchanges', 'x3', moment(30), '40.00', { product: 'p4' });
  buy('exchanges', 'x3', moment(30), '-25.00', { product: 'p4', quantity: '-1' });
  buy('exchanges', 'x4', moment(10), '20.00', { product: 'p3' });

  live('gifts alone', ['gifts alone']);
  buy('gifts alone', 'g1', moment(30), '0.00', { list: '9.00' });

  live('once', ['once']);
  buy('once', 'o1', moment(12), '18.00');

  live('tomorrow', ['tomorrow']);
  buy('tomorrow', 't1', moment(-1, '12:00:00'), '18.00');

  live('dollars', ['dollars']);
  buy('dollars', 'd1', moment(12), '18.00', { currency: 'USD' });

  live('midnight', ['midnight']);
  for (const [n, daysAgo] of [80, 73, 66, 59, 52].entries())
    buy('midnight', `m${n}`, moment(daysAgo, n % 2 ? '23:30:00' : '12:00:00'), '10.00');

  live('paid with coupons', ['paid with coupons']);
  buy('paid with coupons', 'k1', moment(50), '5.00');
  buy('paid with coupons', 'k1', moment(50), '0.00', { product: 'p6', coupon: '9.00', list: '9.00' });
  buy('paid with coupons', 'k2', moment(40), '1.00', { product: 'p6', coupon: '8.00', list: '9.00' });
  buy('paid with coupons', 'k3', moment(30), '6.00');
  buy('paid with coupons', 'k4', moment(20), '6.00', { coupon: '2.00' });
  buy('paid with coupons', 'k4', moment(18), '-6.00', { quantity: '-1' });

  live('rewards', ['rewards']);
  for (const [n, daysAgo] of [50, 40, 30, 20, 10].entries())
    buy('rewards', `w${n}`, moment(daysAgo), '10.00', n === 0 ? { coupon: '1.00' } : {});
  shop.redemptions.push({ record: 'rewards', order: 'w1', at: moment(40) });
  shop.redemptions.push({ record: 'rewards', order: '', at: moment(30, '18:00:00') });
  shop.redemptions.push({ record: 'rewards', order: '', at: moment(25) });
  shop.redemptions.push({ record: 'rewards', order: 'never seen', at: moment(20) });

  live('list prices', ['list prices']);
  for (const [n, daysAgo] of [95, 88, 60, 57, 20, 15, 9].entries())
    buy('list prices', `l${n}`, moment(daysAgo), n % 2 ? '9.00' : '6.00', { product: 'p2', list: '9.00' });

  live('cents', ['cents']);
  buy('cents', 'f1', moment(30), '0.10', { coupon: '0.70', list: '0.80' });
  buy('cents', 'f2', moment(20), '5.00');
  buy('cents', 'f3', moment(10), '5.00');

  live('wrong signs', ['wrong signs']);
  buy('wrong signs', 'n1', moment(30), '1.00', { coupon: '-2.00' });
  buy('wrong signs', 'n2', moment(20), '5.00', { discount: '-1.00' });
  buy('wrong signs', 'n3', moment(10), '5.00');

  live('three a day', ['three a day']);
  for (const [n, [daysAgo, time, off]] of (
    [
      [90, '08:00:00', 0],
      [90, '09:00:00', 5],
      [90, '19:00:00', 1],
      [70, '08:00:00', 4],
      [66, '10:00:00', 0],
      [66, '11:00:00', 3],
      [40, '09:00:00', 0],
    ] as const
  ).entries())
    buy('three a day', `a${n}`, moment(daysAgo, time), `${10 - off}.00`, { discount: `${off}.00` });

  live('without place', ['without place'], '', '');
  for (const [n, daysAgo] of [50, 40, 30].entries())
    buy('without place', `s${n}`, moment(daysAgo), '10.00', { store: '', channel: '', product: '' });

  live('merged', ['merged', 'merged away']);
  for (const [n, daysAgo] of [60, 45, 30, 15].entries())
    buy(n % 2 ? 'merged away' : 'merged', `j${n}`, moment(daysAgo), '10.00', { store: 'S2' });
  // Moved house: the record that changed last knows.
  shop.homes.find(({ record }) => record === 'merged away')!.postcode = '42001';
  shop.homes.find(({ record }) => record === 'merged away')!.changedAt = '2026-05-01 00:00:00';

  live('reminded', ['reminded']);
  for (const [n, daysAgo] of [50, 40, 30].entries()) buy('reminded', `b${n}`, moment(daysAgo), '10.00');
  for (const response of ['', '', 'clicked'])
    shop.mailings.push({ record: 'reminded', campaign: 'campaign 1', response, respondedAt: null });
  return shop;
}

/** Puts the raw rows into the stores, as imports would, and returns the id of each customer by name. */
export async function fillShop(shop: TestShop, raw: AwkwardShop): Promise<Map<string, string>> {
  const { store, warehouse } = shop.context;
  const ids = new Map<string, string>();
  for (const { name, records, province } of raw.customers) {
    const id = await shop.customer(records[0]!);
    ids.set(name, id);
    await sql`update customer set province = ${province || null} where id = ${id}`.execute(store.db);
    for (const record of records.slice(1)) {
      // Somebody else until the two were found to be one.
      const other = await shop.customer(record);
      await shop.identity(record, id, 2);
      await sql`update customer set merged_into = ${id} where id = ${other}`.execute(store.db);
    }
  }
  const common = { source_id: shop.source, import_id: newId(), version: 1 };
  await warehouse.insert(
    'match_record',
    raw.homes.map(({ record, postcode, province, changedAt }) => ({
      record_id: recordId(shop.source, record),
      source_id: shop.source,
      kind: 'person',
      postcode,
      traits: JSON.stringify({ province }),
      changed_at: changedAt,
      version: 1,
    })),
  );
  for (const [key, category] of raw.categories) await shop.product(key, { category });
  await shop.buy(...raw.lines);
  await warehouse.insert(
    'contact',
    raw.contacts.map(({ record, topic, outcome, direction }, n) => ({
      ...common,
      record_id: recordId(shop.source, record),
      contact_id: recordId(shop.source, `contact ${n}`),
      occurred_at: moment(30),
      channel: 'phone',
      direction,
      topic,
      outcome,
    })),
  );
  await warehouse.insert(
    'campaign_contact',
    raw.mailings.map(({ record, campaign, response, respondedAt }, n) => ({
      ...common,
      record_id: recordId(shop.source, record),
      contact_id: recordId(shop.source, `mailing ${n}`),
      campaign_key: campaign,
      occurred_at: moment(30),
      channel: 'mail',
      response,
      responded_at: respondedAt,
    })),
  );
  await warehouse.insert(
    'redemption',
    raw.redemptions.map(({ record, order, at }, n) => ({
      ...common,
      record_id: recordId(shop.source, record),
      redemption_id: recordId(shop.source, `redemption ${n}`),
      coupon_key: 'k',
      campaign_key: '',
      order_key: order,
      redeemed_at: at,
    })),
  );
  for (const [kind, subjects] of Object.entries(raw.stated))
    for (const subject of subjects)
      await sql`insert into market_fact (id, kind, subject, stated_by) values (${newId()}, ${kind}, ${subject}, '{"name":"test"}')`.execute(
        store.db,
      );
  return ids;
}
