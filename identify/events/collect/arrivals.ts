import { EventEmitter } from 'node:events';

/** Other processes hear of it with `listen vinculo_inbox`. */
export const ARRIVALS_CHANNEL = 'vinculo_inbox';

const arrivals = new EventEmitter().setMaxListeners(0);

/**
 * Calls `heard` after each commit of this process that put something into the inbox: a hint to look, no promise of what is there.
 *
 * @returns what ends it.
 */
export function inboxArrived(heard: () => void): () => void {
  arrivals.on('arrived', heard);
  return () => void arrivals.off('arrived', heard);
}

export function tellArrival(): void {
  arrivals.emit('arrived');
}
