import type { Context } from '@vinculo/http';
import { type Actor, newId } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { TestResult } from '../api/webhooks.ts';
import { attempt, type Claimed } from './attempt.ts';
import { TEST_EVENT } from './event-types.ts';
import { findRow, receiverOf } from './webhook-row.ts';

/** A message to try the address with, now and once: it stands in the log, and is not sent again if it fails. */
export async function sendTest(context: Context, actor: Actor, id: string): Promise<z.infer<typeof TestResult>> {
  const webhook = await findRow(context.store.db, id);
  const receiver = await receiverOf(context, webhook);
  const delivery = newId();
  const customer = newId();
  const occurredAt = new Date();
  const payload = JSON.stringify({ type: TEST_EVENT, timestamp: occurredAt.toISOString(), data: { customer: { id: customer } } });
  await context.store.transaction(actor, async (tx) => {
    await sql`
      insert into webhook_delivery (id, webhook_id, event_id, type, customer_id, data, occurred_at, payload, next_at, claimed_until)
      values (${delivery}, ${id}, ${delivery}, ${TEST_EVENT}, ${customer}, '{}', ${occurredAt}, ${payload}, now(), now() + interval '30 seconds')`.execute(
      tx,
    );
    await tx.emit('webhook.tested', { kind: 'webhook', id }, { name: webhook.name });
  });
  const claimed: Claimed = {
    id: delivery,
    type: TEST_EVENT,
    customer_id: customer,
    data: {},
    occurred_at: occurredAt,
    payload,
    attempts: Number.MAX_SAFE_INTEGER - 1,
  };
  // The last of its attempts: a test says at once how it went.
  const { status, error, milliseconds, answer } = await attempt(context, webhook, receiver, claimed);
  const ok = status !== undefined && status >= 200 && status < 300;
  return { ok, deliveryId: delivery, status: status ?? null, error: error ?? null, milliseconds, answer: answer ?? null };
}
