import { decodeIdCursor, toPage } from '@vinculo/http';
import { notFound } from '@vinculo/errors';
import type { Store } from '@vinculo/postgres';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { Webhook, WebhookQuery } from '../api/webhooks.ts';
import type { WebhookRow } from './webhook-row.ts';

export type WebhookView = z.infer<typeof Webhook>;

interface Row extends WebhookRow {
  waiting: number;
  dead: number;
  delivered_today: number;
  last_at: Date | null;
}

const SELECT = sql`
  select w.*,
         (select count(*) from webhook_delivery d where d.webhook_id = w.id and d.state = 'waiting') as waiting,
         (select count(*) from webhook_delivery d where d.webhook_id = w.id and d.state = 'dead') as dead,
         (select count(*) from webhook_delivery d where d.webhook_id = w.id and d.state = 'delivered' and d.ended_at > now() - interval '24 hours') as delivered_today,
         (select max(d.ended_at) from webhook_delivery d where d.webhook_id = w.id and d.state = 'delivered') as last_at
    from webhook w`;

/** Latest first. */
export async function listWebhooks({ db }: Pick<Store, 'db'>, query: z.output<typeof WebhookQuery>) {
  const before = decodeIdCursor(query.cursor);
  const wanted: RawBuilder<unknown>[] = [sql`w.deleted_at is null`];
  if (before) wanted.push(sql`w.id < ${before}`);
  if (query.state) wanted.push(sql`w.state = ${query.state}`);
  if (query.search) wanted.push(sql`(w.name ilike ${like(query.search)} or w.url ilike ${like(query.search)})`);
  const { rows } = await sql<Row>`${SELECT} where ${sql.join(wanted, sql` and `)} order by w.id desc limit ${query.limit + 1}`.execute(db);
  const { items, next } = toPage(rows, query.limit, (row) => [row.id]);
  return { items: items.map(toView), next };
}

/** @throws VIN_WEBHOOK_NOT_FOUND */
export async function findWebhook({ db }: Pick<Store, 'db'>, id: string): Promise<WebhookView> {
  const { rows } = await sql<Row>`${SELECT} where w.id = ${id} and w.deleted_at is null`.execute(db);
  if (!rows[0]) throw notFound('webhook', id);
  return toView(rows[0]);
}

export const like = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

const toView = (row: Row): WebhookView => ({
  id: row.id,
  name: row.name,
  url: row.url,
  events: row.events,
  segments: row.segments,
  details: row.details,
  private: row.private,
  headers: row.headers,
  alertEmail: row.alert_email,
  state: row.state,
  stateAt: row.state_at.toISOString(),
  failingSince: row.failing_since?.toISOString() ?? null,
  formerUntil: row.former_until && row.former_until > new Date() ? row.former_until.toISOString() : null,
  waiting: row.waiting,
  dead: row.dead,
  deliveredToday: row.delivered_today,
  lastAt: row.last_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
  createdBy: row.created_by,
});
