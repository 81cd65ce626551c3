// Loyalty behind its routes: the map, one customer down to their purchases, the weights and the facts of the market.
import { DEFAULT_LOYALTY_MODEL, LOYALTY_TYPES, simulateTown } from '@vinculo/value';
import { type Served, serve } from '@vinculo/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testShop, type TestShop } from '../shop.fixture.ts';
import { part } from './part.ts';
import { takeSnapshot } from './snapshot.ts';
import { moveIn } from './town.fixture.ts';

const ANA = ['customer.read', 'value.read', 'value.write'];
const town = simulateTown(12, 106);
let shop: TestShop;
let served: Served;
let ids: string[];
const a = (type: string) => ids[town.customers.findIndex((customer) => customer.type === type)]!;

beforeAll(async () => {
  shop = await testShop();
  ids = await moveIn(shop, town);
  await shop.score();
  await takeSnapshot(shop.context);
  served = await serve(shop, [part], {
    may: { ana: ANA, eva: ['customer.read', 'value.read'], luis: ['customer.read'] },
    idle: ['insight.score'],
  });
});
afterAll(() => served?.close());

describe('the map of types', () => {
  it('counts everybody once, with their money, as the lists do', async () => {
    const { status, body } = await served.ask('eva', 'GET', '/loyalty');
    expect(status).toBe(200);
    expect(body.now.customers).toBe(town.customers.length);
    expect(body.now.types.map(({ type }: { type: string }) => type)).toEqual([...LOYALTY_TYPES, 'unknown']);
    const sum = (cells: { customers: number }[]) => cells.reduce((total, { customers }) => total + customers, 0);
    for (const cells of [body.now.types, body.now.byDecile, body.now.byProvince, body.now.byChannel])
      expect(sum(cells)).toBe(town.customers.length);
    const { rows } = await sql<{ n: number }>`select count(*)::integer as n from customer_score where loyalty_type = 'price'`.execute(
      shop.context.store.db,
    );
    expect(body.now.types.find(({ type }: { type: string }) => type === 'price').customers).toBe(rows[0]!.n);
    expect(body.before).toBeNull();
    expect(body.marketFacts).toBe(3);
    expect(body.examples.length).toBeGreaterThan(10);
  });

  it('shows the surest of each type with what speaks for it, strongest first', async () => {
    const { body } = await served.ask('eva', 'GET', '/loyalty');
    const examples = body.examples as { type: string; terms: { sign: string; points: number }[] }[];
    const strongest = (type: string) => examples.filter((one) => one.type === type).map(({ terms }) => terms[0]!.sign);
    expect(['coupons', 'mailing']).toEqual(expect.arrayContaining(strongest('incentive')));
    expect(['deals', 'price']).toEqual(expect.arrayContaining(strongest('price')));
    expect(strongest('price')).toHaveLength(3);
    for (const { terms } of examples) {
      const points = terms.map((term) => term.points);
      expect(points).toEqual(points.toSorted((a, b) => b - a));
      expect(points.at(-1)).toBeGreaterThanOrEqual(0.05);
    }
  });

  it('is compared with four weeks ago, or with the oldest other day', async () => {
    const { db } = shop.context.store;
    const keep = (days: number, customers: number) =>
      sql`
      insert into loyalty_snapshot (id, computed_at, overview)
      select gen_random_uuid(), s.at, jsonb_set(jsonb_set(overview, '{customers}', to_jsonb(${customers}::integer)), '{computedAt}', to_jsonb(to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
        from loyalty_snapshot, (select now() - make_interval(days => ${days}) as at) s order by computed_at desc limit 1`.execute(db);
    const compared = async () => (await served.ask('eva', 'GET', '/loyalty')).body.before?.customers;
    await keep(3, 3);
    expect(await compared()).toBe(3);
    await keep(9, 9);
    expect(await compared()).toBe(9);
    await keep(60, 60);
    await keep(40, 40);
    expect(await compared()).toBe(40);
  });

  it('is for who may see the worth', async () => {
    expect((await served.ask('luis', 'GET', '/loyalty')).status).toBe(403);
    expect((await served.ask('luis', 'GET', `/customers/${ids[0]}/loyalty`)).status).toBe(403);
  });
});

describe('one customer', () => {
  it('has the seven probabilities, what speaks for each, and what was seen', async () => {
    const { body } = await served.ask('eva', 'GET', `/customers/${a('incentive')}/loyalty`);
    const { loyalty } = body;
    expect(loyalty.probabilities.map(({ type }: { type: string }) => type)).toEqual([...LOYALTY_TYPES]);
    expect(loyalty.probabilities.reduce((total: number, { probability }: { probability: number }) => total + probability, 0)).toBeCloseTo(
      1,
      4,
    );
    expect(loyalty.likeliest).toBe('incentive');
    const coupons = loyalty.signs.find(({ sign }: { sign: string }) => sign === 'coupons');
    expect(coupons.value).toBeGreaterThan(coupons.usual);
    expect(coupons.n).toBe(loyalty.visits);
  });

  it.each(['deals', 'price', 'coupons', 'exclusive', 'contract', 'sameness', 'near', 'pace'])(
    'opens the purchases behind %s',
    async (sign) => {
      const who = a(sign === 'coupons' ? 'incentive' : 'price');
      const { status, body } = await served.ask('eva', 'GET', `/customers/${who}/loyalty/purchases?sign=${sign}&limit=5`);
      expect(status).toBe(200);
      if (sign === 'coupons') expect(body.items[0].coupon).toBeGreaterThan(0);
      if (sign === 'price') for (const { amount, usual } of body.items) expect(amount).toBeLessThan(usual);
      if (sign === 'deals' || sign === 'pace') expect(body.items).toHaveLength(5);
      if (sign === 'contract') expect(body.items).toEqual([]);
    },
  );

  it('who never bought has none, and who does not exist is not found', async () => {
    const nobody = await shop.customer('nobody');
    expect((await served.ask('eva', 'GET', `/customers/${nobody}/loyalty`)).body).toEqual({ loyalty: null });
    expect((await served.ask('eva', 'GET', '/customers/0198c0de-0000-7000-8000-000000000000/loyalty')).status).toBe(404);
  });
});

