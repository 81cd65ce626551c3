import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { debianProgram } from '../debian-program.ts';
import { freePort, speaking } from '../ports.ts';

export interface MariadbServer {
  host: string;
  port: number;
  /** A database that is there, and who owns it. */
  database: string;
  user: string;
  password: string;
  /** Ends this server, and no other, and removes its data. */
  stop(): Promise<void>;
}

const OWNER = { database: 'tienda', user: 'tienda', password: 'contraseña: 100% @suya' };

/** A MariaDB as somebody else would run one, Debian's, on a free port of 127.0.0.1 over an empty temporary folder. */
export async function startMariadbServer(): Promise<MariadbServer> {
  const program = debianProgram({
    name: 'mariadbd',
    places: ['/usr/sbin/mariadbd'],
    packages: ['mariadb-server-core', 'mariadb-client-core'],
    needed: 'The tests of connections to MariaDB',
  });
  const folder = await mkdtemp(join(tmpdir(), 'vinculo-mariadb-'));
  const data = join(folder, 'data');
  await mkdir(data);
  // It refuses to run as root: then it runs as nobody.
  const root = process.getuid?.() === 0;
  const account = root ? { uid: 65_534, gid: 65_534 } : {};
  await chmod(folder, 0o755);
  if (root) await chown(data, 65_534, 65_534);
  const name = root ? 'nobody' : userInfo().username;
  await promisify(execFile)('mariadb-install-db', [
    '--no-defaults',
    `--datadir=${data}`,
    `--user=${name}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    `--basedir=${dirname(dirname(program))}`,
  ]);
  const start = join(folder, 'start.sql');
  await writeFile(
    start,
    `create database ${OWNER.database} character set utf8mb4;
create user '${OWNER.user}'@'%' identified by '${OWNER.password}';
grant all on ${OWNER.database}.* to '${OWNER.user}'@'%';
`,
    { mode: 0o644 },
  );
  const port = await freePort();
  const output = await open(join(folder, 'log'), 'w');
  const child = spawn(
    program,
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(data, 'socket')}`,
      `--pid-file=${join(data, 'pid')}`,
      `--init-file=${start}`,
      '--innodb-flush-log-at-trx-commit=0',
      '--innodb-buffer-pool-size=32M',
      '--performance-schema=off',
      // Not that of the business, to show that instants do not depend on it.
      '--default-time-zone=+05:00',
    ],
    { ...account, stdio: ['ignore', output.fd, output.fd], cwd: '/' },
  );
  await output.close();
  // It goes with this process, however this process ends by itself.
  const end = () => void child.kill('SIGKILL');
  process.on('exit', end);
  const stop = async () => {
    process.off('exit', end);
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await speaking(port, () => child.exitCode === null);
    return { host: '127.0.0.1', port, ...OWNER, stop };
  } catch (error) {
    const words = (await readFile(join(folder, 'log'), 'utf8')).trim().split('\n').slice(-3).join(' / ');
    await stop();
    throw new Error(`${program} does not start; its last words: ${words}`, { cause: error });
  }
}
