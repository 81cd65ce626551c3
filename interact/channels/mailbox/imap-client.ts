import { createHash, X509Certificate } from 'node:crypto';
import { checkServerIdentity } from 'node:tls';
import { fail, VinculoError } from '@vinculo/errors';
import { ImapFlow } from 'imapflow';

export interface ImapAccess {
  host: string;
  port: number;
  security: 'tls' | 'starttls' | 'none';
  /** PEM; empty for a server that everybody trusts. */
  certificate: string;
  username: string;
  password: string;
}

const MEGABYTE = 1024 * 1024;

/**
 * A session with an IMAP server, signed in.
 *
 * @throws VIN_MAILBOX_REFUSED, VIN_MAILBOX_UNREACHABLE, VIN_MAILBOX_SECURITY, VIN_MAILBOX_CERTIFICATE, VIN_MAILBOX_BROKEN
 */
export async function openImap(access: ImapAccess): Promise<ImapFlow> {
  const { host, port, security, certificate, username, password } = access;
  const client = new ImapFlow({
    host,
    port,
    secure: security === 'tls',
    ...(security === 'tls' ? {} : { doSTARTTLS: security === 'starttls' }),
    auth: { user: username, pass: password },
    tls: { minVersion: 'TLSv1.2', ...(certificate === '' ? {} : trusting(certificate)) },
    logger: false,
    // Whoever watches says when to wait.
    disableAutoIdle: true,
    maxIdleTime: 4 * 60_000,
    connectionTimeout: 15_000,
    greetingTimeout: 10_000,
    socketTimeout: 6 * 60_000,
    maxLineLength: 32 * MEGABYTE,
    maxLiteralSize: 16 * MEGABYTE,
    maxResponseSize: 40 * MEGABYTE,
    clientInfo: { name: 'Vinculo' },
  });
  // What fails later fails the command under way too, where it is reported.
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.close();
    throw asFailure(error, access);
  }
}

/** Trusts this certificate, whatever name the server is reached by, or whoever it has signed. */
function trusting(pem: string) {
  let own: string | undefined;
  try {
    own = new X509Certificate(pem).fingerprint256;
  } catch (error) {
    throw fail('VIN_MAILBOX_CERTIFICATE', { host: '', detail: 'PEM' }, error);
  }
  return {
    ca: pem,
    checkServerIdentity: (host: string, shown: Parameters<typeof checkServerIdentity>[1]) =>
      createHash('sha256').update(shown.raw).digest('hex') === own.replaceAll(':', '').toLowerCase()
        ? undefined
        : checkServerIdentity(host, shown),
  };
}

const CERTIFICATE = /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_VERIFY|ISSUER/;
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'CONNECT_TIMEOUT',
  'ECONNRESET',
]);
const WRONG_WAY = /SSL|TLS|GREETING|UPGRADE|STARTTLS|MissingServerExtension|ClosedAfterConnect/;

/** What went wrong, told to a person. */
export function asFailure(error: unknown, { host, port }: Pick<ImapAccess, 'host' | 'port'>): VinculoError {
  if (error instanceof VinculoError) return error;
  const {
    code = '',
    authenticationFailed,
    responseText,
    message,
  } = error as {
    code?: string;
    authenticationFailed?: boolean;
    responseText?: string;
    message?: string;
  };
  const detail = String(responseText || message || code).slice(0, 300);
  if (authenticationFailed) return fail('VIN_MAILBOX_REFUSED', { host, detail }, error);
  if (CERTIFICATE.test(code)) return fail('VIN_MAILBOX_CERTIFICATE', { host, detail }, error);
  if (UNREACHABLE.has(code)) return fail('VIN_MAILBOX_UNREACHABLE', { host, port, detail }, error);
  if (WRONG_WAY.test(code) || /STARTTLS|wrong version number/i.test(detail))
    return fail('VIN_MAILBOX_SECURITY', { host, port, detail }, error);
  return fail('VIN_MAILBOX_BROKEN', { host, detail }, error);
}

/** @throws VIN_MAILBOX_FOLDER */
export async function openFolder(client: ImapFlow, folder: string): Promise<void> {
  try {
    await client.mailboxOpen(folder);
  } catch (error) {
    if ((error as { responseStatus?: string }).responseStatus === 'NO' || (error as { mailboxMissing?: boolean }).mailboxMissing)
      throw fail('VIN_MAILBOX_FOLDER', { folder }, error);
    throw error;
  }
}
