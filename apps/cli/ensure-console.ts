import { spawn } from 'node:child_process';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CONSOLE = fileURLToPath(new URL('../console/', import.meta.url));
const LANGUAGES = fileURLToPath(new URL('../../platform/languages/', import.meta.url));

/** Builds the console if it has never been built or its source is newer than the build. Seconds, and only then. */
export async function ensureConsole(): Promise<'built' | 'kept'> {
  const built = await modified(join(CONSOLE, 'dist', 'index.html'));
  const newest = Math.max(await newestIn(join(CONSOLE, 'src')), await newestIn(LANGUAGES), await modified(join(CONSOLE, 'index.html')));
  if (built > newest) return 'kept';
  const vite = join(dirname(createRequire(join(CONSOLE, 'package.json')).resolve('vite/package.json')), 'bin', 'vite.js');
  // Made beside and then put in place, so that a server that runs meanwhile never serves half a console.
  const made = join(CONSOLE, `dist.${process.pid}`);
  await new Promise<void>((resolve, reject) => {
    let said = '';
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn', '--outDir', made], {
      cwd: CONSOLE,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`The console could not be built:\n${said}`))));
  });
  const former = join(CONSOLE, `dist.former.${process.pid}`);
  await rename(join(CONSOLE, 'dist'), former).catch(() => {});
  await rename(made, join(CONSOLE, 'dist'));
  await rm(former, { recursive: true, force: true });
  return 'built';
}

async function modified(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

async function newestIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'));
  return Math.max(0, ...(await Promise.all(files.map((entry) => modified(join(entry.parentPath, entry.name))))));
}
