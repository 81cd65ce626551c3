import { seesPersonal } from '@vinculo/customer-file';
import { notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { Actor } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { EventDetail, EventFact } from '../api/watch.ts';
import { customersOf } from './customers-of.ts';
import { takenItem } from './list-events.ts';
import { maskedBody } from './masked-body.ts';
import { productNames, sourceLabels } from './names.ts';
import { NOBODY, type RecentEvent, recentEvent } from './recent-events.ts';

type Stores = Pick<Context, 'store' | 'warehouse'>;
type Detail = z.infer<typeof EventDetail>;
type Fact = z.infer<typeof EventFact>;

/**
 * An event of the last day with all that was kept of it and what it has become.
 *
 * @param id as the list gives it: milliseconds, a dash, the id of the event.
 * @throws VIN_EVENT_NOT_FOUND once it is older than a day.
 */
export async function showEvent({ store, warehouse }: Stores, actor: Actor, id: string): Promise<Detail> {
  const event = await recentEvent(warehouse, { received: Number(id.slice(0, id.indexOf('-'))), id: id.slice(id.indexOf('-') + 1) });
  if (!event) throw notFound('event', id);
  const open = seesPersonal(actor);
  const sees = actor.permissions.has('customer.read');
  const [labels, names, customers, kept, facts] = await Promise.all([
    sourceLabels(store),
    productNames(warehouse, event.products),
    customersOf(store, [event.record]),
    keptOf({ store, warehouse }, event),
    factsOf(warehouse, event),
  ]);
  const customer = customers.get(event.record);
  if (customer && ['identify', 'group', 'alias'].includes(event.type))
    facts.push({ kind: 'customer', lines: 0, amount: null, currency: '', what: sees ? customer.name : '' });
  return {
    ...takenItem(event, { labels, names, customers: sees ? customers : new Map(), open }),
    body: open ? kept.body : maskedBody(kept.body),
    facts: actor.permissions.has('value.read') ? facts : facts.map((fact) => ({ ...fact, amount: null })),
    referrer: kept.referrer,
    campaign: kept.campaign,
  };
}

interface Kept {
  body: Record<string, unknown>;
  referrer: string;
  campaign: string;
}

/** What is kept of it beside its columns: the properties of a visit, what a person is known to have told of themselves. */
async function keptOf({ store, warehouse }: Stores, { type, id, record }: RecentEvent): Promise<Kept> {
  if (type === 'track' || type === 'page' || type === 'screen') {
    const [row] = await warehouse.rows<{ properties: string; referrer: string; campaign: string; categories: string[] }>(
      `select properties, referrer, campaign, categories from event
        where record_id = {record:UUID} and event_id = {id:UUID} order by version desc limit 1`,
      { record, id },
    );
    const properties = parsed(row?.properties ?? '');
    return {
      body: { ...properties, ...(row?.categories.length ? { categories: row.categories } : {}) },
      referrer: row?.referrer ?? '',
      campaign: row?.campaign ?? '',
    };
  }
  const none = { referrer: '', campaign: '' };
  if (record === NOBODY) return { body: {}, ...none };
  const { rows } = await sql<{ fields: Record<string, { value: string }> }>`
    select fields from event_person where record_id = ${record}`.execute(store.db);
  return { body: Object.fromEntries(Object.entries(rows[0]?.fields ?? {}).map(([field, { value }]) => [field, value])), ...none };
}

function parsed(text: string): Record<string, unknown> {
  if (text === '') return {};
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : { value };
}

/** The order it told of, as purchases and coupons; a visit is a fact by itself. */
async function factsOf(warehouse: Stores['warehouse'], { record, source, orderKey, type }: RecentEvent): Promise<Fact[]> {
  const visit: Fact[] = ['track', 'page', 'screen'].includes(type)
    ? [{ kind: 'event', lines: 0, amount: null, currency: '', what: '' }]
    : [];
  if (orderKey === '' || record === NOBODY) return visit;
  const asked = { record, source, orderKey };
  const [[bought], coupons] = await Promise.all([
    warehouse.rows<{ lines: number; amount: number; currency: string }>(
      `select toUInt32(count()) as lines, toFloat64(sum(p.amount)) as amount, any(p.currency) as currency from purchase as p final
        where p.record_id = {record:UUID} and p.source_id = {source:UUID} and p.order_key = {orderKey:String}`,
      asked,
    ),
    warehouse.rows<{ coupon: string }>(
      `select coupon_key as coupon from redemption as r final
        where r.record_id = {record:UUID} and r.source_id = {source:UUID} and r.order_key = {orderKey:String} order by coupon`,
      asked,
    ),
  ]);
  return [
    ...visit,
    ...(bought && bought.lines > 0 ? [{ kind: 'purchase' as const, ...bought, what: orderKey }] : []),
    ...coupons.map(({ coupon }) => ({ kind: 'redemption' as const, lines: 0, amount: null, currency: '', what: coupon })),
  ];
}
