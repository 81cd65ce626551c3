import { type Context, decodeCursor, toPage } from '@vinculo/http';
import type { Actor } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { ContactCount, ContactFigures, ContactFilter, ContactListQuery, ContactRow } from '../api/contacts.ts';
import { COLUMNS, type ContactEntry, ENTRIES, toContactRow } from './contact-row.ts';
import { conditions, today } from './filter.ts';

/** Counted no further than this. */
const FAR = 10_000;

/** The newest first; those to come back to, the most urgent first. */
export async function listContacts(
  { store, settings }: Context,
  actor: Actor,
  { cursor, limit, ...filter }: z.output<typeof ContactListQuery>,
): Promise<{ items: z.infer<typeof ContactRow>[]; next: string | null }> {
  const { timeZone } = await settings.get();
  const after = decodeCursor(cursor, 2) as [string, string] | undefined;
  const urgent = filter.due === 'open' || filter.due === 'late';
  const beyond = !after
    ? sql`true`
    : urgent
      ? sql`(e.follow_up_on, e.id) > (${after[0]}::date, ${after[1]}::uuid)`
      : sql`(e.occurred_at, e.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const order = urgent ? sql`e.follow_up_on, e.id` : sql`e.occurred_at desc, e.id desc`;
  // A cursor keeps the instant as the desk has it: a Date would lose its microseconds, and with them rows.
  const { rows } = await sql<ContactEntry & { place: string }>`
    select ${COLUMNS}, ${urgent ? sql`e.follow_up_on::text` : sql`e.occurred_at::text`} as place
      from ${ENTRIES} where ${conditions(filter, actor, timeZone)} and ${beyond} order by ${order} limit ${limit + 1}`.execute(store.db);
  const { items, next } = toPage(rows, limit, (row) => [row.place, row.id]);
  return { items: items.map((row) => toContactRow(row, actor)), next };
}

export async function countContacts(
  { store, settings }: Context,
  actor: Actor,
  filter: z.output<typeof ContactFilter>,
): Promise<z.infer<typeof ContactCount>> {
  const { timeZone } = await settings.get();
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (select from ${ENTRIES} where ${conditions(filter, actor, timeZone)} limit ${FAR + 1}) found`.execute(
    store.db,
  );
  const { count } = rows[0]!;
  return { count: Math.min(count, FAR), exact: count <= FAR };
}

/** How the days asked for went, and what there is to come back to. */
export async function contactFigures(
  { store, settings }: Context,
  actor: Actor,
  filter: z.output<typeof ContactFilter>,
): Promise<z.infer<typeof ContactFigures>> {
  const { timeZone } = await settings.get();
  const { rows } = await sql<{ kind: string; outcome: string; count: number; minutes: number }>`
    select e.kind, e.outcome, count(*) as count, coalesce(sum((e.detail ->> 'minutes')::numeric), 0)::bigint as minutes
      from ${ENTRIES} where ${conditions(filter, actor, timeZone)} group by 1, 2`.execute(store.db);
  const whose = conditions({ author: filter.author, due: 'open' }, actor, timeZone);
  const { rows: due } = await sql<{ due: number; late: number }>`
    select count(*) filter (where e.follow_up_on <= ${today(timeZone)}) as due, count(*) filter (where e.follow_up_on < ${today(timeZone)}) as late
      from contact_entry e where ${whose}`.execute(store.db);
  const sum = (of: readonly { count: number }[]) => of.reduce((total, { count }) => total + count, 0);
  const outcomes = new Map<string, number>();
  for (const { outcome, count } of rows) if (outcome !== '') outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + count);
  return {
    calls: sum(rows.filter(({ kind }) => kind === 'call')),
    visits: sum(rows.filter(({ kind }) => kind === 'visit')),
    others: sum(rows.filter(({ kind }) => kind !== 'call' && kind !== 'visit')),
    minutes: rows.reduce((total, { minutes }) => total + minutes, 0),
    outcomes: [...outcomes]
      .map(([outcome, count]) => ({ outcome, count }))
      .toSorted((a, b) => b.count - a.count || a.outcome.localeCompare(b.outcome))
      .slice(0, 6),
    ...due[0]!,
  };
}
