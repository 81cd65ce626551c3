// The law of the compiler: for any rule, the SQL finds exactly the people for whom the definition holds; and nothing anybody typed
// is in the SQL.
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Whose } from './bases.ts';
import { ASK_EVERYBODY, binder, compile, type Meaning } from './compile.ts';
import { PROFILE_FIELDS } from './fields.ts';
import { readAllProfiles, readProfiles } from './profiles.ts';
import { membersSql } from './recount.ts';
import { holdsFor } from './reference.fixture.ts';
import type { Condition, RuleNode } from './rule.ts';
import { type Person, person, PRODUCTS, SCORE_FIELDS, type TestWorld, testWorld } from './segments.fixture.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const TIME_ZONE = 'Europe/Madrid';
const LIST = '01900000-0000-7000-8000-000000000001';
const NAMED = '01900000-0000-7000-8000-000000000002';

// Odd texts on purpose: quotes, backslashes, braces, what looks like a parameter.
const PROVINCES = ['Madrid', "L'Hospitalet \\ {v0:String}", 'Bizkaia', ''];
const CITIES = ['Madrid', 'Getafe', ''];
const DAYS = ['2024-02-29', '2025-11-22', '2026-03-29', '2026-08-24', '2026-10-25', '2026-11-01', '2026-11-21', '2026-11-22'];
const pick = <T>(...of: readonly T[]) => fc.constantFrom(...of);
// The hours around midnight in Madrid, where a day begins before it does in UTC.
const instant = fc.tuple(pick(...DAYS), pick('00:30:00', '12:00:00', '22:30:00', '23:30:00')).map(([day, hour]) => `${day}T${hour}Z`);

const anybody: fc.Arbitrary<Omit<Person, 'id' | 'records'>> = fc.record({
  kind: pick('person' as const, 'company' as const),
  province: pick(...PROVINCES),
  city: pick(...CITIES),
  birth: fc.option(pick('1950-06-15', '1985-11-22', '1985-11-23', '2004-02-29', '1919-01-01')),
  email: pick('', 'a@example.com'),
  seen: instant,
  since: fc.option(pick(...DAYS, '1955-06-01')),
  consents: fc
    .array(fc.record({ purpose: pick('marketing', 'perfil'), channel: pick('any', 'email'), granted: fc.boolean(), at: instant }), {
      maxLength: 4,
    })
    .map((all) =>
      all.filter(
        (said, n) =>
          all.findIndex((other) => other.purpose === said.purpose && other.channel === said.channel && other.at === said.at) === n,
      ),
    ),
  lines: fc.array(
    fc.record({ order: pick('1', '2', '3'), at: instant, amount: pick(-10, 0, 5, 20.5, 40), product: pick(...Object.keys(PRODUCTS)) }),
    { maxLength: 6 },
  ),
  contacts: fc.array(
    fc.record({
      at: instant,
      channel: pick('phone', 'email'),
      direction: pick('in', 'out'),
      topic: pick('queja', ''),
      outcome: pick('ok', ''),
    }),
    { maxLength: 3 },
  ),
  campaigns: fc.array(fc.record({ at: instant, channel: pick('email'), campaign: pick('C1', 'C2'), response: pick('', 'yes') }), {
    maxLength: 3,
  }),
  coupons: fc.array(fc.record({ at: instant, coupon: pick('K1', 'K2'), campaign: pick('C1') }), { maxLength: 3 }),
  visits: fc.array(
    fc.record({
      at: instant,
      type: pick('track' as const, 'page' as const),
      name: pick('Product Viewed', 'Product Added', ''),
      path: pick('/ofertas/hoy', '/ofertas', '/', ''),
      products: fc.uniqueArray(pick(...Object.keys(PRODUCTS), 'unheard of'), { maxLength: 2 }),
      categories: fc.uniqueArray(pick('Café', 'Regalos'), { maxLength: 1 }),
      search: pick('', 'cafetera'),
      gone: pick(false, false, true),
    }),
    { maxLength: 5 },
  ),
  risk: fc.option(pick(0.1, 0.5, 0.9)),
  tier: pick('top', 'low', ''),
});

const last = fc.record({ last: pick(1, 3, 30, 90, 1), unit: pick('day' as const, 'week' as const, 'month' as const, 'year' as const) });
const dates = fc.tuple(pick(...DAYS), pick(...DAYS)).map(([a, b]) => (a < b ? [a, b] : [b, a]) as [string, string]);
const number = (of: fc.Arbitrary<number>) =>
  fc.oneof(
    fc.record({ op: pick('eq' as const, 'gt' as const, 'gte' as const, 'lt' as const, 'lte' as const), value: of }),
    fc.tuple(of, of).map(([a, b]) => ({ op: 'between' as const, value: [Math.min(a, b), Math.max(a, b)] as [number, number] })),
  );
