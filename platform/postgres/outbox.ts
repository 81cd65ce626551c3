import type { Store, Transaction } from './store.ts';
import type { Logger } from '@vinculo/config';
import { sql } from 'kysely';
import { Client } from 'pg';
import { SYSTEM } from './actor.ts';
import { lockKey } from './lock.ts';

export interface OutboxEvent {
  id: string;
  type: string;
  subject: { kind: string; id: string };
  actor: { kind: string; id: string; name: string };
  data: Record<string, unknown>;
  occurredAt: Date;
}

/** Writes through `tx` are committed together with the note that the event was delivered: exactly once for them. */
export type EventHandler = (event: OutboxEvent, tx: Transaction) => Promise<void>;

export interface Outbox {
  /** Resolves when every event committed before the call has been delivered or is waiting for another attempt. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

interface Row {
  id: string;
  type: string;
  subject_kind: string;
  subject_id: string;
  actor: OutboxEvent['actor'];
  data: Record<string, unknown>;
  occurred_at: Date;
  attempts: number;
}

/** Most events that a handler gets in one transaction: a thousand new customers are not a thousand commits. */
const AT_ONCE = 100;
const ATTEMPTS = 12;
const POLL_MS = 5_000;
const KEEP_DAYS = 30;

/**
 * Delivers committed events to the handlers: at least once, in order per subject, each handler at its own pace.
 * An event that fails is tried again after 1, 2, 4 … seconds, at most 12 times (about an hour), and then given up
 * with its error kept in `outbox_delivery`. Several processes may run this; a handler works in one of them at a time.
 *
 * @param handlers per feature name, its handlers by event type.
 */
export function startOutbox(store: Store, handlers: Record<string, Record<string, EventHandler>>, log: Logger): Outbox {
  const listening = new Set<() => void>();
  const stopping = new AbortController();
  let last = 0;
  const wake = () => {
    for (const resume of listening) resume();
  };
  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const resume = () => {
        clearTimeout(timer);
        listening.delete(resume);
        resolve();
      };
      const timer = setTimeout(resume, ms);
      listening.add(resume);
    });

  const again = (seconds: number) => setTimeout(wake, seconds * 1_000 + 10).unref();

  const rounds = Object.entries(handlers).map(([name, on]) => async () => {
    let alone = 0;
    while (!stopping.signal.aborted) {
      const { delivered, undone } = await deliver(store, name, on, alone > 0 ? 1 : AT_ONCE, again, log);
      if (delivered + undone === 0) return;
      // One of them failed and took the others back with it: each by itself, then.
      alone = Math.max(undone, alone - 1);
    }
  });
  const round = async () => {
    await Promise.all(rounds.map((deliver) => deliver()));
    if (!stopping.signal.aborted) await closeDelivered(store, handlers);
  };

  const listener = listen(store.url, wake, log);
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      const pause = sleep(POLL_MS);
      try {
        await round();
        if (Date.now() - last > 3_600_000) {
          last = Date.now();
          await sql`delete from outbox where handled_at < now() - make_interval(days => ${KEEP_DAYS})`.execute(store.db);
        }
      } catch (error) {
        if (!stopping.signal.aborted) log.error({ err: error }, 'The outbox could not be read; trying again');
        await sleep(1_000);
      }
      if (!stopping.signal.aborted) await pause;
    }
  })();

  return {
    drain: round,
    async stop() {
      stopping.abort();
      wake();
      await loop;
      await listener.stop();
    },
  };
}

interface Delivered {
  /** Events that are done with, or wait for their next attempt. */
  delivered: number;
  /** Events that are as they were, because one of several failed. */
  undone: number;
}

