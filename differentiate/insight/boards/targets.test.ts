// Targets and comparisons of a small shop, each against what plain loops over its lines say.
import { newId } from '@vinculo/postgres';
import { type Served, serve } from '@vinculo/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { CardResult } from '../api/boards.ts';
import { type TestShop, testShop } from '../shop.fixture.ts';
import { part } from './part.ts';

type Result = z.infer<typeof CardResult>;
const ANA = newId();
let shop: TestShop;
let served: Served;

interface Sale {
  who: string;
  day: string;
  amount: number;
  back: number;
  store: string;
}
const FIRST = '2023-03-10';
const LAST = '2024-11-12';
const dayAfter = (day: string, days = 1) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
function daysOf(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = dayAfter(day)) days.push(day);
  return days;
}

/** A sale every other day or so of one of fourteen customers; a few bring something back. The same each time. */
const sales: Sale[] = [];
let seed = 7;
const upTo = (most: number) => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed % most;
};
for (const day of daysOf(FIRST, LAST)) {
  if (day !== FIRST && day !== LAST && upTo(5) < 2) continue;
  // Customers turn up one after another.
  const known = 2 + Math.floor(daysOf(FIRST, day).length / 50);
  const amount = 5 + upTo(60);
  sales.push({ who: `c${upTo(known)}`, day, amount, back: upTo(9) === 0 ? 3 : 0, store: upTo(3) === 0 ? 'B' : 'A' });
}

type Days = readonly [string, string];
type Figure = (from: string, to: string, before?: Days, store?: string) => number | null;
const during = (from: string, to: string, store?: string) =>
  sales.filter(({ day, store: where }) => from <= day && day <= to && (store === undefined || where === store));
const sum = (list: readonly number[]) => list.reduce((all, one) => all + one, 0);
const over = (part: number, whole: number) => (whole === 0 ? null : part / whole);
const people = (list: readonly Sale[]) => new Set(list.map(({ who }) => who));
const firstDay = (who: string) => sales.find((sale) => sale.who === who)!.day;
const again = (from: string, to: string, before: Days | undefined, store?: string) => {
  if (!before) return null;
  const were = people(during(...before, store));
  const are = people(during(from, to, store));
  return over([...were].filter((who) => are.has(who)).length, were.size);
};
const FIGURE = {
  revenue: (from, to, _before, store) => sum(during(from, to, store).map(({ amount, back }) => amount - back)),
  orders: (from, to, _before, store) => during(from, to, store).length,
  buyers: (from, to, _before, store) => people(during(from, to, store)).size,
  new_buyers: (from, to, _before, store) => people(during(from, to, store).filter(({ who, day }) => firstDay(who) === day)).size,
  average_order: (from, to, _before, store) => over(FIGURE.revenue!(from, to, undefined, store)!, during(from, to, store).length),
  spend_per_buyer: (from, to, _before, store) => over(FIGURE.revenue!(from, to, undefined, store)!, people(during(from, to, store)).size),
  orders_per_buyer: (from, to, _before, store) => over(during(from, to, store).length, people(during(from, to, store)).size),
  returns: (from, to, _before, store) => sum(during(from, to, store).map(({ back }) => back)),
  return_share: (from, to, _before, store) =>
    over(sum(during(from, to, store).map(({ back }) => back)), sum(during(from, to, store).map(({ amount }) => amount))),
  retention: (from, to, before, store) => again(from, to, before, store),
  churn: (from, to, before, store) => {
    const share = again(from, to, before, store);
    return share === null ? null : 1 - share;
  },
} satisfies Record<string, Figure> as Record<string, Figure>;
const MEASURES = Object.keys(FIGURE);

beforeAll(async () => {
  shop = await testShop();
  for (const who of people(sales)) await shop.customer(who);
  await shop.product('pan', { category: 'Pan', cost: '1' });
  await shop.buy(
    ...sales.flatMap(({ who, day, amount, back, store }, n) => {
      const line = { record: who, order: String(n), at: `${day} 10:00:00`, product: 'pan', store };
      return [
        { ...line, amount: String(amount) },
        ...(back > 0 ? [{ ...line, at: `${day} 11:00:00`, amount: String(-back), quantity: '0' }] : []),
      ];
    }),
  );
  await shop.score();
  served = await serve(shop, [part], { may: { [ANA]: ['value.read', 'board.write'] } });
});
afterAll(() => served?.close());

