// For the tests of this package: a real server over real stores, and visitors with a cookie jar each.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { feature as access } from '@vinculo/access';
import { feature as audit } from '@vinculo/audit';
import { type Feature, feature as http } from '@vinculo/http';
import { testStores } from '@vinculo/testing';
import { sql } from 'kysely';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { type RunningServer, startServer } from './start.ts';

export interface Answer {
  status: number;
  headers: Headers;
  // What a test reads of an answer differs by route; the schemas are checked by the server itself.
  body: Record<string, unknown>;
}

export interface Visitor {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  send(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  cookies: Map<string, string>;
}

/** Somebody with a browser, or with a key. */
export function visitor(url: string, always: Record<string, string> = {}): Visitor {
  const cookies = new Map<string, string>();
  const send = async (method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Answer> => {
    const reply = await fetch(`${url}${path.startsWith('/api/') ? path : `/api/v1${path}`}`, {
      method,
      redirect: 'manual',
      headers: {
        'accept-language': 'en',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(cookies.size > 0 && { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
        ...always,
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    for (const cookie of reply.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      if (value === '' || /max-age=0/i.test(cookie)) cookies.delete(name!);
      else cookies.set(name!, value!);
    }
    const text = await reply.text();
    return { status: reply.status, headers: reply.headers, body: text === '' ? undefined : JSON.parse(text) };
  };
  return {
    cookies,
    get: (path, headers = {}) => send('GET', path, undefined, headers),
    send: (method, path, body, headers = {}) => send(method, path, body, headers),
  };
}

export const OWNER = { name: 'Ana Núñez', email: 'ana@example.com', password: 'una contraseña larga', companyName: 'Ferretería Núñez' };

export interface TestServer extends RunningServer {
  /** The owner, signed in. */
  owner: Visitor;
  visitor(always?: Record<string, string>): Visitor;
  /** A person of that role, invited by the owner and signed in. */
  join(role: string, email?: string): Promise<Visitor>;
  /** Until nothing is waiting nor running any more, nor about to be told. */
  quiet(): Promise<void>;
}

/** A server with sign-in and audit, and the features given besides. */
export async function testServer(options: { features?: Feature[]; smtpUrl?: string; setUp?: boolean } = {}): Promise<TestServer> {
  const stores = await testStores();
  const server = await startServer({
    config: { ...stores.config, smtpUrl: options.smtpUrl, language: 'es' },
    quiet: true,
    features: [http, access, audit, ...(options.features ?? [])],
    stores,
  });
  const owner = visitor(server.url);
  if (options.setUp !== false) {
    const made = await owner.send('POST', '/setup', OWNER);
    if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  }
  return {
    ...server,
    owner,
    visitor: (always) => visitor(server.url, always),
    async join(role, email = `${role}@example.com`) {
      const invited = await owner.send('POST', '/people/invitations', { email, role });
      const token = new URL(String(invited.body.link)).searchParams.get('token');
      const person = visitor(server.url);
      const accepted = await person.send('POST', '/people/invitations/accept', {
        token,
        name: `Persona de ${role}`,
        password: 'otra contraseña larga',
      });
      if (accepted.status !== 201) throw new Error(JSON.stringify(accepted.body));
      return person;
    },
    async quiet() {
      const busy = async () => {
        const { rows } = await sql`
          select from job_run where state in ('waiting', 'running') union all select from outbox where handled_at is null`.execute(
          stores.store.db,
        );
        return rows.length > 0;
      };
      for (let left = 600; await busy(); left--) {
        if (left === 0) throw new Error('It does not come to rest');
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async stop() {
      await server.stop();
      await stores.close();
    },
  };
}

/** A real SMTP server that keeps what it gets. */
export async function testMailbox(): Promise<{ url: string; next(): Promise<Email>; close(): Promise<void> }> {
  const letters: Promise<Email>[] = [];
  const waiting: ((letter: Promise<Email>) => void)[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const letter = PostalMime.parse(Buffer.concat(chunks));
        const reader = waiting.shift();
        if (reader) reader(letter);
        else letters.push(letter);
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    next: () => {
      const letter = letters.shift();
      return letter ?? new Promise<Email>((resolve) => waiting.push(resolve));
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
