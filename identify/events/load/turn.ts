// One process loads at a time. Who has the turn holds a lock of Postgres on a connection of its own, on which it also hears of arrivals;
// when the process ends, however it ends, the connection does and the next one's turn comes.
import type { Context } from '@vinculo/http';
import { lockKey, newId } from '@vinculo/postgres';
import { sql } from 'kysely';
import { ARRIVALS_CHANNEL } from '../collect/arrivals.ts';

export interface Turn {
  /** Who settles in this turn: see settle.ts. */
  owner: string;
  /** True once the connection is lost, and the turn with it. */
  lost(): boolean;
  end(): Promise<void>;
}

/** Takes the turn if nobody has it. @param heard something arrived, from whichever process. */
export async function takeTurn({ store }: Pick<Context, 'store'>, heard: () => void): Promise<Turn | undefined> {
  const client = await store.pool.connect();
  let lost = false;
  const onEnd = () => {
    lost = true;
    heard();
  };
  client.on('error', onEnd);
  client.on('end', onEnd);
  client.on('notification', heard);
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [lockKey('event loader')]);
    if (!rows[0]!.mine) {
      leave();
      client.release();
      return undefined;
    }
    await client.query(`listen ${ARRIVALS_CHANNEL}`);
    const owner = newId();
    await sql`update event_loader set owner = ${owner}`.execute(store.db);
    return {
      owner,
      lost: () => lost,
      async end() {
        leave();
        // Closing it gives the lock back and ends the listening.
        client.release(true);
      },
    };
  } catch (error) {
    leave();
    client.release(true);
    throw error;
  }

  function leave(): void {
    client.off('error', onEnd);
    client.off('end', onEnd);
    client.off('notification', heard);
  }
}