async function show(given: object, filters: object): Promise<Result> {
  const { status, body } = await served.ask(ANA, 'POST', '/boards/preview', { cards: [{ id: newId(), width: 6, ...given }], filters });
  expect([status, status === 200 ? '' : JSON.stringify(body)]).toEqual([200, '']);
  return body.cards[0];
}
const setTarget = (given: object) => served.ask(ANA, 'POST', '/targets', { measure: 'revenue', unit: 'month', ...given });
async function withTargets(targets: object[], look: () => Promise<void>): Promise<void> {
  const made: string[] = [];
  try {
    for (const target of targets) {
      const { status, body } = await setTarget(target);
      expect([status, body]).toMatchObject([200, {}]);
      made.push(body.id);
    }
    await look();
  } finally {
    for (const id of made) await served.ask(ANA, 'DELETE', `/targets/${id}`);
  }
}

// The day of the last sale is 12 November 2024: what each period is, what came before it, and before that; and a year ago.
const PERIODS: [string, Days, Days, Days, Days][] = [
  ['last_7_days', ['2024-11-06', '2024-11-12'], ['2024-10-30', '2024-11-05'], ['2024-10-23', '2024-10-29'], ['2023-11-06', '2023-11-12']],
  ['this_month', ['2024-11-01', '2024-11-12'], ['2024-10-01', '2024-10-12'], ['2024-09-01', '2024-09-12'], ['2023-11-01', '2023-11-12']],
  ['last_month', ['2024-10-01', '2024-10-31'], ['2024-09-01', '2024-09-30'], ['2024-08-01', '2024-08-31'], ['2023-10-01', '2023-10-31']],
  ['this_quarter', ['2024-10-01', '2024-11-12'], ['2024-07-01', '2024-08-12'], ['2024-04-01', '2024-05-12'], ['2023-10-01', '2023-11-12']],
  ['last_quarter', ['2024-07-01', '2024-09-30'], ['2024-04-01', '2024-06-30'], ['2024-01-01', '2024-03-31'], ['2023-07-01', '2023-09-30']],
];
const BEFORE_LAST_YEAR: Record<string, Days> = {
  last_7_days: ['2023-10-30', '2023-11-05'],
  this_month: ['2023-10-01', '2023-10-12'],
  last_month: ['2023-09-01', '2023-09-30'],
  this_quarter: ['2023-07-01', '2023-08-12'],
  last_quarter: ['2023-04-01', '2023-06-30'],
};
const close = (found: number | null | undefined, expected: number | null, what: string) => {
  if (expected === null) expect(found ?? null, what).toBeNull();
  else expect(found, what).toBeCloseTo(expected, 9);
};

