import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { strangers, type TestFile, testFile } from './identity.fixture.ts';
import { unify } from './unify.ts';

let file: TestFile;
const people = strangers(0, 400);

beforeAll(async () => {
  file = await testFile();
  await file.add(
    'tarjeta',
    people.slice(0, 300).map(({ card }) => card),
  );
  await file.add(
    'web',
    people.slice(0, 200).map(({ web }) => web),
  );
});
afterAll(() => file?.close());

const published = async () =>
  new Map(
    (
      await file.context.warehouse.rows<{ r: string; c: string }>(
        'select toString(record_id) as r, toString(customer_id) as c from identity final',
      )
    ).map(({ r, c }) => [r, c]),
  );

describe('unification', () => {
  it('makes customers of everything the first time', async () => {
    const figures = await unify(file.context, { scope: 'new' });
    expect(figures).toMatchObject({ records: 500, pending: 500, moved: 500, created: 300, merged: 0 });
    const customers = await file.customers();
    expect(customers.size).toBe(500);
    expect(new Set(customers.values()).size).toBe(300);
    expect(await published()).toEqual(customers);
  });

  it('keeps the golden record, what it is found by, and why', async () => {
    const { rows } = await sql<Record<string, unknown>>`
      select c.*, c.birth_date::text as birth_date, c.search @@ 'garc:*'::tsquery as found from customer c where records = 2 and search @@ '''persona.1@correo.example'''::tsquery`.execute(
      file.context.store.db,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ kind: 'person', records: 2, email: 'persona.1@correo.example', merged_into: null });
    expect(rows[0]!.weakest).toBeGreaterThan(0.9);
    expect((rows[0]!.golden as Record<string, unknown>).email).toMatchObject({ value: 'persona.1@correo.example', rule: 'most_recent' });
    const { rows: links } = await sql<{
      reason: string;
      evidence: { probability: number; record: string };
    }>`
      select reason, evidence from link where customer_id = ${rows[0]!.id}`.execute(file.context.store.db);
    expect(links.map(({ reason }) => reason)).toEqual(['model', 'model']);
    expect(links[0]!.evidence.probability).toBeGreaterThan(0.9);
    expect((await file.customers()).get(links[0]!.evidence.record)).toBe(rows[0]!.id);
  });

  it('has nothing to do when nothing is new', async () => {
    expect(await unify(file.context, { scope: 'new' })).toMatchObject({ pending: 0, moved: 0, changed: 0 });
  });

  it('a whole run over the same records changes no id', async () => {
    const before = await file.customers();
    expect(await unify(file.context, { scope: 'all' })).toMatchObject({ created: 0, merged: 0, moved: 0, changed: 0 });
    expect(await file.customers()).toEqual(before);
  });

  it('links new records to the customers that were there, and those keep their ids', async () => {
    const before = await file.customers();
    const ids = await file.add(
      'web',
      people.slice(200, 320).map(({ web }) => web),
    );
    const figures = await unify(file.context, { scope: 'new' });
    expect(figures).toMatchObject({ records: 620, pending: 120, created: 20, merged: 0 });
    const after = await file.customers();
    for (const [record, customer] of before) expect(after.get(record)).toBe(customer);
    expect(new Set(ids.map((id) => after.get(id))).size).toBe(120);
    expect(await published()).toEqual(after);
  });

  it('gives for new records what a whole run with the same model gives', async () => {
    await file.add(
      'encuestas',
      people.slice(150, 350).map(({ web: { key, ...rest } }) => ({ ...rest, key: `E${key}`, mobile: '' })),
    );
    await unify(file.context, { scope: 'new' });
    const incremental = await file.customers();
    const figures = await unify(file.context, { scope: 'all', keepModel: true });
    expect(await file.customers()).toEqual(incremental);
    expect(figures).toMatchObject({ moved: 0, created: 0, merged: 0 });
  });

  it('follows a record that changes: it leaves the customer it no longer resembles', async () => {
    const before = await file.customers();
    const [id] = await file.add('web', [{ ...people[399]!.web, key: people[10]!.web.key }]);
    const figures = await unify(file.context, { scope: 'new' });
    expect(figures).toMatchObject({ pending: 1, created: 1 });
    const after = await file.customers();
    expect(after.get(id!)).not.toBe(before.get(id!));
    after.delete(id!);
    before.delete(id!);
    expect(after).toEqual(before);
    const { rows } = await sql<{ n: number }>`select count(*) as n from link where record_id = ${id} and valid_to is not null`.execute(
      file.context.store.db,
    );
    expect(rows[0]!.n).toBe(1);
  });

  it('forgets what the warehouse holds of a record that the desk does not, and goes on without', async () => {
    const { card } = people[398]!;
    const [id] = await file.add('tarjeta', [{ ...card, key: 'gone' }]);
    await sql`delete from source_record where id = ${id}`.execute(file.context.store.db);
    await expect(unify(file.context, { scope: 'new' })).rejects.toThrow('1 of them are now forgotten');
    expect(await unify(file.context, { scope: 'new' })).toMatchObject({ pending: 0 });
    expect((await file.customers()).has(id!)).toBe(false);
  });

  it('tells everybody once it is done', async () => {
    const { rows } = await sql<{ type: string; n: number }>`select type, count(*) as n from outbox group by type`.execute(
      file.context.store.db,
    );
    const events = Object.fromEntries(rows.map(({ type, n }) => [type, n]));
    expect(events['customers.unified']).toBe(6);
    expect(events['customer.created']).toBeGreaterThanOrEqual(21);
  });
});
