// Value models over the real stores: the invented bank of the examples, checked against the formula of the book.
import { readFileSync } from 'node:fs';
import { recordId } from '@vinculo/postgres';
import { serve, type Served } from '@vinculo/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bank } from '../../../../examples/bank/generate.ts';
import { part as scores } from '../../scores/part.ts';
import { type TestShop, testShop } from '../../shop.fixture.ts';
import { part } from '../part.ts';
import { scoreMoney } from '../score-money.fixture.ts';

const file = (name: string) => readFileSync(new URL(`../../../../examples/bank/${name}`, import.meta.url), 'utf8');
const model = JSON.parse(file('bank.model.json')) as { terms: { formula: string }[]; title: string };

interface Fact {
  customer: string;
  contract: string;
  product: string;
  month: string;
  measure: string;
  value: number;
}
const facts = file('accounts.csv')
  .trim()
  .split('\n')
  .slice(1)
  .map((line): Fact => {
    const [customer, contract, product, day, measure, value] = line.split(';') as [string, string, string, string, string, string];
    return { customer, contract, product, month: day.slice(0, 7), measure, value: Number(value.replace(',', '.')) };
  });

/** DF-2 by hand: (average deposits − reserves) × internal rate + fees − opening and closing − operating cost with insurance. */
function byTheBook(of: readonly Fact[]): number {
  let left = 0;
  for (const month of new Set(of.map((fact) => `${fact.contract} ${fact.month}`))) {
    const sum = (measure: string) =>
      of
        .filter((fact) => `${fact.contract} ${fact.month}` === month && fact.measure === measure)
        .reduce((total, { value }) => total + value, 0);
    const deposits = sum('saldo medio');
    left += ((deposits - 0.01 * deposits) * 0.024) / 12 + sum('comisiones');
    left -= 25 * sum('aperturas') + 12 * sum('cancelaciones') + 36 / 12 + (deposits * 0.0016) / 12;
  }
  return left;
}

let shop: TestShop;
let served: Served;
const people = new Map<string, string>();
beforeAll(async () => {
  shop = await testShop();
  for (const key of new Set(facts.map(({ customer }) => customer))) people.set(key, await shop.customer(key));
  await shop.context.warehouse.insert(
    'account_fact',
    facts.map(({ customer, contract, product, month, measure, value }) => ({
      record_id: recordId(shop.source, customer),
      fact_id: recordId(shop.source, `${contract} ${month} ${measure}`),
      source_id: shop.source,
      account_key: contract,
      product_key: product,
      occurred_at: `${month}-28 00:00:00`,
      measure,
      value: String(value),
      import_id: shop.source,
      version: 1,
    })),
  );
  served = await serve(shop, [part, scores], {
    may: { ana: ['value.read', 'value.write', 'customer.read'], luis: ['value.read', 'customer.read'] },
    idle: ['insight.score'],
  });
});
afterAll(() => served?.close());

describe('the example bank', () => {
  it('is what its generator writes', () => {
    expect(bank()).toEqual({ customers: file('customers.csv'), accounts: file('accounts.csv') });
  });

  it('tried on the base and on one customer says what the formula of the book says', async () => {
    const { status, body } = await served.ask('luis', 'POST', '/value-models/trials', { content: model, customerId: people.get('B003') });
    expect(status).toBe(200);
    expect(body.problems).toEqual([]);
    expect(body.base.income - body.base.cost).toBeCloseTo(byTheBook(facts), 0);
    expect(body.base).toMatchObject({ customers: people.size, contracts: new Set(facts.map(({ contract }) => contract)).size });
    const own = facts.filter(({ customer }) => customer === 'B003');
    expect(body.customer.name).toBe('B003');
    expect(body.customer.income - body.customer.cost).toBeCloseTo(byTheBook(own), 2);
    const [last] = body.customer.months;
    expect(last.values.saldo).toBe(
      own.findLast(({ contract, month, measure }) => contract === last.account && month === last.month && measure === 'saldo medio')!.value,
    );
    expect(last.terms.depositos).toBeCloseTo((last.values.saldo * 0.99 * 0.024) / 12, 9);
  });

  it('tells every mistake with its place, keeps a draft with mistakes, and puts none in force', async () => {
    const broken = {
      ...model,
      terms: [
        { ...model.terms[0], formula: 'saldo * tipo_externo' },
        { ...model.terms[1], formula: '(comisiones' },
      ],
    };
    const { body } = await served.ask('luis', 'POST', '/value-models/trials', { content: broken });
    expect(body.base).toBeNull();
    expect(body.problems).toEqual([
      { part: 'terms', index: 0, problem: 'name', from: 8, to: 20, text: 'tipo_externo' },
      { part: 'terms', index: 1, problem: 'expected_close', from: 11, to: 11, text: '' },
    ]);
    expect(await served.ask('ana', 'POST', '/value-models', { content: broken, active: true })).toMatchObject({
      status: 422,
      body: { code: 'VIN_MODEL_WRONG' },
    });
    const draft = await served.ask('ana', 'POST', '/value-models', { content: broken });
    expect(draft).toMatchObject({ status: 201, body: { active: false, version: 1 } });
    expect((await served.ask('ana', 'DELETE', `/value-models/${draft.body.id}`)).status).toBe(204);
    expect((await served.ask('luis', 'POST', '/value-models', { content: model })).status).toBe(403);
  });

  it('in force, is part of each customer’s profit under its own terms; versions come back, and so does what was removed', async () => {
    const { body: kept } = await served.ask('ana', 'POST', '/value-models', { content: model, active: true });
    await scoreMoney(shop);
    for (const key of ['B001', 'B003', 'B017', 'B040']) {
      const { body } = await served.ask('luis', 'GET', `/customers/${people.get(key)}/profit`);
      expect(body.profit).toBeCloseTo(byTheBook(facts.filter(({ customer }) => customer === key)), 2);
      expect(body.terms.map((term: { model: { title: string } }) => term.model.title)).toContain(model.title);
      expect(body.byMonth.reduce((sum: number, { profit }: { profit: number }) => sum + profit, 0)).toBeCloseTo(body.profit, 6);
    }
    const { body: base } = await served.ask('luis', 'GET', '/profit');
    expect(base.steps.profit).toBeCloseTo(byTheBook(facts), 0);
    expect(base.belowZero.customers).toBeGreaterThan(0);
    expect(base.belowZero.customers).toBe((await served.ask('luis', 'GET', '/profit/customers/count?which=below')).body.count);

    const doubled = { ...model, terms: model.terms.map((term) => ({ ...term, formula: `2 * (${term.formula})` })) };
    const change = { content: doubled, active: true, basedOn: kept.version };
    const changed = await served.ask('ana', 'PUT', `/value-models/${kept.id}`, change);
    expect(changed.body).toMatchObject({ version: 2 });
    expect(await served.ask('ana', 'PUT', `/value-models/${kept.id}`, change)).toMatchObject({
      status: 409,
      body: { code: 'VIN_MODEL_CHANGED' },
    });
    await scoreMoney(shop);
    expect((await served.ask('luis', 'GET', '/profit')).body.steps.profit).toBeCloseTo(2 * byTheBook(facts), 0);
    await served.ask('ana', 'POST', `/value-models/${kept.id}/versions/1/restore`);
    const { body: versions } = await served.ask('luis', 'GET', `/value-models/${kept.id}/versions`);
    expect(versions.items.map(({ version, restores }: { version: number; restores: number | null }) => [version, restores])).toEqual([
      [3, 1],
      [2, null],
      [1, null],
    ]);
    await served.ask('ana', 'DELETE', `/value-models/${kept.id}`);
    await scoreMoney(shop);
    expect((await served.ask('luis', 'GET', '/profit')).body.steps.profit).toBe(0);
    await served.ask('ana', 'POST', `/value-models/${kept.id}/restore`);
    await scoreMoney(shop);
    expect((await served.ask('luis', 'GET', '/profit')).body.steps.profit).toBeCloseTo(byTheBook(facts), 0);
  });
});

