import { readdirSync, readFileSync } from 'node:fs';

interface Resident {
  program: string;
  /** Bytes: of its own, of files it has mapped, and shared with others. */
  own: number;
  files: number;
  shared: number;
}

/** Counters the kernel keeps anyway: to ask for shares of pages makes it walk over all of them, which costs a tenth of the machine. */
function resident(pid: number): Resident | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
    return { program: /^Name:\s+(.*)$/m.exec(status)?.[1] ?? '', own: of('RssAnon'), files: of('RssFile'), shared: of('RssShmem') };
  } catch {
    return undefined; // It ended while we looked.
  }
}

/** What several processes have in memory together: the same program, and what they share, counted once. */
function together(processes: readonly Resident[]): number {
  const files = new Map<string, number>();
  for (const { program, files: mapped } of processes) files.set(program, Math.max(files.get(program) ?? 0, mapped));
  const own = processes.reduce((sum, { own }) => sum + own, 0);
  return own + [...files.values()].reduce((sum, mapped) => sum + mapped, 0) + Math.max(0, ...processes.map(({ shared }) => shared));
}

function descendants(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const parent = Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${entry}/stat`, 'utf8'))?.[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
    } catch {
      // It ended while we looked.
    }
  }
  const all = [root];
  for (let i = 0; i < all.length; i++) all.push(...(children.get(all[i]!) ?? []));
  return all;
}

/** Watches a process and all its descendants, twice a second. */
export function peakMemory(root: number): { bytes(): number; stop(): void } {
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, together(descendants(root).flatMap((pid) => resident(pid) ?? [])));
  };
  const timer = setInterval(look, 500);
  return {
    bytes: () => peak,
    stop: () => clearInterval(timer),
  };
}
