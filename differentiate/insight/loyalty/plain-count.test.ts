// Every figure of loyalty, from the facts of one customer to the sums of the map, against a count by hand of a shop whose rows
// are as awkward as real ones.
import { countCustomers } from '@vinculo/customer-file';
import { DEFAULT_LOYALTY_MODEL, LOYALTY_SIGNS, LOYALTY_TYPES, type LoyaltyModel, type LoyaltySign, SIGN_NAMES } from '@vinculo/value';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayIn } from '../life-cycle/purchase-days.ts';
import { testShop, type TestShop } from '../shop.fixture.ts';
import { awkwardShop, fillShop } from './awkward-shop.fixture.ts';
import { customerLoyalty } from './customer-loyalty.ts';
import { loyaltyOverview } from './loyalty-overview.ts';
import { type Counted, countByHand, median, revenueByHand, usualPrices } from './plain-count.fixture.ts';
import { previewModel } from './preview-model.ts';
import { columnOf, COUNT_OF } from './score-query.ts';
import { signPurchases } from './sign-purchases.ts';
import { takeSnapshot } from './snapshot.ts';

const raw = awkwardShop();
let shop: TestShop;
let ids: Map<string, string>;
let byHand: Map<string, Counted>;
let facts: Map<string, Record<string, number | string | null>>;
/** What the screen of a customer says. */
let told: Map<string, NonNullable<Awaited<ReturnType<typeof customerLoyalty>>['loyalty']>>;
let snapshot: NonNullable<Awaited<ReturnType<typeof takeSnapshot>>>;

beforeAll(async () => {
  shop = await testShop();
  ids = await fillShop(shop, raw);
  await shop.score();
  byHand = countByHand(raw, dayIn(new Date(), 'Europe/Madrid'));
  const rows = await shop.context.warehouse.rows<Record<string, number | string | null>>('select * from customer_loyalty_fact');
  facts = new Map(rows.map((row) => [String(row.customer_id), row]));
  snapshot = (await takeSnapshot(shop.context))!;
  told = new Map();
  for (const name of byHand.keys()) told.set(name, (await customerLoyalty(shop.context, ids.get(name)!)).loyalty!);
});
afterAll(() => shop?.close());

type Figure = [what: string, hand: unknown, here: unknown, within?: number];
/** Those apart, in words that say where to look. */
function compare(figures: (name: string, counted: Counted) => Figure[]): string[] {
  const apart: string[] = [];
  for (const [name, counted] of byHand)
    for (const [what, hand, here, within = 1e-6] of figures(name, counted)) {
      const alike =
        typeof hand === 'number' && typeof here === 'number'
          ? Math.abs(hand - here) <= within * Math.max(1, Math.abs(hand))
          : hand === here;
      if (!alike) apart.push(`${what} of ${name}: ${String(hand)} by hand, ${String(here)} here`);
    }
  return apart;
}
/** How cheap a visit was is kept in ten thousandths. */
const WITHIN: Partial<Record<LoyaltySign, number>> = { stockpile: 1e-3 };
const factsOf = (name: string) => facts.get(ids.get(name)!)!;

describe('the facts of each customer', () => {
  it('are told of exactly those who paid for something', () => {
    const here = raw.customers.filter(({ name }) => facts.has(ids.get(name)!)).map(({ name }) => name);
    expect(here).toEqual([...byHand.keys()]);
    expect(facts.size).toBe(byHand.size);
  });

  it('count what they rest on', () => {
    expect(compare((name, { counts }) => Object.entries(counts).map(([what, n]) => [what, n, factsOf(name)[what]]))).toEqual([]);
  });

  it.each(SIGN_NAMES)('say %s as counted by hand', (sign) => {
    expect(compare((name, { values }) => [[sign, values[sign], factsOf(name)[columnOf(sign)], WITHIN[sign]]])).toEqual([]);
  });

  it('know where they live and how they come', () => {
    const places = (name: string, { mainChannel, area, province }: Counted): Figure[] => [
      ['main channel', mainChannel, factsOf(name).main_channel],
      ['area', area, factsOf(name).area],
      ['province', province, factsOf(name).province],
    ];
    expect(compare(places)).toEqual([]);
  });
});