describe('a number beside another', () => {
  it.each(PERIODS)('%s: every measure, the time before and the year before', async (period, own, previous, beforeThat, lastYear) => {
    for (const measure of MEASURES) {
      const figure = FIGURE[measure]!;
      for (const kind of ['previous', 'last_year'] as const) {
        const found = await show({ kind: 'number', measure, comparison: { kind } }, { period });
        const value = figure(...own, previous);
        const other = kind === 'previous' ? figure(...previous, beforeThat) : figure(...lastYear, BEFORE_LAST_YEAR[period]);
        close(found.value, value, `${measure} ${period}`);
        if (value === null) continue;
        close(found.against?.value, other, `${measure} ${period} ${kind}`);
        expect(found.notAgainst === '').toBe(other !== null);
        if (other && found.against!.points === null) close(found.against!.change, (value - other) / other, measure);
      }
    }
  });

  it('of a store, of the average of stores, and of a figure', async () => {
    const filters = { period: 'last_quarter', store: ['A'] };
    const [, own, previous] = PERIODS[4]!;
    for (const measure of MEASURES) {
      const figure = FIGURE[measure]!;
      const [a, b] = ['A', 'B'].map((store) => figure(...own, previous, store));
      const compared = async (comparison: object) => (await show({ kind: 'number', measure, comparison }, filters)).against!;
      close((await compared({ kind: 'store', store: 'B' })).value, b!, measure);
      const typed = await compared({ kind: 'figure', value: 2, source: 'el sector' });
      expect([typed.value, typed.words]).toEqual([2, 'frente a el sector']);
      const average = await compared({ kind: 'average_store' });
      close(average.value, (a! + b!) / 2, measure);
      expect(average.words).toBe('frente a la media de 2 tiendas');
    }
  });

  it('is told of the days there are data of, and judged by nothing that is shorter', async () => {
    const year = await show({ kind: 'number', measure: 'revenue', comparison: { kind: 'previous' } }, { period: 'this_year' });
    expect(year.against).toMatchObject({ better: null, words: 'frente a 10 mar–12 nov 2023' });
    close(year.against!.value, FIGURE.revenue!(FIRST, '2023-11-12'), 'this_year');
    const none = await show(
      { kind: 'number', measure: 'revenue', comparison: { kind: 'last_year' } },
      { period: { from: '2023-10-01', to: '2023-10-31' } },
    );
    expect([none.against, none.notAgainst]).toEqual([null, 'No se compara: no hay datos de entonces (octubre de 2022).']);
  });

  it('of a time without sales says how much more it is', async () => {
    const silent = daysOf('2024-02-01', LAST).find(
      (day) => during(day, day).length === 0 && during(dayAfter(day), dayAfter(day)).length > 0,
    )!;
    const day = dayAfter(silent);
    const found = await show({ kind: 'number', measure: 'revenue', comparison: { kind: 'previous' } }, { period: { from: day, to: day } });
    expect(found.against).toMatchObject({ value: 0, change: null, better: true });
    expect(found.value).toBe(FIGURE.revenue!(day, day));
  });

  it('of what is known by the month is of whole months', async () => {
    const profit = (from: string, to: string) => sum(during(from, to).map(({ amount, back }) => amount - back - 1));
    const asked = { kind: 'number', measure: 'profit', comparison: { kind: 'previous' } };
    const year = await show(asked, { period: 'this_year' });
    expect(year.period!.words).toBe('1 ene–31 oct 2024');
    close(year.value, profit('2024-01-01', '2024-10-31'), 'profit');
    close(year.against!.value, profit('2023-01-01', '2023-10-31'), 'profit of the year before');
    const month = await show(asked, { period: 'this_month' });
    expect([month.against, month.notAgainst]).toEqual([null, 'No se compara: este mes no ha terminado y esta cifra se conoce por meses.']);
    // A few days of a month that is over: the month, in words and in value.
    const days = await show(asked, { period: { from: '2024-05-06', to: '2024-05-10' } });
    expect([days.period!.words, days.against!.words]).toEqual(['mayo de 2024', 'frente a abril de 2024']);
    close(days.value, profit('2024-05-01', '2024-05-31'), 'May');
    close(days.against!.value, profit('2024-04-01', '2024-04-30'), 'April');
  });

  it('of what has no store does not ask for one', async () => {
    const comparison = { kind: 'average_store' };
    for (const measure of ['contacts', 'customers', 'profit']) {
      const found = await show({ kind: 'number', measure, comparison }, { period: 'last_quarter' });
      expect([measure, found.against]).toEqual([measure, null]);
    }
  });
});

