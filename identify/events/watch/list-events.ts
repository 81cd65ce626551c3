import { seesPersonal } from '@vinculo/customer-file';
import { type Context, decodeCursor, encodeCursor } from '@vinculo/http';
import type { Actor } from '@vinculo/postgres';
import type { z } from 'zod';
import type { LiveEvent, LiveEventQuery } from '../api/watch.ts';
import { customersOf, type KnownCustomer } from './customers-of.ts';
import { NOBODY, type Place, type RecentEvent, recentEvents } from './recent-events.ts';
import { type RejectedEvent, rejectedEvents } from './rejected-events.ts';
import { productNames, sourceLabels } from './names.ts';

type Item = z.infer<typeof LiveEvent>;

/**
 * What arrived in the last day, newest first: events that were taken in and those that were rejected, as one list.
 * Customers are told to readers who may see them, and no more of them than their name.
 */
export async function listEvents(
  context: Pick<Context, 'store' | 'warehouse'>,
  actor: Actor,
  query: z.output<typeof LiveEventQuery>,
): Promise<{ items: Item[]; next: string | null }> {
  const { store, warehouse } = context;
  const [takenBefore, rejectedBefore] = placesOf(query.cursor);
  const more = query.limit + 1;
  // A rejected event is nobody's: it was not looked at so far.
  const wantsRejected = query.state !== 'taken' && query.whose !== 'known';
  const [taken, rejected] = await Promise.all([
    query.state === 'rejected' ? [] : recentEvents(warehouse, query, takenBefore, more),
    wantsRejected ? rejectedEvents(store, query, rejectedBefore, more) : [],
  ]);
  const shown = newestFirst(taken, rejected).slice(0, query.limit);
  const lastTaken = shown.findLast((one) => !('reason' in one)) ?? takenBefore;
  const lastRejected = shown.findLast((one) => 'reason' in one) ?? rejectedBefore;
  const events = shown.filter((one): one is RecentEvent => !('reason' in one));
  const [labels, names, customers] = await Promise.all([
    sourceLabels(store),
    productNames(
      warehouse,
      events.flatMap(({ products }) => products),
    ),
    actor.permissions.has('customer.read')
      ? customersOf(
          store,
          events.map(({ record }) => record),
        )
      : new Map<string, KnownCustomer>(),
  ]);
  const words = { labels, names, customers, open: seesPersonal(actor) };
  return {
    items: shown.map((one) => ('reason' in one ? rejectedItem(one, words) : takenItem(one, words))),
    next: taken.length + rejected.length > query.limit ? encodeCursor([placeOf(lastTaken), placeOf(lastRejected)]) : null,
  };
}

/** Each of the two streams goes on where it was left. */
function placesOf(cursor: string | undefined): [Place | undefined, Place | undefined] {
  const [taken, rejected] = (decodeCursor(cursor, 2) ?? []) as [[number, string] | null, [number, string] | null];
  const place = (at: [number, string] | null | undefined) => (at ? { received: Number(at[0]), id: String(at[1]) } : undefined);
  return [place(taken), place(rejected)];
}
const placeOf = (at: Place | undefined) => (at ? [at.received, at.id] : null);

function newestFirst(taken: RecentEvent[], rejected: RejectedEvent[]): (RecentEvent | RejectedEvent)[] {
  const all: (RecentEvent | RejectedEvent)[] = [];
  let [t, r] = [0, 0];
  while (t < taken.length || r < rejected.length) {
    const [one, other] = [taken[t], rejected[r]];
    if (one && (!other || one.received >= other.received)) {
      all.push(one);
      t++;
    } else {
      all.push(other!);
      r++;
    }
  }
  return all;
}

export interface ItemWords {
  labels: ReadonlyMap<string, string>;
  names: ReadonlyMap<string, string>;
  customers: ReadonlyMap<string, KnownCustomer>;
  /** Whether the reader sees personal data. */
  open: boolean;
}

export function takenItem(event: RecentEvent, { labels, names, customers }: ItemWords): Item {
  return {
    id: `${event.received}-${event.id}`,
    rejected: false,
    receivedAt: new Date(event.received).toISOString(),
    occurredAt: new Date(event.occurred).toISOString(),
    sourceId: event.source,
    sourceLabel: labels.get(event.source) ?? '',
    type: event.type,
    name: event.name,
    path: event.path,
    products: event.products.map((key) => ({ key, name: names.get(key) || key })),
    value: event.value,
    currency: event.currency,
    search: event.search,
    orderKey: event.orderKey,
    whose: whoseOf(event),
    customer: customers.get(event.record) ?? null,
    error: null,
  };
}

function whoseOf({ record, device, anonymous }: RecentEvent): NonNullable<Item['whose']> {
  if (record === NOBODY) return 'consent';
  if (record === device) return 'anonymous';
  return anonymous ? 'device' : 'named';
}

function rejectedItem(event: RejectedEvent, { labels, open }: ItemWords): Item {
  const at = new Date(event.received).toISOString();
  return {
    id: event.id,
    rejected: true,
    receivedAt: at,
    occurredAt: at,
    sourceId: event.source,
    sourceLabel: labels.get(event.source) ?? '',
    type: event.type,
    name: event.name,
    path: '',
    products: [],
    value: null,
    currency: '',
    search: '',
    orderKey: '',
    whose: null,
    customer: null,
    // What stood there may be an e-mail.
    error: { reason: event.reason, field: event.field, value: open ? event.value : '' },
  };
}
