import { sql } from 'kysely';
import type { Actor } from '@vinculo/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerIdentity } from './customer-identity.ts';
import { duplicateGroups } from './duplicate-groups.ts';
import { duplicatesOverview } from './duplicates-overview.ts';
import { strangers, type TestFile, testFile } from './identity.fixture.ts';
import { mergeCustomers } from './merge-customers.ts';
import { rebuildGoldenRecords } from './rebuild-golden-records.ts';
import { splitCustomer } from './split-customer.ts';
import { DEFAULT_SURVIVORSHIP } from './survivorship.ts';
import { undoIdentityChange } from './undo-identity-change.ts';
import { unify } from './unify.ts';

const ana: Actor = { kind: 'user', id: 'u1', name: 'Ana', permissions: new Set(['customer.merge', 'customer.read_personal']) };
const analyst: Actor = { kind: 'user', id: 'u2', name: 'Luis', permissions: new Set(['customer.read']) };
// Some cards say since when, and some of the same people said so on the web before.
const people = strangers(0, 300).map(({ card, web }, n) => ({
  card: n % 2 ? card : { ...card, created_at: `201${n % 10}-05-01` },
  web: n % 4 ? web : { ...web, created_at: '2008-11-30' },
}));
const [first, second] = [people[20]!, people[21]!];
const REASON = 'Lo dice el cliente';

let file: TestFile;
let cards: string[];
let webs: string[];

beforeAll(async () => {
  file = await testFile();
  cards = await file.add(
    'tarjeta',
    people.map(({ card }) => card),
  );
  webs = await file.add(
    'web',
    people.slice(0, 150).map(({ web }) => web),
  );
  await unify(file.context, { scope: 'all' });
});
afterAll(() => file?.close());

/** Everything about who is who that people could see, without the times and the history. */
async function picture() {
  const { store, warehouse } = file.context;
  const links = await sql`select record_id, customer_id, reason, evidence from link where valid_to is null order by record_id`.execute(
    store.db,
  );
  const customers = await sql`
    select id, kind, display_name, sort_name, email, phone, national_id, birth_date::text, city, golden, records, sources, weakest, search::text,
           known_since::text
      from customer where merged_into is null order by id`.execute(store.db);
  const decisions = await sql`select record_a, record_b, same from decision where undone_at is null order by 1, 2`.execute(store.db);
  const identity = await warehouse.rows('select record_id, customer_id from identity final order by toString(record_id)');
  return { links: links.rows, customers: customers.rows, decisions: decisions.rows, identity };
}

const customerOf = async (record: string) => (await file.customers()).get(record)!;
const merge = async (into: string, from: string) => mergeCustomers(file.context, ana, { into, from, reason: REASON });

const since = async (id: string) =>
  (await sql<{ since: string | null }>`select known_since::text as since from customer where id = ${id}`.execute(file.context.store.db))
    .rows[0]!.since;

