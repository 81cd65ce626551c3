// The six questions over a shop of four customers and two years, counted by hand.
import { read, utils } from '@e965/xlsx';
import { newId } from '@vinculo/postgres';
import { serve, type Served } from '@vinculo/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestShop, testShop } from '../shop.fixture.ts';
import { part } from './part.ts';
import { warmReport } from './read-report.ts';

let shop: TestShop;
let served: Served;
const ids: Record<string, string> = {};
const segment = newId();

beforeAll(async () => {
  shop = await testShop();
  for (const name of ['ana', 'luis', 'eva', 'rosa']) ids[name] = await shop.customer(name);
  await shop.product('pan', { category: 'Pan', cost: '2' });
  await shop.product('vino', { category: 'Vino', cost: '40' });
  const line = (record: string, at: string, product: string, amount: string, channel = 'store') => ({
    record,
    order: `${record} ${at}`,
    at: `${at} 10:00:00`,
    product,
    amount,
    channel,
  });
  await shop.buy(
    // Ana buys more than the year before, Luis less, Rosa stopped, Eva is new and buys at a loss.
    line('ana', '2025-02-10', 'pan', '10'),
    line('ana', '2026-02-10', 'pan', '20'),
    line('ana', '2026-05-10', 'vino', '60'),
    line('luis', '2025-03-10', 'pan', '50'),
    line('luis', '2026-03-10', 'pan', '30', 'web'),
    line('rosa', '2025-06-01', 'pan', '40'),
    line('eva', '2026-06-30', 'vino', '25'),
  );
  for (const [n, id] of Object.values(ids).entries())
    await shop.known(id, { province: n === 0 ? 'Toledo' : 'Madrid', birthDate: `19${70 + n}-06-30` });
  await sql`
    insert into segment (id, name, kind, created_by, author_name) values (${segment}, 'De la web', 'list', 'ana', 'Ana')`.execute(
    shop.context.store.db,
  );
  await shop.context.warehouse.insert('segment_member', [
    { segment_id: segment, customer_id: ids.luis, inside: 1, since: '2026-01-01 00:00:00' },
    { segment_id: segment, customer_id: ids.ana, inside: 0, since: '2026-01-01 00:00:00' },
  ]);
  await shop.score();
  served = await serve(shop, [part], { may: { ana: ['value.read', 'customer.read'], eva: ['customer.read'] } });
});
afterAll(() => served?.close());

const ask = async (query = '') => (await served.ask('ana', 'GET', `/report?from=2025-07-01&to=2026-06-30${query}`)).body;

/** Who is on a list, which has as many as it says. */
const names = async (filter: string) => {
  const asked = `from=2025-07-01&to=2026-06-30${filter}`;
  const list = await served.ask('ana', 'GET', `/report/customers?${asked}`);
  const { body } = await served.ask('ana', 'GET', `/report/customers/count?${asked}`);
  expect([list.status, list.body.items?.length]).toEqual([200, body.count]);
  return list.body.items.map(({ name }: { name: string }) => name);
};

