// Boards over real stores: every number against what the lines of a small shop add up to.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { silent } from '@vinculo/config';
import { newId } from '@vinculo/postgres';
import { openMail } from '@vinculo/mail';
import { type Served, serve } from '@vinculo/testing';
import { sql } from 'kysely';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { BehindList, Board, BoardResults, Card, CardResult } from '../api/boards.ts';
import { part as questions } from '../questions/part.ts';
import { type TestShop, testShop } from '../shop.fixture.ts';
import { part } from './part.ts';
import { makeReadyMade } from './ready-made.ts';
import { askDue, sendBoard } from './send-board.ts';

type Result = z.infer<typeof CardResult>;
type View = z.infer<typeof Board>;

const ANA = newId();
const LUIS = newId();
const EVA = newId();
let shop: TestShop;
let served: Served;
const customers: Record<string, string> = {};
const letters: Buffer[] = [];
const mailbox = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, _session, done) {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      letters.push(Buffer.concat(chunks));
      done();
    });
  },
});

beforeAll(async () => {
  const bare = await testShop();
  mailbox.listen(0, '127.0.0.1');
  await once(mailbox.server, 'listening');
  const smtpUrl = `smtp://127.0.0.1:${(mailbox.server.address() as AddressInfo).port}`;
  const context = bare.context;
  context.mail = openMail({
    config: { ...context.config, smtpUrl },
    store: context.store,
    log: silent,
    enqueue: (tx, id) => context.jobs.enqueue('mail.send', { id }, { tx }),
  });
  shop = bare;
  for (const name of ['ana', 'luis', 'eva', 'sin compras']) customers[name] = await shop.customer(name);
  await sql`update customer set province = 'Madrid' where display_name = 'ana'`.execute(context.store.db);
  await sql`update customer set province = 'Bizkaia' where display_name in ('luis', 'eva')`.execute(context.store.db);
  await shop.product('p1', { category: 'Pan', cost: '1' });
  await shop.product('p2', { category: 'Queso' });
  await shop.buy(
    // October 2025: ana 100 web, luis 50 store.
    { record: 'ana', order: '1', at: '2025-10-05 09:00:00', amount: '100', product: 'p1', quantity: '10', channel: 'web', store: 'A' },
    { record: 'luis', order: '2', at: '2025-10-20 09:00:00', amount: '50', product: 'p2', channel: 'store', store: 'B' },
    // September 2026: ana 40.
    { record: 'ana', order: '3', at: '2026-09-10 09:00:00', amount: '40', product: 'p2', channel: 'web', store: 'A' },
    { record: 'luis', order: '4', at: '2026-09-11 09:00:00', amount: '60', product: 'p1', quantity: '6', channel: 'store', store: 'B' },
    // October 2026: ana 80 and 20, eva 30 for the first time, with a return of 5.
    { record: 'ana', order: '5', at: '2026-10-01 09:00:00', amount: '80', product: 'p1', quantity: '8', channel: 'web', store: 'A' },
    { record: 'ana', order: '6', at: '2026-10-31 22:30:00', amount: '20', product: 'p2', channel: 'store', store: 'B' },
    { record: 'eva', order: '7', at: '2026-10-12 09:00:00', amount: '30', product: 'p2', channel: 'store', store: 'B' },
    { record: 'eva', order: '7', at: '2026-10-13 09:00:00', amount: '-5', product: 'p2', channel: 'store', store: 'B' },
  );
  await shop.score();
  for (const [id, name, role] of [
    [ANA, 'Ana', 'owner'],
    [LUIS, 'Luis', 'sales'],
    [EVA, 'Eva', 'fulfilment'],
  ] as const)
    await sql`insert into person (id, name, email, role) values (${id}, ${name}, ${`${name.toLowerCase()}@example.com`}, ${role})`.execute(
      context.store.db,
    );
  served = await serve(shop, [part, questions], {
    may: {
      [ANA]: ['value.read', 'board.write', 'query.run', 'customer.read'],
      [LUIS]: ['value.read', 'board.write', 'customer.read'],
      reader: ['value.read'],
      stranger: ['customer.read'],
    },
    jobs: [
      { jobs: (given) => [...part.jobs!(given), { name: 'mail.send', run: ({ id }: { id: string }) => given.mail.deliver(id) } as never] },
    ],
  });
});
afterAll(async () => {
  await served?.close();
  mailbox.close();
});

