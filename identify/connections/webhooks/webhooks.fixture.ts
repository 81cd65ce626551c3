// A file with webhooks on real stores, and receivers that answer as told.
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Context, feature as http } from '@vinculo/http';
import { feature as customerFile } from '@vinculo/customer-file';
import { contextOver, serve, type Served, testStores } from '@vinculo/testing';
import { newId, SYSTEM, startOutbox } from '@vinculo/postgres';
import { sql } from 'kysely';
import { noteHandlers } from './note-events.ts';
import type { ConnectionSources } from './sources.ts';
import { webhooks } from './part.ts';

export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
  json: { type: string; timestamp: string; data: Record<string, unknown> & { customer: { id: string } & Record<string, unknown> } };
}

export interface Receiver {
  url: string;
  got: Received[];
  /** How it answers from now on; 200 at first. */
  answer: (reply: ServerResponse, message: Received) => void;
  close(): Promise<void>;
}

export async function receiver(): Promise<Receiver> {
  const made: Receiver = { url: '', got: [], answer: (reply) => void reply.end('{}'), close: async () => {} };
  const server: Server = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const message = { headers: request.headers, body, json: JSON.parse(body) as Received['json'] };
      made.got.push(message);
      made.answer(reply, message);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  made.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  made.close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return made;
}

export const folder = (path: string) => new URL(path, import.meta.url);
const ALL = [
  'connection.read',
  'connection.write',
  'customer.read',
  'customer.read_personal',
  'customer.export',
  'value.read',
  'source.read',
  'source.write',
];

export interface TestHooks extends Served {
  context: Context;
  /** What the features to the right would give. */
  sources: ConnectionSources;
  /** Emits an event and hands it over, as the outbox does. */
  tell(type: string, subject: { kind: string; id: string }, data?: Record<string, unknown>): Promise<void>;
  /** A customer of the file, without going through linkage. */
  customer(name: string, email?: string): Promise<string>;
}

export async function testHooks(sources: ConnectionSources = {}): Promise<TestHooks> {
  const stores = await testStores({
    migrations: [
      { name: 'http', folder: http.migrations! },
      { name: 'customer-file', folder: customerFile.migrations! },
      { name: 'connections', folder: folder('../migrations/') },
      { name: 'mail', folder: folder('../../../platform/mail/migrations/') },
    ],
    warehouseMigrations: [{ name: 'customer-file', folder: customerFile.warehouse! }],
  });
  const context = contextOver(stores);
  const part = webhooks(sources);
  const { start: _, ...silent } = part;
  const served = await serve({ context, close: () => stores.close() }, [silent], {
    may: { ana: ALL, reader: ['connection.read'], writer: ['connection.read', 'connection.write'] },
    jobs: [part],
  });
  const outbox = startOutbox(context.store, { connections: noteHandlers(sources) }, context.log);
  return {
    ...served,
    context,
    sources,
    async tell(type, subject, data = {}) {
      await context.store.transaction(SYSTEM, (tx) => tx.emit(type, subject, data));
      // Somebody else may just be at it: then draining says so and returns.
      for (;;) {
        await outbox.drain();
        const { rows } = await sql`select from outbox where handled_at is null limit 1`.execute(context.store.db);
        if (rows.length === 0) return;
        await sleep(10);
      }
    },
    async customer(name, email) {
      const id = newId();
      const golden = email ? { email: { value: email, record: newId(), source: newId(), rule: 'newest' } } : {};
      await sql`
        insert into customer (id, kind, display_name, sort_name, email, golden, records, sources, search, first_seen, changed_at)
        values (${id}, 'person', ${name}, ${name}, ${email ?? null}, ${JSON.stringify(golden)}, 1, '{}', '', now(), now())`.execute(
        context.store.db,
      );
      return id;
    },
    async close() {
      await outbox.stop();
      await served.close();
    },
  };
}
