// The thread of the rounds, from outside: begun when there is something to load, and anew after a failure.
import { removeFacts, writeFacts } from '@vinculo/customer-file';
import type { Context } from '@vinculo/http';
import type { Store } from '@vinculo/postgres';
import { answerOver, startThread, type Thread } from '@vinculo/threads';
import { offeredWarehouse, type Warehouse } from '@vinculo/warehouse';
import { sql } from 'kysely';
import type { FactWriter } from './orders/save-orders.ts';
import type { RoundFigures } from './round.ts';
import type { OfferedToRounds, RoundThread } from './round.worker.ts';

export interface RoundsInThread {
  /** Loads what waits, as much as one round takes. */
  next(): Promise<RoundFigures>;
  /** Ends the thread; another begins with the next round, and remembers nothing of the stores. */
  end(): Promise<void>;
}

const NOTHING: RoundFigures = { requests: 0, events: 0, rejected: 0 };

/** @param owner of the loader's turn: nothing is settled in anybody else's. */
export function roundsInThread({ store, warehouse, settings }: Context, owner: string): RoundsInThread {
  let thread: Thread<RoundThread> | undefined;

  async function begin(): Promise<Thread<RoundThread>> {
    const begun = startThread<RoundThread>(new URL('./round.worker.ts', import.meta.url), new AbortController().signal, () => {});
    thread = begun;
    const { port1, port2 } = new MessageChannel();
    const { write, remove } = factWriter(warehouse);
    const offered: OfferedToRounds = { ...offeredWarehouse(warehouse), writeFacts: write, removeFacts: remove };
    answerOver(port1, offered);
    await begun.call('begin', store.url, owner, port2);
    return begun;
  }

  return {
    async next() {
      if (!thread && !(await anythingWaits(store))) return NOTHING;
      const { currency } = await settings.get();
      return (thread ?? (await begin())).call('next', currency);
    },
    async end() {
      const ended = thread;
      thread = undefined;
      await ended?.end();
    },
  };
}

/** Facts of orders as the customer file keeps them. */
export function factWriter(warehouse: Warehouse): FactWriter {
  return {
    write: (facts, at) => writeFacts(warehouse, facts, at),
    remove: (table, records, ids) => removeFacts(warehouse, table, records, ids),
  };
}

/** Whether there is anything to begin a thread for. */
async function anythingWaits({ db }: Store): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`select exists(select from inbox) as any`.execute(db);
  return rows[0]!.any;
}
