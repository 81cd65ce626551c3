// What a message means by a mapping: customers, orders, contacts. Data in, data out; nothing is written here.
import type { ContactFact, PurchaseFact } from '@vinculo/customer-file';
import { recordId } from '@vinculo/postgres';
import type { z } from 'zod';
import type { HookMapping, HookReason } from '../api/hooks.ts';
import { customerKeyOf } from './customer-key.ts';
import { valueAt } from './read-path.ts';
import { decimalOf, momentOf, timesDecimal } from './read-values.ts';

export type Mapping = z.output<typeof HookMapping>;
export type Reason = z.infer<typeof HookReason>;

export interface Thing {
  ignored: boolean;
  record: { key: string; fields: Record<string, string> } | null;
  /** As the warehouse keeps them. */
  purchases: PurchaseFact[];
  contact: ContactFact | null;
  /** Any makes the whole message rejected: half an order is worse than one that waits. */
  reasons: Reason[];
}

export interface Reading {
  source: string;
  currency: string;
  receivedAt: Date;
}

/** More things, or lines of an order, than a webhook ever holds. */
const MOST = 5_000;

/** @returns a thing for each entry of the list the mapping names, or one. */
export function readMessage(body: unknown, mapping: Mapping, reading: Reading): Thing[] {
  const things = mapping.each === '' ? [body] : valueAt(mapping.each, body, body);
  if (!Array.isArray(things)) return [empty([{ where: mapping.each, reason: 'no_list', value: '' }])];
  return things.slice(0, MOST).map((thing) => readThing(body, thing, mapping, reading));
}

const empty = (reasons: Reason[] = [], ignored = false): Thing => ({ ignored, record: null, purchases: [], contact: null, reasons });

function readThing(root: unknown, thing: unknown, mapping: Mapping, reading: Reading): Thing {
  const reasons: Reason[] = [];
  if (mapping.only) {
    const is = textOf(valueAt(mapping.only.path, root, thing));
    if (is === undefined || !mapping.only.values.includes(is)) return empty([], true);
  }
  const read = reader(root, thing, reasons);
  const fields = read.all(mapping.customer.fields);
  const key = mapping.customer.key === '' ? customerKeyOf(fields) : read.one('key', mapping.customer.key);
  if (!key) {
    reasons.push({ where: mapping.customer.key, reason: 'no_customer', value: '' });
    return empty(reasons);
  }
  const record = recordId(reading.source, key);
  return {
    ignored: false,
    record: { key: key.slice(0, 400), fields },
    purchases: mapping.purchase ? readPurchases(root, thing, mapping.purchase, { ...reading, record }, reasons) : [],
    contact: mapping.contact
      ? readContact(read.all(mapping.contact.fields), mapping.contact.fields, { ...reading, record, key }, reasons)
      : null,
    reasons,
  };
}

type Read = Record<string, string | undefined>;

