// The life cycle over the real stores: where customers of known rhythm stand, who moved, and what is kept of it.
import { STAGES } from '@vinculo/value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestShop, testShop } from '../shop.fixture.ts';
import { scoreLifeCycle } from './score.fixture.ts';
import { latestSummary } from './summary.ts';
import { readReasons } from './reasons.ts';

const DAY = 86_400_000;
/** Noon of today: the same day in every time zone of the test, and later than what is bought on it. */
const NOON = Math.floor(Date.now() / DAY) * DAY + DAY / 2;
const daysAgo = (days: number) => new Date(NOON - days * DAY).toISOString().slice(0, 10);
let scorings = 0;
const score = () => scoreLifeCycle(shop, new Date(NOON + 1000 * scorings++));

let shop: TestShop;
const ids: Record<string, string> = {};
const people: Record<string, number[]> = {
  // Days ago of each purchase.
  weekly: every(7, 3, 40),
  gone: every(7, 120, 20),
  late: [25, 32, 39, 46, 53, 60, 67, 74, 81, 88],
  fresh: [4],
  back: [2, ...every(7, 150, 20)],
  slow: every(60, 20, 9),
};

function every(gap: number, from: number, times: number): number[] {
  return Array.from({ length: times }, (_, i) => from + i * gap);
}

beforeAll(async () => {
  shop = await testShop();
  for (const [name, days] of Object.entries(people)) {
    ids[name] = await shop.customer(name);
    await shop.buy(...days.map((ago, i) => ({ record: name, order: `${name} ${i}`, at: `${daysAgo(ago)} 10:00:00`, amount: '20' })));
  }
  ids.looker = await shop.customer('looker');
  // A sample is no purchase: who got one has not bought, and who left has not come back for it.
  ids.sampled = await shop.customer('sampled');
  await shop.buy(
    ...['sampled', 'gone'].map((name) => ({ record: name, order: `${name} sample`, at: `${daysAgo(2)} 10:00:00`, amount: '0' })),
  );
  // A crowd of weekly customers gives the base its rhythm.
  for (let n = 0; n < 40; n++) {
    await shop.customer(`crowd ${n}`);
    await shop.buy(
      ...every(5 + (n % 6), 1 + (n % 4), 12).map((ago, i) => ({
        record: `crowd ${n}`,
        order: `c${n} ${i}`,
        at: `${daysAgo(ago + ((n * i) % 3))} 12:00:00`,
        amount: '10',
      })),
    );
  }
  await score();
});
afterAll(() => shop?.close());

interface Row {
  stage: string;
  stage_before: string;
  rhythm_days: number;
  silent_days: number;
  churn_risk: number;
  expected_loss: number;
  reasons: number[];
  stage_since: string;
  spell_from: string[];
  spell_until: string[];
}
const row = async (name: string) =>
  (await shop.context.warehouse.rows<Row>('select * from customer_life_cycle where customer_id = {id:UUID}', { id: ids[name] }))[0]!;

describe('the life cycle', () => {
  it('says where each stands, by their own rhythm', async () => {
    const stages = Object.fromEntries(await Promise.all(Object.keys(ids).map(async (name) => [name, (await row(name)).stage])));
    expect(stages).toEqual({
      weekly: 'active',
      gone: 'lost',
      late: expect.stringMatching(/at_risk|inactive|lost/),
      fresh: 'new',
      back: 'won_back',
      slow: 'active',
      looker: 'prospect',
      sampled: 'prospect',
    });
  });

  it('gives the rhythm and the silence in days, and none of a single purchase', async () => {
    const weekly = await row('weekly');
    expect(weekly.rhythm_days).toBeGreaterThan(6);
    expect(weekly.rhythm_days).toBeLessThan(8);
    expect(weekly.silent_days).toBe(3);
    expect((await row('slow')).rhythm_days).toBeGreaterThan(40);
    expect((await row('fresh')).rhythm_days).toBe(0);
  });

  it('knows where they stood thirty days ago, and since when they stand here', async () => {
    expect(await row('fresh')).toMatchObject({ stage_before: 'prospect', stage_since: daysAgo(4) });
    expect(await row('back')).toMatchObject({ stage_before: 'lost', stage_since: daysAgo(2) });
    const gone = await row('gone');
    expect(gone.stage_since > daysAgo(120)).toBe(true);
    expect(gone.stage_since < daysAgo(60)).toBe(true);
  });

  it('keeps the times they were a customer', async () => {
    const back = await row('back');
    expect(back.spell_from).toEqual([daysAgo(150 + 19 * 7), daysAgo(2)]);
    expect(back.spell_until[1]).toBe('1970-01-01');
    expect(back.spell_until[0]! < daysAgo(60)).toBe(true);
  });

  it('gives a risk with its reason, and a loss only of whom can still be lost', async () => {
    const [weekly, late, gone] = [await row('weekly'), await row('late'), await row('gone')];
    expect(late.churn_risk).toBeGreaterThan(weekly.churn_risk);
    expect(gone.expected_loss).toBe(0);
    expect(weekly.expected_loss).toBeGreaterThan(0);
    expect(readReasons(late.reasons)[0]).toMatchObject({ key: 'silence', raises: true, facts: { silent: 25 } });
  });

  it('counts the base, and says that a small file taught no model', async () => {
    const summary = (await latestSummary(shop.context.store))!;
    expect(summary.stages.map(({ stage }) => stage)).toEqual(STAGES);
    expect(summary.stages.reduce((sum, { customers }) => sum + customers, 0)).toBe(48);
    expect(summary.moves.reduce((sum, { customers }) => sum + customers, 0)).toBe(48);
    expect(summary.forecast).toMatchObject({ kind: 'rhythm', why: 'too_little_history', trial: null });
    expect(summary.rhythm.days).toBeGreaterThan(4);
    expect(summary.rhythm.days).toBeLessThan(12);
  });

  it('copies stage and risk to the desk', async () => {
    expect(await shop.scoreOf(ids.gone!)).toMatchObject({ stage: 'lost' });
  });

  it('writes down only differences: scored again nothing has changed, a purchase changes one', async () => {
    const count = async () => (await shop.context.warehouse.rows<{ n: number }>('select count() as n from stage_change final'))[0]!.n;
    const before = await count();
    expect(before).toBe(46);
    await score();
    expect(await count()).toBe(before);
    await shop.buy({ record: 'gone', order: 'return', at: `${daysAgo(0)} 00:30:00`, amount: '5' });
    await score();
    expect(await count()).toBe(before + 1);
    expect(await row('gone')).toMatchObject({ stage: 'won_back', stage_since: daysAgo(0) });
  });
});
