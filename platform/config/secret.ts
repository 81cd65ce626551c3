import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './load-config.ts';

/** The secret of the configuration, or the one kept in the data folder (file `secret`, mode 0600), made on first use. */
export async function ensureSecret(config: Config): Promise<string> {
  if (config.secret) return config.secret;
  const file = join(config.dataFolder, 'secret');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept) return kept.trim();

  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  // Written aside and linked: a start that is killed here, or a second one, never leaves half a secret.
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft);
  return (await readFile(file, 'utf8')).trim();
}