/** Reads values of a thing as texts; a list or an object where a value is meant is a reason. */
function reader(root: unknown, thing: unknown, reasons: Reason[]) {
  const one = (field: string, path: string): string | undefined => {
    const value = valueAt(path, root, thing);
    const text = textOf(value);
    if (text === undefined && value !== undefined && value !== null) reasons.push({ where: path, reason: 'not_a_value', value: field });
    return text === '' ? undefined : text;
  };
  const all = (paths: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(paths).flatMap(([field, path]) => {
        const text = path === '' ? undefined : one(field, path);
        return text === undefined ? [] : [[field, text]];
      }),
    );
  return { one, all };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;

/** Of the whole order; the others are of each line. */
const OF_ORDER = new Set(['order_key', 'occurred_at', 'currency', 'channel', 'store']);
const AMOUNTS = ['quantity', 'amount', 'unit_price', 'list_amount', 'discount', 'coupon_discount', 'cost'] as const;

function readPurchases(
  root: unknown,
  thing: unknown,
  mapping: NonNullable<Mapping['purchase']>,
  at: Reading & { record: string },
  reasons: Reason[],
): PurchaseFact[] {
  const paths = Object.entries(mapping.fields);
  const order = reader(root, thing, reasons).all(Object.fromEntries(paths.filter(([field]) => OF_ORDER.has(field))));
  const ofLine = Object.fromEntries(paths.filter(([field]) => !OF_ORDER.has(field)));
  const lines = mapping.lines === '' ? [thing] : valueAt(mapping.lines, root, thing);
  if (!Array.isArray(lines)) {
    reasons.push({ where: mapping.lines, reason: 'no_list', value: '' });
    return [];
  }
  if (!order.order_key) reasons.push({ where: mapping.fields.order_key ?? '', reason: 'no_order', value: '' });
  const occurred = readMoment(order.occurred_at, mapping.fields.occurred_at, at.receivedAt, reasons);
  const currency = (order.currency ?? at.currency).toUpperCase();
  if (!/^[A-Z]{3}$/.test(currency)) reasons.push({ where: mapping.fields.currency ?? '', reason: 'not_a_currency', value: currency });
  return lines.slice(0, MOST).flatMap((line, n): PurchaseFact[] => {
    const said: Read = reader(root, line, reasons).all(ofLine);
    const numbers: Read = {};
    for (const field of AMOUNTS) {
      if (said[field] === undefined) continue;
      numbers[field] = decimalOf(said[field]);
      if (numbers[field] === undefined) reasons.push({ where: mapping.fields[field]!, reason: 'not_a_number', value: said[field] });
    }
    const quantity = numbers.quantity ?? '1';
    const amount = numbers.amount ?? (numbers.unit_price === undefined ? undefined : timesDecimal(numbers.unit_price, quantity));
    if (amount === undefined) {
      if (said.amount === undefined && said.unit_price === undefined)
        reasons.push({ where: mapping.fields.amount ?? mapping.fields.unit_price ?? '', reason: 'no_amount', value: '' });
      return [];
    }
    // A return that comes as a negative quantity with the prices as they were.
    const back = (money: string) => (quantity.startsWith('-') && !money.startsWith('-') && money !== '0' ? `-${money}` : money);
    return [
      {
        record_id: at.record,
        source_id: at.source,
        occurred_at: occurred,
        // The same id as a file with order and line would give it.
        line_id: recordId(at.source, `${order.order_key ?? ''}\n${said.line_key ?? String(n + 1)}`),
        order_key: order.order_key ?? '',
        product_key: said.product_key ?? '',
        quantity,
        amount: back(amount),
        list_amount: numbers.list_amount === undefined ? null : back(numbers.list_amount),
        discount: numbers.discount ?? '0',
        coupon_discount: numbers.coupon_discount ?? '0',
        cost: numbers.cost ?? null,
        currency,
        channel: (order.channel ?? 'web').toLowerCase(),
        store: order.store ?? '',
      },
    ];
  });
}

function readContact(
  said: Read,
  paths: Readonly<Record<string, string>>,
  at: Reading & { record: string; key: string },
  reasons: Reason[],
): ContactFact {
  const occurred = readMoment(said.occurred_at, paths.occurred_at, at.receivedAt, reasons);
  const direction = /^(out|saliente|salida|outbound|outgoing)$/i.test(said.direction ?? '') ? 'out' : 'in';
  const own = said.contact_key ?? [at.key, occurred.toISOString(), said.channel, said.topic, said.text].join('\n');
  return {
    record_id: at.record,
    source_id: at.source,
    occurred_at: occurred,
    contact_id: recordId(at.source, `contact\n${own}`),
    channel: (said.channel ?? 'web').toLowerCase(),
    direction,
    topic: said.topic ?? '',
    outcome: said.outcome ?? '',
    agent: said.agent ?? '',
    text: (said.text ?? '').slice(0, 10_000),
  };
}

/** Where nothing says when, it is when the message came. */
function readMoment(said: string | undefined, path: string | undefined, receivedAt: Date, reasons: Reason[]): Date {
  if (said === undefined) return receivedAt;
  const at = momentOf(said);
  if (!at) reasons.push({ where: path ?? '', reason: 'not_a_date', value: said });
  return at ?? receivedAt;
}
