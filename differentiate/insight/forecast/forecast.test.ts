// A shop whose customers do what a model says: the forecast finds it, and meets what the customers do next.
import { mbgNbd, simulatePurchases } from '@vinculo/value';
import { newId, recordId } from '@vinculo/postgres';
import { serve, type Served } from '@vinculo/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { CustomerForecast, Forecast } from '../api/forecast.ts';
import { linesStep } from '../scores/lines.ts';
import { ordersStep } from '../scores/orders.ts';
import { type TestShop, testShop } from '../shop.fixture.ts';
import { part } from './part.ts';
import { forecastStep } from './score.ts';
import { standingSql } from './standing.ts';

const DAY_MS = 86_400_000;
const DAYS = 600;
const END = Date.parse('2026-03-01T12:00:00Z');
let runs = 0;
const scoring = { currency: 'EUR', timeZone: 'Europe/Madrid', signal: new AbortController().signal };
const run = async (shop: TestShop) => {
  const at = new Date(END + 1000 * runs++);
  for (const step of [linesStep, ordersStep, forecastStep]) await step.run(shop.context, { ...scoring, at });
};
const moment = (day: number) => new Date(END - (DAYS - day) * DAY_MS).toISOString().slice(0, 19).replace('T', ' ');

let shop: TestShop;
let served: Served;
let regular: string;
let gone: string;
const CUSTOMERS = 900;

beforeAll(async () => {
  shop = await testShop();
  served = await serve(shop, [part], {
    may: { marta: ['value.read', 'value.write', 'customer.read'], ana: ['customer.read'] },
    idle: ['insight.score'],
  });
  // Times of purchases are drawn with what the simulator says of their number and last day.
  const world = simulatePurchases({
    model: mbgNbd,
    parameters: [0.9, 6, 0.7, 3],
    customers: CUSTOMERS,
    watched: (luck) => 4 + ((DAYS - 40) / 7) * luck.uniform(),
    grain: 1 / 7,
    seed: 3,
  });
  const identities: object[] = [];
  const lines: Parameters<TestShop['buy']>[number][] = [];
  for (let i = 0; i < CUSTOMERS; i++) {
    const key = `c${i}`;
    identities.push({ record_id: recordId(shop.source, key), customer_id: newId(), version: 1 });
    const first = DAYS - Math.round(world.T[i]! * 7);
    const last = first + Math.round(world.tx[i]! * 7);
    const days = [first];
    for (let n = 1; n < world.x[i]!; n++) days.push(first + Math.max(n, Math.round(((last - first) * n) / world.x[i]!)));
    if (world.x[i]! > 0) days.push(last);
    for (const day of new Set(days))
      lines.push({
        record: key,
        order: `${key} ${day}`,
        at: moment(day),
        amount: String(20 + (i % 7) * 10),
        cost: String(12 + (i % 7) * 6),
      });
  }
  await shop.context.warehouse.insert('identity', identities);
  regular = await shop.customer('regular');
  gone = await shop.customer('gone');
  for (let week = 1; week <= 40; week++)
    lines.push({ record: 'regular', order: `r${week}`, at: moment(DAYS - 3 - (40 - week) * 14), amount: '100', cost: '40' });
  // Two orders and a return of one day are one purchase.
  for (let n = 0; n < 12; n++) lines.push({ record: 'gone', order: `g${n}`, at: moment(100 + n * 10), amount: '50', cost: '30' });
  lines.push({ record: 'gone', order: 'g0 again', at: moment(100), amount: '10', cost: '6' });
  lines.push({ record: 'gone', order: 'back', at: moment(400), amount: '-50', cost: '-30' });
  await shop.buy(...lines);
  await run(shop);
});
afterAll(() => served?.close());

const overview = async () => (await served.ask<z.infer<typeof Forecast>>('marta', 'GET', '/forecast')).body;
const of = async (id: string) => (await served.ask<z.infer<typeof CustomerForecast>>('marta', 'GET', `/customers/${id}/forecast`)).body;

