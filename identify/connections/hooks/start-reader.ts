import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, Stop } from '@vinculo/http';
import { dueHooks, processHook } from './process-messages.ts';

const LOOK_MS = 500;

/** Reads whatever waits, until nothing does. @returns how many messages. */
export async function readDue(context: Context, stop?: AbortSignal): Promise<number> {
  let read = 0;
  for (const id of await dueHooks(context)) {
    let some: number;
    do {
      stop?.throwIfAborted();
      some = await processHook(context, id);
      read += some;
    } while (some > 0);
  }
  return read;
}

/** Reads messages for as long as the process lives. */
export function startReader(context: Context): Stop {
  const stopping = new AbortController();
  const { signal } = stopping;
  const loop = (async () => {
    while (!signal.aborted) {
      try {
        if ((await readDue(context, signal)) === 0) await sleep(LOOK_MS, undefined, { signal }).catch(() => {});
      } catch (error) {
        if (signal.aborted) return;
        context.log.error({ err: error }, 'The reader of incoming webhooks stumbled; trying again');
        await sleep(1_000);
      }
    }
  })();
  return async () => {
    stopping.abort();
    await loop;
  };
}
