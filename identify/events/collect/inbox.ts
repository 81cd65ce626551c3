import type { Store } from '@vinculo/postgres';
import { tellArrival } from './arrivals.ts';
import type { CallType } from './envelope.ts';

/** Most that goes with one statement. */
const GROUP = { requests: 1_000, bytes: 8 * 2 ** 20 };

/** A request that was found good, on its way into the inbox. */
export interface Arrival {
  sourceId: string;
  type: CallType;
  receivedAt: Date;
  events: number;
  body: Buffer;
}

export interface Inbox {
  /** Resolves when the arrival is committed: only then may anybody be told that it was kept. */
  put(arrival: Arrival): Promise<void>;
}

interface Waiting {
  arrival: Arrival;
  kept(): void;
  lost(error: unknown): void;
}

/**
 * Writes arrivals one statement at a time: what comes while one runs goes with the next, so that many requests share one commit and
 * one alone waits for nobody.
 */
export function openInbox(store: Store): Inbox {
  const waiting: Waiting[] = [];
  let writing = false;

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting.splice(0, groupLength(waiting));
      try {
        await insert(
          store,
          group.map(({ arrival }) => arrival),
        );
        for (const { kept } of group) kept();
        tellArrival();
      } catch (error) {
        for (const { lost } of group) lost(error);
      }
    }
    writing = false;
  }

  return {
    put: (arrival) =>
      new Promise<void>((kept, lost) => {
        waiting.push({ arrival, kept, lost });
        if (writing) return;
        writing = true;
        // What arrives in this turn of the loop goes along.
        setImmediate(() => void write());
      }),
  };
}

function groupLength(waiting: readonly Waiting[]): number {
  let bytes = 0;
  let length = 0;
  for (const { arrival } of waiting) {
    bytes += arrival.body.length;
    if (length > 0 && (bytes > GROUP.bytes || length === GROUP.requests)) break;
    length++;
  }
  return length;
}

/** One statement and so one commit. The bodies travel as one value in binary and are cut there: as a list of values they would have to be written out as text. */
async function insert(store: Store, group: readonly Arrival[]): Promise<void> {
  let end = 0;
  const starts = group.map(({ body }) => (end += body.length) - body.length + 1);
  await store.pool.query({
    name: 'inbox-put',
    text: `
      with arrived as (
        insert into inbox (source_id, type, received_at, events, body)
        select source_id, type, received_at, events, substring($6::bytea from start for length)
          from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::int[], $5::int[], $7::int[])
               with ordinality as a (source_id, type, received_at, events, start, length, nth)
         order by nth
      )
      select pg_notify('vinculo_inbox', '')`,
    values: [
      group.map(({ sourceId }) => sourceId),
      group.map(({ type }) => type),
      group.map(({ receivedAt }) => receivedAt.toISOString()),
      group.map(({ events }) => events),
      starts,
      group.length === 1 ? group[0]!.body : Buffer.concat(group.map(({ body }) => body)),
      group.map(({ body }) => body.length),
    ],
  });
}