describe('the oddities', () => {
  const of = (name: string) => factsOf(name);

  it('are counted as anybody would', () => {
    // Of the second order more came back than was bought; of the third, the difference counts.
    expect(of('exchanges')).toMatchObject({ visits: 3, basket: (30 + 15 + 20) / 3, lines: 4 });
    // What a coupon made free was had for a coupon; what was brought back was not bought.
    expect(of('paid with coupons')).toMatchObject({ visits: 3, coupon_visits: 2 });
    // A coupon, an order with a reward, and a reward of that day; not one of a day without purchase, nor of an order never seen.
    expect(of('rewards')).toMatchObject({ visits: 5, coupon_visits: 3 });
    expect(of('list prices')).toMatchObject({ lines: 7, discounted: 4 });
    expect(of('list prices').stockpile).toBeLessThan(-0.5);
    expect(of('cents')).toMatchObject({ discounted: 0, coupon_visits: 1 });
    expect(of('wrong signs')).toMatchObject({ lines: 3, discounted: 0, priced: 2 });
    expect(of('tomorrow')).toMatchObject({ visits: 1, tenure: 0 });
    expect(of('midnight')).toMatchObject({ days: 5, gaps: 4 });
    expect(of('merged')).toMatchObject({ visits: 4, area: '420', regularity: 1 });
    expect(of('reminded')).toMatchObject({ contacted: 3, responded: 1 });
    expect(of('without place')).toMatchObject({ visits: 3, placed: 0, reached: 0, known: 0, main_channel: '', near: null });
  });
});

/** Values by hand of everybody, where known. */
const valuesOf = (sign: LoyaltySign) => [...byHand.values()].map(({ values }) => values[sign]!).filter((value) => value !== null);
const mean = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0) / numbers.length;
function usualOf(sign: LoyaltySign): number | null {
  const { against } = LOYALTY_SIGNS[sign];
  if (against === 'absolute') return null;
  const values = valuesOf(sign);
  return values.length === 0 ? 0 : against === 'relative' ? median(values) : mean(values);
}
/** −1…1, as docs/adr/0009 says it. */
function strengthOf(sign: LoyaltySign, { values, counts }: Counted): number {
  const { against, centre, scale, half } = LOYALTY_SIGNS[sign];
  const value = values[sign]!;
  const n = COUNT_OF[sign] === '1' ? 1 : counts[COUNT_OF[sign]]!;
  if (value === null || n === 0) return 0;
  const x =
    against === 'relative' ? Math.log2((value + 0.005) / (usualOf(sign)! + 0.005)) : against === 'shifted' ? value - usualOf(sign)! : value;
  return (Math.tanh((x - centre) / scale) * n) / (n + half);
}

/** Points, probabilities and verdict, as docs/adr/0009 says them, out of the strengths that the screen shows. */
function judgeByHand(name: string, { weights, start, temperature, threshold, leastVisits }: LoyaltyModel) {
  const { signs } = told.get(name)!;
  const points = LOYALTY_TYPES.map((type) =>
    signs.reduce((total, { sign, strength }) => total + (weights[type][sign] ?? 0) * strength, start[type]),
  );
  const powers = points.map((one) => Math.exp(one / temperature));
  const probabilities = powers.map((power) => power / powers.reduce((a, b) => a + b, 0));
  const probability = Math.max(...probabilities);
  const likeliest = LOYALTY_TYPES[probabilities.indexOf(probability)]!;
  const bound = signs.some(({ of, strength }) => of === 'market' && strength > 0.2);
  const known = probability >= threshold && (byHand.get(name)!.visits.length >= leastVisits || bound);
  return { probabilities, probability, likeliest, type: known ? likeliest : 'unknown' };
}

describe('what the screen of a customer says', () => {
  it('has the values, what is usual and what they rest on', () => {
    const apart = compare((name, counted) =>
      told.get(name)!.signs.flatMap(({ sign, value, usual, n, strength }): Figure[] => [
        [`value of ${sign}`, counted.values[sign], value, WITHIN[sign]],
        [`usual of ${sign}`, usualOf(sign), usual],
        [`count of ${sign}`, COUNT_OF[sign] === '1' ? 1 : counted.counts[COUNT_OF[sign]], n],
        [`strength of ${sign}`, strengthOf(sign, counted), strength, 2e-3],
      ]),
    );
    expect(apart).toEqual([]);
  });

  it('follows from the points that the weights give', () => {
    const { weights } = DEFAULT_LOYALTY_MODEL;
    const apart = compare((name, counted) => {
      const here = told.get(name)!;
      const strengths = Object.fromEntries(here.signs.map(({ sign, strength }) => [sign, strength]));
      const { probabilities, probability: best, likeliest, type } = judgeByHand(name, DEFAULT_LOYALTY_MODEL);
      return [
        ['type', type, here.type],
        ['likeliest', likeliest, here.likeliest],
        ['visits', counted.visits.length, here.visits],
        ['probability', best, here.probability, 1e-5],
        ...here.probabilities.flatMap(({ type: of, probability, terms }, place): Figure[] => [
          [`probability of ${of}`, probabilities[place], probability, 1e-5],
          // What speaks for a type, or against it, is what it gets more than types in general, where that is worth a word.
          ...SIGN_NAMES.map((sign): Figure => {
            const common = mean(LOYALTY_TYPES.map((type) => weights[type][sign] ?? 0));
            const more = ((weights[of][sign] ?? 0) - common) * strengths[sign]!;
            return [
              `points of ${sign} for ${of}`,
              Math.abs(more) >= 0.05 ? more : undefined,
              terms.find((term) => term.sign === sign)?.points,
            ];
          }),
        ]),
      ];
    });
    expect(apart).toEqual([]);
  });
});