const date = fc.oneof(
  fc.record({ op: pick('in_last' as const, 'not_in_last' as const), value: last }),
  fc.record({ op: pick('before' as const, 'after' as const), value: pick(...DAYS) }),
  fc.record({ op: fc.constant('between' as const), value: dates }),
);
const knowing = fc.record({ op: pick('known' as const, 'unknown' as const) });
const among = (values: readonly string[], ...ops: ('in' | 'not_in' | 'all')[]) =>
  fc.record({ op: pick(...ops), value: fc.uniqueArray(pick(...values), { minLength: 1, maxLength: 2 }) });

const field = (name: string, how: fc.Arbitrary<object>): fc.Arbitrary<Condition> =>
  how.map((rest) => ({ kind: 'field', field: name, ...rest }) as Condition);
const fields = fc.oneof(
  field('kind', among(['person', 'company'], 'in', 'not_in')),
  field('province', fc.oneof(among(PROVINCES.filter(Boolean), 'in', 'not_in'), knowing, fc.constant({ op: 'contains', value: 'HOSP' }))),
  field('city', fc.oneof(among(CITIES.filter(Boolean), 'in', 'not_in'), knowing)),
  field('age', fc.oneof(number(pick(20, 40, 41, 76)), knowing)),
  field('birth_month', among(['6', '11'], 'in', 'not_in')),
  field('has_email', fc.record({ op: pick('yes' as const, 'no' as const) })),
  field('records', number(pick(1, 2))),
  field('first_seen', date),
  field('consent', fc.oneof(among(['marketing', 'perfil', 'marketing/email'], 'in', 'all', 'not_in'), knowing)),
  field('refused', among(['marketing', 'perfil/any'], 'in', 'not_in')),
  field('score.risk', fc.oneof(number(pick(0.1, 0.5, 0.7)), knowing)),
  field('score.tier', fc.oneof(among(['top', 'low'], 'in', 'not_in'), knowing)),
);
const fact = (
  name: string,
  by: Record<string, readonly string[]>,
  counts: readonly string[],
  money: readonly string[],
  when: readonly string[],
) => {
  const which = fc.uniqueArray(
    fc
      .constantFrom(...Object.keys(by))
      .chain((one) =>
        fc.record({ by: fc.constant(one), is: fc.uniqueArray(pick(...by[one]!), { minLength: 1, maxLength: 2 }), not: fc.boolean() }),
      ),
    { maxLength: 2, selector: (one) => one.by },
  );
  const period = fc.option(
    fc.oneof(
      last,
      fc.record({ this: pick('week' as const, 'month' as const, 'year' as const) }),
      dates.map(([from, to]) => ({ from, to })),
      fc.record({ to: pick(...DAYS) }),
    ),
    { nil: undefined },
  );
  const measured = fc.oneof(
    pick(...counts).chain((measure) => number(pick(0, 1, 2)).map((how) => ({ measure, ...how }))),
    ...money.map((measure) => number(pick(0, 5, 20.5, 45)).map((how) => ({ measure, ...how }))),
    ...when.map((measure) => fc.oneof(date, knowing).map((how) => ({ measure, ...how }))),
  );
  return fc
    .tuple(which, period, measured)
    .map(
      ([narrowed, over, how]) => ({ kind: 'fact', fact: name, which: narrowed, ...(over ? { period: over } : {}), ...how }) as Condition,
    );
};
const facts = fc.oneof(
  fact(
    'purchase',
    { product: ['p1', 'p3'], category: ['Café', 'Té'], brand: ['Norte', 'Sur'] },
    ['times', 'quantity', 'products', 'categories'],
    ['amount', 'average'],
    ['last', 'first'],
  ),
  fact('purchase', { channel: ['store', 'web'] }, ['times'], ['amount', 'average'], ['last', 'first']),
  fact('contact', { channel: ['phone', 'email'], direction: ['in', 'out'], topic: ['queja'] }, ['times', 'channels'], [], ['last']),
  fact('campaign', { campaign: ['C1', 'C2'], response: ['yes'] }, ['times', 'responses'], [], ['last']),
  fact(
    'event',
    {
      name: ['Product Viewed', 'Product Added'],
      type: ['track', 'page'],
      path: ['/ofertas*', '/ofertas', '/*'],
      product: ['p1', 'unheard of'],
      category: ['Café', 'Té', 'Regalos'],
      brand: ['Norte', 'Sur'],
      search: ['cafetera'],
    },
    ['times', 'viewed', 'added', 'pages', 'searches', 'days'],
    [],
    ['last', 'first'],
  ),
  fact('redemption', { coupon: ['K1', 'K2'], campaign: ['C1'] }, ['times', 'coupons'], [], ['last']),
);
const others = fc.record({ kind: fc.constant('segment' as const), segment: pick(LIST, NAMED), in: fc.boolean() });
const rules = fc.letrec<{ node: RuleNode; group: RuleNode }>((tie) => ({
  node: fc.oneof({ depthSize: 'small', withCrossShrink: true }, fields, facts, others, tie('group')),
  group: fc.record({
    kind: fc.constant('group' as const),
    match: pick('all' as const, 'any' as const, 'none' as const),
    of: fc.array(tie('node'), { maxLength: 3 }),
  }),
})).group;