const card = (given: Partial<z.input<typeof Card>> & { kind: z.input<typeof Card>['kind'] }) => ({
  id: newId(),
  width: 6 as const,
  ...given,
});
const october = { from: '2026-10-01', to: '2026-10-31' };
async function show(given: Parameters<typeof card>[0], filters: object = { period: october }): Promise<Result> {
  const { status, body } = await served.ask<z.infer<typeof BoardResults>>(ANA, 'POST', '/boards/preview', {
    cards: [card(given)],
    filters,
  });
  expect([status, status === 200 ? '' : JSON.stringify(body)]).toEqual([200, '']);
  return body.cards[0]!;
}
const pairs = ({ points }: Result) => points.map(({ label, value }) => [label, value]);

describe('a number', () => {
  it.each([
    ['revenue', 125],
    ['orders', 3],
    ['buyers', 2],
    ['new_buyers', 1],
    ['returns', 5],
    ['margin', 72],
    ['spend_per_buyer', 62.5],
    ['orders_per_buyer', 1.5],
    ['customers', 4],
    ['retention', 0.5],
    ['churn', 0.5],
  ] as const)('%s of October is %d', async (measure, value) => {
    expect((await show({ kind: 'number', measure })).value).toBeCloseTo(value, 9);
  });

  it('is compared with September, and with October a year ago, in words', async () => {
    const before = await show({ kind: 'number', measure: 'revenue', comparison: { kind: 'previous' } });
    expect(before.against).toEqual({ value: 100, change: 0.25, points: null, better: true, words: 'frente a septiembre de 2026' });
    const year = await show({ kind: 'number', measure: 'revenue', comparison: { kind: 'last_year' } });
    // The first sale is of the 5th: nobody knows of the days before, so that it is neither better nor worse.
    expect(year.against).toMatchObject({ value: 150, better: null, words: 'frente a 5–31 oct 2025' });
    expect(year.against!.change).toBeCloseTo(-25 / 150, 9);
    expect(before.period!.words).toBe('octubre de 2026');
  });

  it('is compared with another store, with the average of the stores, and with a figure somebody typed in', async () => {
    const ofA = { period: october, store: ['A'] };
    const other = await show({ kind: 'number', measure: 'revenue', comparison: { kind: 'store', store: 'B' } }, ofA);
    expect([other.value, other.against!.value, other.against!.words]).toEqual([80, 45, 'frente a la tienda B']);
    const average = await show({ kind: 'number', measure: 'revenue', comparison: { kind: 'average_store' } }, ofA);
    expect([average.against!.value, average.against!.words]).toEqual([62.5, 'frente a la media de 2 tiendas']);
    const typed = await show({
      kind: 'number',
      measure: 'return_share',
      comparison: { kind: 'figure', value: 0.1, source: 'la media del sector' },
    });
    expect(typed.against).toMatchObject({ value: 0.1, better: true, words: 'frente a la media del sector', change: null });
    expect(typed.against!.points).toBeCloseTo((5 / 130 - 0.1) * 100, 9);
  });

  it('knows the target of its period, and how much of it was due', async () => {
    const set = (given: object) => served.ask(ANA, 'POST', '/targets', { measure: 'revenue', unit: 'month', day: '2026-10-15', ...given });
    expect((await set({ value: 250 })).status).toBe(200);
    expect((await set({ value: 310 })).body).toMatchObject({ startsOn: '2026-10-01', endsOn: '2026-10-31', value: 310 });
    const whole = await show({ kind: 'number', measure: 'revenue', comparison: { kind: 'plan' } });
    expect(whole.target).toMatchObject({ value: 310, onPace: false, words: 'octubre de 2026' });
    expect(whole.target!.reached).toBeCloseTo(125 / 310, 9);
    expect(whole.against).toMatchObject({ value: 310, words: 'frente al objetivo' });
    // As of 1 November nothing else was bought: half of the quarter has no target, so there is none to show.
    expect((await show({ kind: 'number', measure: 'revenue' }, { period: 'this_quarter' })).target).toBeNull();
    expect((await show({ kind: 'number', measure: 'revenue' }, { period: october, store: ['A'] })).target).toBeNull();
    await set({ value: 100, scope: 'store', scopeKey: 'A' });
    expect((await show({ kind: 'number', measure: 'revenue' }, { period: october, store: ['A'] })).target).toMatchObject({ value: 100 });
    expect((await set({ value: 1, scope: 'store' })).status).toBe(400);
    const { body } = await served.ask<{ items: { id: string }[] }>(ANA, 'GET', '/targets');
    for (const { id } of body.items) expect((await served.ask(ANA, 'DELETE', `/targets/${id}`)).status).toBe(204);
    expect((await show({ kind: 'number', measure: 'revenue' })).target).toBeNull();
  });

  it('keeps a target that was set again since when the first request comes twice', async () => {
    const given = { measure: 'revenue', unit: 'month', day: '2026-10-15', value: 250 };
    const set = (body: object, key: string) => served.ask(ANA, 'POST', '/targets', body, { 'idempotency-key': key });
    const first = await set(given, 'one');
    await set({ ...given, value: 310 }, 'two');
    expect(await set(given, 'one')).toEqual(first);
    expect(await set({ ...given, value: 400 }, 'one')).toMatchObject({ status: 422, body: { code: 'VIN_IDEMPOTENCY_REUSED' } });
    const { body } = await served.ask(ANA, 'GET', '/targets');
    expect(body.items).toMatchObject([{ value: 310 }]);
    await served.ask(ANA, 'DELETE', `/targets/${body.items[0].id}`);
  });

  it('that nothing is known of says what to do', async () => {
    expect((await show({ kind: 'number', measure: 'contacts' }, { period: october })).value).toBe(0);
    expect((await show({ kind: 'number', measure: 'response_rate' })).advice).toBe('no_contacts');
    expect((await show({ kind: 'bar', measure: 'revenue', dimension: 'segment' })).advice).toBe('no_segments');
  });
});

