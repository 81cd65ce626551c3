// What is said where there is too little to learn from.
import { serve, type Served } from '@vinculo/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { z } from 'zod';
import type { Forecast } from '../api/forecast.ts';
import { linesStep } from '../scores/lines.ts';
import { ordersStep } from '../scores/orders.ts';
import { type TestShop, testShop } from '../shop.fixture.ts';
import { part } from './part.ts';
import { forecastStep } from './score.ts';

const DAY_MS = 86_400_000;
const END = Date.parse('2026-03-01T12:00:00Z');
const daysAgo = (days: number) => new Date(END - days * DAY_MS).toISOString().slice(0, 19).replace('T', ' ');

let shop: TestShop;
let served: Served;
beforeAll(async () => {
  shop = await testShop();
  served = await serve(shop, [part], { may: { marta: ['value.read', 'customer.read'] } });
});
afterAll(() => served?.close());

let runs = 0;
async function look() {
  const scoring = { at: new Date(END + 1000 * runs++), currency: 'EUR', timeZone: 'Europe/Madrid', signal: new AbortController().signal };
  for (const step of [linesStep, ordersStep, forecastStep]) await step.run(shop.context, scoring);
  return (await served.ask<z.infer<typeof Forecast>>('marta', 'GET', '/forecast')).body;
}

it('before the first scoring there is neither a forecast nor a reason', async () => {
  const { body } = await served.ask('marta', 'GET', '/forecast');
  expect(body).toMatchObject({ forecast: null, refused: null, earlier: [] });
  const eva = await shop.customer('eva');
  expect((await served.ask('marta', 'GET', `/customers/${eva}/forecast`)).body).toEqual({ forecast: null, why: 'not_scored' });
});

it('no purchases, less than three months, too few who came back: it says which, and forecasts nobody', async () => {
  expect((await look()).refused).toMatchObject({ why: 'no_purchases' });
  const buy = (order: string, days: number) => shop.buy({ record: 'eva', order, at: daysAgo(days), amount: '20' });
  await buy('1', 20);
  await buy('2', 2);
  expect((await look()).refused).toMatchObject({ why: 'short_history', days: 20, daysNeeded: 90 });
  await buy('3', 200);
  await buy('4', 150);
  const { forecast, refused } = await look();
  expect(forecast).toBeNull();
  expect(refused).toMatchObject({ why: 'few_repeats', repeaters: 1, repeatersNeeded: 30 });
  const luis = await shop.customer('luis');
  expect((await served.ask('marta', 'GET', `/customers/${luis}/forecast`)).body).toEqual({ forecast: null, why: 'no_model' });
  expect(await shop.context.warehouse.rows('select 1 from customer_forecast')).toEqual([]);
});
