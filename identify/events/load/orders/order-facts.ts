// The lines and redemptions of an order, out of everything that was told of it. Pure.
import { recordId } from '@vinculo/postgres';
import { amountText, divided, ONE, readAmount, shares, times, type Units } from '../read/amount.ts';
import type { Amount, ProductTold, Told } from './told.ts';

/** Everything told of one order, by message. */
export interface Order {
  sourceId: string;
  orderKey: string;
  told: Record<string, Told>;
}

/** Amounts as decimal text. */
export interface OrderLine {
  lineId: string;
  /** Milliseconds since 1970. */
  at: number;
  productKey: string;
  quantity: string;
  amount: string;
  listAmount: string | null;
  discount: string;
  couponDiscount: string;
  currency: string;
  channel: string;
  store: string;
}

export interface OrderRedemption {
  redemptionId: string;
  coupon: string;
  at: number;
}

export interface OrderFacts {
  lines: OrderLine[];
  redemptions: OrderRedemption[];
}

const NOTHING: OrderFacts = { lines: [], redemptions: [] };

interface Line {
  product: string;
  quantity: Units;
  /** Before any discount. */
  list: Units | undefined;
  paid: Units;
}

/**
 * What was bought and paid for goods. The newest Order Completed or Order Updated says what is in the order; an Order Cancelled after
 * it takes all of it back; each Order Refunded adds lines below zero, of its products or of all there is left.
 *
 * What was paid for the goods, shipping and taxes on top left out, is the first of these that is told: `subtotal`;
 * `total − shipping − tax`; prices × quantities − `discount`; `revenue`. It is parted among the lines by their prices, so that they add
 * up to it. What they cost less than their prices is discount, of the coupon where the order names one.
 * (Segment spec, E-commerce v2: `subtotal` is after discounts and before shipping and taxes, `revenue` before discounts.)
 *
 * @param currency where the order says none.
 */
export function orderFacts(order: Order, currency: string): OrderFacts {
  const messages = Object.entries(order.told).toSorted(([a, left], [b, right]) => left.at - right.at || (a < b ? -1 : 1));
  const bases = messages.filter(([, { kind }]) => kind === 'completed' || kind === 'updated');
  const base = bases.at(-1)?.[1];
  const cancelled = messages.findLast(([, { kind }]) => kind === 'cancelled')?.[1];
  if (cancelled && (!base || cancelled.at >= base.at)) return NOTHING;

  const said = messages.map(([, told]) => told);
  const common = {
    currency: base?.currency || said.find((told) => told.currency)?.currency || currency,
    channel: base?.channel ?? said.find((told) => told.channel)?.channel ?? 'web',
    store: base?.store ?? said.find((told) => told.store)?.store ?? '',
  };
  const bought = base ? boughtLines(base) : [];
  const at = bases[0]?.[1].at ?? 0;
  const counted = counter();
  const lines = bought.map(({ product, quantity, list, paid }): OrderLine => {
    const saved = list !== undefined && list > paid ? list - paid : 0n;
    const byCoupon = Boolean(base?.coupon);
    return {
      lineId: recordId(order.sourceId, `line:${order.orderKey}\n${product}\n${counted(product)}`),
      at,
      productKey: product,
      quantity: amountText(quantity),
      amount: amountText(paid),
      listAmount: list === undefined ? null : amountText(list > paid ? list : paid),
      discount: amountText(byCoupon ? 0n : saved),
      couponDiscount: amountText(byCoupon ? saved : 0n),
      ...common,
    };
  });
  const left = bought.map((line) => ({ ...line }));
  for (const [message, told] of messages) {
    if (told.kind !== 'refunded') continue;
    const again = counter();
    for (const { product, quantity, paid } of refundedLines(told, left, base !== undefined))
      lines.push({
        lineId: recordId(order.sourceId, `refund:${order.orderKey}\n${message}\n${product}\n${again(product)}`),
        at: told.at,
        productKey: product,
        quantity: amountText(-quantity),
        amount: amountText(-paid),
        listAmount: null,
        discount: '0',
        couponDiscount: '0',
        ...common,
        currency: told.currency || common.currency,
      });
  }
  return { lines, redemptions: base ? redemptionsOf(order, said, base) : [] };
}

/** 0, 1, 2 … of each that comes again. */
function counter(): (key: string) => number {
  const seen = new Map<string, number>();
  return (key) => {
    const n = seen.get(key) ?? 0;
    seen.set(key, n + 1);
    return n;
  };
}