describe('a card told apart', () => {
  it('by time has every month, in order, beside the year before', async () => {
    const period = { from: '2026-09-01', to: '2026-10-31' };
    const result = await show({ kind: 'trend', measure: 'revenue', dimension: 'month', comparison: { kind: 'last_year' } }, { period });
    expect(result.points.map(({ label, value, against }) => [label, value, against])).toEqual([
      // The first sale is of October 2025: before, nobody knows.
      ['sept 2026', 100, null],
      ['oct 2026', 125, 150],
    ]);
    const back = await show({ kind: 'trend', measure: 'retention', dimension: 'month' }, { period });
    expect(back.points.at(-1)).toMatchObject({ key: '2026-10-01', value: 0.5 });
    const days = await show({ kind: 'trend', measure: 'orders', dimension: 'day' }, { period: { from: '2026-10-30', to: '2026-10-31' } });
    // The last order is of half past ten in the evening, UTC: in Madrid it is still the 31st.
    expect(days.points.map(({ value }) => value)).toEqual([0, 1]);
  });

  it('by channel, store, category, province and source adds up to the whole', async () => {
    expect(pairs(await show({ kind: 'bar', measure: 'revenue', dimension: 'channel' }))).toEqual([
      ['Web', 80],
      ['Tienda', 45],
    ]);
    expect(pairs(await show({ kind: 'bar', measure: 'revenue', dimension: 'category' }))).toEqual([
      ['Pan', 80],
      ['Queso', 45],
    ]);
    expect(pairs(await show({ kind: 'map', measure: 'buyers' }))).toEqual([
      ['Bizkaia', 1],
      ['Madrid', 1],
    ]);
    const pareto = await show({ kind: 'pareto', measure: 'revenue', dimension: 'store' });
    expect(pareto.points.map(({ key, cumulative }) => [key, cumulative])).toEqual([
      ['A', 0.64],
      ['B', 1],
    ]);
    const few = await show({ kind: 'bar', measure: 'orders', dimension: 'day', top: 3 }, { period: 'all' });
    expect(few.value).toBe(7);
  });

  it('is narrowed by its board and by itself', async () => {
    const filters = { period: october, province: ['Bizkaia'] };
    expect((await show({ kind: 'number', measure: 'revenue' }, filters)).value).toBe(25);
    expect((await show({ kind: 'number', measure: 'revenue', filters: { channel: ['web'] } }, filters)).value).toBe(0);
    expect((await show({ kind: 'number', measure: 'revenue', filters: { category: ['Queso'] } })).value).toBe(45);
    expect((await show({ kind: 'number', measure: 'orders', filters: { category: ['Queso'] } })).value).toBe(3);
    expect((await show({ kind: 'number', measure: 'customers', filters: { channel: ['web'] } })).value).toBe(1);
  });

  it('by segment, and narrowed to one, is as the segment is now', async () => {
    const segment = newId();
    await sql`insert into segment (id, kind, name, created_by, author_name) values (${segment}, 'list', 'Vascos', 'x', 'X')`.execute(
      shop.context.store.db,
    );
    await shop.context.warehouse.insert('segment_member', [
      { segment_id: segment, customer_id: customers.eva, inside: 1, since: '2026-11-01 00:00:00' },
      { segment_id: segment, customer_id: customers.luis, inside: 1, since: '2026-11-01 00:00:00' },
    ]);
    expect((await show({ kind: 'number', measure: 'revenue' }, { period: october, segment })).value).toBe(25);
    expect(pairs(await show({ kind: 'bar', measure: 'buyers', dimension: 'segment' }, { period: 'all' }))).toEqual([['Vascos', 2]]);
    await shop.context.warehouse.insert('segment_member', [
      { segment_id: segment, customer_id: customers.eva, inside: 0, since: '2026-11-02 00:00:00' },
    ]);
    expect((await show({ kind: 'number', measure: 'revenue' }, { period: october, segment })).value).toBe(0);
  });
});

