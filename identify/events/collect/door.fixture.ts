// For the tests of this folder: the door over real stores, answering on a port, with a source that has a key.
import { feature as customerFile } from '@vinculo/customer-file';
import { type Context, feature as http } from '@vinculo/http';
import { newId, SYSTEM } from '@vinculo/postgres';
import { contextOver, serve, type Served, testStores } from '@vinculo/testing';
import { addSource } from '@vinculo/customer-file';
import type { z } from 'zod';
import type { NewWriteKey, WriteKey } from '../api/collect.ts';
import { addWriteKey } from './add-write-key.ts';
import { openDoor } from './door.ts';
import { DOOR_LIMITS, type DoorLimits } from './limits.ts';
import { part } from './part.ts';

export interface InboxRow {
  id: number;
  source_id: string;
  type: string;
  received_at: Date;
  events: number;
  body: Buffer;
}

export interface TestDoor extends Pick<Served, 'ask'> {
  context: Context;
  url: string;
  source: { id: string; name: string };
  key: z.infer<typeof WriteKey>;
  addKey(given?: Partial<z.output<typeof NewWriteKey>>): Promise<z.infer<typeof WriteKey>>;
  /** POST to `/v1/<path>`; an object goes as JSON, text and bytes as they are. */
  send(path: string, body: unknown, headers?: Record<string, string>): Promise<Sent>;
  inbox(): Promise<InboxRow[]>;
  empty(): Promise<void>;
  close(): Promise<void>;
}

export interface Sent {
  status: number;
  headers: Headers;
  body: { success?: true; code?: string; detail?: string };
}

const migrations = [
  { name: 'http', folder: http.migrations! },
  { name: 'customer-file', folder: customerFile.migrations! },
  { name: 'events', folder: new URL('../migrations/', import.meta.url) },
];

export async function testDoor(limits: Partial<DoorLimits> = {}): Promise<TestDoor> {
  const stores = await testStores({ migrations });
  const context = contextOver(stores);
  openDoor(context, { ...DOOR_LIMITS, ...limits });
  const may = { ana: ['source.read', 'source.write'], luis: ['source.read'] };
  const served = await serve({ context, close: () => stores.close() }, [part], { may });
  const url = await served.app.listen({ port: 0, host: '127.0.0.1' });
  const source = await addSource(stores.store, SYSTEM, { name: 'tienda', label: 'Tienda web', country: 'ES', trust: 50 });
  const addKey: TestDoor['addKey'] = (given = {}) =>
    addWriteKey(stores.store, SYSTEM, source.id, { name: `web ${newId()}`, origins: [], ...given });
  return {
    context,
    url,
    source,
    key: await addKey(),
    addKey,
    ask: served.ask,
    async send(path, body, headers = {}) {
      const raw = typeof body === 'string' || body instanceof Uint8Array;
      const reply = await fetch(`${url}/v1/${path}`, {
        method: 'POST',
        headers: { 'accept-language': 'en', ...(!raw && { 'content-type': 'application/json' }), ...headers },
        body: raw ? (body as NonNullable<RequestInit['body']>) : JSON.stringify(body),
      });
      return { status: reply.status, headers: reply.headers, body: (await reply.json()) as Sent['body'] };
    },
    inbox: async () => (await stores.store.pool.query<InboxRow>('select * from inbox order by id')).rows,
    empty: async () => void (await stores.store.pool.query('delete from inbox')),
    close: () => served.close(),
  };
}
