import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { fail } from '@vinculo/errors';
import { checkedLookup, checkHost } from '../../network/addresses.ts';
import { CONNECT_MS } from './place.ts';

export interface GetJson {
  headers: Record<string, string>;
  /** False: whoever answers, whatever its certificate says. */
  verify: boolean;
  signal: AbortSignal;
}

/** An answer with this much is no page of anything. */
const MOST_BYTES = 64 << 20;
const MOST_REDIRECTS = 5;
/** Between two pieces of an answer. */
const SILENCE_MS = 60_000;

/**
 * The JSON at an address and the Link header beside it. A redirect is followed within the same host and port only: the headers that open
 * one system are never carried to another.
 *
 * @throws VIN_CONNECTION_HTTP_STATUS, VIN_CONNECTION_HTTP_SHAPE, VIN_CONNECTION_REDIRECT, or what the network says.
 */
export async function getJson(url: URL, how: GetJson): Promise<{ body: unknown; link: string | undefined; url: URL }> {
  let from = url;
  for (let hops = 0; ; hops++) {
    checkHost(from, true);
    const { status, headers, text } = await get(from, how);
    if (status >= 300 && status < 400 && headers.location) {
      const to = new URL(headers.location, from);
      // From http to https of the same name is what many servers do with whoever comes in clear.
      const same = to.host === from.host || (to.hostname === from.hostname && from.protocol === 'http:' && to.protocol === 'https:');
      if (!same || hops >= MOST_REDIRECTS) throw fail('VIN_CONNECTION_REDIRECT', { host: to.host });
      from = to;
      continue;
    }
    if (status < 200 || status >= 300) throw fail('VIN_CONNECTION_HTTP_STATUS', { status, host: from.host });
    try {
      return { body: JSON.parse(text), link: [headers.link ?? []].flat().join(', ') || undefined, url: from };
    } catch {
      throw fail('VIN_CONNECTION_HTTP_SHAPE', {
        reason: { es: 'la respuesta no es JSON', en: 'the answer is no JSON' },
      });
    }
  }
}

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined> & { location?: string };
  text: string;
}

function get(url: URL, { headers, verify, signal }: GetJson): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(
      url,
      {
        headers: { accept: 'application/json', 'user-agent': 'Vinculo', 'accept-encoding': 'identity', ...headers },
        rejectUnauthorized: verify,
        timeout: SILENCE_MS,
        signal,
        agent: false,
        // The own network is allowed, the ERP is there; where cloud machines tell their keys is not.
        lookup: checkedLookup(true),
      },
      (response) => {
        const parts: Buffer[] = [];
        let length = 0;
        response.on('data', (part: Buffer) => {
          length += part.length;
          if (length > MOST_BYTES) {
            request.destroy(
              fail('VIN_CONNECTION_HTTP_SHAPE', {
                reason: {
                  es: 'una página pesa más de 64 MB; pide páginas más cortas',
                  en: 'one page is larger than 64 MB; ask for shorter pages',
                },
              }),
            );
          } else parts.push(part);
        });
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers as Answer['headers'],
            text: Buffer.concat(parts).toString('utf8'),
          }),
        );
      },
    );
    const slow = setTimeout(() => request.destroy(Object.assign(new Error('connect ETIMEDOUT'), { code: 'ETIMEDOUT' })), CONNECT_MS);
    request.on('socket', (socket) => socket.once('connect', () => clearTimeout(slow)));
    request.on('timeout', () => request.destroy(Object.assign(new Error('ETIMEDOUT'), { code: 'ETIMEDOUT' })));
    request.on('close', () => clearTimeout(slow));
    request.on('error', reject);
    request.end();
  });
}
