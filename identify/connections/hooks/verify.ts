// Whether a message comes from whom it says: an HMAC of its very bytes, compared without telling by the time it takes.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { fail } from '@vinculo/errors';
import type { z } from 'zod';
import type { HookVerify } from '../api/hooks.ts';
import { secretBytes } from '../webhooks/sign.ts';

export type Verify = z.output<typeof HookVerify>;

/** A signed message is taken for so long before and after its timestamp. */
const WINDOW_S = 300;

const header = (headers: IncomingHttpHeaders, name: string): string => [headers[name] ?? ''].flat()[0] ?? '';
const same = (a: string, b: string) => {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
};

/**
 * @param secret as it was made or given; '' where the address is the secret.
 * @throws VIN_HOOK_SIGNATURE with what is wrong, but not with what would be right.
 */
export function checkSignature(verify: Verify, secret: string, headers: IncomingHttpHeaders, body: Buffer, now = new Date()): void {
  switch (verify.kind) {
    case 'none':
      return;
    case 'standard': {
      const [id, at, given] = ['id', 'timestamp', 'signature'].map((part) => header(headers, `webhook-${part}`)) as [
        string,
        string,
        string,
      ];
      if (!id || !at || !given)
        throw refused(
          'faltan las cabeceras webhook-id, webhook-timestamp o webhook-signature',
          'a header is missing: webhook-id, webhook-timestamp or webhook-signature',
        );
      checkTime(at, now);
      const right = `v1,${hmac('sha256', secretBytes(secret), Buffer.concat([Buffer.from(`${id}.${at}.`), body])).digest('base64')}`;
      if (!given.split(' ').some((one) => same(one, right))) throw wrong('webhook-signature');
      return;
    }
    case 'stripe': {
      const parts = header(headers, 'stripe-signature')
        .split(',')
        .map((part) => part.trim().split('=', 2) as [string, string]);
      const at = parts.find(([name]) => name === 't')?.[1] ?? '';
      if (!at) throw refused('falta la cabecera stripe-signature', 'the header stripe-signature is missing');
      checkTime(at, now);
      const right = hmac('sha256', secret, Buffer.concat([Buffer.from(`${at}.`), body])).digest('hex');
      if (!parts.some(([name, given]) => name === 'v1' && same(given ?? '', right))) throw wrong('stripe-signature');
      return;
    }
    default: {
      const given = header(headers, verify.header);
      if (!given) throw refused(`falta la cabecera ${verify.header}`, `the header ${verify.header} is missing`);
      const right = `${verify.prefix}${hmac(verify.algorithm, secret, body).digest(verify.encoding)}`;
      // Hex is written either way.
      const fold = (text: string) => (verify.encoding === 'hex' ? text.toLowerCase() : text);
      if (!same(fold(given), fold(right))) throw wrong(verify.header);
    }
  }
}

const hmac = (algorithm: string, secret: string | Buffer, body: Buffer) => createHmac(algorithm, secret).update(body);

function checkTime(seconds: string, now: Date): void {
  const at = Number(seconds);
  if (!Number.isFinite(at) || Math.abs(now.getTime() / 1000 - at) > WINDOW_S)
    throw refused(
      'la hora del mensaje está a más de cinco minutos de la nuestra',
      'the time of the message is more than five minutes from ours',
    );
}

/** What makes a message the same as one that came before: the sender's id of it, or what it says. */
export function deliveryKey(verify: Verify, headers: IncomingHttpHeaders, body: Buffer): string {
  const name = verify.kind === 'standard' ? 'webhook-id' : verify.kind === 'hmac' ? verify.idHeader : '';
  const given = name && header(headers, name);
  if (given) return given.slice(0, 200);
  if (verify.kind === 'stripe') {
    const id = /"id"\s*:\s*"(evt_[A-Za-z0-9_]+)"/.exec(body.toString('utf8', 0, 4_096))?.[1];
    if (id) return id;
  }
  return `sha256:${createHash('sha256').update(body).digest('hex')}`;
}

const refused = (es: string, en: string) => fail('VIN_HOOK_SIGNATURE', { detail: { es, en } });
const wrong = (name: string) =>
  refused(`la de la cabecera ${name} no corresponde a este mensaje`, `that of the header ${name} does not belong to this message`);
