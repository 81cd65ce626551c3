// One attempt to bring one message, and what follows from how it went.
import type { Context } from '@vinculo/http';
import { newId, SYSTEM, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import { payloadOf } from './payload.ts';
import { type Outcome, post, type Receiver } from './request.ts';
import { FAILING_DAYS, secondsOfPeace, secondsToNext } from './retries.ts';
import type { WebhookRow } from './webhook-row.ts';

export interface Claimed {
  id: string;
  type: string;
  customer_id: string;
  data: Record<string, unknown>;
  occurred_at: Date;
  payload: string | null;
  attempts: number;
}

/** A message that somebody sends holds it so long; whoever dies in the middle leaves it to the next. */
const LEASE = '30 seconds';

/**
 * Takes the next message that is due. Messages about one customer go in order; one that failed and waits for another attempt lets
 * the later ones pass.
 */
export async function claim(context: Pick<Context, 'store'>, webhook: string): Promise<Claimed | undefined> {
  const { rows } = await sql<Claimed>`
    update webhook_delivery set claimed_until = now() + ${LEASE}::interval
     where id = (
       select d.id from webhook_delivery d
        where d.webhook_id = ${webhook} and d.state = 'waiting' and d.next_at <= now() and (d.claimed_until is null or d.claimed_until < now())
          and not exists (select from webhook_delivery e
                           where e.webhook_id = d.webhook_id and e.customer_id = d.customer_id and e.id < d.id
                             and e.state = 'waiting' and e.next_at <= now())
        order by d.next_at, d.id limit 1 for update skip locked)
    returning id, type, customer_id, data, occurred_at, payload, attempts`.execute(context.store.db);
  return rows[0];
}

/** Sends it and writes down how it went. @throws the reason of `stop`, the message then free for the next start. */
export async function attempt(
  context: Pick<Context, 'store' | 'mail' | 'settings' | 'config'>,
  webhook: WebhookRow,
  receiver: Receiver,
  claimed: Claimed,
  stop?: AbortSignal,
  timeoutMs?: number,
): Promise<Outcome> {
  const { db } = context.store;
  try {
    let body = claimed.payload;
    if (body === null) {
      body = await payloadOf(context.store, claimed, webhook.details);
      // Kept before it leaves: after a crash the receiver gets the same again, not something else under the same id.
      await sql`update webhook_delivery set payload = ${body} where id = ${claimed.id}`.execute(db);
    }
    const outcome = await post(receiver, { id: `msg_${claimed.id}`, body }, stop, timeoutMs);
    await context.store.transaction(SYSTEM, (tx) => record(context, tx, webhook, claimed, outcome));
    return outcome;
  } catch (error) {
    await sql`update webhook_delivery set claimed_until = null where id = ${claimed.id}`.execute(db).catch(() => {});
    throw error;
  }
}

const succeeded = ({ status }: Outcome) => status !== undefined && status >= 200 && status < 300;

async function record(
  context: Pick<Context, 'mail' | 'settings' | 'config'>,
  tx: Transaction,
  webhook: WebhookRow,
  { id, attempts }: Claimed,
  outcome: Outcome,
): Promise<void> {
  const { status = null, error = null, milliseconds, headers, answer = null } = outcome;
  await sql`
    insert into webhook_attempt (id, delivery_id, milliseconds, status, error, headers, answer)
    values (${newId()}, ${id}, ${milliseconds}, ${status}, ${error}, ${JSON.stringify(headers)}, ${answer})`.execute(tx);
  if (succeeded(outcome)) {
    await sql`
      update webhook_delivery set state = 'delivered', attempts = attempts + 1, status = ${status}, error = null, ended_at = now(), claimed_until = null
       where id = ${id}`.execute(tx);
    await sql`
      update webhook set failing_since = null, failures = 0, resume_at = null, state = case when state = 'failing' then 'on' else state end
       where id = ${webhook.id} and (failures > 0 or failing_since is not null or resume_at is not null or state = 'failing')`.execute(tx);
    return;
  }
  const gone = status === 410;
  const wait = gone ? undefined : secondsToNext(attempts + 1);
  const peace = outcome.retryAfter !== undefined && (status === 429 || status === 503) ? outcome.retryAfter : undefined;
  // A receiver that is busy has not refused: the message waits as it asks.
  const next = wait === undefined ? undefined : Math.max(wait, peace ?? 0);
  await sql`
    update webhook_delivery
       set attempts = attempts + 1, status = ${status}, error = ${error ?? (gone ? 'gone' : 'status')}, claimed_until = null,
           state = ${next === undefined ? 'dead' : 'waiting'}, ended_at = ${next === undefined ? sql`now()` : null},
           next_at = now() + make_interval(secs => ${next ?? 0})
     where id = ${id}`.execute(tx);
  const { rows } = await sql<{ failures: number; failing_since: Date; state: string }>`
    update webhook set failures = failures + 1, failing_since = coalesce(failing_since, now()) where id = ${webhook.id}
    returning failures, failing_since, state`.execute(tx);
  const now = rows[0];
  if (!now) return;
  const quiet = peace ?? secondsOfPeace(now.failures);
  if (quiet > 0)
    await sql`
      update webhook set resume_at = greatest(resume_at, now() + make_interval(secs => ${quiet})) where id = ${webhook.id}`.execute(tx);
  if (now.state !== 'on') return;
  if (gone) await switchOff(context, tx, webhook, 'gone');
  else if (Date.now() - now.failing_since.getTime() > FAILING_DAYS * 86_400_000) await switchOff(context, tx, webhook, 'failing');
}

/** Nothing goes there any more until somebody switches it on again, and somebody is told. */
async function switchOff(
  { mail, settings, config }: Pick<Context, 'mail' | 'settings' | 'config'>,
  tx: Transaction,
  { id, name, url, alert_email: to }: WebhookRow,
  state: 'gone' | 'failing',
): Promise<void> {
  await sql`update webhook set state = ${state}, state_at = now() where id = ${id}`.execute(tx);
  await tx.emit('webhook.switched_off', { kind: 'webhook', id }, { name, why: state });
  if (!to) return;
  const { companyName, language } = await settings.get();
  const data = { link: `${config.publicUrl}/webhooks/${id}`, company: companyName, webhook: name, host: new URL(url).host };
  await mail.send(tx, { to, template: 'webhook-off', language, data });
}
