import { maskEmail, maskPhone, seesPersonal } from '@vinculo/customer-file';
import { type Context, decodeCursor, toPage } from '@vinculo/http';
import { foldText } from '@vinculo/normalise';
import type { Actor } from '@vinculo/postgres';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { LetterCounts, LetterFilter, LetterRow as Row } from '../api/letters.ts';
import type { WholeLetter } from './letter-row.ts';

export type Filter = z.output<typeof LetterFilter>;

export interface Listed
  extends Pick<
    WholeLetter,
    | 'entry_id'
    | 'state'
    | 'why'
    | 'form'
    | 'number'
    | 'sender_name'
    | 'sender_address'
    | 'kind'
    | 'direction'
    | 'topic'
    | 'received_at'
    | 'opened_at'
  > {
  excerpt: string;
  documents: number;
  customer_id: string | null;
  customer_name: string | null;
  mailbox: string | null;
}

/** Mails, letters and faxes, the newest first. */
export async function listLetters(
  context: Context,
  actor: Actor,
  { cursor, limit, ...filter }: Filter & { cursor?: string | undefined; limit: number },
): Promise<{ items: z.infer<typeof Row>[]; next: string | null }> {
  const after = decodeCursor(cursor, 2) as [string, string] | undefined;
  const rows = await lettersOf(context, filter, limit + 1, after);
  const { items, next } = toPage(rows, limit, (row) => [row.received_at.toISOString(), row.entry_id]);
  const open = seesPersonal(actor);
  return { items: items.map((row) => asRow(row, open)), next };
}

/** @param after - moment and id of the last row of the page before. */
export async function lettersOf(context: Context, filter: Filter, limit: number, after?: [string, string]): Promise<Listed[]> {
  const { rows } = await sql<Listed>`
    select l.entry_id, l.state, l.why, l.form, l.number, l.sender_name, l.sender_address, l.received_at, l.opened_at,
           e.kind, e.direction, e.topic, left(coalesce(nullif(l.body, ''), e.body), 400) as excerpt,
           (select count(*) from document d where d.entry_id = l.entry_id)::integer as documents,
           c.id as customer_id, c.display_name as customer_name, m.name as mailbox
      from letter l join contact_entry e on e.id = l.entry_id
      left join link k on k.record_id = e.record_id and k.valid_to is null
      left join customer c on c.id = k.customer_id
      left join mailbox m on m.id = l.mailbox_id
     where ${await conditionOf(context, filter)}
       and ${after ? sql`(l.received_at, l.entry_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`true`}
     order by l.received_at desc, l.entry_id desc limit ${limit}`.execute(context.store.db);
  return rows;
}

/** More than this is not counted out. */
const MOST = 10_000;

export async function countLetters(context: Context, filter: Filter): Promise<{ count: number; exact: boolean }> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from (
      select from letter l join contact_entry e on e.id = l.entry_id where ${await conditionOf(context, filter)} limit ${MOST + 1}) as found`.execute(
    context.store.db,
  );
  const { count } = rows[0]!;
  return { count: Math.min(count, MOST), exact: count <= MOST };
}

/** How many are in each state. */
export async function letterCounts({ store }: Context): Promise<z.infer<typeof LetterCounts>> {
  const { rows } = await sql<{ state: keyof z.infer<typeof LetterCounts>; count: number }>`
    select l.state, count(*)::integer as count from letter l join contact_entry e on e.id = l.entry_id where e.deleted_at is null group by l.state`.execute(
    store.db,
  );
  return { waiting: 0, assigned: 0, aside: 0, stranger: 0, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
}

async function conditionOf(context: Context, filter: Filter): Promise<RawBuilder<unknown>> {
  const { timeZone } = await context.settings.get();
  const all: RawBuilder<unknown>[] = [sql`e.deleted_at is null`];
  if (filter.state) all.push(sql`l.state = ${filter.state}`);
  if (filter.kind) all.push(sql`e.kind = ${filter.kind}`);
  if (filter.direction) all.push(sql`e.direction = ${filter.direction}`);
  if (filter.form) all.push(sql`l.form = ${filter.form}`);
  if (filter.mailbox) all.push(sql`l.mailbox_id = ${filter.mailbox}`);
  if (filter.customer)
    all.push(sql`e.record_id in (select record_id from link where customer_id = ${filter.customer} and valid_to is null)`);
  if (filter.from) all.push(sql`l.received_at >= ${filter.from}::date::timestamp at time zone ${timeZone}`);
  if (filter.to) all.push(sql`l.received_at < (${filter.to}::date + 1)::timestamp at time zone ${timeZone}`);
  for (const word of (filter.search ?? '').split(/\s+/).filter(Boolean)) {
    const [plain, folded] = [word.toLowerCase(), foldText(word)].map((text) => `%${text.replace(/[\\%_]/g, '\\$&')}%`);
    all.push(sql`(l.words like ${plain} or l.words like ${folded})`);
  }
  return sql.join(all, sql` and `);
}

export function asRow(row: Listed, open: boolean): z.infer<typeof Row> {
  return {
    id: row.entry_id,
    kind: row.kind as z.infer<typeof Row>['kind'],
    direction: row.direction,
    state: row.state,
    why: row.why,
    form: row.form,
    number: row.number,
    senderName: row.sender_name,
    senderAddress: shownAddress(row.sender_address, open),
    topic: row.topic,
    excerpt: open ? row.excerpt.replace(/\s+/g, ' ').trim().slice(0, 160) : '',
    receivedAt: row.received_at.toISOString(),
    documents: row.documents,
    customer: row.customer_id ? { id: row.customer_id, name: row.customer_name! } : null,
    mailbox: row.mailbox,
    opened: row.opened_at !== null,
  };
}

export function shownAddress(address: string, open: boolean): string {
  if (open) return address;
  return address.includes('@') ? maskEmail(address) : maskPhone(address);
}
