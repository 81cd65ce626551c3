import { foldText } from '@vinculo/normalise';
import type { Actor } from '@vinculo/postgres';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { ContactFilter } from '../api/contacts.ts';

type Filter = z.output<typeof ContactFilter>;

/** What a list asks for, as conditions over {@link ENTRIES}. Days are those of `timeZone`. */
export function conditions(filter: Filter, actor: Actor, timeZone: string): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [sql`e.deleted_at is null`];
  const ask = (value: unknown, condition: RawBuilder<unknown>) => {
    if (value !== undefined && value !== '') all.push(condition);
  };
  ask(filter.kind, sql`e.kind = ${filter.kind}`);
  ask(filter.direction, sql`e.direction = ${filter.direction}`);
  ask(filter.topic, sql`e.topic = ${filter.topic}`);
  ask(filter.outcome, sql`e.outcome = ${filter.outcome}`);
  ask(filter.author, sql`e.created_by = ${filter.author === 'me' ? actor.id : filter.author}`);
  ask(filter.customer, sql`e.record_id in (select record_id from link where customer_id = ${filter.customer} and valid_to is null)`);
  ask(filter.known, filter.known === 'no' ? sql`e.record_id is null` : sql`e.record_id is not null`);
  ask(filter.from, sql`e.occurred_at >= (${filter.from}::date)::timestamp at time zone ${timeZone}`);
  ask(filter.to, sql`e.occurred_at < (${filter.to}::date + 1)::timestamp at time zone ${timeZone}`);
  ask(filter.due, DUE(timeZone)[filter.due ?? 'open']);
  if (filter.search?.trim()) all.push(mentions(filter.search));
  return sql.join(all, sql` and `);
}

/** Today where the company is. */
export const today = (timeZone: string): RawBuilder<Date> => sql<Date>`(now() at time zone ${timeZone})::date`;

const DUE = (timeZone: string) => ({
  open: sql`e.follow_up_on is not null and e.follow_up_done_at is null`,
  late: sql`e.follow_up_on < ${today(timeZone)} and e.follow_up_done_at is null`,
  done: sql`e.follow_up_done_at is not null`,
});

/** Names by the beginnings of their words, as everywhere; the rest by whatever it contains. */
function mentions(typed: string): RawBuilder<unknown> {
  const text = `%${typed.trim().replace(/[\\%_]/g, '\\$&')}%`;
  const words = foldText(typed).split(' ').filter(Boolean).slice(0, 6);
  const query = words.map((word) => `'${word.replace(/[\\']/g, '\\$&')}':*`).join(' & ');
  const named = query === '' ? sql`false` : sql`coalesce(c.search @@ ${query}::tsquery, false)`;
  return sql`(${named} or e.body ilike ${text} or e.topic ilike ${text} or e.outcome ilike ${text} or e.detail ->> 'place' ilike ${text})`;
}
