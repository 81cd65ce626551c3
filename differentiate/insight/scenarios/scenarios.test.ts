// The sums scenarios are arithmetic over, against the same sums made by hand; and scenarios that are kept.
import { newId, recordId } from '@vinculo/postgres';
import { serve, type Served } from '@vinculo/testing';
import { mbgNbd, NO_CHANGE, scenario, simulatePurchases } from '@vinculo/value';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { Scenario, ScenarioBaseAnswer } from '../api/scenarios.ts';
import { type Line, type TestShop, testShop } from '../shop.fixture.ts';
import { part } from './part.ts';

type Base = z.infer<typeof ScenarioBaseAnswer>;
type Kept = z.infer<typeof Scenario>;

const DAY_MS = 86_400_000;
const DAYS = 900;
const END = Date.parse('2026-03-01T12:00:00Z');
const moment = (day: number) => new Date(END - (DAYS - day) * DAY_MS).toISOString().slice(0, 19).replace('T', ' ');

let shop: TestShop;
let served: Served;
const segment = newId();
const bought: { customer: string; day: number; amount: number }[] = [];
const inSegment = new Set<string>();

beforeAll(async () => {
  shop = await testShop();
  served = await serve(shop, [part], { may: { marta: ['value.read', 'value.write'], ana: ['customer.read'] } });
  const customers = 500;
  const world = simulatePurchases({
    model: mbgNbd,
    parameters: [0.9, 6, 0.7, 3],
    customers,
    watched: (luck) => 4 + ((DAYS - 40) / 7) * luck.uniform(),
    grain: 1 / 7,
    seed: 5,
  });
  const identities: object[] = [];
  const lines: Line[] = [];
  for (let i = 0; i < customers; i++) {
    const customer = recordId('customer', `c${i}`);
    identities.push({ record_id: recordId(shop.source, `c${i}`), customer_id: customer, version: 1 });
    if (i % 3 === 0) inSegment.add(customer);
    const first = DAYS - Math.round(world.T[i]! * 7);
    const days = new Set([first]);
    for (let n = 1; n <= world.x[i]!; n++) days.add(first + Math.round((world.tx[i]! * 7 * n) / world.x[i]!));
    for (const day of days) {
      const amount = 20 + (i % 7) * 10;
      bought.push({ customer, day, amount });
      lines.push({ record: `c${i}`, order: `c${i} ${day}`, at: moment(day), amount: String(amount), cost: String(amount * 0.6) });
    }
  }
  await shop.context.warehouse.insert('identity', identities);
  await shop.buy(...lines);
  await shop.score();
  await sql`
    insert into segment (id, kind, name, created_by, author_name) values (${segment}, 'list', 'Uno de cada tres', 'test', 'test')`.execute(
    shop.context.store.db,
  );
  await shop.context.warehouse.insert(
    'segment_member',
    [...inSegment].map((customer_id) => ({ segment_id: segment, customer_id, inside: 1, since: '2026-03-01 12:00:00' })),
  );
});
afterAll(() => served?.close());

const baseOf = async (query = '') => (await served.ask<Base>('marta', 'GET', `/scenarios/base${query}`)).body;

