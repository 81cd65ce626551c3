// Since when somebody is a customer: one rule, said twice. The migration counts what was there before as building a customer does.
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { strangers, type TestFile, testFile } from './identity.fixture.ts';
import { knownSince } from './known-since.ts';
import type { Traits } from './traits.ts';
import { unify } from './unify.ts';

const TODAY = new Date().toISOString().slice(0, 10);

/** Traits of the records of one customer, and since when they are one. */
// biome-ignore format: read as a table
const CASES: [what: string, traits: Traits[], since: string | null][] = [
  ['no record says', [{}, { invalid: [] }], null],
  ['one says', [{}, { created_at: '2019-03-08' }], '2019-03-08'],
  ['the earliest counts', [{ created_at: '2019-03-08' }, { created_at: '2011-12-31' }, { created_at: '2015-01-01' }], '2011-12-31'],
  ['with a time the day as written', [{ created_at: '2019-03-08T23:59:59+02:00' }], '2019-03-08'],
  ['today', [{ created_at: `${TODAY}T00:00:00` }], TODAY],
  ['in the future', [{ created_at: '2098-01-01' }, { created_at: '2020-02-29' }], '2020-02-29'],
  ['only in the future', [{ created_at: '2098-01-01' }], null],
  ['stands for no date', ['1900-01-01', '1899-12-30', '1900-12-31', '1970-01-01T00:00:00Z', '1969-12-31'].map((created_at) => ({ created_at })), null],
  ['long ago', [{ created_at: '1901-01-01' }], '1901-01-01'],
  ['before the warehouse has days', [{ created_at: '1955-06-01' }], '1955-06-01'],
  ['marked as not valid', [{ created_at: '2001-01-01', invalid: ['created_at'] }, { created_at: '2016-01-01', invalid: ['email'] }], '2016-01-01'],
  ['no such day', [{ created_at: '2021-02-29' }, { created_at: '2021-04-31' }, { created_at: '2021-13-01' }, { created_at: '2021-00-10' }], null],
  ['no date at all', ['', 'ayer', '2021', '20210405', '05/04/2021', '2021-4-5', 'x2021-04-05'].map((created_at) => ({ created_at })), null],
];

describe('the rule', () => {
  it.each(CASES)('%s', (_, traits, since) => {
    expect(
      knownSince(
        traits.map((one) => ({ traits: one })),
        `${TODAY}T10:00:00.000000Z`,
      ),
    ).toBe(since);
  });
});

describe('in the file', () => {
  let file: TestFile;
  const people = strangers(0, 60);
  beforeAll(async () => {
    file = await testFile();
  });
  afterAll(() => file?.close());

  const since = async (record: string) =>
    (
      await sql<{ since: string | null }>`
        select c.known_since::text as since from link l join customer c on c.id = l.customer_id where l.record_id = ${record} and l.valid_to is null`.execute(
        file.context.store.db,
      )
    ).rows[0]!.since;

  it('customers have it from the first time on, and another when their record says another', async () => {
    const [, one, two] = people.map(({ card }) => card);
    const cards = await file.add('tarjeta', [
      { ...one!, created_at: '05-03-2014' },
      { ...two!, created_at: '2017-05-02 18:30' },
      ...people.slice(3).map(({ card }) => card),
    ]);
    await unify(file.context, { scope: 'all' });
    expect(await Promise.all(cards.slice(0, 3).map(since))).toEqual(['2014-03-05', '2017-05-02', null]);

    // Nothing but the date is different, and in the golden record it is not.
    await file.add('tarjeta', [{ ...one!, created_at: '2012-01-09' }, two!, { ...people[3]!.card, created_at: '2009-09-09' }]);
    await unify(file.context, { scope: 'new' });
    expect(await Promise.all(cards.slice(0, 3).map(since))).toEqual(['2012-01-09', null, '2009-09-09']);
  });

  it('the migration says the same of whom it finds', async () => {
    const { store } = file.context;
    const records = await file.add(
      'antes',
      CASES.map(([, , day], n) => ({ ...people[n + 10]!.card, key: `antes ${n}`, created_at: day ?? '' })),
    );
    await unify(file.context, { scope: 'new' });
    const owners = await Promise.all(records.map(async (record) => (await file.customers()).get(record)!));
    // In place of the records these customers were built of, the ones of each case.
    await sql`delete from link where customer_id = any(${owners}::uuid[])`.execute(store.db);
    for (const [n, [, traits]] of CASES.entries()) {
      const ids = await file.add(
        'caso',
        traits.map((_, m) => ({ ...people[n + 10]!.card, key: `${n} ${m}` })),
      );
      for (const [m, id] of ids.entries()) {
        await sql`update source_record set traits = ${JSON.stringify(traits[m])} where id = ${id}`.execute(store.db);
        await sql`insert into link (id, record_id, customer_id, reason, evidence) values (gen_random_uuid(), ${id}, ${owners[n]!}, 'alone', '{}')`.execute(
          store.db,
        );
      }
      // A link of former times says nothing.
      await sql`
        insert into link (id, record_id, customer_id, reason, evidence, valid_from, valid_to)
        select gen_random_uuid(), id, ${owners[n]!}, 'alone', '{}', now(), now() from source_record where traits ->> 'created_at' = '2009-09-09'`.execute(
        store.db,
      );
    }
    await sql`alter table customer drop column known_since`.execute(store.db);
    await sql.raw(await readFile(new URL('../migrations/0113_known_since.sql', import.meta.url), 'utf8')).execute(store.db);
    const { rows } = await sql<{ id: string; since: string | null }>`
      select id, known_since::text as since from customer where id = any(${owners}::uuid[])`.execute(store.db);
    const found = new Map(rows.map(({ id, since: day }) => [id, day]));
    expect(CASES.map(([what], n) => [what, found.get(owners[n]!)])).toEqual(CASES.map(([what, , day]) => [what, day]));
  });
});
