import { readdirSync, readFileSync } from 'node:fs';

/** Resident memory that is the process's own (anonymous) plus its share of what is shared, in bytes; 0 when it is gone. */
function proportional(pid: number): number {
  try {
    const line = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
    return Number(line?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
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

/**
 * Watches a process and all its descendants, twice a second. Proportional set size (PSS) is added up, so that the buffers
 * PostgreSQL's processes share are counted once.
 */
export function peakMemory(root: number): { bytes(): number; stop(): void } {
  let peak = 0;
  const look = () => {
    peak = Math.max(
      peak,
      descendants(root).reduce((sum, pid) => sum + proportional(pid), 0),
    );
  };
  const timer = setInterval(look, 500);
  return {
    bytes: () => peak,
    stop: () => clearInterval(timer),
  };
}
