import { type Context, decodeIdCursor, toPage } from '@vinculo/http';
import { notFound } from '@vinculo/errors';
import type { Actor } from '@vinculo/postgres';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { Hook, HookMapping, type HookQuery, HookVerify } from '../api/hooks.ts';
import { openCredential } from '../credentials/credentials.ts';
import { like } from '../webhooks/list-webhooks.ts';
import type { HookRow } from './hook-row.ts';

export type HookView = z.infer<typeof Hook>;
type Own = Pick<Context, 'store' | 'config'>;

interface Row extends HookRow {
  source_label: string;
  waiting: number;
  rejected: number;
  received_today: number;
  last_at: Date | null;
}

const SELECT = sql`
  select h.*, coalesce(s.label, '') as source_label,
         (select count(*) from hook_message m where m.hook_id = h.id and m.state = 'waiting') as waiting,
         (select count(*) from hook_message m where m.hook_id = h.id and m.state = 'rejected') as rejected,
         (select count(*) from hook_message m where m.hook_id = h.id and m.received_at > now() - interval '24 hours') as received_today,
         (select max(m.received_at) from hook_message m where m.hook_id = h.id) as last_at
    from hook h left join source s on s.id = h.source_id`;

/** Latest first. */
export async function listHooks(context: Own, actor: Actor, query: z.output<typeof HookQuery>) {
  const before = decodeIdCursor(query.cursor);
  const wanted: RawBuilder<unknown>[] = [sql`h.deleted_at is null`];
  if (before) wanted.push(sql`h.id < ${before}`);
  if (query.state) wanted.push(sql`h.state = ${query.state}`);
  if (query.search) wanted.push(sql`h.name ilike ${like(query.search)}`);
  const { rows } = await sql<Row>`${SELECT} where ${sql.join(wanted, sql` and `)} order by h.id desc limit ${query.limit + 1}`.execute(
    context.store.db,
  );
  const { items, next } = toPage(rows, query.limit, (row) => [row.id]);
  return { items: await Promise.all(items.map((row) => toView(context, actor, row))), next };
}

/** @throws VIN_HOOK_NOT_FOUND */
export async function findHook(context: Own, actor: Actor, id: string): Promise<HookView> {
  const { rows } = await sql<Row>`${SELECT} where h.id = ${id} and h.deleted_at is null`.execute(context.store.db);
  if (!rows[0]) throw notFound('hook', id);
  return toView(context, actor, rows[0]);
}

async function toView(context: Own, actor: Actor, row: Row): Promise<HookView> {
  const parts = await openCredential(context, row.credential_id);
  const mayWrite = actor.kind === 'system' || actor.permissions.has('connection.write');
  return {
    id: row.id,
    name: row.name,
    sourceId: row.source_id,
    sourceLabel: row.source_label,
    verify: HookVerify.parse(row.verify),
    hasSecret: Boolean(parts.secret),
    mapping: row.mapping && HookMapping.parse(row.mapping),
    state: row.state,
    waiting: row.waiting,
    rejected: row.rejected,
    receivedToday: row.received_today,
    lastAt: row.last_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    url: mayWrite ? `${context.config.publicUrl}/hooks/in/${parts.token}` : null,
  };
}
