import { rmSync } from 'node:fs';
import { link, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '@vinculo/config';
import { fail } from '@vinculo/errors';
import { processIdentity } from './embedded/processes.ts';

/** What a running server says about itself in the data folder. */
interface Owner {
  pid: number;
  /** Tells this process from a later one with the same pid. */
  identity: string;
  /** Where it answers; absent until it does. */
  url?: string;
}

export interface DataFolderLock {
  /** Says where the server answers, for the CLI to find it. */
  publish(url: string): Promise<void>;
  release(): Promise<void>;
}

const held = new Map<string, { count: number; owner: Owner; taken: Promise<void> }>();

/**
 * Makes this process the owner of the data folder. Calls within one process share the ownership: each release
 * gives back one, the last frees the folder. The lock of a process that is gone, killed or not, does not count.
 *
 * @throws VIN_DATA_FOLDER_BUSY while another living process owns it.
 */
export async function acquireDataFolder(config: Pick<Config, 'dataFolder'>): Promise<DataFolderLock> {
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  const folder = await realpath(config.dataFolder);
  const file = join(folder, 'server.lock');

  const identity = (await processIdentity(process.pid)) ?? '';

  // From here to the `set` nothing waits, so that two calls of this process cannot both think they are the first.
  let mine = held.get(folder);
  if (mine) mine.count++;
  else {
    const owner: Owner = { pid: process.pid, identity };
    mine = { count: 1, owner, taken: take(file, folder, owner) };
    held.set(folder, mine);
  }
  const { owner, taken } = mine;
  try {
    await taken;
  } catch (error) {
    held.delete(folder);
    throw error;
  }
  let released = false;
  return {
    async publish(url) {
      owner.url = url;
      await writeFile(`${file}.next`, JSON.stringify(owner), { mode: 0o600 });
      await rename(`${file}.next`, file);
    },
    async release() {
      if (released) return;
      released = true;
      if (--mine.count > 0) return;
      held.delete(folder);
      // In one go with the line above: a call that waited could remove the lock of the next owner.
      rmSync(file, { force: true });
    },
  };
}

/** The server that owns the data folder now, if one is alive; `url` once it answers. */
export async function readLock(config: Pick<Config, 'dataFolder'>): Promise<{ pid: number; url?: string } | undefined> {
  const owner = await living(join(config.dataFolder, 'server.lock'));
  return owner && { pid: owner.pid, url: owner.url };
}

async function take(file: string, folder: string, owner: Owner): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify(owner), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 100; attempt++) {
      if (await linked(draft, file)) return;
      const other = await living(file);
      if (other) throw fail('VIN_DATA_FOLDER_BUSY', { pid: other.pid, folder });
      await removeDead(file);
    }
    throw fail('VIN_DATA_FOLDER_BUSY', { pid: '?', folder });
  } finally {
    await rm(draft, { force: true });
  }
}

/** Of two that find the same dead lock, only one may remove it: the other might remove the first one's new lock. */
async function removeDead(file: string): Promise<void> {
  const turn = `${file}.turn`;
  try {
    await writeFile(turn, '', { flag: 'wx' });
  } catch {
    const age = await stat(turn).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > 5_000) await rm(turn, { force: true });
    await new Promise((resolve) => setTimeout(resolve, 50));
    return;
  }
  try {
    if (!(await living(file))) await rm(file, { force: true });
  } finally {
    await rm(turn, { force: true });
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function living(file: string): Promise<Owner | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const owner = parsed(text);
  return owner && (await processIdentity(owner.pid)) === owner.identity ? owner : undefined;
}

function parsed(text: string): Owner | undefined {
  try {
    return JSON.parse(text) as Owner;
  } catch {
    return undefined;
  }
}