describe('a picture', () => {
  it('RFM holds every buyer once', async () => {
    const { cells } = await show({ kind: 'rfm', measure: 'customers' });
    expect(cells.reduce((sum, { value }) => sum + value, 0)).toBe(3);
  });

  it('cohorts: who first bought in a month, and who of them bought later', async () => {
    const { cells } = await show({ kind: 'cohort' });
    expect(cells.map(({ row, column, value }) => [row, column, value])).toEqual([['2026-10-01', 0, 1]]);
  });

  it('a funnel never widens', async () => {
    expect(pairs(await show({ kind: 'funnel', measure: 'customers' }))).toEqual([
      ['En la ficha', 4],
      ['Han comprado alguna vez', 3],
      ['Compran en el periodo', 2],
      ['Repiten en el periodo', 1],
    ]);
    expect((await show({ kind: 'funnel', measure: 'campaign_contacts' })).advice).toBe('no_contacts');
  });

  it('flows lead from one part to another', async () => {
    const { flows } = await show({ kind: 'sankey', measure: 'revenue', dimension: 'store', second: 'channel' });
    expect(flows.map(({ from, to, value }) => [from, to, value])).toEqual([
      ['A', 'web', 80],
      ['B', 'store', 45],
    ]);
  });
});

describe('behind a number', () => {
  const look = async (given: Parameters<typeof card>[0], rest: object = {}, filters: object = { period: october }) =>
    (await served.ask<z.infer<typeof BehindList>>(ANA, 'POST', '/boards/behind', { card: card(given), filters, ...rest })).body;
  const people = ({ rows }: z.infer<typeof BehindList>) => rows.map(({ name, value }) => [name, value]);

  it('are the customers it is made of, and what each adds', async () => {
    expect(people(await look({ kind: 'number', measure: 'revenue' }))).toEqual([
      ['ana', 100],
      ['eva', 25],
    ]);
    expect(people(await look({ kind: 'bar', measure: 'revenue', dimension: 'channel' }, { key: 'store' }))).toEqual([
      ['eva', 25],
      ['ana', 20],
    ]);
    expect(people(await look({ kind: 'bar', measure: 'revenue', dimension: 'category' }, { key: 'Pan' }))).toEqual([['ana', 80]]);
    expect(people(await look({ kind: 'map', measure: 'revenue' }, { key: 'Bizkaia' }))).toEqual([['eva', 25]]);
    expect(
      people(await look({ kind: 'trend', measure: 'revenue', dimension: 'month' }, { key: '2026-09-01' }, { period: 'this_year' })),
    ).toEqual([
      ['luis', 60],
      ['ana', 40],
    ]);
    expect(people(await look({ kind: 'number', measure: 'churn' }))).toEqual([['luis', 60]]);
    expect(people(await look({ kind: 'number', measure: 'retention' }))).toEqual([['ana', 100]]);
    expect(people(await look({ kind: 'number', measure: 'new_buyers' }))).toEqual([['eva', 25]]);
    expect(people(await look({ kind: 'funnel', measure: 'customers' }, { key: 'twice' }))).toEqual([['ana', 100]]);
    expect((await look({ kind: 'funnel', measure: 'customers' }, { key: 'everybody' })).count).toBe(4);
    expect(people(await look({ kind: 'cohort' }, { key: '2026-10-01', second: '0' }))).toEqual([['eva', 25]]);
    expect(
      people(await look({ kind: 'sankey', measure: 'revenue', dimension: 'store', second: 'channel' }, { key: 'B', second: 'store' })),
    ).toEqual([
      ['eva', 25],
      ['ana', 20],
    ]);
  });

  it('come by pages, with the next levels and the list that shows the same', async () => {
    const first = await look({ kind: 'number', measure: 'revenue' }, { limit: 1 });
    expect([first.count, first.rows.length, first.more]).toEqual([2, 1, true]);
    expect(people(await look({ kind: 'number', measure: 'revenue' }, { limit: 1, offset: 1 }))).toEqual([['eva', 25]]);
    expect(first.deeper.map(({ dimension }) => dimension)).toContain('province');
    expect((await look({ kind: 'rfm' }, { key: '5', second: '5' })).list).toEqual({ recency: '5', frequency: '5', sort: '-revenue' });
    const rfm = await show({ kind: 'rfm', measure: 'customers' });
    for (const { row, column, value } of rfm.cells)
      expect((await look({ kind: 'rfm' }, { key: row, second: String(column) })).count).toBe(value);
  });
});