describe('the year if nothing changes', () => {
  it('adds up what is expected of everybody', async () => {
    const { base, money, currency, error, asOf } = await baseOf();
    const rows = await shop.context.warehouse.rows<{ alive: number; purchases: number; spend: number; share: number }>(
      'select alive, purchases_365 as purchases, spend, margin_share as share from customer_forecast',
    );
    const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0);
    expect(base!.customers).toBe(500);
    expect(base!.sales).toBeCloseTo(
      sum(({ purchases, spend }) => purchases * spend),
      2,
    );
    expect(base!.margin).toBeCloseTo(
      sum(({ purchases, spend, share }) => purchases * spend * share),
      2,
    );
    expect(base!.margin / base!.sales).toBeCloseTo(0.4, 2);
    expect(base!.lost.customers).toBeCloseTo(
      sum(({ alive }) => 1 - alive),
      2,
    );
    const lost = sum(({ alive, purchases, spend }) => ((1 - alive) * purchases * spend) / Math.max(alive, 0.02));
    expect(base!.lost.sales / lost).toBeCloseTo(1, 4);
    expect({ money, currency, asOf }).toEqual({ money: 'margin', currency: 'EUR', asOf: expect.stringMatching(/^2026-0[23]-/) });
    expect(error).toBeGreaterThanOrEqual(0);
  });

  it('knows who comes new, and what one buys in the months of a first year', async () => {
    const { base } = await baseOf();
    const days = bought.map(({ day }) => day);
    const [start, last] = [Math.min(...days), Math.max(...days)];
    const first = new Map<string, number>();
    for (const { customer, day } of bought) first.set(customer, Math.min(first.get(customer) ?? day, day));
    const young = [...first.values()].filter((day) => day > last - 365).length;
    expect(base!.newcomers.aMonth).toBeCloseTo(young / 12, 1);
    const settled = Math.max(start + 90, last - 730);
    let total = 0;
    const curve = Array.from({ length: 12 }, (_, month) => {
      const watched = new Set(
        [...first].filter(([, day]) => day > settled && day + (month + 1) * 30 <= last).map(([customer]) => customer),
      );
      const inMonth = bought.filter(
        ({ customer, day }) => watched.has(customer) && Math.floor((day - first.get(customer)!) / 30) === month,
      );
      return (total += inMonth.reduce((sum, { amount }) => sum + amount, 0) / watched.size);
    });
    base!.newcomers.firstYear.forEach((bought, month) => expect(bought / curve[month]!).toBeCloseTo(1, 1));
    expect(base!.newcomers.firstYear).toHaveLength(12);
    expect(base!.newcomers.firstYear).toEqual(base!.newcomers.firstYear.toSorted((a, b) => a - b));
  });

  it('of a segment is that of its members, and says whose it is', async () => {
    const [all, some] = [await baseOf(), await baseOf(`?segment=${segment}`)];
    expect(some.segment).toEqual({ id: segment, name: 'Uno de cada tres' });
    expect(some.base!.customers).toBe(inSegment.size);
    expect(some.base!.sales).toBeGreaterThan(0);
    expect(some.base!.sales).toBeLessThan(all.base!.sales);
    expect(some.base!.newcomers.aMonth).toBeLessThan(all.base!.newcomers.aMonth);
    const levers = { ...NO_CHANGE, kept: 0.5 };
    expect(scenario(some.base!, levers).change.sales).toBeCloseTo(some.base!.lost.sales / 2, 6);
  });

  it('is refused for a segment that is not there, and to who may not see worth', async () => {
    expect((await served.ask('marta', 'GET', `/scenarios/base?segment=${newId()}`)).status).toBe(404);
    expect((await served.ask('ana', 'GET', '/scenarios/base')).status).toBe(403);
  });
});

describe('a scenario that is kept', () => {
  const levers = { kept: 0.2, frequency: 0.05, order: 0, margin: 0, newcomers: 0, cost: 500 };
  const list = async () => (await served.ask<{ items: Kept[] }>('marta', 'GET', '/scenarios')).body.items;

  it('is saved, changed, taken away and brought back', async () => {
    const ask = <T>(method: 'POST' | 'PUT' | 'DELETE', url: string, body?: object) => served.ask<T>('marta', method, url, body);
    const made = await ask<Kept>('POST', '/scenarios', { name: ' Otoño ', segment, levers });
    expect(made.status).toBe(201);
    const kept = made.body;
    expect(kept).toMatchObject({ name: 'Otoño', segment, segmentName: 'Uno de cada tres', levers });
    const same = await ask('POST', '/scenarios', { name: 'OTOÑO', levers });
    expect(same.status).toBe(409);
    const changed = await ask('PUT', `/scenarios/${kept.id}`, { name: 'Otoño', segment: null, levers: { ...levers, kept: 0.3 } });
    expect(changed.body).toMatchObject({ segment: null, levers: { kept: 0.3 } });
    expect((await ask('DELETE', `/scenarios/${kept.id}`)).status).toBe(200);
    expect(await list()).toEqual([]);
    expect((await ask('POST', `/scenarios/${kept.id}/restore`, {})).status).toBe(200);
    expect((await list()).map(({ name }) => name)).toEqual(['Otoño']);
    expect((await ask('PUT', `/scenarios/${newId()}`, { name: 'X', segment: null, levers })).status).toBe(404);
    expect((await ask('POST', '/scenarios', { name: 'Todo', levers: { ...levers, kept: 2 } })).status).toBe(400);
  });
});