describe('the map', () => {
  interface Cell {
    customers: number;
    revenue: number;
  }
  interface OnTheDesk {
    id: string;
    province: string | null;
    decile: number;
    tier: string | null;
    type: string;
  }
  /** Cells by hand: whom the desk lists, with what was counted of them. */
  async function cellsBy(key: (one: OnTheDesk, counted: Counted) => string | null): Promise<Record<string, Cell>> {
    const { rows } = await sql<OnTheDesk>`
      select c.id, c.province, s.decile, s.tier, s.loyalty_type as type from customer c join customer_score s on s.customer_id = c.id`.execute(
      shop.context.store.db,
    );
    const cells: Record<string, Cell> = {};
    for (const [name, counted] of byHand) {
      const one = rows.find(({ id }) => id === ids.get(name))!;
      expect(one.type, name).toBe(told.get(name)!.type);
      const place = key(one, counted);
      if (place === null) continue;
      const cell = (cells[`${one.type} ${place}`] ??= { customers: 0, revenue: 0 });
      cell.customers++;
      cell.revenue = Math.round((cell.revenue + counted.revenue) * 100) / 100;
    }
    return cells;
  }
  const shown = <C extends Cell & { type: string }>(cells: C[], key: (cell: C) => unknown) =>
    Object.fromEntries(
      cells.map((cell) => [
        `${cell.type} ${String(key(cell))}`,
        { customers: cell.customers, revenue: Math.round(cell.revenue * 100) / 100 },
      ]),
    );

  it('has every customer once, by tenth, tier, province and channel, with what they brought', async () => {
    expect(snapshot.customers).toBe(byHand.size);
    expect(shown(snapshot.byDecile, ({ decile }: { decile: number }) => decile)).toEqual(await cellsBy(({ decile }) => String(decile)));
    expect(shown(snapshot.byTier, ({ tier }: { tier: string }) => tier)).toEqual(await cellsBy(({ tier }) => tier));
    expect(shown(snapshot.byProvince, ({ province }: { province: string }) => province)).toEqual(
      await cellsBy(({ province }) => province ?? ''),
    );
    expect(shown(snapshot.byChannel, ({ channel }: { channel: string }) => channel)).toEqual(
      await cellsBy((_, { mainChannel }) => mainChannel),
    );
    const types = shown(
      snapshot.types.filter(({ customers }) => customers > 0),
      () => '',
    );
    expect(types).toEqual(await cellsBy(() => ''));
  });

  it('has the tenths by what everybody brought', async () => {
    const { rows } = await sql<{ id: string; decile: number }>`select customer_id as id, decile from customer_score`.execute(
      shop.context.store.db,
    );
    const revenues = [...revenueByHand(raw)];
    expect(rows).toHaveLength(revenues.length);
    for (const [name, revenue] of revenues) {
      const better = revenues.filter(([, other]) => other > revenue).length;
      const equal = revenues.filter(([, other]) => other === revenue).length;
      const tenth = (place: number) => 1 + Math.floor((10 * place) / revenues.length);
      const { decile } = rows.find(({ id }) => id === ids.get(name))!;
      expect(decile, name).toBeGreaterThanOrEqual(tenth(better));
      expect(decile, name).toBeLessThanOrEqual(tenth(better + equal - 1));
    }
  });

  it('leads to lists of as many', async () => {
    const { store } = shop.context;
    const lists = [
      ...snapshot.types.map(({ type, customers }) => ({ filter: { loyalty: type }, customers })),
      ...snapshot.byDecile.map(({ type, decile, customers }) => ({ filter: { loyalty: type, decile }, customers })),
      ...snapshot.byTier.map(({ type, tier, customers }) => ({ filter: { loyalty: type, tier }, customers })),
      ...snapshot.byProvince
        .filter(({ province }) => province !== '')
        .map(({ type, province, customers }) => ({ filter: { loyalty: type, province }, customers })),
    ];
    for (const { filter, customers } of lists)
      expect((await countCustomers(store, filter as Parameters<typeof countCustomers>[1])).count, JSON.stringify(filter)).toBe(customers);
  });

  it('shows the surest of each type, and whom other weights would change', async () => {
    const { examples, now } = await loyaltyOverview(shop.context);
    expect(now).toEqual(snapshot);
    for (const type of LOYALTY_TYPES) {
      const surest = [...told.values()].filter((one) => one.type === type).map(({ probability }) => probability);
      const here = examples.filter((one) => one.type === type).map(({ probability }) => probability);
      expect(here, type).toEqual(surest.toSorted((a, b) => b - a).slice(0, 3));
    }
    const deaf = { ...DEFAULT_LOYALTY_MODEL, weights: { ...DEFAULT_LOYALTY_MODEL.weights, incentive: {} } };
    const preview = await previewModel(shop.context, deaf);
    const moves: Record<string, Cell> = {};
    for (const [name, { revenue }] of byHand) {
      const [from, to] = [told.get(name)!.type, judgeByHand(name, deaf).type];
      if (from === to) continue;
      const move = (moves[`${from} ${to}`] ??= { customers: 0, revenue: 0 });
      move.customers++;
      move.revenue = Math.round((move.revenue + revenue) * 100) / 100;
    }
    expect(
      shown(
        preview.moves.map((move) => ({ ...move, type: move.from })),
        ({ to }: { to: string }) => to,
      ),
    ).toEqual(moves);
    expect(preview).toMatchObject({
      customers: byHand.size,
      changed: preview.moves.reduce((total, { customers }) => total + customers, 0),
    });
  });

  it('says how sure it is of each type', () => {
    for (const { type, customers, probability } of snapshot.types) {
      const those = [...told.values()].filter((one) => one.type === type).map((one) => one.probability);
      expect(those).toHaveLength(customers);
      expect(probability, type).toBeCloseTo(those.length === 0 ? 0 : mean(those), 5);
    }
  });
});