describe('a board', () => {
  const make = (who: string, name: string) =>
    served.ask<View>(who, 'POST', '/boards', { name, cards: [card({ kind: 'number', measure: 'revenue' })] });

  it('is its maker’s until it is shared: with everybody, or with a role', async () => {
    const { body: board } = await make(ANA, 'Mío');
    expect((await served.ask(LUIS, 'GET', `/boards/${board.id}`)).status).toBe(404);
    const change = (given: object) => served.ask<View>(ANA, 'PUT', `/boards/${board.id}`, given);
    const roles = await change({ visibility: 'roles', roles: ['sales'], version: 1 });
    expect(roles.body).toMatchObject({ visibility: 'roles', version: 2, editable: true });
    expect((await served.ask<View>(LUIS, 'GET', `/boards/${board.id}`)).body).toMatchObject({ editable: false, mine: false });
    expect((await served.ask(LUIS, 'PUT', `/boards/${board.id}`, { name: 'Suyo', version: 2 })).status).toBe(403);
    expect((await served.ask('reader', 'GET', `/boards/${board.id}`)).status).toBe(404);
    await change({ visibility: 'everyone', version: 2 });
    expect((await served.ask('reader', 'GET', `/boards/${board.id}`)).status).toBe(200);
    expect((await served.ask('reader', 'POST', '/boards', { name: 'No' })).status).toBe(403);
    expect((await served.ask('stranger', 'GET', '/boards')).status).toBe(403);
  });

  it('changed by two at once tells the second, who keeps theirs as a copy', async () => {
    const { body: board } = await make(ANA, 'De dos');
    expect((await served.ask(ANA, 'PUT', `/boards/${board.id}`, { name: 'Primero', version: 1 })).status).toBe(200);
    const late = await served.ask(ANA, 'PUT', `/boards/${board.id}`, { name: 'Segundo', version: 1 });
    expect([late.status, late.body.code]).toEqual([409, 'VIN_BOARD_CONFLICT']);
    const copy = await served.ask<View>(ANA, 'POST', `/boards/${board.id}/duplicate`, { name: 'Copia' });
    expect(copy.body).toMatchObject({ name: 'Copia', visibility: 'private', mine: true });
    expect(copy.body.cards).toHaveLength(1);
  });

  it('that was removed can be brought back', async () => {
    const { body: board } = await make(ANA, 'Que vuelve');
    expect((await served.ask(ANA, 'DELETE', `/boards/${board.id}`)).status).toBe(204);
    expect((await served.ask(ANA, 'GET', `/boards/${board.id}`)).status).toBe(404);
    expect((await served.ask(ANA, 'POST', `/boards/${board.id}/restore`)).status).toBe(200);
    expect((await served.ask(ANA, 'GET', `/boards/${board.id}`)).status).toBe(200);
  });

  it('comes ready made, once, and shows something on every card that there is data for', async () => {
    await makeReadyMade(shop.context);
    await makeReadyMade(shop.context);
    const { body } = await served.ask<{ items: { id: string; name: string; template: string | null }[] }>('reader', 'GET', '/boards');
    const ready = body.items.filter(({ template }) => template !== null);
    expect(ready.map(({ name }) => name)).toEqual(['Dirección', 'Ventas', 'Clientes']);
    for (const { id, name } of ready) {
      const results = await served.ask<z.infer<typeof BoardResults>>('reader', 'POST', `/boards/${id}/results`, {});
      expect(results.status).toBe(200);
      expect(results.body.asOf).toBe('2026-10-31');
      const silent = results.body.cards.filter(({ advice }) => advice !== null).map(({ title, advice }) => `${name}: ${title}: ${advice}`);
      // Nobody bought in the ninety days before, so nobody could return; and there are no campaigns here.
      expect(silent).toEqual(
        {
          Dirección: ['Dirección: Clientes que repiten: no_data'],
          Ventas: [],
          Clientes: ['Clientes: Clientes que no vuelven: no_data', 'Clientes: Qué consiguen las campañas: no_contacts'],
        }[name],
      );
      for (const { title } of results.body.cards) expect(title).not.toMatch(/boards:|undefined/);
    }
  });

  it('answers twice alike, the second time without the warehouse, and anew after a scoring', async () => {
    const revenue = { kind: 'number', measure: 'revenue' } as const;
    await show(revenue);
    const kept = async () => (await shop.context.store.pool.query('select key from card_result')).rowCount ?? 0;
    const before = await kept();
    await show(revenue);
    expect(await kept()).toBe(before);
    await shop.buy({ record: 'ana', order: '99', at: '2026-10-20 09:00:00', amount: '1', channel: 'web', store: 'A' });
    expect((await show(revenue)).value).toBe(125);
    await shop.score();
    expect((await show(revenue)).value).toBe(126);
  });

  it('has words for all it can be made of', async () => {
    for (const language of ['es', 'en']) {
      const { body } = await served.ask(ANA, 'GET', '/boards/choices', undefined, { 'accept-language': language });
      expect(JSON.stringify(body)).not.toMatch(/boards:|undefined/);
      expect(body.values.channel).toEqual(expect.arrayContaining([expect.objectContaining({ key: 'web' })]));
    }
  });

  it('holds a saved question as a card', async () => {
    const saved = await served.ask(ANA, 'POST', '/questions', {
      name: 'Por canal',
      sql: 'select channel, sum(amount) as total from v_orders group by channel order by total desc',
      chart: { kind: 'bar' },
      shared: false,
    });
    const given = { kind: 'question', question: saved.body.id } as const;
    const shown = await show(given);
    expect([shown.title, pairs(shown)]).toEqual([
      'Por canal',
      [
        ['web', 221],
        ['store', 155],
      ],
    ]);
    const other = await served.ask<z.infer<typeof BoardResults>>(LUIS, 'POST', '/boards/preview', { cards: [card(given)] });
    expect(other.body.cards[0]!.advice).toBe('no_question');
  });
});

