import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, Stop } from '@vinculo/http';
import { lockKey } from '@vinculo/postgres';
import { sql } from 'kysely';
import { takeScans } from '../post/scan-folders.ts';
import { watchMailbox } from './watch-mailbox.ts';

/** How often it is looked whether a mailbox was added, changed or taken away, and whether a scan lies there. */
const LOOK_MS = 2_000;

/** A connection of its own, which holds the locks. */
interface Locks {
  query<Row extends object>(text: string, values: unknown[]): Promise<{ rows: Row[] }>;
}

interface Watched {
  changedAt: number;
  controller: AbortController;
  ended: Promise<void>;
}

/**
 * Watches all mailboxes and the scan folders. Of several servers one has each mailbox: whoever holds its lock, which goes away with
 * the process however that ends.
 *
 * @returns what ends it: it resolves when nothing is read any more.
 */
export function watchMailboxes(context: Context): Stop {
  const stopping = new AbortController();
  const watched = new Map<string, Watched>();
  const over = () => stopping.signal.aborted;
  const leave = async (id: string) => {
    const one = watched.get(id);
    one?.controller.abort();
    await one?.ended;
    watched.delete(id);
  };

  const look = async (locks: Locks) => {
    const { rows } = await sql<{ id: string; changed_at: Date }>`
      select id, changed_at from mailbox where active and deleted_at is null`.execute(context.store.db);
    const wanted = new Map(rows.map(({ id, changed_at }) => [id, changed_at.getTime()]));
    for (const [id, { changedAt }] of watched) {
      if (wanted.get(id) === changedAt) continue;
      await leave(id);
      await locks.query('select pg_advisory_unlock($1)', [nameOf(id)]);
    }
    for (const [id, changedAt] of wanted) {
      if (watched.has(id)) continue;
      const turn = await locks.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [nameOf(id)]);
      if (!turn.rows[0]!.mine) continue;
      const controller = new AbortController();
      const ended = watchMailbox(context, id, controller.signal).catch((error) => {
        if (!stopping.signal.aborted) context.log.error({ err: error, mailbox: id }, 'A mailbox is not watched any more; trying again');
        // Looked at anew, as if it had just been added.
        watched.delete(id);
        void locks.query('select pg_advisory_unlock($1)', [nameOf(id)]).catch(() => {});
      });
      watched.set(id, { changedAt, controller, ended });
    }
    const scans = await locks.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [lockKey('scan folders')]);
    if (scans.rows[0]!.mine)
      await takeScans(context).finally(() => locks.query('select pg_advisory_unlock($1)', [lockKey('scan folders')]));
  };

  const round = async () => {
    const locks = await context.store.pool.connect();
    const ignore = () => {};
    locks.on('error', ignore);
    try {
      while (!over()) {
        await look(locks);
        await sleep(LOOK_MS, undefined, { signal: stopping.signal }).catch(() => {});
      }
    } finally {
      await Promise.all([...watched.keys()].map(leave));
      locks.off('error', ignore);
      // Closed, not given back: its locks go with it, and another server may take them.
      locks.release(true);
    }
  };

  const loop = (async () => {
    while (!over()) {
      await round().catch((error) => {
        if (!over()) context.log.error({ err: error }, 'Mailboxes could not be watched; trying again');
      });
      if (!over()) await sleep(LOOK_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();
  return async () => {
    stopping.abort();
    await loop;
  };
}

const nameOf = (id: string) => lockKey(`mailbox ${id}`);
