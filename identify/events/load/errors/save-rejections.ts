import type { Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { Rejection } from '../read/call.ts';
import { errorId } from '../read/read-round.ts';

const MOST_VALUE = 200;

/** Keeps what could not be taken in, with the reason. The same message again is the same one, and waits anew. */
export async function saveRejections(tx: Transaction, rejected: readonly Rejection[]): Promise<void> {
  if (rejected.length === 0) return;
  const rows = rejected.map(({ incoming, reason, field, value }) => ({
    id: errorId(incoming),
    source: incoming.sourceId,
    message: incoming.messageId,
    type: incoming.type.slice(0, 40),
    name: nameOf(incoming.body),
    reason,
    field,
    value: textOf(value),
    // With what is needed to send it again: which call it was, and when it was sent.
    body: {
      ...incoming.body,
      type: incoming.type,
      messageId: incoming.messageId,
      ...(incoming.sentAt === undefined ? {} : { sentAt: new Date(incoming.sentAt).toISOString() }),
    },
    at: new Date(incoming.receivedAt).toISOString(),
  }));
  await sql`
    insert into event_error as e (id, source_id, message_id, type, name, reason, field, value, body, received_at)
    select id, source, message, type, name, reason, field, value, body, at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
           as s(id uuid, source uuid, message text, type text, name text, reason text, field text, value text, body jsonb, at timestamptz)
    on conflict (id) do update
      set type = excluded.type, name = excluded.name, reason = excluded.reason, field = excluded.field, value = excluded.value,
          body = excluded.body, times = e.times + 1, state = 'open', changed_at = now()`.execute(tx);
}

function nameOf({ event, name }: Record<string, unknown>): string {
  const said = typeof event === 'string' ? event : typeof name === 'string' ? name : '';
  return said.slice(0, MOST_VALUE);
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text =
    typeof value === 'string' ? value : JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one));
  return text.slice(0, MOST_VALUE);
}
