// Standard Webhooks 1.0: webhook-id, webhook-timestamp and webhook-signature, HMAC-SHA256 of `id.timestamp.body` in base64.
// Source: https://www.standardwebhooks.com
import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';

/** A new secret: `whsec_` and 24 random bytes in base64. */
export const newSecret = (): string => `${PREFIX}${randomBytes(24).toString('base64')}`;

/** One signature a secret, the one in force first: while a secret is being replaced the receiver may know either. */
export function signatures(secrets: readonly string[], id: string, seconds: number, body: string): string {
  return secrets
    .map((secret) => `v1,${createHmac('sha256', secretBytes(secret)).update(`${id}.${seconds}.${body}`).digest('base64')}`)
    .join(' ');
}

/** The key that a secret stands for. */
export const secretBytes = (secret: string): Buffer =>
  Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64');