function boughtLines(base: Told): Line[] {
  const products = base.products ?? [];
  const lists = products.map(listOf);
  const amount = (field: Amount) => units(base.amounts?.[field]);
  const gross = lists.every((list) => list !== undefined) && products.length > 0 ? sum(lists as Units[]) : undefined;
  const beside = (amount('shipping') ?? 0n) + (amount('tax') ?? 0n);
  const netTold = amount('shipping') !== undefined || amount('tax') !== undefined || gross === undefined;
  const total = amount('total');
  const paid =
    amount('subtotal') ??
    (total !== undefined && netTold ? total - beside : undefined) ??
    (gross === undefined ? undefined : gross - (amount('discount') ?? 0n)) ??
    amount('revenue') ??
    amount('value') ??
    0n;
  if (products.length === 0) return [{ product: '', quantity: ONE, list: undefined, paid }];
  // Where some prices are not told, all lines count by their quantities.
  const weights = gross === undefined ? products.map(({ quantity }) => units(quantity)!) : (lists as Units[]);
  const parts = shares(paid, weights);
  return products.map(({ key, quantity }, n) => ({ product: key, quantity: units(quantity)!, list: lists[n], paid: parts[n]! }));
}

/** Takes from what is left of the order what came back. */
function refundedLines(told: Told, left: Line[], known: boolean): { product: string; quantity: Units; paid: Units }[] {
  const products = told.products ?? [];
  const amount = units(told.amounts?.total) ?? units(told.amounts?.revenue) ?? units(told.amounts?.value) ?? units(told.amounts?.subtotal);
  if (products.length > 0) {
    const back = products.map((product) => backOf(product, left));
    return known ? back : back.filter(({ paid }) => paid !== 0n);
  }
  const worth = sum(left.map(({ paid }) => paid));
  if (!known) return amount === undefined ? [] : [{ product: '', quantity: 0n, paid: abs(amount) }];
  if (amount !== undefined && abs(amount) < worth) {
    const parts = shares(
      abs(amount),
      left.map(({ paid }) => (paid > 0n ? paid : 0n)),
    );
    left.forEach((line, n) => (line.paid -= parts[n]!));
    return [{ product: '', quantity: 0n, paid: abs(amount) }];
  }
  const all = left.filter(({ quantity, paid }) => quantity !== 0n || paid !== 0n).map((line) => ({ ...line }));
  for (const line of left) line.quantity = line.paid = 0n;
  return all;
}

function backOf({ key, quantity, price }: ProductTold, left: Line[]): { product: string; quantity: Units; paid: Units } {
  const count = units(quantity)!;
  const line = left.find((one) => one.product === key && one.quantity > 0n);
  if (!line) return { product: key, quantity: count, paid: price === undefined ? 0n : times(units(price)!, count) };
  const taken = count < line.quantity ? count : line.quantity;
  // What was paid for it, discounts and all, not what it is listed at.
  const paid = taken === line.quantity ? line.paid : divided(line.paid * taken, line.quantity);
  line.quantity -= taken;
  line.paid -= paid;
  return { product: key, quantity: taken, paid };
}

function redemptionsOf(order: Order, said: readonly Told[], base: Told): OrderRedemption[] {
  const found = new Map<string, OrderRedemption>();
  const at = said.find(({ kind }) => kind === 'completed' || kind === 'updated')!.at;
  const add = (coupon: string | undefined) => {
    const key = coupon?.toLowerCase();
    if (key && !found.has(key))
      found.set(key, { redemptionId: recordId(order.sourceId, `redemption:${order.orderKey}\n${key}`), coupon: coupon!, at });
  };
  for (const { kind, coupon } of said) {
    if (kind === 'coupon') add(coupon);
    if (kind === 'coupon_removed') found.delete(coupon!.toLowerCase());
  }
  add(base.coupon);
  for (const { coupon } of base.products ?? []) add(coupon);
  return [...found.values()];
}

/** Of text that was read once already. */
const units = (text: string | undefined): Units | undefined => readAmount(text) ?? undefined;
const listOf = ({ price, quantity }: ProductTold) => (price === undefined ? undefined : times(units(price)!, units(quantity)!));
const sum = (amounts: readonly Units[]) => amounts.reduce((total, one) => total + one, 0n);
const abs = (amount: Units) => (amount < 0n ? -amount : amount);