let world: TestWorld;
let people: Person[];
const list = new Set<string>();
const named: RuleNode = { kind: 'field', field: 'city', op: 'in', value: ['Madrid'] };
beforeAll(async () => {
  world = await testWorld();
  people = fc.sample(anybody, { numRuns: 80, seed: 7 }).map((one, n) => ({
    ...person(`r${n}`),
    ...one,
    // An order key is of one customer.
    lines: one.lines.map((line) => ({ ...line, order: `${n}.${line.order}` })),
    records: n % 3 === 0 ? [`r${n}`, `s${n}`] : [`r${n}`],
  }));
  await world.add(...people);
  await readAllProfiles(world.context);
  for (const one of people.filter((_, n) => n % 4 === 0)) list.add(one.id);
  await world.context.warehouse.insert(
    'segment_member',
    [...list].map((customer_id) => ({ segment_id: LIST, customer_id, inside: 1, since: '2026-01-01 00:00:00' })),
  );
  await world.gatherOrders();
  await world.gatherLines();
});
afterAll(() => world?.close());

const meaning = (quick: Meaning['quick']): Meaning => ({
  fields: new Map([...PROFILE_FIELDS, ...SCORE_FIELDS].map((one) => [one.id, one])),
  quick,
  segments: new Map([
    [LIST, null],
    [NAMED, named],
  ]),
  clock: { at: NOW, timeZone: TIME_ZONE },
  currency: 'EUR',
});
const QUICK = { order: 'test_order', line: 'test_line' };

async function found(rule: RuleNode, whose: Whose, quick: Meaning['quick'], more: Record<string, unknown> = {}): Promise<Set<string>> {
  const { where, params } = compile(rule, meaning(quick), whose);
  const rows = await world.context.warehouse.rows<{ id: string }>(
    `select toString(customer_id) as id from (${membersSql(where)})`,
    { ...params, ...more },
    {
      settings: ASK_EVERYBODY,
    },
  );
  return new Set(rows.map(({ id }) => id));
}
const expected = (rule: RuleNode, among: readonly Person[] = people) =>
  new Set(
    among
      .filter((one) => holdsFor(rule, one, { at: NOW, timeZone: TIME_ZONE }, new Map([[LIST, list]]), new Map([[NAMED, named]])))
      .map(({ id }) => id),
  );
const law = (check: (rule: RuleNode) => Promise<void>, numRuns: number) =>
  fc.assert(
    fc.asyncProperty(rules, async (rule) => void (await check(rule))),
    { numRuns },
  );

describe('a rule compiled', () => {
  it('finds whom the definition finds, in the tables of scoring', () =>
    law(async (rule) => expect(await found(rule, { touched: false }, QUICK)).toEqual(expected(rule)), 120));

  it('finds the same in the facts themselves', () =>
    law(async (rule) => expect(await found(rule, { touched: false }, {})).toEqual(expected(rule)), 50));

  it('finds the same of a few customers alone', async () => {
    const some = people.slice(10, 25);
    const customers = some.map(({ id }) => id);
    const only = 'select arrayJoin({customers:Array(UUID)})';
    await law(async (rule) => {
      const { where, params } = compile(rule, meaning(QUICK), { only, touched: false });
      const rows = await world.context.warehouse.rows<{ id: string }>(
        `select toString(p.customer_id) as id from customer_profile as p final where p.alive and p.customer_id in (${only}) and (${where})`,
        { ...params, customers },
      );
      expect(new Set(rows.map(({ id }) => id))).toEqual(expected(rule, some));
    }, 100);
  });

  it('has nothing in it that anybody typed', () => {
    const hostile = "'; drop table customer_profile; --";
    const strings = fc.oneof(fc.string({ minLength: 4 }), fc.constant(hostile)).map((text) => `${text}✗`);
    fc.assert(
      fc.property(strings, fc.double({ noNaN: true, noDefaultInfinity: true }), (text, amount) => {
        const odd = Number(amount.toPrecision(6)) + 0.123456789;
        const rule: RuleNode = {
          kind: 'group',
          match: 'all',
          of: [
            { kind: 'field', field: 'province', op: 'in', value: [text] },
            { kind: 'field', field: 'city', op: 'contains', value: text },
            { kind: 'field', field: 'consent', op: 'all', value: [text] },
            { kind: 'fact', fact: 'purchase', which: [{ by: 'category', is: [text] }], measure: 'amount', op: 'gt', value: odd },
            {
              kind: 'fact',
              fact: 'contact',
              which: [{ by: 'topic', is: [text], not: true }],
              measure: 'last',
              op: 'before',
              value: '2031-07-13',
            },
          ],
        };
        const { where, params } = compile(rule, meaning(QUICK), { touched: true });
        expect(where).not.toContain('✗');
        expect(where).not.toContain(String(odd));
        expect(where).not.toContain('2031');
        expect(Object.values(params).flat()).toContain(text);
      }),
    );
  });

  it('refuses what the catalogue does not have, names of Object included', () => {
    const wrong: RuleNode[] = [
      { kind: 'field', field: 'constructor', op: 'in', value: ['x'] },
      { kind: 'fact', fact: 'constructor', measure: 'times', op: 'gt', value: 1 },
      { kind: 'fact', fact: 'purchase', measure: 'toString', op: 'gt', value: 1 },
      { kind: 'fact', fact: 'purchase', which: [{ by: '__proto__', is: ['x'] }], measure: 'times', op: 'gt', value: 1 },
    ];
    for (const rule of wrong) expect(() => compile(rule, meaning(QUICK), { touched: false }, binder())).toThrow(/cannot be understood/);
  });
});

