// What orders come to: what was paid for goods adds up, however it is told, in whatever order.
import * as fc from 'fast-check';
import { property } from '@vinculo/testing';
import { describe, expect, it } from 'vitest';
import type { WholeCall } from '../read/call.ts';
import { amountText, readAmount } from '../read/amount.ts';
import { readCall } from '../read/read-call.ts';
import { orderFacts } from './order-facts.ts';
import { readOrder, type Told } from './told.ts';

const SOURCE = '01900000-0000-7000-8000-000000000000';
const RECEIVED = Date.UTC(2024, 4, 2, 12);

function call(event: string, properties: object, minute = 0): WholeCall {
  const body = { event, userId: 'u1', properties, timestamp: new Date(RECEIVED - 3_600_000 + minute * 60_000).toISOString() };
  return readCall({
    sourceId: SOURCE,
    messageId: `${event} ${minute}`,
    type: 'track',
    body,
    receivedAt: RECEIVED,
    sentAt: undefined,
    replays: undefined,
  });
}

function facts(...calls: WholeCall[]) {
  const told: Record<string, Told> = {};
  for (const one of calls) told[one.messageId] = readOrder(one)!.told;
  return orderFacts({ sourceId: SOURCE, orderKey: 'P1', told }, 'EUR');
}

const paid = (...calls: WholeCall[]) => facts(...calls).lines.map(({ productKey, quantity, amount }) => [productKey, quantity, amount]);
const sum = (...calls: WholeCall[]) => amountText(facts(...calls).lines.reduce((total, { amount }) => total + readAmount(amount)!, 0n));

/** The example of the spec. */
const SPEC = {
  order_id: 'P1',
  affiliation: 'Google Store',
  total: 27.5,
  subtotal: 22.5,
  revenue: 25,
  shipping: 3,
  tax: 2,
  discount: 2.5,
  coupon: 'hasbros',
  currency: 'usd',
  products: [
    { product_id: '507f1f77bcf86cd799439011', name: 'Monopoly: 3rd Edition', price: '19', quantity: 1, category: 'Games' },
    { product_id: '505bd76785ebb509fc183733', name: 'Uno Card Game', price: 3, quantity: 2, category: 'Games' },
  ],
};

describe('Order Completed', () => {
  it('is what the customer paid for the goods, parted by their prices; the coupon took the rest', () => {
    expect(facts(call('Order Completed', SPEC)).lines).toMatchObject([
      {
        productKey: '507f1f77bcf86cd799439011',
        quantity: '1',
        amount: '17.1',
        listAmount: '19',
        discount: '0',
        couponDiscount: '1.9',
        currency: 'USD',
        store: 'Google Store',
        channel: 'web',
      },
      { productKey: '505bd76785ebb509fc183733', quantity: '2', amount: '5.4', listAmount: '6', couponDiscount: '0.6' },
    ]);
  });

  it.each([
    ['subtotal', { subtotal: 22.5 }, '22.5'],
    ['total less shipping and taxes', { total: 27.5, shipping: 3, tax: 2 }, '22.5'],
    ['prices less the discount', { discount: 2.5 }, '22.5'],
    ['prices, where a total may hold shipping and taxes that are not told', { total: 30 }, '25'],
    ['prices alone', {}, '25'],
  ])('without the others: %s', (_, amounts, total) => {
    expect(sum(call('Order Completed', { order_id: 'P1', products: SPEC.products, ...amounts }))).toBe(total);
  });

  it('of no product, or of products without prices, is what was paid', () => {
    expect(paid(call('Order Completed', { order_id: 'P1', total: 12 }))).toEqual([['', '1', '12']]);
    const two = [{ sku: 'a' }, { sku: 'b', quantity: 3 }];
    expect(paid(call('Order Completed', { order_id: 'P1', revenue: 12, products: two }))).toEqual([
      ['a', '1', '3'],
      ['b', '3', '9'],
    ]);
  });

  it('the same product on two lines is two', () => {
    const { lines } = facts(
      call('Order Completed', {
        order_id: 'P1',
        products: [
          { sku: 'a', price: 1 },
          { sku: 'a', price: 2 },
        ],
      }),
    );
    expect(new Set(lines.map(({ lineId }) => lineId)).size).toBe(2);
  });

  it('adds up to what is told, whatever the prices', () => {
    const products = fc.array(fc.record({ price: fc.integer({ min: 0, max: 99_999 }), quantity: fc.integer({ min: 1, max: 9 }) }), {
      minLength: 1,
      maxLength: 9,
    });
    property(products, fc.integer({ min: 0, max: 1_000_000 }), (list, cents) => {
      const told = list.map(({ price, quantity }, n) => ({ sku: `p${n}`, price: price / 100, quantity }));
      expect(sum(call('Order Completed', { order_id: 'P1', subtotal: cents / 100, products: told }))).toBe(
        amountText(BigInt(cents) * 100n),
      );
    });
  });
});

