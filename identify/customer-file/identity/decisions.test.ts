import { intern, type Table } from '@vinculo/matching';
import { personSettings } from '@vinculo/matching';
import { describe, expect, it } from 'vitest';
import type { Decision } from './decisions.ts';
import { linkRecords } from './link-records.ts';

const COLUMNS = [
  'given',
  'given_root',
  'surname1',
  'surname2',
  'birth_date',
  'national_id',
  'email',
  'phone',
  'mobile',
  'street',
  'postcode',
  'city',
];

/** People with two records each, far apart from one another; and a few to decide about. */
function table(extra: Record<string, string>[]): Table {
  const rows: Record<string, string>[] = [];
  for (let n = 0; n < 300; n++) {
    const person = {
      given: `nombre${n % 40}`,
      given_root: `nombre${n % 40}`,
      surname1: `apellido${n % 77}`,
      surname2: `segundo${n % 61}`,
      birth_date: `19${50 + (n % 50)}-0${1 + (n % 9)}-1${n % 10}`,
      email: `correo${n}@x.es`,
      mobile: `+346${String(10_000_000 + n * 7)}`,
      street: `calle ${n}`,
      postcode: `280${10 + (n % 40)}`,
      city: 'madrid',
      national_id: n % 2 ? `${10_000_000 + n * 13}x` : '',
    };
    rows.push(person, { ...person, email: n % 3 ? person.email : '', mobile: n % 4 ? person.mobile : '' });
  }
  rows.push(...extra);
  return { rows: rows.length, columns: Object.fromEntries(COLUMNS.map((name) => [name, intern(rows.map((row) => row[name] ?? ''))])) };
}

const ana = {
  given: 'ana',
  given_root: 'ana',
  surname1: 'ruiz',
  surname2: 'gil',
  birth_date: '1980-05-05',
  email: 'ana@x.es',
  mobile: '+34600000001',
};
const link = (extra: Record<string, string>[], decisions: Decision[] = []) =>
  linkRecords({ table: table(extra), settings: personSettings(), decisions, matesOf: () => [] });
const first = 600;

describe('decisions bind the clustering', () => {
  it('without them the model decides', async () => {
    const { labels, ties } = await link([ana, ana]);
    expect(labels[first + 1]).toBe(first);
    expect(ties.with[first + 1]).toBe(first);
    expect(labels[1]).toBe(0);
    expect(labels[2]).toBe(2);
  });

  it('a pair kept apart stays apart, however alike', async () => {
    const { labels } = await link([ana, ana], [{ a: first, b: first + 1, same: false }]);
    expect([labels[first], labels[first + 1]]).toEqual([first, first + 1]);
  });

  it('a pair joined stays joined, even when two trusted ids contradict each other', async () => {
    const { labels, ties } = await link(
      [
        { ...ana, national_id: '11111111h' },
        { given: 'eva', surname1: 'sanz', national_id: '77777777b' },
      ],
      [{ a: first, b: first + 1, same: true }],
    );
    expect(labels[first + 1]).toBe(first);
    expect(ties.rule[first + 1]).toBe(255);
    expect(ties.weakest[first]).toBe(1);
  });

  it('apart holds for everybody decided to be the same', async () => {
    // b is a's double by decision; c looks like b, but not like a: it may not join them through b.
    const b = { ...ana, given: 'anita', mobile: '+34600000002' };
    const { labels } = await link(
      [{ given: 'eva', surname1: 'sanz' }, b, { ...b }],
      [
        { a: first, b: first + 1, same: true },
        { a: first, b: first + 2, same: false },
      ],
    );
    expect(labels[first + 1]).toBe(first);
    expect(labels[first + 2]).toBe(first + 2);
  });

  it('a joined pair does not bring two clusters together across a difference', async () => {
    // a–d and b–e are one by the model, a = b and d ≠ e by people: one of d and e has to go.
    const eva = {
      given: 'eva',
      given_root: 'eva',
      surname1: 'sanz',
      surname2: 'paz',
      birth_date: '1970-01-02',
      email: 'eva@x.es',
      national_id: '22222222j',
    };
    const anaWithId = { ...ana, national_id: '11111111h' };
    const [a, b, d, e] = [first, first + 1, first + 2, first + 3];
    const { labels } = await link(
      [anaWithId, eva, { ...anaWithId }, { ...eva }],
      [
        { a, b, same: true },
        { a: d, b: e, same: false },
      ],
    );
    expect(labels[a]).toBe(labels[b]);
    expect(labels[d]).not.toBe(labels[e]);
    expect([labels[d], labels[e]]).toContain(labels[a]);
  });
});

it('what people decided teaches the model', async () => {
  const silent = (await link([ana, ana])).model;
  const told = (await link([ana, ana], [{ a: first, b: first + 1, same: false }])).model;
  expect(told.prior).toBeLessThan(silent.prior);
});

it('linking only some rows gives what linking all gives', async () => {
  const extra = [ana, { ...ana, email: '' }, { ...ana, mobile: '' }, { given: 'luis', surname1: 'mora' }];
  const whole = table(extra);
  const all = await linkRecords({ table: whole, settings: personSettings(), decisions: [], matesOf: () => [] });
  const model = { model: all.model, threshold: all.threshold };
  const some = await linkRecords({
    table: whole,
    settings: personSettings(),
    model,
    decisions: [],
    only: [first + 2, first + 3],
    matesOf: (row) => [row],
  });
  expect([...some.rows]).toEqual([first, first + 1, first + 2, first + 3]);
  for (const row of some.rows) expect(some.labels[row]).toBe(all.labels[row]);
  expect(some.trained).toBe(false);
});