describe('merging', () => {
  it('makes two customers one: all records, one golden record, the other id leads to it', async () => {
    const [a, b] = [await customerOf(cards[20]!), await customerOf(cards[21]!)];
    const before = await picture();
    expect([await since(a), await since(b)]).toEqual(['2008-11-30', null]);
    const { changeId, customerId, otherId } = await merge(a, b);
    expect([customerId, otherId]).toEqual([a, b]);

    const owners = await file.customers();
    expect([cards[20], cards[21], webs[20], webs[21]].map((record) => owners.get(record!))).toEqual([a, a, a, a]);
    const { rows } = await sql<Record<string, unknown>>`select merged_into, records, search @@ ${`${second.card
      .given_name!.toLowerCase()
      .normalize('NFD')
      .replace(/[^a-z]/g, '')}`}::tsquery as found from customer where id in (${a}, ${b}) order by merged_into nulls first`.execute(
      file.context.store.db,
    );
    expect(rows[0]).toMatchObject({ merged_into: null, records: 4, found: true });
    expect(rows[1]).toMatchObject({ merged_into: a });

    await undoIdentityChange(file.context, ana, changeId);
    expect(await picture()).toEqual(before);
  });

  it('is since the earliest day that either of them says', async () => {
    const [a, b] = [await customerOf(cards[26]!), await customerOf(cards[28]!)];
    expect([await since(a), await since(b)]).toEqual(['2016-05-01', '2008-11-30']);
    const { changeId } = await merge(a, b);
    expect(await since(a)).toBe('2008-11-30');
    await undoIdentityChange(file.context, ana, changeId);
    expect([await since(a), await since(b)]).toEqual(['2016-05-01', '2008-11-30']);
  });

  it('is kept by every later unification, whole or not', async () => {
    const before = await picture();
    const [a, b] = [await customerOf(cards[20]!), await customerOf(cards[21]!)];
    const { changeId } = await merge(a, b);
    const merged = await picture();
    await unify(file.context, { scope: 'all', keepModel: true });
    expect(await picture()).toEqual(merged);
    await unify(file.context, { scope: 'all' });
    expect((await picture()).identity).toEqual(merged.identity);
    await undoIdentityChange(file.context, ana, changeId);
    // The merge has taught the model; once it is taken back, what is learned is again what was learned at first.
    await unify(file.context, { scope: 'all' });
    expect((await picture()).identity).toEqual(before.identity);
  });

  it('in the middle of a unification is seen by it: it thinks again before it writes', async () => {
    const [a, b] = [await customerOf(cards[50]!), await customerOf(cards[51]!)];
    let merging: ReturnType<typeof merge> | undefined;
    const progress = async ({ phase }: { phase?: string }) => {
      if (phase === 'cluster') await (merging ??= merge(a, b));
    };
    await file.add('tarjeta', [{ ...people[52]!.card, email: 'otra@correo.example' }]);
    await unify(file.context, { scope: 'new' }, { signal: new AbortController().signal, progress });
    expect(await customerOf(cards[51]!)).toBe(a);
    await undoIdentityChange(file.context, ana, (await merging!).changeId);
    expect(await customerOf(cards[51]!)).toBe(b);
  });

  it('refuses what makes no sense', async () => {
    const a = await customerOf(cards[20]!);
    await expect(merge(a, a)).rejects.toMatchObject({ code: 'VIN_CUSTOMER_SAME' });
    await expect(merge(a, '00000000-0000-7000-8000-000000000000')).rejects.toMatchObject({ code: 'VIN_CUSTOMER_NOT_FOUND' });
  });

  it('two that cross each other do not deadlock: one of them finds nothing left to do', async () => {
    const [a, b] = [await customerOf(cards[30]!), await customerOf(cards[31]!)];
    const ended = await Promise.allSettled([merge(a, b), merge(b, a)]);
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const done = ended.find((one) => one.status === 'fulfilled')!;
    await undoIdentityChange(file.context, ana, done.value.changeId);
  });
});

