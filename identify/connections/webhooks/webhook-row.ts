import { notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import { openCredential } from '../credentials/credentials.ts';
import type { Receiver } from './request.ts';

export interface WebhookRow {
  id: string;
  name: string;
  url: string;
  events: string[];
  segments: string[] | null;
  details: 'ids' | 'contact';
  private: boolean;
  headers: string[];
  alert_email: string | null;
  credential_id: string;
  former_until: Date | null;
  state: 'on' | 'paused' | 'failing' | 'gone';
  state_at: Date;
  failing_since: Date | null;
  failures: number;
  resume_at: Date | null;
  created_at: Date;
  created_by: string;
  deleted_at: Date | null;
}

/** @throws VIN_WEBHOOK_NOT_FOUND also of one that was deleted. */
export async function findRow(db: Store['db'], id: string): Promise<WebhookRow> {
  const { rows } = await sql<WebhookRow>`select * from webhook where id = ${id} and deleted_at is null`.execute(db);
  if (!rows[0]) throw notFound('webhook', id);
  return rows[0];
}

/** Where its messages go and what signs them now. @throws VIN_CONNECTION_SEALED */
export async function receiverOf(context: Pick<Context, 'config' | 'store'>, row: WebhookRow): Promise<Receiver> {
  const parts = await openCredential(context, row.credential_id);
  const former = row.former_until && row.former_until > new Date() ? [parts.former!] : [];
  return {
    url: row.url,
    own: row.private,
    secrets: [parts.secret!, ...former].filter(Boolean),
    headers: Object.fromEntries(row.headers.map((name) => [name, parts[`header.${name}`] ?? ''])),
  };
}