/** Delivers the next events this handler may have, in one transaction; none when another process is at it. */
async function deliver(
  store: Store,
  handler: string,
  on: Record<string, EventHandler>,
  most: number,
  again: (seconds: number) => void,
  log: Logger,
): Promise<Delivered> {
  let events: Row[] = [];
  try {
    await store.transaction(SYSTEM, async (tx) => {
      const turn = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${lockKey(`outbox:${handler}`)}::bigint) as mine`.execute(
        tx,
      );
      if (!turn.rows[0]!.mine) return;
      events = await nextEvents(tx, handler, Object.keys(on), most);
      for (const event of events) await on[event.type]!(asEvent(event), tx);
      if (events.length === 0) return;
      await sql`
        insert into outbox_delivery (event_id, handler, attempts, delivered_at)
        select id, ${handler}, 1, now() from unnest(${events.map(({ id }) => id)}::uuid[]) as done(id)
        on conflict (event_id, handler) do update
          set attempts = outbox_delivery.attempts + 1, delivered_at = now(), error = null`.execute(tx);
    });
    return { delivered: events.length, undone: 0 };
  } catch (error) {
    const [event] = events;
    if (!event) throw error;
    if (events.length > 1) return { delivered: 0, undone: events.length };
    log.error({ err: error, event: event.id, type: event.type, handler, attempt: event.attempts + 1 }, 'An event handler failed');
    again(await noteFailure(store, handler, event, error as Error));
    return { delivered: 1, undone: 0 };
  }
}

/** One of each subject: an earlier event that this handler has not had yet comes first, even while it waits to be retried. */
async function nextEvents(tx: Transaction, handler: string, types: string[], most: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select o.id, o.type, o.subject_kind, o.subject_id, o.actor, o.data, o.occurred_at, coalesce(d.attempts, 0) as attempts
      from outbox o
      left join outbox_delivery d on d.event_id = o.id and d.handler = ${handler}
     where o.handled_at is null and o.type = any(${types})
       and d.delivered_at is null and (d.next_at is null or d.next_at <= now())
       and not exists (
         select from outbox e
           left join outbox_delivery ed on ed.event_id = e.id and ed.handler = ${handler}
          where e.handled_at is null and e.type = any(${types}) and ed.delivered_at is null
            and e.subject_kind = o.subject_kind and e.subject_id = o.subject_id and e.id < o.id)
     order by o.id
     limit ${most}`.execute(tx);
  return rows;
}

/** Events of these types that a handler has not had yet, in their order. */
export async function eventsOnTheWay({ db }: Pick<Store, 'db'>, handler: string, types: readonly string[]): Promise<OutboxEvent[]> {
  const { rows } = await sql<Row>`
    select o.id, o.type, o.subject_kind, o.subject_id, o.actor, o.data, o.occurred_at, 0 as attempts
      from outbox o left join outbox_delivery d on d.event_id = o.id and d.handler = ${handler}
     where o.handled_at is null and o.type = any(${types}) and d.delivered_at is null
     order by o.id`.execute(db);
  return rows.map(asEvent);
}

/** Returns the seconds until the next attempt. */
async function noteFailure(store: Store, handler: string, event: Row, error: Error): Promise<number> {
  const attempts = event.attempts + 1;
  const wait = Math.min(2 ** (attempts - 1), 1_800);
  const over = attempts >= ATTEMPTS;
  await sql`
    insert into outbox_delivery (event_id, handler, attempts, next_at, error, delivered_at)
    values (${event.id}, ${handler}, ${attempts}, now() + make_interval(secs => ${wait}), ${error.message}, case when ${over} then now() end)
    on conflict (event_id, handler) do update
      set attempts = excluded.attempts, next_at = excluded.next_at, error = excluded.error, delivered_at = excluded.delivered_at`.execute(
    store.db,
  );
  return wait;
}

/** Closes the events that every handler has had, so that the pending index stays small. */
async function closeDelivered(store: Store, handlers: Record<string, Record<string, EventHandler>>): Promise<void> {
  const expected: Record<string, number> = {};
  for (const on of Object.values(handlers)) for (const type of Object.keys(on)) expected[type] = (expected[type] ?? 0) + 1;
  await sql`
    update outbox o set handled_at = now()
     where o.handled_at is null
       and (select count(*) from outbox_delivery d where d.event_id = o.id and d.delivered_at is not null)
           >= coalesce((${JSON.stringify(expected)}::jsonb ->> o.type)::integer, 0)`.execute(store.db);
}

function asEvent(row: Row): OutboxEvent {
  return {
    id: row.id,
    type: row.type,
    subject: { kind: row.subject_kind, id: row.subject_id },
    actor: row.actor,
    data: row.data,
    occurredAt: row.occurred_at,
  };
}

/** Calls `wake` at every notification; polling covers what is missed while the connection is away. */
function listen(url: string, wake: () => void, log: Logger): { stop(): Promise<void> } {
  let client: Client | undefined;
  let stopped = false;
  let again: NodeJS.Timeout | undefined;
  const open = async () => {
    client = new Client({ connectionString: url, application_name: 'vinculo outbox' });
    client.on('notification', wake);
    client.on('error', () => {});
    client.on('end', () => {
      if (!stopped) again = setTimeout(attempt, 1_000);
    });
    await client.connect();
    await client.query('listen vinculo_outbox');
    wake();
  };
  let opening: Promise<void>;
  const attempt = () => {
    opening = open().catch((error) => {
      if (stopped) return;
      log.warn({ err: error }, 'The outbox hears nothing from Postgres; polling until it does');
      again = setTimeout(attempt, 1_000);
    });
  };
  attempt();
  return {
    async stop() {
      stopped = true;
      clearTimeout(again);
      await opening;
      await client?.end().catch(() => {});
    },
  };
}