describe('splitting', () => {
  it('makes some records a customer of their own, and undoing leaves everything as it was', async () => {
    const before = await picture();
    const a = await customerOf(cards[20]!);
    const { changeId, customerId, otherId } = await splitCustomer(file.context, ana, a, { records: [webs[20]!], reason: REASON });
    expect(customerId).toBe(a);
    expect(await customerOf(webs[20]!)).toBe(otherId);
    expect(await customerOf(cards[20]!)).toBe(a);
    expect([await since(a), await since(otherId!)]).toEqual(['2010-05-01', '2008-11-30']);
    await undoIdentityChange(file.context, ana, changeId);
    expect(await picture()).toEqual(before);
  });

  it('is kept by every later unification, until it is undone; and an undo can be undone', async () => {
    const before = await picture();
    const a = await customerOf(cards[20]!);
    const { changeId } = await splitCustomer(file.context, ana, a, { records: [webs[20]!], reason: REASON });
    const split = await picture();
    await unify(file.context, { scope: 'all', keepModel: true });
    expect((await picture()).identity).toEqual(split.identity);

    const { changeId: undoId } = await undoIdentityChange(file.context, ana, changeId);
    // The unification in between had noted that the record left behind stood alone: it notes now that it no longer does.
    await unify(file.context, { scope: 'all', keepModel: true });
    expect(await picture()).toEqual(before);

    await undoIdentityChange(file.context, ana, undoId);
    expect((await picture()).identity).toEqual(split.identity);
    const { rows } = await sql<{ id: string }>`select id from identity_change order by changed_at desc limit 1`.execute(
      file.context.store.db,
    );
    await undoIdentityChange(file.context, ana, rows[0]!.id);
    expect((await picture()).identity).toEqual(before.identity);
  });

  it('refuses to leave nothing behind, and records of somebody else', async () => {
    const a = await customerOf(cards[20]!);
    const split = (records: string[]) => splitCustomer(file.context, ana, a, { records, reason: REASON });
    await expect(split([cards[20]!, webs[20]!])).rejects.toMatchObject({ code: 'VIN_CUSTOMER_NOT_SPLITTABLE' });
    await expect(split([cards[40]!])).rejects.toMatchObject({ code: 'VIN_CUSTOMER_CONFLICT' });
  });

  it('after a merge it withdraws what the merge decided, and undoing brings that back', async () => {
    const [a, b] = [await customerOf(cards[20]!), await customerOf(cards[21]!)];
    const merged = await merge(a, b);
    const together = await picture();
    const split = await splitCustomer(file.context, ana, a, { records: [cards[21]!, webs[21]!], reason: REASON });
    expect((await picture()).decisions.every((decision) => (decision as { same: boolean }).same)).toBe(false);
    await undoIdentityChange(file.context, ana, split.changeId);
    expect((await picture()).decisions).toEqual(together.decisions);
    await undoIdentityChange(file.context, ana, merged.changeId);
  });
});

describe('undoing', () => {
  it('works once, and not after the records have moved on', async () => {
    const [a, b, c] = await Promise.all([cards[20]!, cards[21]!, cards[22]!].map(customerOf));
    const one = await merge(a!, b!);
    const two = await merge(c!, a!);
    await expect(undoIdentityChange(file.context, ana, one.changeId)).rejects.toMatchObject({ code: 'VIN_CUSTOMER_CONFLICT' });
    await undoIdentityChange(file.context, ana, two.changeId);
    await undoIdentityChange(file.context, ana, one.changeId);
    await expect(undoIdentityChange(file.context, ana, one.changeId)).rejects.toMatchObject({ code: 'VIN_CUSTOMER_CONFLICT' });
  });

  it('what people undo of a unification stays undone', async () => {
    const before = await picture();
    // A third record that is both: the two customers become one by themselves.
    const [bridge] = await file.add('encuestas', [{ ...people[200]!.card, key: 'P1' }]);
    await unify(file.context, { scope: 'new' });
    const joined = await customerOf(bridge!);
    expect(joined).toBe(await customerOf(cards[200]!));
    await file.add('tarjeta', [{ ...people[200]!.card, key: people[201]!.card.key }]);
    await unify(file.context, { scope: 'new' });
    expect(await customerOf(cards[201]!)).toBe(joined);
    const { rows } = await sql<{
      id: string;
    }>`select id from identity_change where kind = 'merged' and customer_id = ${joined} order by changed_at desc limit 1`.execute(
      file.context.store.db,
    );
    await undoIdentityChange(file.context, ana, rows[0]!.id);
    const apart = await customerOf(cards[201]!);
    expect(apart).not.toBe(joined);
    await unify(file.context, { scope: 'all', keepModel: true });
    expect(await customerOf(cards[201]!)).toBe(apart);
    expect(before.customers.map((row) => (row as { id: string }).id)).toContain(apart);
  });
});

