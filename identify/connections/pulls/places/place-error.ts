// What drivers and networks say, in words that tell a person what to do. Their own sentences repeat what they were given: nothing secret
// gets through, and no cause is kept for a log to print.
import { fail, type VinculoError } from '@vinculo/errors';
import type { PullSettings } from '../../api/pulls.ts';
import type { Secrets } from '../../credentials/credentials.ts';

interface Said {
  message?: string;
  code?: string | number;
  errno?: number;
  number?: number;
  level?: string;
  errors?: Said[];
  originalError?: Said;
}

const UNREACHABLE =
  /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|ESOCKET|PROTOCOL_CONNECTION_LOST|ECONNCLOSED)$/;
const SLOW = /^(ETIMEDOUT|ETIMEOUT|57014|ER_QUERY_TIMEOUT|ER_STATEMENT_TIMEOUT)$/;
const TLS = /certificate|self.signed|SSL|TLS|ERR_TLS|UNABLE_TO_VERIFY|EPROTO|HANDSHAKE_SSL/i;
const DENIED = /^(28P01|28000|ER_ACCESS_DENIED_ERROR|ER_DBACCESS_DENIED_ERROR|ER_ACCESS_DENIED_NO_PASSWORD_ERROR|ELOGIN)$/;
const NO_DATABASE = /^(3D000|ER_BAD_DB_ERROR)$/;

export function asPlaceError(error: unknown, settings: PullSettings, secrets: Secrets): VinculoError {
  const said = innermost(error as Said);
  const code = String(said.code ?? '');
  const message = scrub(said.message ?? '', secrets);
  const host = settings.kind === 'http' ? new URL(settings.url).host : 'host' in settings ? settings.host : '';

  if (code === 'VIN_ADDRESS_REFUSED') return fail('VIN_CONNECTION_ADDRESS', { host });
  if (
    DENIED.test(code) ||
    said.level === 'client-authentication' ||
    /authentication (method|failure)|password authentication|SASL|password must be/i.test(message)
  ) {
    return fail('VIN_CONNECTION_DENIED', { host });
  }
  if (NO_DATABASE.test(code)) return fail('VIN_CONNECTION_DATABASE', { host, database: 'database' in settings ? settings.database : '' });
  if (SLOW.test(code) || /timed? ?out/i.test(message)) return fail('VIN_CONNECTION_SLOW', { host });
  if (TLS.test(code) || (TLS.test(message) && !/syntax/i.test(message))) return fail('VIN_CONNECTION_TLS', { host, reason: message });
  if (UNREACHABLE.test(code) || /getaddrinfo|ECONNREFUSED|Connection lost|Connection terminated/i.test(message)) {
    return fail('VIN_CONNECTION_UNREACHABLE', { host, reason: message });
  }
  if (settings.kind === 'folder' || settings.kind === 'sftp')
    return fail('VIN_CONNECTION_FILES', { folder: settings.folder, reason: message });
  return fail('VIN_CONNECTION_QUERY', { reason: message });
}

/** Some wrap what was said: the first of several attempts, the driver's own below the library's. */
function innermost(error: Said): Said {
  const inner = error.errors?.[0] ?? error.originalError;
  if (!inner?.message) return error;
  return { ...inner, code: inner.code ?? error.code };
}

const LONGEST = 300;

/** A sentence of a driver without the secrets it may repeat, in one line of a length people read. */
export function scrub(message: string, secrets: Secrets): string {
  let text = message.replaceAll(/\s+/g, ' ').trim();
  for (const secret of Object.values(secrets).toSorted((a, b) => b.length - a.length)) {
    for (const form of new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])) {
      if (form.length > 0) text = text.replaceAll(form, '•••');
    }
  }
  text = text.replaceAll(/(\w+:\/\/)[^\s/@]*@/g, '$1');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