describe('what comes after', () => {
  const done = call(
    'Order Completed',
    {
      order_id: 'P1',
      subtotal: 90,
      products: [
        { sku: 'a', price: 60 },
        { sku: 'b', price: 20, quantity: 2 },
      ],
    },
    1,
  );

  it('Order Updated replaces the order', () => {
    const updated = call('Order Updated', { order_id: 'P1', products: [{ sku: 'a', price: 50 }] }, 2);
    expect(paid(done, updated)).toEqual([['a', '1', '50']]);
    expect(facts(done, updated).lines[0]!.at).toBe(done.at);
    expect(facts(done, updated).lines[0]!.lineId).toBe(facts(done).lines[0]!.lineId);
  });

  it('Order Cancelled takes it back, unless it was made again since', () => {
    expect(facts(done, call('Order Cancelled', { order_id: 'P1' }, 2))).toEqual({ lines: [], redemptions: [] });
    expect(paid(done, call('Order Cancelled', { order_id: 'P1' }, 2), call('Order Updated', { order_id: 'P1', total: 5 }, 3))).toEqual([
      ['', '1', '5'],
    ]);
  });

  it('Order Refunded of all of it comes to nothing, told with its total or not', () => {
    expect(sum(done, call('Order Refunded', { order_id: 'P1' }, 2))).toBe('0');
    expect(sum(done, call('Order Refunded', { order_id: 'P1', total: 99 }, 2))).toBe('0');
    expect(sum(done, call('Order Refunded', { order_id: 'P1' }, 2), call('Order Refunded', { order_id: 'P1' }, 3))).toBe('0');
  });

  it('of products gives back what was paid for them, not what they are listed at; of the rest what is left', () => {
    const one = call('Order Refunded', { order_id: 'P1', products: [{ sku: 'b', price: 20 }] }, 2);
    expect(paid(done, one).slice(2)).toEqual([['b', '-1', '-18']]);
    expect(sum(done, one, call('Order Refunded', { order_id: 'P1' }, 3))).toBe('0');
  });

  it('of an amount gives back that', () => {
    expect(paid(done, call('Order Refunded', { order_id: 'P1', total: 10 }, 2)).slice(2)).toEqual([['', '0', '-10']]);
  });

  it('of an order nobody told of is what it says', () => {
    expect(paid(call('Order Refunded', { order_id: 'P1', products: [{ sku: 'a', price: 7, quantity: 2 }] }, 2))).toEqual([
      ['a', '-2', '-14'],
    ]);
    expect(paid(call('Order Refunded', { order_id: 'P1', total: 8 }, 2))).toEqual([['', '0', '-8']]);
    expect(paid(call('Order Refunded', { order_id: 'P1' }, 2))).toEqual([]);
  });

  it('a coupon is redeemed once the order is there, and once', () => {
    const applied = call('Coupon Applied', { order_id: 'P1', coupon_id: 'MAYO' }, 0);
    expect(facts(applied)).toEqual({ lines: [], redemptions: [] });
    const withCoupon = call(
      'Order Completed',
      { order_id: 'P1', total: 5, coupon: 'mayo', products: [{ sku: 'a', price: 5, coupon: 'LINEA' }] },
      1,
    );
    expect(facts(applied, withCoupon).redemptions.map(({ coupon }) => coupon)).toEqual(['MAYO', 'LINEA']);
    const removed = call('Coupon Removed', { order_id: 'P1', coupon_id: 'MAYO' }, 0.5);
    expect(facts(applied, removed, done).redemptions).toEqual([]);
    expect(facts(applied, withCoupon, call('Order Cancelled', { order_id: 'P1' }, 4)).redemptions).toEqual([]);
  });

  it('comes to the same in whatever order it is told', () => {
    const all = [
      done,
      call('Coupon Entered', { order_id: 'P1', coupon_id: 'X' }, 0),
      call(
        'Order Updated',
        {
          order_id: 'P1',
          subtotal: 80,
          products: [
            { sku: 'a', price: 60 },
            { sku: 'c', price: 30 },
          ],
        },
        2,
      ),
      call('Order Refunded', { order_id: 'P1', products: [{ sku: 'c' }] }, 3),
      call('Order Refunded', { order_id: 'P1', total: 5 }, 4),
    ];
    const truth = facts(...all);
    property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => expect(facts(...shuffled)).toEqual(truth));
  });
});

describe('cannot be taken in', () => {
  it.each([
    ['without a number of the order', {}, 'no_order', 'properties.order_id'],
    ['without any amount', { order_id: 'P1' }, 'no_amount', 'properties.total'],
    ['with products that are no list', { order_id: 'P1', products: 'a' }, 'bad_products', 'properties.products'],
    ['with a product without a name', { order_id: 'P1', products: [{ price: 1 }] }, 'bad_products', 'properties.products.0'],
    [
      'with a price that is no number',
      { order_id: 'P1', products: [{ sku: 'a', price: 'gratis' }] },
      'bad_number',
      'properties.products.0.price',
    ],
    ['with a total that is no number', { order_id: 'P1', total: '12 €' }, 'bad_number', 'properties.total'],
    ['with a currency that is none', { order_id: 'P1', total: 1, currency: 'euros' }, 'bad_currency', 'properties.currency'],
  ])('an order %s', (_, properties, reason, field) => {
    expect(() => readOrder(call('Order Completed', properties))).toThrow(
      expect.objectContaining({ fault: expect.objectContaining({ reason, field }) }),
    );
  });
});
