import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { debianProgram } from '../debian-program.ts';
import { freePort, speaking } from '../ports.ts';

export interface SftpServer {
  host: string;
  port: number;
  user: string;
  /** What signs in: an OpenSSH key. */
  privateKey: string;
  passphrase: string;
  /** Of the server's key, as `ssh` shows it: `SHA256:…`. */
  hostKey: string;
  /** A folder that the user may write, by its path on the server. */
  folder: string;
  /** Gives the server another key, as a machine in between would have. */
  changeKey(): Promise<void>;
  /** Ends this server, and no other, and removes its files. */
  stop(): Promise<void>;
}

/** A real SFTP server, OpenSSH's sshd, on a free port of 127.0.0.1, for keys only. It serves as the user who runs the tests. */
export async function startSftpServer(): Promise<SftpServer> {
  const program = debianProgram({
    name: 'sshd',
    places: ['/usr/sbin/sshd'],
    packages: ['openssh-server', 'openssh-sftp-server'],
    needed: 'The tests of connections over SFTP',
  });
  const folder = await mkdtemp(join(tmpdir(), 'vinculo-sftp-'));
  await chmod(folder, 0o700);
  const files = join(folder, 'files');
  await mkdir(files);
  const passphrase = 'una frase de paso';
  const key = async (name: string, secret = '') => {
    await promisify(execFile)('ssh-keygen', ['-q', '-t', 'ed25519', '-N', secret, '-C', name, '-f', join(folder, name)]);
  };
  await key('host');
  await key('user', passphrase);
  await writeFile(join(folder, 'authorized'), await readFile(join(folder, 'user.pub')), { mode: 0o600 });
  const port = await freePort();
  const configure = (hostKey: string) =>
    writeFile(
      join(folder, 'config'),
      `Port ${port}
ListenAddress 127.0.0.1
HostKey ${join(folder, hostKey)}
AuthorizedKeysFile ${join(folder, 'authorized')}
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
UsePAM no
StrictModes no
PidFile none
Subsystem sftp internal-sftp
`,
      { mode: 0o600 },
    );
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });

  let stopChild = async () => {};
  const start = async (hostKey: string) => {
    await configure(hostKey);
    const output = await open(join(folder, 'log'), 'w');
    const child = spawn(program, ['-D', '-e', '-f', join(folder, 'config')], { stdio: ['ignore', output.fd, output.fd] });
    await output.close();
    const end = () => void child.kill('SIGKILL');
    process.on('exit', end);
    stopChild = async () => {
      process.off('exit', end);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    };
    try {
      await speaking(port, () => child.exitCode === null);
    } catch (error) {
      const words = (await readFile(join(folder, 'log'), 'utf8')).trim().split('\n').slice(-3).join(' / ');
      throw new Error(`${program} does not start; its last words: ${words}`, { cause: error });
    }
  };
  const stop = async () => {
    await stopChild();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await start('host');
  } catch (error) {
    await stop();
    throw error;
  }
  const { stdout } = await promisify(execFile)('ssh-keygen', ['-l', '-E', 'sha256', '-f', join(folder, 'host.pub')]);
  return {
    host: '127.0.0.1',
    port,
    user: userInfo().username,
    privateKey: await readFile(join(folder, 'user'), 'utf8'),
    passphrase,
    hostKey: stdout.split(' ')[1]!,
    folder: files,
    async changeKey() {
      await stopChild();
      await key('other');
      await start('other');
    },
    stop,
  };
}