describe('facts newer than the tables of scoring', () => {
  it('are read for the customers they touch, whoever asks', async () => {
    const one = people[1]!;
    await world.buy('r1', { order: '1.new', at: '2026-11-22T09:00:00Z', amount: 777, product: 'p3' });
    one.lines.push({ order: '1.new', at: '2026-11-22T09:00:00Z', amount: 777, product: 'p3' });
    const rule: RuleNode = { kind: 'fact', fact: 'purchase', measure: 'amount', op: 'gte', value: 700 };
    const tea: RuleNode = {
      kind: 'fact',
      fact: 'purchase',
      which: [{ by: 'category', is: ['Té'] }],
      measure: 'amount',
      op: 'gte',
      value: 700,
    };
    expect(await found(rule, { touched: false }, QUICK)).toEqual(new Set());
    await world.context.warehouse.insert('segment_touched', [{ customer_id: one.id, touched_at: '2026-11-22 09:00:00.000' }]);
    expect(await found(rule, { touched: true }, QUICK)).toEqual(new Set([one.id]));
    expect(await found(tea, { touched: true }, QUICK)).toEqual(new Set([one.id]));
    await law(async (any) => expect(await found(any, { touched: true }, QUICK)).toEqual(expected(any)), 30);
  });
});

describe('visits', () => {
  const viewing = (value: number): RuleNode => ({
    kind: 'fact',
    fact: 'event',
    which: [{ by: 'category', is: ['Café'] }],
    period: { last: 7, unit: 'day' },
    measure: 'viewed',
    op: 'gte',
    value,
  });
  const seeing = (at: string, products: string[]) => ({
    at,
    type: 'track' as const,
    name: 'Product Viewed',
    path: '/',
    products,
    categories: [],
    search: '',
    gone: false,
  });

  it('«looked at products of Café at least 3 times in the last 7 days» knows the category from the product file', async () => {
    const keen = person('keen', {
      visits: ['2026-11-16T10:00:00Z', '2026-11-20T10:00:00Z', '2026-11-22T09:00:00Z'].map((at) => seeing(at, ['p1'])),
    });
    const once = person('once', { visits: [seeing('2026-11-22T09:00:00Z', ['p2']), seeing('2026-11-01T09:00:00Z', ['p1', 'p2'])] });
    const tea = person('tea', { visits: [1, 2, 3].map((n) => seeing(`2026-11-2${n - 1}T09:00:00Z`, ['p3'])) });
    await world.add(keen, once, tea);
    await readProfiles(world.context, [keen.id, once.id, tea.id]);
    people.push(keen, once, tea);
    const among = [keen, once, tea];
    const inside = async (times: number) => {
      const all = await found(viewing(times), { touched: false }, QUICK);
      return among.filter(({ id }) => all.has(id));
    };
    expect(await inside(3)).toEqual([keen]);
    expect(await inside(1)).toEqual([keen, once]);
  });
});

describe('profiles brought from the desk', () => {
  it('are the same one by one as all at once', async () => {
    const { warehouse } = world.context;
    const all = () =>
      warehouse.rows<Record<string, unknown>>(
        'select * except (version, consents, refused), arraySort(consents) as c, arraySort(refused) as r from customer_profile final order by customer_id',
      );
    const before = await all();
    expect(before.filter(({ alive }) => alive)).toHaveLength(people.length);
    await readProfiles(
      world.context,
      people.map(({ id }) => id),
    );
    expect(await all()).toEqual(before);
    await readAllProfiles(world.context);
    expect(await all()).toEqual(before);
  });
});
