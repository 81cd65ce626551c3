import { createReadStream } from 'node:fs';
import { access, lstat, mkdir, readdir, realpath, rename } from 'node:fs/promises';
import { isAbsolute, join, sep } from 'node:path';
import type { Config } from '@vinculo/config';
import { fail } from '@vinculo/errors';
import type { PullSettings } from '../../api/pulls.ts';
import { matches } from './file-pattern.ts';
import type { FilePlace, PlaceFile } from './place.ts';

type Settings = Extract<PullSettings, { kind: 'folder' }>;

/** The folders that files may be taken from, with all inside them: whoever may add a connection must not read the machine with it. */
export async function pullFolders(config: Pick<Config, 'pullFolders' | 'dataFolder'>): Promise<string[]> {
  if (config.pullFolders.length > 0) return config.pullFolders;
  const inbox = join(config.dataFolder, 'inbox');
  await mkdir(inbox, { recursive: true, mode: 0o770 });
  return [inbox];
}

/**
 * A folder of this machine. Links are followed nowhere: a file is taken only where it stands itself.
 *
 * @throws VIN_CONNECTION_FOLDER where nothing may be taken from it, VIN_CONNECTION_FOLDER_MISSING.
 */
export async function openFolder(settings: Settings, config: Pick<Config, 'pullFolders' | 'dataFolder'>): Promise<FilePlace> {
  const folder = await allowed(settings.folder, await pullFolders(config));
  return {
    async list() {
      const files: PlaceFile[] = [];
      for (const name of await readdir(folder)) {
        if (!matches(settings.pattern, name)) continue;
        const found = await lstat(join(folder, name)).catch(() => undefined);
        if (found?.isFile()) files.push({ name, size: found.size, modifiedAt: new Date(Math.floor(found.mtimeMs)) });
      }
      return files.toSorted((a, b) => a.modifiedAt.getTime() - b.modifiedAt.getTime() || a.name.localeCompare(b.name));
    },
    async open(name) {
      return createReadStream(join(folder, name), { highWaterMark: 1 << 20 });
    },
    async move(name, to) {
      await mkdir(join(folder, to), { recursive: true });
      const there = join(folder, to, name);
      const taken = await access(there).then(
        () => true,
        () => false,
      );
      await rename(join(folder, name), taken ? join(folder, to, `${stamp()}-${name}`) : there);
    },
    async close() {},
  };
}

export const stamp = (): string => new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');

async function allowed(folder: string, allowedFolders: readonly string[]): Promise<string> {
  const refuse = () => fail('VIN_CONNECTION_FOLDER', { folder, allowed: allowedFolders.join(', ') });
  if (!isAbsolute(folder)) throw refuse();
  const within = (path: string, roots: readonly string[]) => roots.some((root) => path === root || path.startsWith(root + sep));
  // What is not allowed by its name is not even looked for: the answer would tell what there is.
  if (!within(join(folder, '.'), allowedFolders) || folder.split(sep).includes('..')) throw refuse();
  const real = await realpath(folder).catch(() => undefined);
  if (real === undefined) throw fail('VIN_CONNECTION_FOLDER_MISSING', { folder });
  const roots = await Promise.all(allowedFolders.map((root) => realpath(root).catch(() => root)));
  if (!within(real, roots)) throw refuse();
  return real;
}
