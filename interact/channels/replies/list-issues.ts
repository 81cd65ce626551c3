import { notFound } from '@vinculo/errors';
import { decodeIdCursor, toPage } from '@vinculo/http';
import type { Store } from '@vinculo/postgres';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { ListQuery, ReplyIssue } from '../api/replies.ts';

interface Row {
  id: string;
  name: string;
  campaign_key: string;
  campaign_name: string;
  coupon_key: string;
  audience: { count?: number };
  wanted: number | null;
  valid_until: string | null;
  state: 'making' | 'ready';
  author_name: string;
  created_at: Date;
  codes: number;
  redeemed: number;
}

const select = (where: RawBuilder<unknown>) => sql<Row>`
  select i.*, (select count(*) from reply_code c where c.issue_id = i.id) as codes,
         (select count(*) from reply r where r.issue_id = i.id and r.outcome = 'ok' and r.undone_at is null) as redeemed
    from reply_issue i where ${where}`;

const toIssue = (row: Row): z.infer<typeof ReplyIssue> => ({
  id: row.id,
  name: row.name,
  campaign: { key: row.campaign_key, name: row.campaign_name },
  coupon: row.coupon_key,
  personal: row.audience.count === undefined,
  wanted: row.wanted,
  codes: row.codes,
  redeemed: row.redeemed,
  validUntil: row.valid_until,
  state: row.state,
  author: row.author_name,
  createdAt: row.created_at.toISOString(),
});

/** Newest first: ids are of their time. */
export async function listIssues(store: Store, { cursor, limit }: z.output<typeof ListQuery>) {
  const after = decodeIdCursor(cursor);
  const { rows } = await sql<Row>`
    ${select(after ? sql`i.id < ${after}::uuid` : sql`true`)} order by i.id desc limit ${limit + 1}`.execute(store.db);
  const { items, next } = toPage(rows, limit, ({ id }) => [id]);
  return { items: items.map(toIssue), next };
}

/** @throws VIN_REPLY_NOT_FOUND */
export async function findIssue(store: Store, id: string): Promise<z.infer<typeof ReplyIssue>> {
  const { rows } = await select(sql`i.id = ${id}`).execute(store.db);
  if (!rows[0]) throw notFound('reply', id);
  return toIssue(rows[0]);
}
