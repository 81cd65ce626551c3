// The warehouse tells the types of a town's people, and sees in them what the library sees.
import {
  DEFAULT_LOYALTY_MODEL,
  type LoyaltyBase,
  type LoyaltyType,
  measureMarket,
  observeLoyalty,
  SIGN_NAMES,
  scoreLoyalty,
  signsOf,
  simulateTown,
  usualOf,
} from '@vinculo/value';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contactsStep } from '../scores/contacts.ts';
import { linesStep } from '../scores/lines.ts';
import { ordersStep } from '../scores/orders.ts';
import { valueStep } from '../scores/value.ts';
import { type TestShop, testShop } from '../shop.fixture.ts';
import { loyaltyStep } from './score.ts';
import { columnOf } from './score-query.ts';
import { moveIn } from './town.fixture.ts';

const town = simulateTown(30, 105);
let shop: TestShop;
let ids: string[];

interface Scored {
  customer_id: string;
  type: string;
  probability: number;
  probabilities: number[];
  signs: number[];
}
let scores: Map<string, Scored>;
let facts: Map<string, Record<string, number | null>>;

beforeAll(async () => {
  shop = await testShop();
  ids = await moveIn(shop, town);
  const scoring = { at: new Date(), currency: 'EUR', timeZone: 'Europe/Madrid', signal: new AbortController().signal };
  for (const step of [linesStep, contactsStep, ordersStep, valueStep, loyaltyStep]) await step.run(shop.context, scoring);
  const { warehouse } = shop.context;
  scores = new Map((await warehouse.rows<Scored>('select * from customer_loyalty')).map((row) => [row.customer_id, row]));
  facts = new Map(
    (await warehouse.rows<Record<string, number | null> & { customer_id: string }>('select * from customer_loyalty_fact')).map((row) => [
      row.customer_id,
      row,
    ]),
  );
});
afterAll(() => shop?.close());

describe('a town in the warehouse', () => {
  it('is seen like the library sees it', () => {
    const market = measureMarket(town.customers);
    const seen = town.customers.map((customer) => observeLoyalty(customer, market, town.stated, town.at));
    const apart: string[] = [];
    for (const sign of SIGN_NAMES) {
      // How cheap a visit was is told by its discounts here, and by what things usually cost there.
      if (sign === 'stockpile') continue;
      town.customers.forEach(({ key }, i) => {
        const [book, here] = [seen[i]![sign].value, facts.get(ids[i]!)![columnOf(sign)] ?? null];
        const alike = book === null || here === null ? book === here : Math.abs(book - here) < 1e-3 * Math.max(1, Math.abs(book));
        if (!alike) apart.push(`${sign} of ${key}: ${book} in the library, ${here} here`);
      });
    }
    expect(apart).toEqual([]);
  });

  it('is judged like the library judges it', async () => {
    const { rows } = await sql<{ usual: LoyaltyBase }>`select usual from loyalty_scoring`.execute(shop.context.store.db);
    const market = measureMarket(town.customers);
    const seen = town.customers.map((customer) => observeLoyalty(customer, market, town.stated, town.at));
    const usual = usualOf(seen);
    for (const sign of SIGN_NAMES) expect(rows[0]!.usual[sign], sign).toBeCloseTo(usual[sign], 2);
    for (const [i, id] of ids.entries()) {
      const row = scores.get(id)!;
      const book = scoreLoyalty(Float64Array.from(row.signs), town.customers[i]!.visits.length, DEFAULT_LOYALTY_MODEL);
      expect(row.type, town.customers[i]!.key).toBe(book.type);
      row.probabilities.forEach((probability, type) => expect(probability).toBeCloseTo(book.probabilities[type]!, 3));
      const signs = signsOf(seen[i]!, usual);
      SIGN_NAMES.forEach((sign, s) => {
        if (sign !== 'stockpile') expect(row.signs[s]!, `${sign} of ${town.customers[i]!.key}`).toBeCloseTo(signs[s]!, 1);
      });
    }
  });

  it('gives back four of five types', () => {
    const right = town.customers.filter(({ type }, i) => scores.get(ids[i]!)!.type === type);
    expect(right.length / town.customers.length).toBeGreaterThanOrEqual(0.8);
    const types = new Set<LoyaltyType>(right.map(({ type }) => type));
    expect(types.size).toBe(7);
  });
});
