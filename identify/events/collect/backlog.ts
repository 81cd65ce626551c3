import type { Store } from '@vinculo/postgres';

const SAMPLE_MS = 1_000;
/** A look at the table may take this share of the time, and no more. */
const SHARE = 50;
const LONGEST_MS = 15_000;

export interface Waiting {
  requests: number;
  events: number;
  bytes: number;
  /** When the oldest of it was received. */
  oldest: Date | undefined;
}

export interface Backlog {
  /** What waits, as far as known: the last look at the table and what this process has put into it since. */
  estimate(): Waiting;
  add(events: number, bytes: number): void;
  look(): Promise<Waiting>;
  end(): void;
}

/** How much is in the inbox and not yet loaded, known without asking the table for each request. It is looked at while something is or may be there. */
export function watchBacklog(store: Store, onError: (error: unknown) => void): Backlog {
  let seen: Waiting = { requests: 0, events: 0, bytes: 0, oldest: undefined };
  let since = { requests: 0, events: 0, bytes: 0 };
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  let looking: Promise<Waiting> | undefined;

  /** One look at a time: two at once would both take what was added before them off what was added since. */
  function look(): Promise<Waiting> {
    looking ??= ask().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  async function ask(): Promise<Waiting> {
    const before = since;
    // The lengths of bodies stored apart are read without the bodies.
    const { rows } = await store.pool.query<{ requests: number; events: number; bytes: string; oldest: Date | null }>({
      name: 'inbox-waiting',
      text: `select count(*)::int as requests, coalesce(sum(events), 0)::int as events,
                    coalesce(sum(octet_length(body)), 0)::text as bytes, min(received_at) as oldest
               from inbox`,
    });
    const { requests, events, bytes, oldest } = rows[0]!;
    seen = { requests, events, bytes: Number(bytes), oldest: oldest ?? undefined };
    // What was added while the statement ran may or may not be in it: counted once more, until the next look.
    since = {
      requests: since.requests - before.requests,
      events: since.events - before.events,
      bytes: since.bytes - before.bytes,
    };
    return seen;
  }

  function keepLooking(after: number): void {
    if (timer || ended) return;
    timer = setTimeout(async () => {
      const began = performance.now();
      await look().catch(onError);
      timer = undefined;
      const took = performance.now() - began;
      if (seen.requests > 0 || since.requests > 0) keepLooking(Math.min(LONGEST_MS, Math.max(SAMPLE_MS, took * SHARE)));
    }, after).unref();
  }

  keepLooking(0);
  return {
    estimate: () => ({
      requests: seen.requests + since.requests,
      events: seen.events + since.events,
      bytes: seen.bytes + since.bytes,
      oldest: seen.oldest,
    }),
    add(events, bytes) {
      since = { requests: since.requests + 1, events: since.events + events, bytes: since.bytes + bytes };
      keepLooking(SAMPLE_MS);
    },
    look,
    end() {
      ended = true;
      clearTimeout(timer);
    },
  };
}
