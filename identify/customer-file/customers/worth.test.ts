// Who sees what a customer is worth, over the API: the list, the count, the export, the record.
import { createApp } from '@vinculo/http';
import { type Actor, newId, SYSTEM } from '@vinculo/postgres';
import { contextOver, testStores, type TestStores } from '@vinculo/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerRow, CustomerSummary } from '../api/customers.ts';
import type { z } from 'zod';
import { channelSets } from './channel-sets.ts';
import { part } from './part.ts';

const folder = (path: string) => new URL(path, import.meta.url);
const person = (...permissions: string[]): Actor => ({ kind: 'user', id: 'u1', name: 'Ana', permissions: new Set(permissions) });
const WORTH = person('customer.read', 'customer.read_personal', 'customer.export', 'value.read');
const DELIVERY = person('customer.read', 'customer.read_personal', 'customer.export');

let stores: TestStores;
let app: Awaited<ReturnType<typeof createApp>>;
let actor: Actor;
const ana = newId();
beforeAll(async () => {
  stores = await testStores({
    migrations: [{ name: 'customer-file', folder: folder('../migrations/') }],
    warehouseMigrations: [{ name: 'customer-file', folder: folder('../warehouse/') }],
  });
  await sql`
    insert into customer (id, kind, display_name, sort_name, email, golden, records, sources, search)
    values (${ana}, 'person', 'Ana Peña', 'pena ana', 'ana@example.com', '{}', 1, '{}', '')`.execute(stores.store.db);
  const [set] = await stores.store.transaction(SYSTEM, (tx) => channelSets(tx, [[]]));
  await sql`
    insert into customer_score (customer_id, revenue, margin, orders, first_purchase_at, last_purchase_at, returned, discount_share,
                                channel_set, recency, frequency, monetary, rfm_group, decile, computed_at, percentile, months)
    values (${ana}, 7341, 977, 3, '2026-01-05Z', '2026-03-05Z', 0, 0.1, ${set}, 5, 4, 5, 'champions', 1, now(), 1, '202601,202603')`.execute(
    stores.store.db,
  );
  app = await createApp(contextOver(stores), [{ name: 'customers', routes: part.routes }]);
  app.setAuthenticator(async () => actor);
});
afterAll(async () => {
  await app.close();
  await stores.close();
});

async function get(path: string, as: Actor) {
  actor = as;
  return app.inject({ url: `/api/v1/customers${path}`, headers: { 'accept-language': 'es' } });
}

describe('what a customer is worth', () => {
  it('is told to those who may see it', async () => {
    const list = (await get('?sort=-revenue&best=1&recency=5&frequency=4&monetary=5&bought=2026-01&lastPurchase=2026-03', WORTH)).json<{
      items: z.infer<typeof CustomerRow>[];
    }>();
    expect(list.items[0]!.score).toMatchObject({ revenue: 7341, margin: 977, rfmGroup: 'champions', decile: 1 });
    const summary = (await get(`/${ana}`, WORTH)).json<z.infer<typeof CustomerSummary>>();
    expect(summary.score).toMatchObject({ revenue: 7341, recency: 5 });
    expect(summary.nextAction.key).toBe('thank');
    expect((await get('/export', WORTH)).body).toContain('7341;977;3;2026-03-05;Campeones;1');
  });

  it('is not in any answer to the others, who still see when and how often', async () => {
    const list = await get('', DELIVERY);
    const row = list.json<{ items: z.infer<typeof CustomerRow>[] }>().items[0]!;
    expect(row.score).toEqual({
      revenue: null,
      margin: null,
      rfmGroup: null,
      decile: null,
      profit: null,
      tier: null,
      lifetimeValue: null,
      stage: null,
      churnRisk: null,
      loyaltyType: null,
      orders: 3,
      lastPurchaseAt: '2026-03-05T00:00:00.000Z',
    });
    const record = await get(`/${ana}`, DELIVERY);
    expect(record.json<z.infer<typeof CustomerSummary>>().nextAction).toMatchObject({ key: 'serve', params: { orders: 3 } });
    const file = await get('/export', DELIVERY);
    expect(file.body.split('\r\n')[0]).not.toMatch(/Ventas|Margen|Grupo|Decil/);
    const bought = await get('?bought=2026-03&sort=-last_purchase', DELIVERY);
    expect(bought.statusCode).toBe(200);
    for (const { body } of [list, record, file, bought]) expect(body).not.toMatch(/\b(7341|977|2447)\b|champions|Campeones/);
  });

  it('cannot be found out by asking who is worth how much', async () => {
    for (const query of ['group=champions', 'decile=1', 'best=1', 'recency=5', 'frequency=4', 'monetary=5']) {
      for (const list of ['', '/count', '/export']) expect((await get(`${list}?${query}`, DELIVERY)).statusCode).toBe(403);
    }
    expect((await get('?sort=-revenue', DELIVERY)).statusCode).toBe(403);
    expect((await get('/export?columns=name,margin', DELIVERY)).json()).toMatchObject({ code: 'VIN_ACCESS_DENIED' });
    expect((await get(`/${ana}/value`, DELIVERY)).statusCode).toBe(403);
  });

  it('a column nobody knows is refused, not left out', async () => {
    expect((await get('/export?columns=name,colour', WORTH)).statusCode).toBe(400);
  });
});
