import { readFileSync } from 'node:fs';

export interface Watched {
  /** Seconds since the watch began, resident memory of the server in bytes, and how long the oldest event had waited then. */
  samples: { at: number; memory: number; waited: number; waiting: number }[];
  stop(): Promise<void>;
}

/** Looks at a server twice a second: its resident memory, and what waits in its inbox. */
export function watch(pid: number, url: string): Watched {
  const samples: Watched['samples'] = [];
  const began = performance.now();
  const stopping = new AbortController();
  const looking = (async () => {
    while (!stopping.signal.aborted) {
      const text = await (await fetch(`${url}/metrics`)).text();
      const value = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
      samples.push({
        at: (performance.now() - began) / 1_000,
        memory: Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1_024,
        waited: value('vinculo_inbox_oldest_seconds'),
        waiting: value('vinculo_inbox_events'),
      });
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  })();
  return {
    samples,
    async stop() {
      stopping.abort();
      await looking;
    },
  };
}

/** Processor seconds that a process and those under it have used. */
export function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(stat[11]) + Number(stat[12])) / 100;
}
