// What happened becomes messages, in the transaction in which the outbox hands it over: each event exactly once.
import type { EventHandler, OutboxEvent } from '@vinculo/http';
import { newId, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { FanOut, Told, WebhookEvent } from './event-types.ts';
import { type ConnectionSources, eventsOf } from './sources.ts';

/** One handler for each type of the outbox that some message is made of. */
export function noteHandlers(sources: ConnectionSources): Record<string, EventHandler> {
  return Object.fromEntries(
    eventsOf(sources).flatMap((kind) => kind.from.map((type): [string, EventHandler] => [type, (event, tx) => note(kind, event, tx)])),
  );
}

async function note(kind: WebhookEvent, event: OutboxEvent, tx: Transaction): Promise<void> {
  if ((await wantedBy(tx, kind.types)).length === 0) return;
  const told = await kind.tell(event, tx);
  if (Array.isArray(told)) await addDeliveries(tx, event, told);
  else await startFanOut(tx, event, told);
}

interface Wanting {
  id: string;
  events: string[];
  segments: string[] | null;
}

/** A paused address is told afterwards; one that said it is gone for good is not. */
async function wantedBy(tx: Transaction, types: readonly string[]): Promise<Wanting[]> {
  const { rows } = await sql<Wanting>`
    select id, events, segments from webhook where deleted_at is null and state <> 'gone' and events && ${types as string[]}::text[]`.execute(
    tx,
  );
  return rows;
}

/** One message for each address and customer, in the order told. */
export async function addDeliveries(
  tx: Transaction,
  { id: event, occurredAt }: Pick<OutboxEvent, 'id' | 'occurredAt'>,
  told: readonly Told[],
): Promise<number> {
  const webhooks = await wantedBy(tx, [...new Set(told.map(({ type }) => type))]);
  const rows = told.flatMap((one) =>
    webhooks.filter((webhook) => wants(webhook, one)).map((webhook) => ({ ...one, id: newId(), webhook: webhook.id })),
  );
  if (rows.length === 0) return 0;
  const { numAffectedRows } = await sql`
    insert into webhook_delivery (id, webhook_id, event_id, type, customer_id, data, occurred_at, next_at)
    select id, webhook, ${event}, type, customer, data, ${occurredAt}, now()
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, webhook uuid, type text, customer uuid, data jsonb)
    on conflict (webhook_id, event_id, customer_id) do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

function wants({ events, segments }: Wanting, { type, data }: Told): boolean {
  const segment = (data.segment as { id: string } | undefined)?.id;
  return events.includes(type) && (segment === undefined || segments === null || segments.includes(segment));
}

async function startFanOut(tx: Transaction, event: OutboxEvent, { kind, type, data }: FanOut): Promise<void> {
  await sql`
    insert into webhook_fan_out (event_id, kind, type, data, occurred_at)
    values (${event.id}, ${kind}, ${type}, ${JSON.stringify(data)}, ${event.occurredAt}) on conflict do nothing`.execute(tx);
}