describe('a trend or bars beside another', () => {
  it('by the month: each beside the same of the year before, unknown where there were no data yet', async () => {
    for (const kind of ['trend', 'bar']) {
      const { points } = await show(
        { kind, measure: 'revenue', dimension: 'month', comparison: { kind: 'last_year' } },
        { period: { from: '2024-01-01', to: '2024-10-31' } },
      );
      expect(points.map(({ key }) => key)).toEqual(Array.from({ length: 10 }, (_, n) => `2024-${String(n + 1).padStart(2, '0')}-01`));
      for (const { key, value, against } of points) {
        const end = dayAfter(new Date(Date.UTC(2024, Number(key.slice(5, 7)), 1)).toISOString().slice(0, 10), -1);
        close(value, FIGURE.revenue!(key, end), key);
        const [then, thenEnd] = [key, end].map((day) => day.replace('2024', '2023').replace('02-29', '02-28'));
        close(against, thenEnd! < FIRST ? null : FIGURE.revenue!(then!, thenEnd!), `${kind} ${key}`);
      }
    }
  });

  it('by the day: nothing beside a 29 February, and each after it beside its own', async () => {
    const { points } = await show(
      { kind: 'trend', measure: 'orders', dimension: 'day', comparison: { kind: 'last_year' } },
      { period: { from: '2024-02-26', to: '2024-03-15' } },
    );
    const on = (day: string) => points.find(({ key }) => key === day)!;
    expect(on('2024-02-29').against).toBeNull();
    for (const day of daysOf('2024-03-10', '2024-03-15'))
      close(on(day).against, FIGURE.orders!(day.replace('2024', '2023'), day.replace('2024', '2023')), day);
  });

  it('beside another store, also of all there is', async () => {
    const { points } = await show(
      { kind: 'trend', measure: 'revenue', dimension: 'month', comparison: { kind: 'store', store: 'B' } },
      { period: 'all', store: ['A'] },
    );
    expect(points.length).toBeGreaterThan(18);
    for (const { key, against } of points) {
      const next = new Date(Date.UTC(Number(key.slice(0, 4)), Number(key.slice(5, 7)), 1)).toISOString().slice(0, 10);
      close(against, FIGURE.revenue!(key, dayAfter(next, -1), undefined, 'B'), key);
    }
  });

  it('beside a figure: each point, and the whole only where it is a figure of the whole, too', async () => {
    const figure = { kind: 'figure', value: 30, source: 'el sector' };
    const shown = (measure: string) => show({ kind: 'trend', measure, dimension: 'month', comparison: figure }, { period: 'last_quarter' });
    const revenue = await shown('revenue');
    expect([revenue.points.map(({ against }) => against), revenue.against]).toEqual([[30, 30, 30], null]);
    expect((await shown('average_order')).against).toMatchObject({ value: 30 });
    expect((await shown('buyers')).against).toBeNull();
  });

  it('by the week, over new year, is named by the days it shows', async () => {
    const { points } = await show(
      { kind: 'trend', measure: 'revenue', dimension: 'week' },
      { period: { from: '2023-12-28', to: '2024-01-10' } },
    );
    expect(points.map(({ label }) => label)).toEqual(['28 dic 2023', '1 ene 2024', '8 ene 2024']);
    const weeks: Days[] = [
      ['2023-12-28', '2023-12-31'],
      ['2024-01-01', '2024-01-07'],
      ['2024-01-08', '2024-01-10'],
    ];
    for (const [n, week] of weeks.entries()) close(points[n]!.value, FIGURE.revenue!(...week), week[0]);
  });
});

