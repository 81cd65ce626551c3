import { sql } from 'kysely';
import { SYSTEM } from '@vinculo/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { strangers, type TestFile } from '../identity/identity.fixture.ts';
import { mergeCustomers } from '../identity/merge-customers.ts';
import { splitCustomer } from '../identity/split-customer.ts';
import { unify } from '../identity/unify.ts';
import { applyRelink } from './apply-relink.ts';
import { previewRelink } from './preview-relink.ts';
import { careful, daring, draft, identityOf, DAUGHTERS, MOVERS, PEOPLE, published, smallFile } from './relink.fixture.ts';
import { relinkById } from './relink-rows.ts';
import { settingsInForce } from '../identity/model/settings-in-force.ts';
import { undoRelink } from './undo-relink.ts';

const ANA = { ...SYSTEM, kind: 'user' as const, id: 'ana', name: 'Ana' };
let file: TestFile;
beforeAll(async () => {
  file = await smallFile();
});
afterAll(() => file?.close());

const owners = async () => new Set((await file.customers()).values()).size;
const count = async (query: string) => (await file.context.store.pool.query(`select count(*)::int as n from ${query}`)).rows[0].n as number;

describe('a preview', () => {
  it('says who would join and why, and changes nobody', async () => {
    expect(await owners()).toBe(PEOPLE + DAUGHTERS);
    const before = await identityOf(file);
    const id = await draft(file, daring());
    const preview = await previewRelink(file.context, id);
    expect(preview).toMatchObject({
      customersBefore: PEOPLE + DAUGHTERS,
      customersAfter: PEOPLE,
      joins: DAUGHTERS,
      parts: 0,
      moves: DAUGHTERS,
      trained: false,
    });
    expect(preview.joinSamples).toHaveLength(DAUGHTERS);
    const [{ sides, pair }] = preview.joinSamples as [(typeof preview.joinSamples)[number]];
    expect(sides.map(({ of }) => of)).toEqual([1, 1]);
    expect(new Set(sides.map(({ customer }) => customer)).size).toBe(2);
    expect(pair).toMatchObject({ rule: 'same mobile' });
    expect([pair!.a, pair!.b].toSorted()).toEqual(sides.flatMap(({ records }) => records).toSorted());
    expect(pair!.terms.map(([field]) => field)).toContain('phone');
    expect(preview.sources.reduce((sum, { joined, parted }) => sum + joined - parted, 0)).toBe(DAUGHTERS);
    expect(preview.after.precision).toBeGreaterThan(0.8);
    expect(await identityOf(file)).toBe(before);
    expect(await relinkById(file.context.store.db, id)).toMatchObject({ state: 'previewed', outdated: false });
  });

  it('says who would part, with the likeliest pair between the parts', async () => {
    const id = await draft(file, careful());
    const preview = await previewRelink(file.context, id);
    expect(preview).toMatchObject({ joins: 0, parts: MOVERS, moves: MOVERS, customersAfter: PEOPLE + DAUGHTERS + MOVERS });
    expect(preview.partSamples).toHaveLength(MOVERS);
    expect(preview.partSamples[0]!.sides.map(({ customer }) => customer === null)).toEqual([false, true]);
    expect(preview.partSamples[0]!.pair).not.toBeNull();
  });
});

