// The loader over real stores: events are put into the inbox as the door does, and loaded when a test says so.
import { feature as customerFile, unify } from '@vinculo/customer-file';
import { type Context, feature as http } from '@vinculo/http';
import { newId, recordId } from '@vinculo/postgres';
import { contextOver, testStores } from '@vinculo/testing';
import { sql } from 'kysely';
import { savePeople } from './people/save-people.ts';
import { tieAliases } from './people/tie-aliases.ts';
import { type RoundFigures, rounds, type Rounds } from './round.ts';
import { factWriter } from './round-thread.ts';

type Event = Record<string, unknown>;

export interface KeptEvent {
  record: string;
  device: string;
  anonymous: number;
  type: string;
  name: string;
  at: string;
  [column: string]: unknown;
}

export interface TestLoader {
  context: Context;
  /** The source that sends, and another. */
  shop: string;
  app: string;
  /** Puts one request with these events into the inbox. */
  send(events: Event[], options?: { source?: string; at?: string; sentAt?: string }): Promise<void>;
  /** One round, by a loader that remembers nothing if told so. */
  round(fresh?: boolean): Promise<RoundFigures>;
  /** Rounds until nothing waits. */
  load(events?: Event[], options?: { source?: string; at?: string; sentAt?: string }): Promise<void>;
  /** Saves everybody who waits as records. */
  people(): Promise<void>;
  /** Under which record each message is kept, by messageId. */
  events(where?: string): Promise<Map<string, KeptEvent>>;
  user(id: string, source?: string): string;
  device(id: string, source?: string): string;
  /** Empties everything events make, and forgets it. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export const NOBODY = '00000000-0000-0000-0000-000000000000';

export async function testLoader(): Promise<TestLoader> {
  const stores = await testStores({
    migrations: [
      { name: http.name, folder: http.migrations! },
      { name: 'customer-file', folder: customerFile.migrations! },
      { name: 'events', folder: new URL('../migrations/', import.meta.url) },
    ],
    warehouseMigrations: [
      { name: 'customer-file', folder: customerFile.warehouse! },
      { name: 'events', folder: new URL('../warehouse/', import.meta.url) },
    ],
  });
  const context = contextOver(stores);
  context.jobs.define({ name: 'identity.unify', run: async () => {} });
  await context.jobs.start();
  const { store, warehouse } = stores;
  const [shop, app] = [newId(), newId()];
  for (const [id, name] of [
    [shop, 'tienda'],
    [app, 'app'],
  ])
    await sql`insert into source (id, name, label) values (${id}, ${name}, ${name})`.execute(store.db);
  const owner = newId();
  await sql`update event_loader set owner = ${owner}`.execute(store.db);
  const over = { store, warehouse, facts: factWriter(warehouse) };
  let own: Rounds = rounds(over, owner);

  const loader: TestLoader = {
    context,
    shop,
    app,
    async send(events, { source = shop, at, sentAt } = {}) {
      const body = Buffer.from(JSON.stringify({ batch: events, sentAt }));
      await sql`
        insert into inbox (source_id, type, events, body, received_at)
        values (${source}, 'batch', ${events.length}, ${body}, coalesce(${at ?? null}::timestamptz, clock_timestamp()))`.execute(store.db);
    },
    async round(fresh = false) {
      if (fresh) own = rounds(over, owner);
      try {
        return await own.next('EUR');
      } catch (error) {
        // As the loader does: what a failed round remembers is not to be gone on with.
        own = rounds(over, owner);
        throw error;
      }
    },
    async load(events, options) {
      if (events) await loader.send(events, options);
      while ((await loader.round()).requests > 0);
    },
    async people() {
      for (;;) {
        while ((await savePeople(context)) + (await tieAliases(context)) > 0);
        const { rows } = await sql`
          select from source_record r where not exists (select from link where record_id = r.id and valid_to is null) limit 1`.execute(
          store.db,
        );
        // Where the live index took too long, a run links them.
        if (rows.length === 0) return;
        await unify(context, { scope: 'new' });
      }
    },
    async events(where = '1') {
      const rows = await warehouse.rows<KeptEvent & { message: string }>(
        `select toString(record_id) as record, toString(device_id) as device, anonymous, type, name, toString(occurred_at) as at, path, referrer,
                campaign, products, categories, toString(value) as value, currency, order_key, search, properties, toString(event_id) as id
           from event final where ${where} order by occurred_at, event_id`,
      );
      return new Map(rows.map((row) => [String(row.id), row]));
    },
    user: (id, source = shop) => recordId(source, id),
    device: (id, source = shop) => recordId(source, `device:${id}`),
    async clear() {
      own = rounds(over, owner);
      for (const table of ['event', 'identification', 'event_order', 'purchase', 'redemption', 'product'])
        await warehouse.command(`truncate table ${table}`);
      await sql`truncate inbox, event_error, event_person, event_device, event_device_person, event_alias, consent`.execute(store.db);
    },
    async close() {
      await context.jobs.stop();
      await stores.close();
    },
  };
  return loader;
}

/** The id of a message in the warehouse. */
export const messageOf = (source: string, messageId: string): string => recordId(source, `message:${messageId}`);
