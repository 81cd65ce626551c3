import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { dovecot } from './dovecot.ts';
import { freePorts } from '../ports.ts';

export interface ImapServer {
  host: string;
  /** Plain, with STARTTLS for who asks for it. */
  port: number;
  tlsPort: number;
  /** PEM of the certificate it made itself, for `localhost` and 127.0.0.1: nobody trusts it unasked. */
  certificate: string;
  addUser(name: string, password: string): Promise<void>;
  /** Puts a mail into a folder of the user as a mail server would: it is new, nobody has seen it. */
  deliver(user: string, mail: string | Buffer, folder?: string): Promise<void>;
  /** How many mails lie in a folder, and how many of them somebody has seen. */
  lying(user: string, folder?: string): Promise<{ mails: number; seen: number }>;
  /** Gives every mail of the inbox a new number, as a server does that was restored from a copy. */
  renumber(user: string): Promise<void>;
  /** How often somebody tried to sign in and was refused. */
  refusals(): Promise<number>;
  /** Ends the server and keeps its mails; {@link resume} starts it again on the same ports. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends this server, and no other, and removes its mails. */
  stop(): Promise<void>;
}

const START_MS = 30_000;

/** A real IMAP server, Dovecot, on free ports of 127.0.0.1 over an empty temporary folder. It ends with this process. */
export async function startImapServer(): Promise<ImapServer> {
  const program = dovecot();
  const folder = await mkdtemp(join(tmpdir(), 'vinculo-imap-'));
  await chmod(folder, 0o755);
  const [port, tlsPort] = (await freePorts(2)) as [number, number];
  // Dovecot refuses to open mails as root: as root it does so as nobody, otherwise as whoever runs the tests.
  const root = process.getuid?.() === 0;
  const owner = root ? { uid: 65_534, gid: 65_534 } : { uid: process.getuid!(), gid: process.getgid!() };
  const mails = join(folder, 'mail');
  await mkdir(mails, { mode: 0o755 });
  await chown(mails, owner.uid, owner.gid);
  await mkdir(join(folder, 'users'), { mode: 0o755 });
  const certificate = await makeCertificate(folder);
  await writeFile(
    join(folder, 'dovecot.conf'),
    configuration({ folder, port, tlsPort, owner, self: root ? undefined : userInfo().username }),
  );

  let child: ChildProcess | undefined;
  const resume = async () => {
    const output = await open(join(folder, 'output'), 'a');
    child = spawn(program, ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: ['ignore', output.fd, output.fd] });
    await output.close();
    const started = child;
    process.once('exit', () => started.kill('SIGTERM'));
    await Promise.all([answering(child, port, folder), answering(child, tlsPort, folder)]);
  };
  const pause = async () => {
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const impatient = setTimeout(() => child?.kill('SIGKILL'), 5_000);
      await gone;
      clearTimeout(impatient);
    }
  };
  const stop = async () => {
    await pause();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const maildir = (user: string, name = 'INBOX') => (name === 'INBOX' ? join(mails, user) : join(mails, user, `.${name}`));

  try {
    await resume();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    host: '127.0.0.1',
    port,
    tlsPort,
    certificate,
    async addUser(name, password) {
      // A file each: one that changed within the second is not read again.
      await writeFile(join(folder, 'users', name), `${name}:{PLAIN.b64}${Buffer.from(password).toString('base64')}\n`, { mode: 0o644 });
      await makeMaildir(maildir(name), owner);
    },
    async deliver(user, mail, name) {
      const place = maildir(user, name);
      await makeMaildir(place, owner);
      const unique = `${Date.now()}.${randomUUID()}.test`;
      const draft = join(place, 'tmp', unique);
      await writeFile(draft, mail);
      await chown(draft, owner.uid, owner.gid);
      await rename(draft, join(place, 'new', unique));
    },
    async lying(user, name) {
      const place = maildir(user, name);
      const [fresh, looked] = await Promise.all(['new', 'cur'].map((part) => readdir(join(place, part)).catch(() => [])));
      return { mails: fresh!.length + looked!.length, seen: looked!.filter((file) => /:2,[A-R]*S/.test(file)).length };
    },
    async renumber(user) {
      const place = maildir(user);
      // Its validity is the second in which it numbers them.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      for (const name of await readdir(place)) if (name.startsWith('dovecot')) await rm(join(place, name), { recursive: true });
    },
    async refusals() {
      const log = await readFile(join(folder, 'log'), 'utf8').catch(() => '');
      return log.split('\n').filter((line) => line.includes('imap-login') && line.includes('auth failed')).length;
    },
    pause,
    resume,
    stop,
  };
}

interface Layout {
  folder: string;
  port: number;
  tlsPort: number;
  owner: { uid: number; gid: number };
  /** Whoever runs it, when that is not root. */
  self: string | undefined;
}

function configuration({ folder, port, tlsPort, owner, self }: Layout): string {
  const unprivileged = self ? `default_internal_user = ${self}\ndefault_login_user = ${self}\ndefault_internal_group = ${self}\n` : '';
  const chroot = self ? '  chroot =\n' : '';
  return `${unprivileged}base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
first_valid_uid = 1
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
mail_max_userip_connections = 100
ssl = yes
ssl_cert = <${folder}/certificate.pem
ssl_key = <${folder}/key.pem
mail_location = maildir:${folder}/mail/%u
passdb {
  driver = passwd-file
  args = ${folder}/users/%u
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${folder}/mail/%u
}
service imap-login {
${chroot}  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
service anvil {
${chroot}  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
`;
}

async function makeCertificate(folder: string): Promise<string> {
  const certificate = join(folder, 'certificate.pem');
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '30',
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=DNS:localhost,IP:127.0.0.1',
      '-keyout',
      join(folder, 'key.pem'),
      '-out',
      certificate,
    ], // prettier-ignore
    { stdio: 'ignore' },
  );
  return readFile(certificate, 'utf8');
}

async function makeMaildir(place: string, { uid, gid }: { uid: number; gid: number }): Promise<void> {
  if (await stat(join(place, 'tmp')).catch(() => undefined)) return;
  for (const path of [place, ...['cur', 'new', 'tmp'].map((part) => join(place, part))]) {
    await mkdir(path, { recursive: true, mode: 0o755 });
    await chown(path, uid, gid);
  }
}

async function answering(child: ChildProcess, port: number, folder: string): Promise<void> {
  const end = Date.now() + START_MS;
  while (!(await reachable(port))) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > end) {
      const words = (await readFile(join(folder, 'output'), 'utf8')).trim().split('\n').slice(-3).join(' / ');
      throw new Error(`The IMAP server does not answer at port ${port}; its last words: ${words}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

const reachable = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).once('error', () => resolve(false));
  });
