import { existsSync } from 'node:fs';
import { sentence } from '@vinculo/errors';
import { type Context, decodeIdCursor, toPage } from '@vinculo/http';
import type { Actor } from '@vinculo/postgres';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { type HandBack, type HandBackQuery, HandBackTarget, HandBackList, type HandBackRun, type RunQuery } from '../api/hand-backs.ts';
import { credentialParts } from '../credentials/credentials.ts';
import { like } from '../webhooks/list-webhooks.ts';
import type { ConnectionSources } from '../webhooks/sources.ts';
import { findRow, type HandBackRow } from './hand-back-row.ts';
import { lastFile } from './targets/file.ts';

export type HandBackView = z.infer<typeof HandBack>;
type RunView = z.infer<typeof HandBackRun>;
type Own = Pick<Context, 'store' | 'config' | 'warehouse'>;

interface RunRow {
  id: string;
  state: 'running' | 'done' | 'failed';
  asked_by: string;
  started_at: Date;
  ended_at: Date | null;
  customers: number;
  written: number;
  removed: number;
  bytes: number | null;
  file_name: string | null;
  error: { code: string; params: Record<string, unknown> } | null;
}

/** Latest first. */
export async function listHandBacks(context: Own, sources: ConnectionSources, actor: Actor, query: z.output<typeof HandBackQuery>) {
  const before = decodeIdCursor(query.cursor);
  const wanted: RawBuilder<unknown>[] = [sql`deleted_at is null`];
  if (before) wanted.push(sql`id < ${before}`);
  if (query.state) wanted.push(sql`state = ${query.state}`);
  if (query.search) wanted.push(sql`name ilike ${like(query.search)}`);
  const { rows } = await sql<HandBackRow>`
    select * from hand_back where ${sql.join(wanted, sql` and `)} order by id desc limit ${query.limit + 1}`.execute(context.store.db);
  const { items, next } = toPage(rows, query.limit, (row) => [row.id]);
  return { items: await Promise.all(items.map((row) => toView(context, sources, actor, row))), next };
}

/** @throws VIN_HAND_BACK_NOT_FOUND */
export async function findHandBack(context: Own, sources: ConnectionSources, actor: Actor, id: string): Promise<HandBackView> {
  return toView(context, sources, actor, await findRow(context.store.db, id));
}

/** Latest first. */
export async function listRuns({ store, config }: Own, actor: Actor, id: string, query: z.output<typeof RunQuery>) {
  await findRow(store.db, id);
  const before = decodeIdCursor(query.cursor);
  const { rows } = await sql<RunRow>`
    select * from hand_back_run where hand_back_id = ${id} and ${before ? sql`id < ${before}` : sql`true`} order by id desc limit ${query.limit + 1}`.execute(
    store.db,
  );
  const { items, next } = toPage(rows, query.limit, (row) => [row.id]);
  return { items: items.map((row) => toRun(row, actor.language ?? config.language)), next };
}

async function toView(context: Own, { audience }: ConnectionSources, actor: Actor, row: HandBackRow): Promise<HandBackView> {
  const { rows: runs } = await sql<RunRow>`select * from hand_back_run where hand_back_id = ${row.id} order by id desc limit 1`.execute(
    context.store.db,
  );
  const target = HandBackTarget.parse(row.target);
  return {
    id: row.id,
    name: row.name,
    list: HandBackList.parse(row.list),
    listName: row.list.kind === 'segment' ? ((await audience?.nameOf(context, row.list.id)) ?? null) : null,
    fields: row.fields,
    target,
    secrets: row.credential_id ? await credentialParts(context, row.credential_id) : [],
    mode: row.mode,
    schedule: row.schedule,
    nextAt: row.state === 'on' ? (row.next_at?.toISOString() ?? null) : null,
    state: row.state,
    alertEmail: row.alert_email,
    configuredBy: row.configured_by.name,
    createdAt: row.created_at.toISOString(),
    lastRun: runs[0] ? toRun(runs[0], actor.language ?? context.config.language) : null,
    hasFile: target.kind !== 'database' && existsSync(lastFile(context, row.id, target.format)),
  };
}

const toRun = (row: RunRow, language: 'es' | 'en'): RunView => ({
  id: row.id,
  state: row.state,
  askedBy: row.asked_by,
  startedAt: row.started_at.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? null,
  customers: row.customers,
  written: row.written,
  removed: row.removed,
  bytes: row.bytes,
  fileName: row.file_name,
  error: row.error && { code: row.error.code, message: sentence(row.error.code, row.error.params, language) },
});
