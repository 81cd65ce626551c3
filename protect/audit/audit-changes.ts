import type { Store } from '@vinculo/postgres';
import { writeLine } from './write-line.ts';

/** Told so that others may follow, many times a second: nobody's change, and nothing to look up later. */
export const ROUTINE: ReadonlySet<string> = new Set(['facts.added']);

/**
 * The same store, in which every event that is emitted is also a line of the audit log, in the very transaction that emits it:
 * a change and its line are there together or not at all, and exactly once. The outbox alone could not do that: its handlers run
 * later, hear only the types they name, and no longer know the request.
 */
export function auditChanges(store: Store): Store {
  return {
    ...store,
    transaction: (actor, work) =>
      store.transaction(actor, (tx) => {
        const emit = tx.emit.bind(tx);
        tx.emit = async (type, subject, data) => {
          await emit(type, subject, data);
          if (!ROUTINE.has(type)) await writeLine(tx, { action: type, subject, detail: data, actor });
        };
        return work(tx);
      }),
  };
}
