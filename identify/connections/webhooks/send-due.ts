// The worker that brings messages to their addresses: several at once, a few for each, until nothing is due.
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import { attempt, claim } from './attempt.ts';
import { fanOut } from './fan-out.ts';
import type { ConnectionSources } from './sources.ts';
import { findRow, receiverOf, type WebhookRow } from './webhook-row.ts';

/** Messages on their way to one address at a time. */
const LANES = 4;
/** Addresses served at a time. */
const ADDRESSES = 16;
/** Messages to one address before others get their turn, and before a change of the address is seen. */
const TURN = 200;
/** How often it looks whether something is due while it has nothing to do. */
const LOOK_MS = 400;

/**
 * Sends whatever is due, several processes at once if need be, until it is told to stop; with `once`, until nothing is.
 *
 * @returns how many messages were tried.
 */
export async function sendDue(context: Context, sources: ConnectionSources, signal: AbortSignal, once = false): Promise<number> {
  // One for each message on its way.
  setMaxListeners(0, signal);
  const busy = new Map<string, Promise<void>>();
  let tried = 0;
  const served = async (id: string): Promise<void> => {
    try {
      tried += await serve(context, id, signal);
    } catch (error) {
      if (!signal.aborted) context.log.error({ err: error, webhook: id }, 'Messages of a webhook could not be sent');
    }
  };
  while (!signal.aborted) {
    const paged = await fanOut(context, sources);
    for (const id of await dueAddresses(context, ADDRESSES - busy.size, [...busy.keys()])) {
      const serving = served(id).finally(() => busy.delete(id));
      busy.set(id, serving);
    }
    if (once && !paged && busy.size === 0) break;
    if (!paged) await Promise.race([sleep(LOOK_MS, undefined, { signal }).catch(() => {}), ...busy.values()]);
  }
  await Promise.allSettled(busy.values());
  return tried;
}

async function dueAddresses({ store }: Pick<Context, 'store'>, limit: number, busy: readonly string[]): Promise<string[]> {
  if (limit <= 0) return [];
  const { rows } = await sql<{ id: string }>`
    select w.id from webhook w
     where w.state = 'on' and w.deleted_at is null and (w.resume_at is null or w.resume_at <= now()) and w.id <> all(${busy as string[]}::uuid[])
       and exists (select from webhook_delivery d
                    where d.webhook_id = w.id and d.state = 'waiting' and d.next_at <= now() and (d.claimed_until is null or d.claimed_until < now()))
     limit ${limit}`.execute(store.db);
  return rows.map(({ id }) => id);
}

/** One turn of an address. An address that fails is tried by one lane alone. */
async function serve(context: Context, id: string, signal: AbortSignal): Promise<number> {
  const webhook = await findRow(context.store.db, id);
  const receiver = await receiverOf(context, webhook);
  let sent = 0;
  let troubled = webhook.failures > 0;
  const lane = async (goesOn: () => boolean): Promise<void> => {
    while (!signal.aborted && sent < TURN && goesOn()) {
      const claimed = await claim(context, id);
      if (!claimed) return;
      sent++;
      const { status, error } = await attempt(context, webhook, receiver, claimed, signal);
      if (error === undefined && status !== undefined && status < 300) continue;
      troubled = true;
      // What the failure means for the address is in its row.
      if (await mustRest(context, webhook)) return;
    }
  };
  const others = Array.from({ length: LANES - 1 }, () => lane(() => !troubled));
  await Promise.all([lane(() => true), ...others]);
  return sent;
}

async function mustRest({ store }: Pick<Context, 'store'>, { id }: WebhookRow): Promise<boolean> {
  const { rows } = await sql<{ rests: boolean }>`
    select state <> 'on' or deleted_at is not null or coalesce(resume_at > now(), false) as rests from webhook where id = ${id}`.execute(
    store.db,
  );
  return rows[0]?.rests ?? true;
}
