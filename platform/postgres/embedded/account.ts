import { execFile } from 'node:child_process';
import { chmod, chown, lstat, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** How a program is started so that PostgreSQL, which refuses to run as root, agrees. */
export interface Account {
  /** Put before the command. */
  prefix: string[];
  uid?: number;
  gid?: number;
}

const run = promisify(execFile);
const NAMESPACE = ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'];

/**
 * As anyone but root: plainly. As root: in a user namespace, where root's own files stay root's own and the
 * process sees itself as user 1000, so nothing has to be given away and a folder under /root works. Where the
 * kernel or the container forbids namespaces: as the user `postgres` or `nobody`, who is given the folder.
 *
 * @param program a program of PostgreSQL, to see whether that account can run it.
 * @param folder whose content the account must own; it exists.
 * @param options.namespaces false to do without them.
 */
export async function accountFor(program: string, folder: string, { namespaces = true } = {}): Promise<Account> {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return { prefix: [] };
  if (namespaces && process.platform === 'linux' && (await runs(NAMESPACE, program))) {
    await own(folder, 0, 0);
    return { prefix: NAMESPACE };
  }
  const user = await plainUser();
  if (!user)
    throw new Error('PostgreSQL refuses to run as root, and there is neither a user namespace nor a user postgres or nobody to run it as');
  await own(folder, user.uid, user.gid);
  // The data folder above is for its owner alone; that user may pass through it and no more.
  const above = dirname(folder);
  await chown(above, (await stat(above)).uid, user.gid);
  await chmod(above, 0o710);
  try {
    await run(program, ['--version'], { uid: user.uid, gid: user.gid, cwd: '/' });
    await run('test', ['-w', folder], { uid: user.uid, gid: user.gid, cwd: '/' });
  } catch {
    throw new Error(
      `PostgreSQL refuses to run as root, and the user ${user.name} may not reach ${program} or ${folder}. Run Vínculo as a user of its own, or put both where ${user.name} can read them`,
    );
  }
  return { prefix: [], uid: user.uid, gid: user.gid };
}

async function runs(prefix: string[], program: string): Promise<boolean> {
  return run(prefix[0]!, [...prefix.slice(1), program, '--version']).then(
    () => true,
    () => false,
  );
}

async function plainUser(): Promise<{ name: string; uid: number; gid: number } | undefined> {
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const line = lines.find((fields) => fields[0] === name);
    if (line) return { name, uid: Number(line[2]), gid: Number(line[3]) };
  }
  return undefined;
}

/** Gives everything in the folder to that user; cheap when it is so already. */
async function own(folder: string, uid: number, gid: number): Promise<void> {
  if ((await stat(folder)).uid === uid) return;
  for (const entry of await readdir(folder)) await ownTree(join(folder, entry), uid, gid);
  // The folder itself last: it marks that the rest is done.
  await chown(folder, uid, gid);
}

async function ownTree(path: string, uid: number, gid: number): Promise<void> {
  const entry = await lstat(path);
  if (entry.isSymbolicLink()) return;
  if (entry.isDirectory()) for (const name of await readdir(path)) await ownTree(join(path, name), uid, gid);
  await chown(path, uid, gid);
}
