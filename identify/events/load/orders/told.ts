// What one message says of an order. Kept message by message, so that the order follows from all of them in whatever order they came.
import { amountText, readAmount } from '../read/amount.ts';
import { Faulty, isObject, type WholeCall } from '../read/call.ts';
import { currencyOf, readProducts, strictAmount, textOf } from '../read/products.ts';

/** Amounts as decimal text. */
export interface ProductTold {
  key: string;
  quantity: string;
  /** Of one of it. */
  price?: string;
  coupon?: string;
}

export interface Told {
  kind: 'completed' | 'updated' | 'refunded' | 'cancelled' | 'coupon' | 'coupon_removed';
  /** Milliseconds since 1970. */
  at: number;
  /** The person's record where it named one. */
  record?: string;
  device?: string;
  products?: ProductTold[];
  /** What it says of the whole. */
  amounts?: Partial<Record<Amount, string>>;
  coupon?: string;
  currency?: string;
  channel?: string;
  store?: string;
}

export const AMOUNTS = ['subtotal', 'total', 'revenue', 'discount', 'shipping', 'tax', 'value'] as const;
export type Amount = (typeof AMOUNTS)[number];

const KINDS: Record<string, Told['kind']> = {
  'Order Completed': 'completed',
  'Order Updated': 'updated',
  'Order Refunded': 'refunded',
  'Order Cancelled': 'cancelled',
  'Coupon Applied': 'coupon',
  'Coupon Entered': 'coupon',
  'Coupon Removed': 'coupon_removed',
};

const MOST_ORDER = 200;

export interface OrderTold {
  orderKey: string;
  told: Told;
}

/**
 * What an event says of an order; undefined where it is about none.
 *
 * @throws Faulty where it must say and does not, or says what cannot be: money would be wrong.
 */
export function readOrder(call: WholeCall): OrderTold | undefined {
  const kind = call.type === 'track' ? KINDS[call.name] : undefined;
  if (!kind) return undefined;
  const { properties } = call;
  const orderKey = textOf(properties.order_id ?? properties.orderId);
  if (kind === 'coupon' || kind === 'coupon_removed') {
    const coupon = couponOf(properties);
    // A coupon tried in a cart that is no order yet: the order names it when it comes.
    return orderKey === '' || coupon === '' ? undefined : { orderKey, told: { kind, at: call.at, coupon } };
  }
  if (orderKey === '') throw new Faulty('no_order', 'properties.order_id', properties.order_id);
  if (orderKey.length > MOST_ORDER) throw new Faulty('long_id', 'properties.order_id', orderKey);
  if (kind === 'cancelled') return { orderKey, told: { kind, at: call.at } };

  const { currency } = properties;
  if (currency !== undefined && currency !== null && currency !== '' && currencyOf(properties) === '')
    throw new Faulty('bad_currency', 'properties.currency', currency);
  const products = readProducts(properties, true).map(({ key, quantity, price, coupon }) => ({
    key,
    quantity: amountText(quantity < 0n ? -quantity : quantity),
    ...(price === undefined ? {} : { price: amountText(price) }),
    ...(coupon === '' ? {} : { coupon }),
  }));
  const amounts: Told['amounts'] = {};
  for (const field of AMOUNTS) {
    const amount = strictAmount(properties, field);
    if (amount !== undefined) amounts[field] = amountText(amount);
  }
  const priced = products.length > 0 && products.every(({ price }) => price !== undefined);
  const worth = (['subtotal', 'total', 'revenue', 'value'] as const).some((field) => amounts[field] !== undefined);
  if (kind !== 'refunded' && !priced && !worth) throw new Faulty('no_amount', 'properties.total', readAmount(properties.total) ?? '');
  return {
    orderKey,
    told: {
      kind,
      at: call.at,
      products,
      amounts,
      coupon: couponOf(properties),
      currency: currencyOf(properties),
      channel: channelOf(call),
      store: textOf(properties.affiliation ?? properties.store),
    },
  };
}

const couponOf = ({ coupon_id, coupon, code, coupon_name }: WholeCall['properties']) => textOf(coupon_id ?? coupon ?? code ?? coupon_name);

/** What the order says, else an app where the device names one, else the web. */
function channelOf({ properties, context }: WholeCall): string {
  const said = textOf(properties.channel);
  if (said !== '') return said.toLowerCase();
  const library = isObject(context.library) ? textOf(context.library.name) : '';
  return isObject(context.app) || /ios|android|react-native|flutter/i.test(library) ? 'app' : 'web';
}
