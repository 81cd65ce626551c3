// Dovecot for the tests of mailboxes: the machine's own, or Debian's package where we may install it.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/usr/bin/dovecot'];
/** The package of IMAP brings the server with it. */
const IMAP = ['/usr/lib/dovecot/imap', '/usr/local/lib/dovecot/imap', '/usr/libexec/dovecot/imap'];

const found = () => (IMAP.some((path) => existsSync(path)) ? PLACES.find((path) => existsSync(path)) : undefined);

/**
 * Path of a Dovecot that speaks IMAP; installs Debian's package where we are root on a Debian.
 *
 * @throws Error that says exactly what to install.
 */
export function dovecot(): string {
  const here = found();
  if (here) return here;
  const apt = spawnSync('sh', ['-c', 'command -v apt-get']).status === 0;
  if (process.getuid?.() === 0 && apt) {
    console.log('Installing Dovecot from Debian for the tests of mailboxes…');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'] as ('ignore' | 'inherit')[], env };
    execFileSync('apt-get', ['update', '-qq'], quiet);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'dovecot-imapd'], quiet);
    const installed = found();
    if (installed) return installed;
  }
  throw new Error(
    'The tests of mailboxes need an IMAP server. Install it ("apt-get install dovecot-imapd" on Debian and Ubuntu, as root) and run again.',
  );
}
