// Rounds of the loader in a thread of their own: reading thousands of events holds nobody up who sends the next.
import type { MessagePort } from 'node:worker_threads';
import { connectAgain } from '@vinculo/postgres';
import { callOver, serveThread } from '@vinculo/threads';
import { type OfferedWarehouse, warehouseOver } from '@vinculo/warehouse';
import type { FactWriter } from './orders/save-orders.ts';
import { type RoundFigures, rounds, type Rounds } from './round.ts';

/** A round asks one thing after the other; a few ask side by side. */
const CONNECTIONS = 2;

/** What the main thread does for this one: the warehouse's engine is there, and the customer file. */
export type OfferedToRounds = OfferedWarehouse & { writeFacts: FactWriter['write']; removeFacts: FactWriter['remove'] };

let own: Rounds;

const methods = {
  /** @param url of the desk. @param owner of the loader's turn. */
  begin(url: string, owner: string, offered: MessagePort): void {
    const main = callOver<OfferedToRounds>(offered);
    const facts: FactWriter = {
      write: (written, at) => main.call('writeFacts', written, at),
      remove: (table, records, ids) => main.call('removeFacts', table, records, ids),
    };
    own = rounds({ store: connectAgain(url, CONNECTIONS), warehouse: warehouseOver(main), facts }, owner);
  },
  next: (currency: string): Promise<RoundFigures> => own.next(currency),
};

export type RoundThread = typeof methods;

serveThread(methods);