describe('a target', () => {
  const monthly = (measure: string, values: Record<string, number>, rest: object = {}) =>
    Object.entries(values).map(([month, value]) => ({ measure, day: `${month}-15`, value, ...rest }));
  const length = (month: string) => daysOf(`${month}-01`, `${month}-31`).filter((day) => day.startsWith(month)).length;
  const spread = (values: Record<string, number>, from: string, to: string) =>
    sum(daysOf(from, to).map((day) => values[day.slice(0, 7)]! / length(day.slice(0, 7))));
  const number = (measure: string, filters: object) => show({ kind: 'number', measure, comparison: { kind: 'plan' } }, filters);

  it('of what can be counted is that of the days shown, on every point and in the whole', async () => {
    const values = { '2024-08': 310, '2024-09': 600, '2024-10': 930, '2024-11': 300 };
    for (const measure of ['revenue', 'orders', 'new_buyers', 'returns'])
      await withTargets(monthly(measure, values), async () => {
        const period = { from: '2024-08-21', to: LAST };
        for (const dimension of ['month', 'week', 'day']) {
          const trend = await show({ kind: 'trend', measure, dimension }, { period });
          const starts = trend.points.map(({ key }) => key);
          for (const [n, { key, target }] of trend.points.entries()) {
            const from = key < period.from ? period.from : key;
            const to = starts[n + 1] ? dayAfter(starts[n + 1]!, -1) : LAST;
            close(target, spread(values, from, to), `${measure} ${dimension} ${key}`);
          }
          close(trend.target!.value, sum(trend.points.map(({ target }) => target!)), measure);
        }
        const whole = spread(values, period.from, period.to);
        const shown = await number(measure, { period });
        close(shown.target!.value, whole, measure);
        close(shown.target!.reached, shown.value! / whole, measure);
        expect(shown.target!.onPace).toBe(measure === 'returns' ? shown.value! <= whole : shown.value! >= whole);
        // November is not over: twelve of its thirty days are due.
        const month = await number(measure, { period: 'this_month' });
        expect(month.target!.value).toBe(300);
        close(month.against!.value, 120, measure);
        expect(month.against!.words).toBe('frente al objetivo hasta hoy');
        const quarter = await show({ kind: 'trend', measure, dimension: 'month' }, { period: 'this_month' });
        close(quarter.points[0]!.target, 120, measure);
      });
  });

  it('of two stores is both together, of what can be counted', async () => {
    for (const measure of ['revenue', 'new_buyers']) {
      const of = (store: string, value: number) => monthly(measure, { '2024-10': value }, { scope: 'store', scopeKey: store });
      await withTargets([...of('A', 70), ...of('B', 30)], async () => {
        expect((await number(measure, { period: 'last_month', store: ['A', 'B'] })).target!.value).toBe(100);
        expect((await number(measure, { period: 'last_month', store: ['B'] })).target!.value).toBe(30);
        expect((await number(measure, { period: 'last_month' })).notAgainst).toBe(
          'No hay objetivo para este periodo y estos filtros. Ponlo en Objetivos.',
        );
      });
    }
    const average = (store: string, value: number) => monthly('average_order', { '2024-10': value }, { scope: 'store', scopeKey: store });
    await withTargets([...average('A', 20), ...average('B', 40)], async () => {
      expect((await number('average_order', { period: 'last_month', store: ['A', 'B'] })).target).toBeNull();
    });
  });

  it('of an average is the mean of the days, and whole from the first one', async () => {
    const values = { '2024-10': 20, '2024-11': 40 };
    for (const [measure, part] of [
      ['average_order', 1],
      ['return_share', 0.01],
    ] as const)
      await withTargets(monthly(measure, { '2024-10': 20 * part, '2024-11': 40 * part, '2024-12': 40 * part }), async () => {
        const period = { from: '2024-10-30', to: '2024-11-03' };
        close((await number(measure, { period })).target!.value, ((2 * values['2024-10'] + 3 * values['2024-11']) * part) / 5, measure);
        const month = await number(measure, { period: 'this_month' });
        close(month.against!.value, 40 * part, measure);
        const trend = await show({ kind: 'trend', measure, dimension: 'month' }, { period });
        trend.points.forEach(({ target }, n) => close(target, [20, 40][n]! * part, measure));
      });
  });

  it('of how many different people, and of what each does, is of just its time', async () => {
    for (const [measure, value] of [
      ['buyers', 8],
      ['spend_per_buyer', 60],
      ['orders_per_buyer', 2],
      ['retention', 0.6],
      ['churn', 0.4],
    ] as const)
      await withTargets(monthly(measure, { '2024-07': value, '2024-08': value, '2024-09': value, '2024-11': value }), async () => {
        const quarter = await show({ kind: 'trend', measure, dimension: 'month' }, { period: 'last_quarter' });
        expect(quarter.points.map(({ target }) => target)).toEqual([value, value, value]);
        // Three months' buyers are not three times a month's, nor as many as in one.
        expect(quarter.target).toBeNull();
        const november = await number(measure, { period: 'this_month' });
        expect(november.target).toMatchObject({ value, onPace: null });
        expect(november.against).toMatchObject({ value, better: null, words: 'frente al objetivo' });
        await withTargets([{ measure, unit: 'quarter', day: '2024-08-01', value: value * 1.5 }], async () => {
          expect((await number(measure, { period: 'last_quarter' })).target!.value).toBe(value * 1.5);
        });
      });
  });

  it('of a quarter holds for the quarter; its months have theirs, and the others what is left', async () => {
    const quarter = { unit: 'quarter', day: '2024-08-15', value: 900 };
    const months = { period: { from: '2024-07-01', to: '2024-09-30' } };
    const points = async () =>
      (await show({ kind: 'trend', measure: 'revenue', dimension: 'month' }, months)).points.map(({ target }) => target!);
    await withTargets([quarter, ...monthly('revenue', { '2024-07': 289 })], async () => {
      expect((await number('revenue', months)).target!.value).toBe(900);
      const [july, august, september] = await points();
      expect(july).toBe(289);
      close(august!, ((900 - 289) / 61) * 31, 'August');
      close(september!, ((900 - 289) / 61) * 30, 'September');
    });
    // Months that promise more than their quarter leave nothing, and take nothing.
    await withTargets([quarter, ...monthly('revenue', { '2024-07': 500, '2024-08': 500 })], async () => {
      expect((await number('revenue', months)).target!.value).toBe(900);
      expect(await points()).toEqual([500, 500, 0]);
    });
    await withTargets([{ unit: 'year', day: '2024-01-01', value: 3660 }, quarter], async () => {
      expect((await number('revenue', months)).target!.value).toBe(900);
      close((await number('revenue', { period: 'last_month' })).target!.value, ((3660 - 900) / (366 - 92)) * 31, 'October');
      const year = await number('revenue', { period: 'this_year' });
      expect(year.target!.value).toBe(3660);
      const days = daysOf('2024-01-01', LAST).length;
      close(year.against!.value, 900 + ((3660 - 900) / (366 - 92)) * (days - 92), 'due of the year');
    });
  });

  it('of a loss is said without a share of it', async () => {
    await withTargets([{ measure: 'profit', day: '2024-10-01', value: -50 }], async () => {
      expect((await number('profit', { period: 'last_month' })).target).toMatchObject({ value: -50, reached: null, onPace: true });
    });
  });

  it.each([
    ['a month there is not', { day: '2024-13-01' }, 'day', /./],
    ['a slip of the year', { day: '0204-11-01' }, 'day', /0204.*1990 y 2100/],
    ['less than nothing', { value: -5 }, 'value', /-5.*mayor que cero/],
    ['nothing', { value: 0 }, 'value', /mayor que cero/],
    ['a percentage for a share', { measure: 'retention', value: 25 }, 'value', /tanto por uno.*0,25.*no 25/],
    ['a store there is not', { scope: 'store', scopeKey: 'Z' }, 'scopeKey', /«Z».*una tienda de la lista/],
    ['a channel there is not', { scope: 'channel', scopeKey: 'fax' }, 'scopeKey', /«fax».*un canal/],
    ['a source there is not', { scope: 'source', scopeKey: newId() }, 'scopeKey', /una fuente/],
    ['a store without its name', { scope: 'store' }, 'scopeKey', /de qué tienda/],
    ['what is of today', { measure: 'customers' }, 'measure', /elige una que tenga periodo/],
  ])('for %s is refused, and says where and what to do', async (_what, given, field, words) => {
    const { status, body } = await setTarget({ day: '2024-11-01', value: 10, ...given });
    expect(status).toBe(400);
    expect(body.errors.map((error: { field: string }) => error.field)).toEqual([field]);
    expect(`${body.detail} ${body.errors[0].message}`).toMatch(words);
    expect((await served.ask(ANA, 'GET', '/targets')).body.items).toEqual([]);
  });

  it('is refused in the language of whoever asks, at the field too', async () => {
    const target = { measure: 'revenue', scope: 'company', scopeKey: '', unit: 'month', day: '2024-11-01', value: -5, note: '' };
    const { body } = await served.ask(ANA, 'POST', '/targets', target, { 'accept-language': 'en' });
    expect(body.errors).toEqual([{ field: 'value', message: 'the target is -5: write a number above zero', code: 'invalid' }]);
  });
});
