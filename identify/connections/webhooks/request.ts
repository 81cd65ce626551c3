// One message on its way: to an address that was looked at, signed, within fifteen seconds, wherever it answers from.
import { Agent as HttpAgent, request as httpRequest, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { AddressRefused, checkedLookup, checkHost } from '../network/addresses.ts';
import { signatures } from './sign.ts';

export interface Message {
  /** `msg_…` */
  id: string;
  body: string;
}

export interface Receiver {
  url: string;
  /** May lead into the own network. */
  own: boolean;
  /** The one in force first. */
  secrets: readonly string[];
  headers: Readonly<Record<string, string>>;
}

export interface Outcome {
  /** Undefined when there was no answer. */
  status?: number;
  /** Why there was none: `timeout`, `refused`, `private`, or what the network says, ECONNREFUSED. */
  error?: string;
  /** The beginning of the answer. */
  answer?: string;
  /** How long it asks to be left in peace, in seconds. */
  retryAfter?: number;
  /** What was sent along, without own headers' values. */
  headers: Record<string, string>;
  milliseconds: number;
}

export const TIMEOUT_MS = 15_000;
const ANSWER_BYTES = 2_048;
/** Connections are kept for the next message; those into the own network apart from the others, for what each may reach. */
const pools = new Map<string, HttpAgent | HttpsAgent>();

function poolFor(protocol: string, own: boolean): HttpAgent | HttpsAgent {
  const name = `${protocol} ${own}`;
  let pool = pools.get(name);
  if (!pool) {
    const options = { keepAlive: true, maxSockets: 32, timeout: 60_000, lookup: checkedLookup(own) };
    pools.set(name, (pool = protocol === 'https:' ? new HttpsAgent(options) : new HttpAgent(options)));
  }
  return pool;
}

/** Sends it once. Never rejects because of the receiver; redirects are not followed. @throws the reason of `stop` when that comes first. */
export async function post(to: Receiver, { id, body }: Message, stop?: AbortSignal, timeoutMs = TIMEOUT_MS): Promise<Outcome> {
  const began = Date.now();
  const seconds = Math.floor(began / 1000);
  const signed = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Vinculo-Webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatures(to.secrets, id, seconds, body),
  };
  const shown = { ...Object.fromEntries(Object.keys(to.headers).map((name) => [name, '•••'])), ...signed };
  const ended = (rest: Partial<Outcome>): Outcome => ({ headers: shown, milliseconds: Date.now() - began, ...rest });
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const url = new URL(to.url);
    checkHost(url, to.own);
    return ended(await exchange(url, to, { ...to.headers, ...signed }, body, stop ? AbortSignal.any([stop, timeout]) : timeout));
  } catch (error) {
    stop?.throwIfAborted();
    if (timeout.aborted) return ended({ error: 'timeout' });
    if (error instanceof AddressRefused) return ended({ error: 'private' });
    const { code, cause } = error as { code?: string; cause?: { code?: string } };
    return ended({ error: code ?? cause?.code ?? 'network' });
  }
}

function exchange(
  url: URL,
  { own }: Receiver,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<Pick<Outcome, 'status' | 'answer' | 'retryAfter'>> {
  return new Promise((resolve, reject) => {
    const options: RequestOptions = {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      agent: poolFor(url.protocol, own),
      signal,
    };
    const call = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, (reply) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const done = () =>
        resolve({
          status: reply.statusCode!,
          answer: Buffer.concat(chunks).subarray(0, ANSWER_BYTES).toString().replaceAll('\0', ''),
          ...retryAfter(reply.headers['retry-after']),
        });
      reply.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        // What comes beyond is of no use: the status is known.
        if (size <= ANSWER_BYTES) return;
        done();
        reply.destroy();
      });
      reply.on('end', done);
      reply.on('error', reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}

/** Seconds, or a date (RFC 9110, 10.2.3); at most a day is believed. */
function retryAfter(header: string | undefined): { retryAfter?: number } {
  if (!header) return {};
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? { retryAfter: Math.min(Math.max(seconds, 0), 86_400) } : {};
}