describe('the six questions', () => {
  it('say who the normal customers are', async () => {
    const { buyers, normal } = await ask();
    expect(buyers).toEqual({ now: 3, before: 3 });
    expect(normal).toMatchObject({ people: 3, companies: 0, spend: { middle: 30 }, orders: { middle: 1 } });
    expect(normal.age.middle).toBeCloseTo(55, 1);
    expect(normal.provinces[0]).toEqual({ name: 'Madrid', customers: 2, share: 2 / 3 });
    expect(normal.channels[0]).toMatchObject({ name: 'store', customers: 2, share: 0.75 });
    expect(normal.categories).toEqual([
      { name: 'Vino', customers: 2, share: 2 / 3, revenue: 85, revenueShare: 85 / 135 },
      { name: 'Pan', customers: 2, share: 2 / 3, revenue: 50, revenueShare: 50 / 135 },
    ]);
    expect(normal.sentences[0]).toMatch(/1 pedidos? de .*30,00\s€/);
  });

  it('say how much they buy, month by month, and what explains the growth, to the cent', async () => {
    const { volume, growth } = await ask();
    expect(volume.revenue).toEqual({ now: 135, before: 100 });
    expect(volume.orders).toEqual({ now: 4, before: 3 });
    expect(volume.byMonth.find(({ month }: { month: string }) => month === '2026-02')).toEqual({
      month: '2026-02',
      revenue: 20,
      before: 10,
    });
    expect(growth.rate).toBeCloseTo(0.35, 10);
    const steps = Object.fromEntries(
      growth.steps.map(({ step, customers, money }: { step: string; customers: number; money: number }) => [step, [customers, money]]),
    );
    expect(steps).toEqual({ new: [1, 25], back: [0, 0], more: [1, 70], less: [1, -20], gone: [1, -40] });
    expect(growth.steps.reduce((sum: number, { money }: { money: number }) => sum + money, 0)).toBe(135 - 100);
    expect(volume.sentences.join(' ')).toMatch(/35\s% más/);
  });

  it('say how long they have been customers and what they left', async () => {
    const { duration, profit, tiers } = await ask();
    expect(duration.bands.map(({ years, customers }: { years: string; customers: number }) => [years, customers])).toEqual([
      ['0', 1],
      ['1', 2],
    ]);
    // Bread costs 2 and wine 40: Ana leaves 18 + 20, Luis 28, Eva loses 15.
    expect(profit).toMatchObject({ known: true, profit: { now: 51 }, perBuyer: { now: 17 }, belowZero: { customers: 1, loss: 15 } });
    expect(profit.best.find(({ percent }: { percent: number }) => percent === 20)).toMatchObject({ customers: 1, profitShare: 38 / 66 });
    expect(profit.curve.at(-1)).toEqual({ customers: 1, revenue: 1, profit: 1 });
    expect(tiers.find(({ tier }: { tier: string }) => tier === 'below_zero')).toMatchObject({ customers: 1 });
  });

  it('are answered for a segment: for who is in it', async () => {
    const { segment: shown, buyers, volume } = await ask(`&segment=${segment}`);
    expect(shown).toEqual({ id: segment, name: 'De la web' });
    expect(buyers).toEqual({ now: 1, before: 1 });
    expect(volume.revenue).toEqual({ now: 30, before: 50 });
    expect((await served.ask('ana', 'GET', `/report?segment=${newId()}`)).status).toBe(404);
  });

  it('tell the tiers of a segment of who is in it, on the sheet too', async () => {
    const { tiers } = await ask(`&segment=${segment}`);
    // Luis alone: 50 and 30 for bread of 2 each.
    expect(tiers).toEqual([expect.objectContaining({ customers: 1, revenue: 80, profit: 76 })]);
    const { rawPayload } = await served.app.inject({
      url: `/api/v1/report.xlsx?from=2025-07-01&to=2026-06-30&segment=${segment}`,
      headers: { 'x-who': 'ana', 'accept-language': 'es' },
    });
    const rows = utils.sheet_to_json<unknown[]>(read(rawPayload).Sheets.Beneficio!, { header: 1 });
    const title = rows.findIndex((row) => row[0] === 'Nivel de valor');
    expect(title).toBeGreaterThan(0);
    expect(rows.slice(title + 1).filter((row) => row.length > 0)).toEqual([expect.arrayContaining([1, 80, 76])]);
  });

  it('without dates are about the last year with purchases; a period that ends before it begins is refused', async () => {
    const { body } = await served.ask('ana', 'GET', '/report');
    expect(body).toMatchObject({ from: '2025-07-01', to: '2026-06-30', beforeFrom: '2024-07-01', beforeTo: '2025-06-30' });
    const wrong = await served.ask('ana', 'GET', '/report?from=2026-06-30&to=2026-01-01');
    expect(wrong).toMatchObject({ status: 400, body: { code: 'VIN_REPORT_PERIOD' } });
  });

  it('say so where nobody bought, and are for who may see worth', async () => {
    const { body } = await served.ask('ana', 'GET', '/report?from=2020-01-01&to=2020-02-01');
    expect(body).toMatchObject({ buyers: { now: 0, before: null }, growth: { rate: null, steps: [] } });
    expect(body.normal.sentences).toEqual(['Nadie compró en estas fechas.']);
    expect((await served.ask('eva', 'GET', '/report')).status).toBe(403);
  });

  it('go on paper and into a workbook', async () => {
    const get = (file: string) =>
      served.app.inject({ url: `/api/v1/${file}?from=2025-07-01&to=2026-06-30`, headers: { 'x-who': 'ana', 'accept-language': 'es' } });
    const paper = await get('report.pdf');
    expect(paper.headers['content-type']).toBe('application/pdf');
    expect(paper.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    const book = read((await get('report.xlsx')).rawPayload);
    expect(book.SheetNames).toEqual(['Quiénes son', 'Lealtad', 'Volumen', 'Crecimiento', 'Duración', 'Beneficio']);
    const volume = utils.sheet_to_json<unknown[]>(book.Sheets.Volumen!, { header: 1 });
    expect(volume).toContainEqual(['Ventas', 135, 100]);
  });

  it('open exactly the customers that each figure counts', async () => {
    expect(await names('')).toEqual(['ana', 'luis', 'eva']);
    const { growth, loyalty, duration, profit, normal } = await ask();
    const steps = await Promise.all(growth.steps.map(async ({ step }: { step: string }) => [step, await names(`&who=${step}`)]));
    expect(Object.fromEntries(steps)).toEqual({ new: ['eva'], back: [], more: ['ana'], less: ['luis'], gone: ['rosa'] });
    expect(await names('&who=below')).toEqual(['eva']);
    expect(profit.belowZero.customers).toBe(1);
    for (const { percent, customers } of profit.best) expect((await names(`&best=${percent}`)).length).toBe(customers);
    expect(await names('&best=20')).toEqual(['ana']);
    for (const { type, customers } of loyalty.types) expect((await names(`&loyalty=${type}`)).length).toBe(customers);
    for (const { years, customers } of duration.bands) expect((await names(`&years=${years}`)).length).toBe(customers);
    for (const { name, customers } of normal.provinces) expect((await names(`&province=${name}`)).length).toBe(customers);
    for (const { name, customers } of normal.categories) expect((await names(`&category=${name}`)).length).toBe(customers);
    expect(await names('&category=Vino')).toEqual(['ana', 'eva']);
    expect(await names(`&segment=${segment}`)).toEqual(['luis']);
  });

  it('list what each spent before and now, and left, page after page', async () => {
    const { body } = await served.ask('ana', 'GET', '/report/customers?from=2025-07-01&to=2026-06-30&limit=2');
    expect(body.items[0]).toMatchObject({ id: ids.ana, spend: 80, orders: 2, spendBefore: 10, ordersBefore: 1, profit: 38 });
    const rest = await served.ask('ana', 'GET', `/report/customers?from=2025-07-01&to=2026-06-30&limit=2&cursor=${body.next}`);
    expect([rest.body.items.map(({ name }: { name: string }) => name), rest.body.next]).toEqual([['eva'], null]);
    expect((await served.ask('eva', 'GET', '/report/customers')).status).toBe(403);
  });

  it('are worked out once for each scoring, whoever asks; of a segment each time', async () => {
    const kept = async () =>
      (await sql<{ n: number }>`select count(*)::integer as n from report_answer`.execute(shop.context.store.db)).rows[0]!.n;
    await sql`delete from report_answer`.execute(shop.context.store.db);
    const first = await ask();
    expect(await kept()).toBe(1);
    await ask(`&segment=${segment}`);
    expect([await ask(), await kept()]).toEqual([first, 1]);
    await warmReport(shop.context, new AbortController().signal);
    expect(await kept()).toBe(3);
    // After another scoring they are asked anew, of what is bought by then.
    await shop.buy({ record: 'eva', order: 'eva late', at: '2026-06-29 10:00:00', product: 'pan', amount: '5', channel: 'store' });
    await shop.score();
    expect((await ask()).volume.revenue).toEqual({ now: 140, before: 100 });
    expect(await kept()).toBe(1);
  });

  it('rank by what was spent where no margin is known: what was given away tells of none, in the figure as in its list', async () => {
    const at = '2026-08-10 10:00:00';
    await shop.buy(
      { record: 'luis', order: 'luis august', at, amount: '50' },
      { record: 'rosa', order: 'rosa august', at, amount: '5' },
      { record: 'ana', order: 'ana august', at, amount: '0' },
    );
    await shop.score();
    const days = 'from=2026-08-01&to=2026-08-31';
    const { body } = await served.ask('ana', 'GET', `/report?${days}`);
    expect(body.profit).toMatchObject({
      known: false,
      best: expect.arrayContaining([expect.objectContaining({ percent: 20, customers: 1 })]),
    });
    const list = await served.ask('ana', 'GET', `/report/customers?${days}&best=20`);
    expect(list.body.items.map(({ name }: { name: string }) => name)).toEqual(['luis']);
  });

  it('count what was brought back by who bought nothing in sales, and them among no buyers: neither in all nor of a category', async () => {
    await shop.buy(
      { record: 'luis', order: 'luis october', at: '2026-10-10 10:00:00', amount: '50', product: 'pan' },
      { record: 'eva', order: 'eva back', at: '2026-10-12 10:00:00', amount: '-5', product: 'pan' },
      { record: 'rosa', order: 'rosa october', at: '2026-10-13 10:00:00', amount: '30', product: 'vino' },
      { record: 'rosa', order: 'rosa back', at: '2026-10-14 10:00:00', amount: '-4', product: 'pan' },
    );
    await shop.score();
    const days = 'from=2026-10-01&to=2026-10-31';
    const { body } = await served.ask('ana', 'GET', `/report?${days}`);
    expect(body.buyers.now).toBe(2);
    expect(body.volume).toMatchObject({ revenue: { now: 71 }, orders: { now: 2 } });
    expect(body.volume.byMonth).toMatchObject([{ month: '2026-10', revenue: 71 }]);
    const pan = body.normal.categories.find(({ name }: { name: string }) => name === 'Pan');
    expect(pan).toMatchObject({ customers: 1, share: 0.5, revenue: 41 });
    expect((await served.ask('ana', 'GET', `/report/customers/count?${days}&category=Pan`)).body).toEqual({ count: 1 });
    // The steps explain all of the difference, what Eva brought back included.
    const year = await served.ask('ana', 'GET', `/report?${days}&against=year`);
    expect(year.body.volume.revenue).toEqual({ now: 71, before: 0 });
    expect(year.body.growth.steps.reduce((sum: number, { money }: { money: number }) => sum + money, 0)).toBe(71);
  });

  it('take the profit of the months whose 15th lies in the period: twelve of a year, none of them in the year before', async () => {
    const profitOf = async (from: string, to: string) =>
      (await served.ask('ana', 'GET', `/report?from=${from}&to=${to}`)).body.profit.profit;
    // Ana left 18 in February 2026, Luis 28 in March.
    expect(await profitOf('2026-02-16', '2026-03-15')).toMatchObject({ now: 28 });
    expect(await profitOf('2026-02-15', '2026-03-14')).toMatchObject({ now: 18 });
    // Without a 15th: the month they end in.
    expect(await profitOf('2026-03-01', '2026-03-11')).toMatchObject({ now: 28 });
  });
});