describe('the weights', () => {
  const deaf = { ...DEFAULT_LOYALTY_MODEL, weights: { ...DEFAULT_LOYALTY_MODEL.weights, incentive: {} } };

  it('are previewed before they change anything', async () => {
    const same = await served.ask('eva', 'POST', '/loyalty/model/preview', DEFAULT_LOYALTY_MODEL);
    expect(same.body).toMatchObject({ customers: town.customers.length, changed: 0, moves: [], sample: [] });
    const { status, body } = await served.ask('eva', 'POST', '/loyalty/model/preview', deaf);
    expect(status).toBe(200);
    expect(body.changed).toBeGreaterThan(5);
    expect(body.moves.every(({ from }: { from: string }) => from === 'incentive')).toBe(true);
    expect(body.sample[0].name).toMatch(/^incentive/);
  });

  it('change with a version each, by who may, and come back', async () => {
    expect((await served.ask('eva', 'PUT', '/loyalty/model', { content: deaf, basedOn: 0 })).status).toBe(403);
    const changed = await served.ask('ana', 'PUT', '/loyalty/model', { content: deaf, note: 'sin cupones', basedOn: 0 });
    expect(changed.body).toMatchObject({ version: 1, versions: [{ version: 1, note: 'sin cupones', changedBy: 'ana' }] });
    expect((await served.ask('ana', 'PUT', '/loyalty/model', { content: deaf, basedOn: 0 })).status).toBe(409);
    await shop.score();
    const { body } = await served.ask('eva', 'GET', `/customers/${a('incentive')}/loyalty`);
    expect(body.loyalty.likeliest).not.toBe('incentive');
    const back = await served.ask('ana', 'POST', '/loyalty/model/versions/0/restore');
    expect(back.body).toMatchObject({ version: 2, content: DEFAULT_LOYALTY_MODEL });
    expect((await served.ask('ana', 'POST', '/loyalty/model/versions/9/restore')).status).toBe(404);
    await shop.score();
    expect((await served.ask('eva', 'GET', `/customers/${a('incentive')}/loyalty`)).body.loyalty.type).toBe('incentive');
  });

  it('must be what a weight can be', async () => {
    const wild = { ...DEFAULT_LOYALTY_MODEL, weights: { ...DEFAULT_LOYALTY_MODEL.weights, price: { deals: 7 } } };
    expect((await served.ask('ana', 'POST', '/loyalty/model/preview', wild)).status).toBe(400);
  });
});

describe('the facts of the market', () => {
  it('are stated, change the types, end and come back, each with its name in the audit', async () => {
    const stated = await served.ask('ana', 'POST', '/loyalty/market-facts', {
      kind: 'exclusive_category',
      subject: 'c1',
      note: 'marca propia',
    });
    expect(stated.status).toBe(201);
    expect((await served.ask('ana', 'POST', '/loyalty/market-facts', { kind: 'exclusive_category', subject: 'c1' })).status).toBe(409);
    await shop.score();
    const { body } = await served.ask('eva', 'GET', `/customers/${a('premium')}/loyalty`);
    expect(body.loyalty.signs.find(({ sign }: { sign: string }) => sign === 'exclusive').value).toBeGreaterThan(0);
    expect((await served.ask('ana', 'POST', `/loyalty/market-facts/${stated.body.id}/end`)).status).toBe(204);
    const ended = (await served.ask('eva', 'GET', '/loyalty/market-facts')).body.items.find(
      ({ id }: { id: string }) => id === stated.body.id,
    );
    expect(ended).toMatchObject({ subject: 'c1', note: 'marca propia', statedBy: 'ana', endedBy: 'ana' });
    expect((await served.ask('ana', 'POST', `/loyalty/market-facts/${stated.body.id}/end`)).status).toBe(404);
    expect((await served.ask('ana', 'POST', `/loyalty/market-facts/${stated.body.id}/resume`)).status).toBe(204);
    const { rows } = await sql<{
      type: string;
    }>`select type from outbox where subject_kind = 'market_fact' order by occurred_at, id`.execute(shop.context.store.db);
    expect(rows.map(({ type }) => type)).toEqual(['market_fact.stated', 'market_fact.ended', 'market_fact.resumed']);
    expect((await served.ask('eva', 'POST', '/loyalty/market-facts', { kind: 'no_rival_store', subject: 'S1' })).status).toBe(403);
  });

  it.each(['exclusive_product', 'contract_category', 'no_rival_province', 'no_rival_store'])('offer what %s can be about', async (kind) => {
    const { status, body } = await served.ask('eva', 'GET', `/loyalty/market-subjects?kind=${kind}`);
    expect(status).toBe(200);
    expect(body.items.length).toBeGreaterThan(2);
  });
});