describe('a change of settings', () => {
  it('is applied whole, holds for what comes later, and is undone whole: same ids, same reasons', async () => {
    const before = await identityOf(file);
    const model = await count('match_model');
    const id = await draft(file, daring(), 'El mismo móvil basta');
    const preview = await previewRelink(file.context, id);
    expect(await applyRelink(file.context, id, undefined, ANA)).toMatchObject({ applied: true, figures: { merged: DAUGHTERS } });
    expect(await owners()).toBe(preview.customersAfter);
    expect(await published(file)).toEqual(await file.customers());
    expect(await count('match_model')).toBe(model + 1);
    expect((await settingsInForce(file.context.store.db)).person).toMatchObject({ version: 1, by: 'Ana', note: 'El mismo móvil basta' });
    expect(await count(`identity_change where reason = 'El mismo móvil basta'`)).toBe(DAUGHTERS);
    expect(await count(`outbox where type = 'customer.merged'`)).toBeGreaterThanOrEqual(DAUGHTERS);

    // A job taken up again after the commit does nothing twice.
    expect(await applyRelink(file.context, id)).toMatchObject({ applied: true });
    // What comes later is linked by the rules in force.
    const late = strangers(100, 1)[0]!.card;
    const [record] = await file.add('encuestas', [{ key: 'tarde', given_name: 'Itziar', surname1: late.surname1!, mobile: late.mobile! }]);
    await unify(file.context, { scope: 'new' });
    const [card] = (await sql<{ id: string }>`select id from source_record where key = ${late.key}`.execute(file.context.store.db)).rows;
    expect((await file.customers()).get(record!)).toBe((await file.customers()).get(card!.id));

    const undone = await undoRelink(file.context, id, undefined, ANA);
    expect(undone).toMatchObject({ conflictCount: 0, restored: { records: DAUGHTERS, customers: DAUGHTERS } });
    const after = (await identityOf(file)).split('\n');
    // All that was there before is there again, to the letter, but for the customer that got a record of its own meanwhile.
    const differs = before.split('\n').filter((line) => !after.includes(line));
    expect(differs.length).toBeLessThanOrEqual(3);
    expect(await published(file)).toEqual(await file.customers());
    expect((await settingsInForce(file.context.store.db)).person).toMatchObject({ version: 2 });
    expect(await count(`identity_change where kind = 'undone' and actor ->> 'name' = 'Ana'`)).toBe(DAUGHTERS);
    expect(await relinkById(file.context.store.db, id)).toMatchObject({ state: 'undone' });
    expect(await count(`relink_step where relink_id = '${id}'`)).toBe(4);

    // The rules before are in force again: looking at everything changes nothing but what those rules say of the newcomer.
    const figures = await unify(file.context, { scope: 'all', keepModel: true });
    expect(figures.merged).toBe(0);
  });

  it('parts, and puts together again', async () => {
    const before = await identityOf(file);
    const id = await draft(file, careful());
    await previewRelink(file.context, id);
    await applyRelink(file.context, id, undefined, ANA);
    expect(await count(`outbox where type = 'customer.split'`)).toBeGreaterThanOrEqual(MOVERS);
    expect(await identityOf(file)).not.toBe(before);
    expect(await undoRelink(file.context, id, undefined, ANA)).toMatchObject({
      restored: { records: expect.any(Number) },
      conflictCount: 0,
    });
    expect(await identityOf(file)).toBe(before);
    expect(await published(file)).toEqual(await file.customers());
  });

  it('never overrides what people decided', async () => {
    const id = await draft(file, daring());
    const preview = await previewRelink(file.context, id);
    const [a, b] = preview.joinSamples[0]!.sides.map(({ records }) => records[0]!);
    const customers = await file.customers();
    const merged = await mergeCustomers(file.context, ANA, { into: customers.get(a!)!, from: customers.get(b!)!, reason: 'prueba' });
    await splitCustomer(file.context, ANA, merged.customerId, { records: [b!], reason: 'no son la misma' });
    const again = await previewRelink(file.context, id);
    expect(again.joins).toBe(preview.joins - 1);
  });

  it('is thought through again when the file has changed since, and waits for another yes', async () => {
    const id = await draft(file, daring());
    const preview = await previewRelink(file.context, id);
    const [{ sides }] = preview.joinSamples as [(typeof preview.joinSamples)[number]];
    const customers = await file.customers();
    await mergeCustomers(file.context, ANA, {
      into: customers.get(sides[0]!.records[0]!)!,
      from: customers.get(sides[1]!.records[0]!)!,
      reason: 'lo dice él',
    });
    const before = await identityOf(file);
    expect(await applyRelink(file.context, id, undefined, ANA)).toEqual({ applied: false, figures: null });
    expect(await identityOf(file)).toBe(before);
    const outdated = await relinkById(file.context.store.db, id);
    expect(outdated).toMatchObject({ state: 'previewed', outdated: true });
    expect(outdated.preview!.joins).toBe(preview.joins - 1);
    expect(await applyRelink(file.context, id, undefined, ANA)).toMatchObject({ applied: true });
  });

  it('undone after others have worked on, leaves what they did and lists it', async () => {
    const { rows } = await sql<{ id: string }>`select id from relink where state = 'applied'`.execute(file.context.store.db);
    const { rows: merges } = await sql<{ customer_id: string; records: string[] }>`
      select customer_id, i.records::text[] as records from identity_change i join customer c on c.id = customer_id and c.records = 2
       where i.kind = 'merged' and actor ->> 'kind' = 'system' order by i.changed_at desc, i.id desc limit 2`.execute(
      file.context.store.db,
    );
    const [first, second] = merges as [(typeof merges)[number], (typeof merges)[number]];
    // One record moves on; of another pair somebody says that they are one.
    await splitCustomer(file.context, ANA, first.customer_id, { records: first.records, reason: 'otra persona' });
    const { rows: stay } = await sql<{ record_id: string }>`
      select record_id from link where customer_id = ${second.customer_id} and valid_to is null and not record_id = any(${second.records}::uuid[]) limit 1`.execute(
      file.context.store.db,
    );
    const [a, b] = [second.records[0]!, stay[0]!.record_id].toSorted();
    await sql`insert into decision (id, record_a, record_b, same, decided_by) values (gen_random_uuid(), ${a}, ${b}, true, 'Ana')`.execute(
      file.context.store.db,
    );
    const undone = await undoRelink(file.context, rows[0]!.id, undefined, ANA);
    expect(undone.conflicts.map(({ because }) => because).toSorted()).toEqual(['decided', 'moved']);
    const customers = await file.customers();
    expect(customers.get(a!)).toBe(customers.get(b!));
    expect(await published(file)).toEqual(customers);
  });
});
