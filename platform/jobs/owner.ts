import { hostname } from 'node:os';
import { newId, processIdentity } from '@vinculo/postgres';

/** Names this process among all that share the database. */
export async function ownOwner(): Promise<string> {
  return [hostname(), process.pid, (await processIdentity(process.pid)) ?? '', newId()].join('|');
}

const SILENT_SECONDS = 20;

/**
 * Whether an owner is gone: at once when it was a process of this machine that no longer runs, after some
 * seconds without a sign of life when it is somewhere else.
 */
export async function isGone({ owner, silent_for }: { owner: string; silent_for: number }): Promise<boolean> {
  if (silent_for > SILENT_SECONDS) return true;
  const [host, pid, identity] = owner.split('|');
  return host === hostname() && (await processIdentity(Number(pid))) !== identity;
}
