// Dovecot for the tests of mailboxes: the machine's own, or Debian's package where we may install it.
import { existsSync } from 'node:fs';
import { installPackages } from '../debian-program.ts';

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
  const installed = installPackages(['dovecot-imapd']) && found();
  if (installed) return installed;
  throw new Error(
    'The tests of mailboxes need an IMAP server. Install it ("apt-get install dovecot-imapd" on Debian and Ubuntu, as root) and run again.',
  );
}
