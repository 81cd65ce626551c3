/**
 * Who may use the engine now. Each running query holds one of Node's four worker threads, and files need one too,
 * so three queries run at once and long work gets at most two of them: a person's short query never waits behind
 * more than the other short ones.
 */
export interface Slots {
  /** Resolves with what gives the slot back. Rejects with the signal's reason if it is aborted while waiting. */
  take(kind: 'short' | 'long', signal?: AbortSignal): Promise<() => void>;
}

const ALL = 3;
const LONG = 2;

export function createSlots(): Slots {
  const waiting: Record<'short' | 'long', (() => void)[]> = { short: [], long: [] };
  const running = { short: 0, long: 0 };

  const next = () => {
    while (running.short + running.long < ALL) {
      const start = waiting.short.shift() ?? (running.long < LONG ? waiting.long.shift() : undefined);
      if (!start) return;
      start();
    }
  };

  return {
    take(kind, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const give = () => {
          running[kind]--;
          next();
        };
        const start = () => {
          signal?.removeEventListener('abort', leave);
          running[kind]++;
          resolve(once(give));
        };
        const leave = () => {
          waiting[kind] = waiting[kind].filter((other) => other !== start);
          reject(signal!.reason);
        };
        signal?.addEventListener('abort', leave, { once: true });
        waiting[kind].push(start);
        next();
      });
    },
  };
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    work();
  };
}