describe('the forecast of a base', () => {
  it('says which model it chose, by what it was held out, and names the others', async () => {
    const { forecast, refused, settings } = await overview();
    expect(refused).toBeNull();
    expect(settings).toMatchObject({ version: 0, horizonYears: 3, discountRate: 0.1 });
    expect(forecast).not.toBeNull();
    const { candidates, holdOut, model, k } = forecast!;
    expect(candidates.length + forecast!.failed.length).toBe(6);
    expect({ model: candidates[0]!.model, k: candidates[0]!.k }).toEqual({ model, k });
    const errors = candidates.map(({ error }) => error);
    expect(errors).toEqual(errors.toSorted((a, b) => a - b));
    expect(candidates.every(({ actual }) => actual === candidates[0]!.actual)).toBe(true);
    expect(holdOut).toMatchObject({ to: '2026-03-01', tested: holdOut.customers });
    const last = holdOut.track.at(-1)!;
    expect(last.actual).toBe(candidates[0]!.actual);
    expect(last.expected).toBeCloseTo(candidates[0]!.expected, 6);
    expect(forecast!.customers).toBe(CUSTOMERS + 2);
    expect(forecast!.alive.likely + forecast!.alive.doubtful + forecast!.alive.unlikely).toBe(CUSTOMERS + 2);
  });

  it('counts those who still are customers as lists of them do', async () => {
    const { forecast } = await overview();
    const rows = await shop.context.warehouse.rows<{ standing: string; n: number }>(
      `select ${standingSql('f')} as standing, toUInt32(count()) as n from customer_forecast f group by standing`,
    );
    expect(Object.fromEntries(rows.map(({ standing, n }) => [standing, n]))).toEqual(forecast!.alive);
  });

  it('its sums are those of the customers', async () => {
    const { forecast } = await overview();
    const [sums] = await shop.context.warehouse.rows<Record<string, number>>(
      `select count() as n, sum(purchases_365) as p, sum(lifetime_value) as v, sum(purchases_365 * spend) as s,
              countIf(alive < 0 or alive > 1 or purchases_90 > purchases_365 or lifetime_low > lifetime_value or lifetime_value > lifetime_high) as wrong
         from customer_forecast`,
    );
    expect(sums).toMatchObject({ n: CUSTOMERS + 2, wrong: 0 });
    expect(sums!.p! / forecast!.purchases365).toBeCloseTo(1, 5);
    expect(sums!.v! / forecast!.lifetimeValue).toBeCloseTo(1, 5);
    expect(sums!.s! / forecast!.sales365).toBeCloseTo(1, 5);
    expect(forecast!.months.reduce((sum, { expected }) => sum + expected, 0) / forecast!.sales365).toBeCloseTo(1, 9);
    expect(forecast!.history.reduce((sum, { revenue }) => sum + revenue, 0)).toBeGreaterThan(0);
  });

  it('lifetime value counts the margin, where it is known', async () => {
    const { forecast } = await overview();
    expect(forecast).toMatchObject({ money: 'margin', settings: { horizonYears: 3, discountRate: 0.1 } });
    expect(forecast!.marginShare).toBeGreaterThan(0.39);
    expect(forecast!.marginShare).toBeLessThan(0.5);
  });
});

describe('the forecast of a customer', () => {
  it('who buys every fortnight will go on, and is worth what they leave', async () => {
    const { forecast, why } = await of(regular);
    expect(why).toBeNull();
    const { terms } = forecast!;
    expect(forecast!.alive).toBeGreaterThan(0.9);
    expect(forecast!.purchases365).toBeGreaterThan(10);
    expect(forecast!.buys90).toBeGreaterThan(0.8);
    expect(terms).toMatchObject({ purchases: 40, rhythmDays: 14, silentDays: 3, ownMean: 100, lastDay: '2026-02-26' });
    expect(terms.marginShare).toBeGreaterThan(0.5);
    expect(terms.spend * terms.marginShare!).toBeCloseTo(terms.orderValue, 3);
    expect(terms.discountedPurchases * terms.orderValue).toBeCloseTo(forecast!.lifetimeValue, 6);
    expect(terms.ownMean * terms.ownWeight + terms.everyonesMean * (1 - terms.ownWeight)).toBeCloseTo(terms.spend, 4);
    expect(forecast!.lifetimeLow).toBeLessThan(forecast!.lifetimeValue);
    expect(forecast!.lifetimeHigh).toBeGreaterThan(forecast!.lifetimeValue);
  });

  it('who bought every ten days and is silent for a year is not one any more; returns and a second order of a day are no purchases', async () => {
    const { forecast } = await of(gone);
    expect(forecast!.alive).toBeLessThan(0.1);
    expect(forecast!.buys365).toBeLessThan(0.15);
    expect(forecast!.terms).toMatchObject({ purchases: 12, rhythmDays: 10, silentDays: 390 });
    expect(forecast!.terms.ownMean).toBeCloseTo(610 / 12, 6);
  });

  it('without purchases there is none, and it says so', async () => {
    const id = await shop.customer('curious');
    expect(await of(id)).toEqual({ forecast: null, why: 'no_purchases' });
    expect((await served.ask('marta', 'GET', `/customers/${newId()}/forecast`)).status).toBe(404);
  });

  it('is for those who may see worth', async () => {
    expect((await served.ask('ana', 'GET', `/customers/${regular}/forecast`)).status).toBe(403);
    expect((await served.ask('ana', 'GET', '/forecast')).status).toBe(403);
  });
});

describe('settings', () => {
  it('a longer look is worth more, a higher rate less; whoever is late is told', async () => {
    const before = (await overview()).forecast!.lifetimeValue;
    const change = (horizonYears: number, discountRate: number, basedOn: number) =>
      served.ask('marta', 'PUT', '/forecast/settings', { horizonYears, discountRate, basedOn });
    expect((await change(5, 0.1, 0)).body).toMatchObject({ version: 1, horizonYears: 5, changedBy: 'marta' });
    await run(shop);
    const longer = (await overview()).forecast!.lifetimeValue;
    expect(longer).toBeGreaterThan(before);
    const late = await change(1, 0.2, 0);
    expect(late).toMatchObject({ status: 409, body: { code: 'VIN_FORECAST_SETTING_CONFLICT' } });
    expect((await change(5, 0.3, 1)).status).toBe(200);
    await run(shop);
    const now = await overview();
    expect(now.forecast!.lifetimeValue).toBeLessThan(longer);
    expect(now.earlier.length).toBe(2);
    expect((await change(11, 0.1, 2)).status).toBe(400);
    const ana = await served.ask('ana', 'PUT', '/forecast/settings', { horizonYears: 2, discountRate: 0.1, basedOn: 2 });
    expect(ana.status).toBe(403);
  });
});