describe('by mail', () => {
  const arrived = async (count: number) => {
    await expect.poll(() => letters.length, { timeout: 20_000, interval: 50 }).toBe(count);
    return PostalMime.parse(letters.at(-1)!);
  };

  it('goes to oneself now, as a PDF of letters and lines', async () => {
    const { body } = await served.ask<{ items: { id: string; name: string }[] }>(ANA, 'GET', '/boards');
    const board = body.items.find(({ name }) => name === 'Ventas')!;
    expect((await served.ask(ANA, 'POST', `/boards/${board.id}/send-now`)).status).toBe(202);
    const letter = await arrived(1);
    expect(letter.subject).toBe('Ventas: 31 de octubre de 2026');
    expect(letter.to).toEqual([{ address: 'ana@example.com', name: '' }]);
    expect(letter.text).toContain(`/boards/${board.id}`);
    const file = Buffer.from(letter.attachments[0]!.content as ArrayBuffer);
    expect(letter.attachments[0]).toMatchObject({ filename: 'Ventas.pdf', mimeType: 'application/pdf' });
    expect(file.subarray(0, 5).toString()).toBe('%PDF-');
    expect(file.toString('latin1')).not.toContain('/Subtype /Image');
    const history = await served.ask<{ items: object[] }>(ANA, 'GET', `/boards/${board.id}/sendings`);
    expect(history.body.items[0]).toMatchObject({ recipient: 'Ana', state: 'sent', bySchedule: false });
  });

  it('goes when it is due, to whoever may see it, until they leave', async () => {
    const { body } = await served.ask<{ items: { id: string; name: string }[] }>(ANA, 'GET', '/boards');
    const board = body.items.find(({ name }) => name === 'Dirección')!;
    const made = await served.ask(ANA, 'POST', `/boards/${board.id}/schedules`, {
      every: 'week',
      onDay: 1,
      atHour: 8,
      language: 'en',
      recipients: [LUIS, EVA],
    });
    expect(made.body).toMatchObject({
      every: 'week',
      recipients: [{ name: 'Eva' }, { name: 'Luis', me: false }],
    });
    expect(await askDue(shop.context)).toEqual({ mails: 0 });
    await sql`update board_schedule set next_at = now() - interval '1 minute'`.execute(shop.context.store.db);
    expect(await askDue(shop.context)).toEqual({ mails: 2 });
    expect(await askDue(shop.context)).toEqual({ mails: 0 });
    const letter = await arrived(2);
    expect(letter.to).toEqual([{ address: 'luis@example.com', name: '' }]);
    expect(letter.text).toContain('with data up to 31 October 2026');
    // Parcels need no worth: it is said in the history that it did not go, and why.
    await expect
      .poll(async () => (await served.ask(ANA, 'GET', `/boards/${board.id}/sendings`)).body.items)
      .toEqual(expect.arrayContaining([expect.objectContaining({ recipient: 'Eva', state: 'refused', reason: 'may_not' })]));
    expect((await served.ask(LUIS, 'POST', `/board-schedules/${made.body.id}/leave`)).status).toBe(204);
    expect((await served.ask(LUIS, 'POST', `/board-schedules/${made.body.id}/leave`)).status).toBe(404);
    const left = await served.ask(ANA, 'GET', `/boards/${board.id}/schedules`);
    expect(left.body.items[0].recipients.map(({ name }: { name: string }) => name)).toEqual(['Eva']);
    expect((await served.ask(LUIS, 'DELETE', `/board-schedules/${made.body.id}`)).status).toBe(403);
    expect((await served.ask(ANA, 'DELETE', `/board-schedules/${made.body.id}`)).status).toBe(204);
  });

  it('does not go to somebody who left the company', async () => {
    const { body } = await served.ask<{ items: { id: string }[] }>(ANA, 'GET', '/boards');
    const sent = await sendBoard(shop.context, {
      boardId: body.items[0]!.id,
      recipient: newId(),
      language: 'es',
      scheduleId: null,
      sender: 'X',
    });
    expect(sent).toEqual({ state: 'refused' });
  });
});
