import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, Stop } from '@vinculo/http';
import { sendDue } from './send-due.ts';
import type { ConnectionSources } from './sources.ts';

/** What is on its way when the process is asked to stop has so long to arrive; beyond that it goes again at the next start. */
const GRACE_MS = 3_000;

/** Sends messages for as long as the process lives. */
export function startSender(context: Context, sources: ConnectionSources): Stop {
  const stopping = new AbortController();
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await sendDue(context, sources, stopping.signal);
      } catch (error) {
        if (stopping.signal.aborted) return;
        context.log.error({ err: error }, 'The sender of webhooks stumbled; trying again');
        await sleep(1_000);
      }
    }
  })();
  return async () => {
    stopping.abort();
    await Promise.race([loop, sleep(GRACE_MS)]);
  };
}