describe('a number that may be thousands', () => {
  const costing = (formula: string) => ({
    ...model,
    terms: [{ name: 'coste', label: 'Coste', side: 'income', formula, explanation: '' }],
  });
  const problem = { part: 'terms', index: 0, problem: 'grouped', from: 0, to: 5, text: '1.000' };

  it('is not taken when it is typed', async () => {
    const { body } = await served.ask('luis', 'POST', '/value-models/trials', { content: costing('1.000') });
    expect([body.problems, body.base]).toEqual([[problem], null]);
    expect(await served.ask('ana', 'POST', '/value-models', { content: costing('1.000'), active: true })).toMatchObject({
      status: 422,
      body: { code: 'VIN_MODEL_WRONG' },
    });
    expect((await served.ask('luis', 'POST', '/value-models/trials', { content: costing('1,5') })).body.problems).toEqual([]);
  });

  it('goes on counting in a model kept before it was asked about, and so does one of its versions brought back', async () => {
    const { body: all } = await served.ask('luis', 'GET', '/value-models');
    for (const { id } of all.items) await served.ask('ana', 'DELETE', `/value-models/${id}`);
    const { body: kept } = await served.ask('ana', 'POST', '/value-models', { content: costing('1'), active: true });
    await scoreMoney(shop);
    const profit = async () => (await served.ask('luis', 'GET', '/profit')).body.steps.profit;
    const before = await profit();
    expect(before).toBeGreaterThan(0);
    await sql`update value_model_version set content = ${JSON.stringify(costing('2.000'))} where model_id = ${kept.id}`.execute(
      shop.context.store.db,
    );
    await scoreMoney(shop);
    expect(await profit()).toBe(2 * before);
    expect((await served.ask('ana', 'POST', `/value-models/${kept.id}/versions/1/restore`)).body).toMatchObject({
      version: 2,
      active: true,
    });
  });
});

describe('a formula in the warehouse', () => {
  it('says what it says here, whatever it is made of', async () => {
    const formulas = [
      'saldo * 2,5 % / 12 - 3',
      'min(saldo; 100; comisiones * 4) + max(saldo; 900) - abs(0 - saldo)',
      'redondear(saldo / 7; 2) + redondear(-saldo / 7)',
      'si(saldo > 1000; si(comisiones = 3; 1; 2); -1)',
      'saldo / aperturas',
      'max(aperturas / aperturas; 1)',
      '(saldo >= 500) + (saldo < 500) * 10 + (saldo != 0)',
    ];
    const { evaluateFormula } = await import('./evaluate-formula.ts');
    const { parseFormula } = await import('./formula.ts');
    const content = { ...model, terms: formulas.map((formula, n) => ({ ...model.terms[0], name: `t${n}`, formula })) };
    const { body } = await served.ask('ana', 'POST', '/value-models/trials', { content, customerId: people.get('B003') });
    expect(body.problems).toEqual([]);
    expect(body.customer.months.length).toBeGreaterThan(3);
    for (const { values, terms } of body.customer.months) {
      for (const [n, formula] of formulas.entries()) {
        const expected = evaluateFormula(parseFormula(formula), new Map(Object.entries(values as Record<string, number>)));
        if (Number.isFinite(expected)) expect(terms[`t${n}`]).toBeCloseTo(expected, 9);
        else expect([formula, terms[`t${n}`]]).toEqual([formula, null]);
      }
    }
  });
});
