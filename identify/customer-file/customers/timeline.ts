// One timeline of every channel. Each kind of fact gives its newest page; the pages are merged and cut.
import type { z } from 'zod';
import { type Context, decodeCursor, encodeCursor } from '@vinculo/http';
import type { TimelineItem, TimelineKind, TimelineQuery } from '../api/customers.ts';
import { findCustomer, recordIds } from '../identity/find-customer.ts';
import { deskFacts } from './timeline-desk.ts';
import { warehouseFacts } from './timeline-warehouse.ts';

export type Item = z.infer<typeof TimelineItem>;
export type Kind = z.infer<typeof TimelineKind>;

/** Where the page before ended: everything after it is older, or as old with a smaller id. */
export interface Before {
  at: string;
  id: string;
}

export interface TimelineRequest {
  customerId: string;
  records: string[];
  kinds: ReadonlySet<Kind>;
  before: Before | undefined;
  limit: number;
}

const KINDS: Kind[] = ['purchase', 'contact', 'campaign', 'redemption', 'event', 'consent', 'note', 'identity'];

/** Newest first. `kinds` is a comma-separated choice; everything without it. */
export async function timeline(
  context: Context,
  id: string,
  query: z.infer<typeof TimelineQuery>,
): Promise<{ items: Item[]; next: string | null }> {
  const { customer } = await findCustomer(context.store, id);
  const asked = query.kinds?.split(',').filter((kind): kind is Kind => (KINDS as string[]).includes(kind));
  const cursor = decodeCursor(query.cursor, 2) as [string, string] | undefined;
  const request: TimelineRequest = {
    customerId: customer.id,
    records: await recordIds(context.store, customer.id),
    kinds: new Set(asked?.length ? asked : KINDS),
    before: cursor && { at: cursor[0], id: cursor[1] },
    limit: query.limit + 1,
  };
  const [warehouse, desk] = await Promise.all([warehouseFacts(context.warehouse, request), deskFacts(context.store, request)]);
  const all = [...warehouse, ...desk].toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1));
  const items = all.slice(0, query.limit);
  const last = items.at(-1);
  return { items, next: all.length > query.limit && last ? encodeCursor([last.at, last.id]) : null };
}