describe('what people see of it', () => {
  it('the overview adds up, and changes when somebody merges', async () => {
    const overview = await duplicatesOverview(file.context);
    const customers = new Set((await file.customers()).values()).size;
    expect(overview).toMatchObject({ records: 451, customers, duplicates: 451 - customers });
    expect(overview.sizes.reduce((sum, size) => sum + size.customers, 0)).toBe(customers);
    expect(overview.reasons.reduce((sum, reason) => sum + reason.records, 0)).toBe(451);
    expect(overview.overlap[0]!.customers).toBeGreaterThan(140);
    expect(overview.lastRun).toMatchObject({ scope: 'all', estimatedPrecision: expect.any(Number) });
    const merged = await merge(await customerOf(cards[20]!), await customerOf(cards[21]!));
    expect((await duplicatesOverview(file.context)).customers).toBe(customers - 1);
    await undoIdentityChange(file.context, ana, merged.changeId);
  });

  it('groups come weakest first, page by page, masked for who may not see', async () => {
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await duplicateGroups(file.context.store, analyst, { cursor, limit: 40 });
      seen.push(...page.items.map(({ weakest }) => weakest));
      for (const { records } of page.items) {
        expect(records.length).toBeGreaterThan(1);
        for (const { email, phone, birthDate } of records) expect(`${email}${phone}${birthDate}`).not.toMatch(/persona|6\d{8}|\d{4}-\d{2}/);
      }
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    const { rows } = await sql<{ n: number }>`select count(*) as n from customer where merged_into is null and records > 1`.execute(
      file.context.store.db,
    );
    expect(seen).toHaveLength(rows[0]!.n);
  });

  it('explains why the records of a customer are one, in weights that add up', async () => {
    const id = await customerOf(cards[20]!);
    const { records, explanations, history } = await customerIdentity(file.context, ana, id);
    expect(records.map(({ sourceLabel, key }) => `${sourceLabel} ${key}`)).toEqual([`TARJETA ${first.card.key}`, `WEB ${first.web.key}`]);
    expect(explanations).toHaveLength(1);
    const [{ weight, probability, prior, terms }] = explanations as [(typeof explanations)[0]];
    expect(terms.reduce((sum, term) => sum + term.weight, 0)).toBeCloseTo(weight, 0);
    expect(1 / (1 + 2 ** -(weight + prior))).toBeCloseTo(probability, 3);
    expect(terms.find(({ field }) => field === 'given')).toMatchObject({
      level: 'exact',
      valueA: expect.stringContaining(first.card.given_name!.slice(0, 2).toLowerCase()),
    });
    expect(history.length).toBeGreaterThan(3);
    expect(history.some(({ undone, by }) => undone && by === 'Ana')).toBe(true);
  });

  it('masks raw values and explanations alike', async () => {
    const text = JSON.stringify(await customerIdentity(file.context, analyst, await customerOf(cards[20]!)));
    for (const secret of [first.card.email, first.card.mobile, first.card.birth_date, first.card.address])
      if (secret) expect(text).not.toContain(secret);
    expect(text).toContain(first.card.surname1!);
  });

  it('a pair that a person joined is weighed with the model in force', async () => {
    const merged = await merge(await customerOf(cards[20]!), await customerOf(cards[21]!));
    const { explanations } = await customerIdentity(file.context, ana, merged.customerId);
    expect(explanations.length).toBeGreaterThanOrEqual(2);
    expect(explanations.some(({ probability }) => probability < 0.5)).toBe(true);
    await undoIdentityChange(file.context, ana, merged.changeId);
  });
});

describe('survivorship', () => {
  it('other rules choose other golden records, and only those are written', async () => {
    const { store } = file.context;
    const rules = { ...DEFAULT_SURVIVORSHIP, fields: { ...DEFAULT_SURVIVORSHIP.fields, email: ['most_trusted'] } };
    await sql`insert into settings (key, value, updated_by) values ('survivorship', ${JSON.stringify(rules)}, '{}')`.execute(store.db);
    const before = await sql<{
      id: string;
      rule: string;
    }>`select id, golden -> 'email' ->> 'rule' as rule from customer where merged_into is null and golden ? 'email'`.execute(store.db);
    const { customers, changed } = await rebuildGoldenRecords(file.context);
    expect(customers).toBe(new Set((await file.customers()).values()).size);
    expect(changed).toBe(before.rows.length);
    const after = await sql<{
      rule: string;
    }>`select distinct golden -> 'email' ->> 'rule' as rule from customer where merged_into is null and golden ? 'email'`.execute(store.db);
    expect(after.rows).toEqual([{ rule: 'most_trusted' }]);
    expect((await rebuildGoldenRecords(file.context)).changed).toBe(0);
  });
});