describe('the purchases behind a sign', () => {
  const CONTACTS: LoyaltySign[] = ['mailing', 'survey', 'referral', 'complaint'];
  const usual = usualPrices(raw);
  const words = (at: string, product: string, quantity: number, amount: number, coupon: number, off: number, usually: number | null) =>
    `${at} ${product} ×${quantity} ${amount.toFixed(2)} coupon ${coupon.toFixed(2)} off ${off.toFixed(2)} usually ${usually?.toFixed(2)}`;

  /** Everybody with an oddity, and some of the others. */
  const asked = ([name]: [string, Counted]) => !name.startsWith('person') || Number(name.split(' ')[1]) < 10;

  it.each(SIGN_NAMES.filter((sign) => !CONTACTS.includes(sign)))('of %s are those that were counted', async (sign) => {
    const apart: string[] = [];
    for (const [name, { behind }] of [...byHand].filter(asked)) {
      const { items, total } = await signPurchases(shop.context, ids.get(name)!, { sign, limit: 1_000 });
      const here = items.map((one) => words(one.at, one.product, one.quantity, one.amount, one.coupon, one.discount, one.usual)).toSorted();
      const hand = behind[sign]!.map((line) => {
        const [quantity, amount, coupon] = [Number(line.quantity), Number(line.amount), Number(line.coupon)];
        const unit = quantity > 0 && amount + coupon > 0 ? usual.get(line.product) : undefined;
        // A list price tells a discount where nothing else does.
        const below = line.list === null || amount < 0 ? Number(line.discount) : Number(line.list) - amount - coupon;
        const usually = unit === undefined ? null : (unit / 100) * quantity;
        return words(
          `${line.at.replace(' ', 'T')}Z`,
          line.product,
          quantity,
          amount,
          coupon,
          Math.max(Number(line.discount), below),
          usually,
        );
      }).toSorted();
      if (total !== hand.length) apart.push(`${name}: ${hand.length} by hand, a total of ${total} here`);
      if (JSON.stringify(here) !== JSON.stringify(hand))
        apart.push(
          `${name}: ${hand.length} by hand, ${here.length} here; ${hand.filter((one) => !here.includes(one))[0]} | ${here.filter((one) => !hand.includes(one))[0]}`,
        );
    }
    expect(apart).toEqual([]);
  });
});

describe('customers merged since they were scored', () => {
  it('are left out of every sum of the map alike', async () => {
    const { db } = shop.context.store;
    await sql`update customer set merged_into = ${ids.get('rewards')!} where id = ${ids.get('midnight')!}`.execute(db);
    const { customers, types, byDecile, byProvince, byChannel } = (await takeSnapshot(shop.context))!;
    const count = (cells: { customers: number }[]) => cells.reduce((total, cell) => total + cell.customers, 0);
    expect(customers).toBe(byHand.size - 1);
    expect([types, byDecile, byProvince, byChannel].map(count)).toEqual(Array(4).fill(customers));
  });
});
