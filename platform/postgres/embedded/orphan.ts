import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '@vinculo/config';
import { commandLine, processesIn } from './processes.ts';

/**
 * Clears the way for a new server over this data directory. A server left over by a killed process is stopped
 * (nothing committed is lost, it writes its checkpoint first); its pid file is removed only when the pid now
 * belongs to some other program, because PostgreSQL itself knows best what to do with one of a dead server.
 */
export async function stopOrphan(data: string, log: Logger): Promise<void> {
  const file = join(data, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  const command = pid > 0 ? await commandLine(pid) : undefined;
  if (command?.includes(data)) {
    log.warn({ pid }, 'An embedded PostgreSQL was left over by a process that was killed; stopping it');
    if (!(await stopped(pid, data, 'SIGINT', 15_000))) await stopped(pid, data, 'SIGQUIT', 10_000);
  } else if (command) {
    await rm(file, { force: true });
  }
  // Backends of a server that was itself killed end by themselves within moments; starting over them would be refused.
  await until(async () => (await processesIn(data)).length === 0, 10_000);
}

async function stopped(pid: number, data: string, signal: NodeJS.Signals, ms: number): Promise<boolean> {
  try {
    process.kill(pid, signal);
  } catch {
    return true;
  }
  return until(async () => !(await commandLine(pid))?.includes(data), ms);
}

/** Waits until the condition holds; false when it does not within the time. */
export async function until(condition: () => Promise<boolean>, ms: number): Promise<boolean> {
  const end = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return true;
}
