import { decodeIdCursor, toPage } from '@vinculo/http';
import type { Store } from '@vinculo/postgres';
import { type RawBuilder, sql } from 'kysely';
import type { AuditLine, AuditQuery } from './api.ts';

interface Row {
  id: string;
  at: Date;
  actor_kind: string;
  actor_id: string;
  actor_name: string;
  action: string;
  subject_kind: string;
  subject_id: string;
  detail: Record<string, unknown>;
  request_id: string | null;
  ip: string | null;
}

/** Lines that fit the filters, latest first. */
export async function readAudit({ db }: Store, query: AuditQuery): Promise<{ items: AuditLine[]; next: string | null }> {
  const before = decodeIdCursor(query.cursor);
  const wanted: RawBuilder<unknown>[] = [];
  if (before !== undefined) wanted.push(sql`id < ${before}`);
  if (query.subjectKind !== undefined) wanted.push(sql`subject_kind = ${query.subjectKind}`);
  if (query.subjectId !== undefined) wanted.push(sql`subject_id = ${query.subjectId}`);
  if (query.actor !== undefined) wanted.push(sql`actor_id = ${query.actor}`);
  if (query.action !== undefined) wanted.push(sql`(action = ${query.action} or starts_with(action, ${`${query.action}.`}))`);
  if (query.from !== undefined) wanted.push(sql`at >= ${query.from}::timestamptz`);
  if (query.to !== undefined) wanted.push(sql`at < ${query.to}::timestamptz`);
  const where = wanted.length > 0 ? sql`where ${sql.join(wanted, sql` and `)}` : sql``;

  const { rows } = await sql<Row>`
    select id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, detail, request_id, ip
      from audit ${where}
     order by id desc
     limit ${query.limit + 1}`.execute(db);
  const { items, next } = toPage(rows, query.limit, (row) => [row.id]);
  return { items: items.map(toView), next };
}

const toView = (row: Row): AuditLine => ({
  id: row.id,
  at: row.at.toISOString(),
  actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
  action: row.action,
  subject: { kind: row.subject_kind, id: row.subject_id },
  detail: row.detail,
  requestId: row.request_id,
  ip: row.ip,
});
