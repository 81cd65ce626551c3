// Records one by one: through the live path people are who a whole run says they are, while the file's names stay as common as they were.
import { sql } from 'kysely';
import type { Actor } from '@vinculo/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { strangers, type TestFile, testFile } from '../identity/identity.fixture.ts';
import { mergeCustomers } from '../identity/merge-customers.ts';
import { splitCustomer } from '../identity/split-customer.ts';
import { unattended, unify } from '../identity/unify.ts';
import type { RawRecord } from '../records/normalise-record.ts';
import { liveIndex } from './live-index.ts';
import { lookupCustomers } from './lookup-customers.ts';
import { type Saved, saveRecords } from './save-records.ts';
import { tellWarehouse } from '../identity/tell-warehouse.ts';
import { unifyFew } from './unify-few.ts';

const ANA: Actor = { kind: 'user', id: 'ana', name: 'Ana', permissions: new Set(['customer.read', 'customer.read_personal']) };
let file: TestFile;
let till: string;
const people = strangers(0, 300);

beforeAll(async () => {
  file = await testFile();
  file.context.jobs.define({ name: 'identity.unify', run: async () => {} });
  await file.context.jobs.start();
  await file.add(
    'tarjeta',
    people.slice(0, 250).map(({ card }) => card),
  );
  await file.add(
    'web',
    people.slice(0, 150).map(({ web }) => web),
  );
  await unify(file.context, { scope: 'new' });
  till = await file.source('caja');
  expect(await liveIndex(file.context).ready(60_000)).toBe(true);
});
afterAll(async () => {
  if (file) await liveIndex(file.context).end();
  await file?.context.jobs.stop();
  await file?.close();
});

const put = (records: ({ key: string } & RawRecord)[]): Promise<Saved> =>
  saveRecords(file.context, ANA, {
    source: { id: till, country: 'ES' },
    records: records.map(({ key, ...fields }) => ({ key, fields })),
  });

/** Customers as sets of records, in a writing that can be compared. */
async function grouped(): Promise<string[]> {
  const { rows } = await sql<{ keys: string }>`
    select string_agg(r.key, ' ' order by r.key) as keys
      from link l join source_record r on r.id = l.record_id where l.valid_to is null group by l.customer_id`.execute(
    file.context.store.db,
  );
  return rows.map(({ keys }) => keys).toSorted();
}

async function events(type: string): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<{ data: Record<string, unknown> }>`select data from outbox where type = ${type} order by id`.execute(
    file.context.store.db,
  );
  return rows.map(({ data }) => data);
}

describe('a record through the API', () => {
  it('is linked to the customer it belongs to, at once, and the warehouse hears of it', async () => {
    const { web } = people[10]!;
    const { key: _, ...fields } = web;
    const { records } = await put([{ key: 'C1', ...fields }]);
    const owner = (await file.customers()).get(records[0]!.recordId);
    expect(records[0]).toMatchObject({ outcome: 'created', identity: 'joined', customerId: owner });
    const { rows } = await sql<{ records: number }>`select records from customer where id = ${owner}`.execute(file.context.store.db);
    expect(rows[0]!.records).toBe(3);
    await tellWarehouse(file.context);
    expect(await unify(file.context, { scope: 'new' })).toMatchObject({ pending: 0 });
  });

  it('said again changes nothing', async () => {
    const { key: _, ...fields } = people[10]!.web;
    expect((await put([{ key: 'C1', ...fields }])).records[0]).toMatchObject({ outcome: 'unchanged', identity: 'same' });
  });

  it('of somebody new makes a customer, and says so', async () => {
    const before = (await events('customer.created')).length;
    const { records } = await put([
      { key: 'C2', given_name: 'Zenobia', surname1: 'Urrutikoetxea', email: 'zenobia@correo.example', mobile: '655112233' },
    ]);
    expect(records[0]).toMatchObject({ outcome: 'created', identity: 'new_customer' });
    expect((await events('customer.created')).length).toBe(before + 1);
    const { rows } = await sql<{ display_name: string }>`select display_name from customer where id = ${records[0]!.customerId}`.execute(
      file.context.store.db,
    );
    expect(rows[0]!.display_name).toBe('Zenobia Urrutikoetxea');
  });

  it('that bridges two customers makes them one: the older id stays, and there is a change to undo', async () => {
    const rosa = { given_name: 'Rosalinda', surname1: 'Echegaray', surname2: 'Ugarte' };
    const one = await put([{ key: 'R1', ...rosa, mobile: '655000111' }]);
    const two = await put([{ key: 'R2', given_name: 'Rosalinda', email: 'rosalinda.ech@correo.example', national_id: '12345678Z' }]);
    expect(two.records[0]!.customerId).not.toBe(one.records[0]!.customerId);
    const bridge = await put([
      {
        key: 'R3',
        ...rosa,
        mobile: '655000111',
        email: 'rosalinda.ech@correo.example',
        national_id: '12345678Z',
        birth_date: '1970-05-06',
      },
    ]);
    const kept = one.records[0]!.customerId;
    expect(bridge.changes).toEqual([{ kind: 'merged', customerId: kept, otherId: two.records[0]!.customerId }]);
    expect(new Set(['R1', 'R2', 'R3'].map((key) => bridge.records.find((record) => record.key === key)?.customerId ?? kept))).toEqual(
      new Set([kept]),
    );
    expect((await events('customer.merged')).at(-1)).toMatchObject({ kept, gone: two.records[0]!.customerId });
    const { rows } = await sql<{ kind: string }>`select kind from identity_change where customer_id = ${kept}`.execute(
      file.context.store.db,
    );
    expect(rows.map(({ kind }) => kind)).toEqual(['merged']);
  });

  it('whose national id is corrected to another leaves the customer it was with', async () => {
    const { key: _, ...fields } = people[20]!.web;
    const first = await put([{ key: 'N1', ...fields, national_id: '23456789D' }]);
    const joined = await put([{ key: 'N2', ...fields, national_id: '23456789D' }]);
    const parted = await put([{ key: 'N2', ...fields, national_id: '87654321X' }]);
    const owners = await file.customers();
    expect(owners.get(parted.records[0]!.recordId)).not.toBe(owners.get(first.records[0]!.recordId));
    expect(joined.records[0]!.customerId).toBe(first.records[0]!.customerId);
    expect(parted.changes).toEqual([{ kind: 'split', customerId: joined.records[0]!.customerId, otherId: expect.any(String) }]);
    expect((await events('customer.split')).at(-1)).toMatchObject({
      kept: joined.records[0]!.customerId,
      made: parted.changes[0]!.otherId,
    });

    const back = await put([{ key: 'N2', ...fields, national_id: '23456789D' }]);
    expect(back.changes).toEqual([{ kind: 'merged', customerId: joined.records[0]!.customerId, otherId: parted.changes[0]!.otherId }]);
  });

  it('follows what people merge and split meanwhile', async () => {
    const [a, b] = [people[30]!.card, people[31]!.card].map(({ key }) => key);
    const owners = await file.customers();
    const { rows } = await sql<{ id: string; key: string }>`select id, key from source_record where key in (${a}, ${b})`.execute(
      file.context.store.db,
    );
    const [into, from] = [a, b].map((key) => owners.get(rows.find((row) => row.key === key)!.id)!);
    await mergeCustomers(file.context, ANA, { into: into!, from: from!, reason: 'son uno' });
    const { key: _, ...fields } = people[31]!.web;
    const { records } = await put([{ key: 'M1', ...fields }]);
    expect(records[0]!.customerId).toBe(into);
    const split = await splitCustomer(file.context, ANA, into!, { records: [records[0]!.recordId], reason: 'no es' });
    const again = await put([{ key: 'M1', ...fields, notes: 'otra vez' }]);
    expect(again.records[0]).toMatchObject({ customerId: split.otherId, identity: 'same' });
  });

  it('waits while a whole run thinks, and the next run finishes it', async () => {
    const { key: _, ...fields } = people[40]!.web;
    const { withLock } = await import('@vinculo/postgres');
    const saved = await withLock(file.context.store, 'identity thinking', () => put([{ key: 'W1', ...fields }]));
    expect(saved.records[0]).toMatchObject({ outcome: 'created', identity: 'waiting', customerId: null });
    expect(await unify(file.context, { scope: 'new' })).toMatchObject({ pending: 1 });
    expect((await file.customers()).has(saved.records[0]!.recordId)).toBe(true);
    expect((await put([{ key: 'W1', ...fields }])).records[0]).toMatchObject({ outcome: 'unchanged' });
  });
});

describe('a few records of an import', () => {
  it('are linked through the index, and a whole run finds nothing to correct', async () => {
    await file.add(
      'encuesta',
      people.slice(60, 90).map(({ web }) => ({ ...web, key: `Q${web.key}` })),
    );
    const figures = await unifyFew(file.context, unattended());
    expect(figures).toMatchObject({ pending: 30, moved: 30, created: 0 });
    expect(await unifyFew(file.context, unattended())).toBeUndefined();
    const live = await grouped();
    expect(await unify(file.context, { scope: 'all', keepModel: true })).toMatchObject({ moved: 0, created: 0, merged: 0 });
    expect(await grouped()).toEqual(live);
  });
});

describe('one by one', () => {
  it('comes to what a whole run with the same model comes to, in an order of chance, with corrections on the way', async () => {
    const late = people
      .slice(150, 300)
      .flatMap(({ card, web }, n) => [{ ...web, key: `L${n}` }, ...(n % 3 === 0 ? [{ ...card, key: `K${n}`, surname2: '' }] : [])]);
    late.sort((a, b) => ((Number.parseInt(a.key.slice(1), 10) * 37) % 101) - ((Number.parseInt(b.key.slice(1), 10) * 37) % 101));
    for (const [n, record] of late.entries()) {
      if (n % 10 === 0) await put([{ ...people[n % 100]!.web, key: record.key }]);
      await put([record]);
    }
    await tellWarehouse(file.context);
    const live = await grouped();
    const figures = await unify(file.context, { scope: 'all', keepModel: true });
    expect(await grouped()).toEqual(live);
    expect(figures).toMatchObject({ created: 0, merged: 0, moved: 0 });
  });

  it('a batch of many is what one by one is', async () => {
    const before = await liveIndex(file.context).state();
    const saved = await put(strangers(1000, 120).map(({ card }) => ({ ...card, key: `B${card.key}` })));
    expect(saved.records.every(({ identity }) => identity === 'new_customer')).toBe(true);
    expect((await liveIndex(file.context).state()).records).toBeGreaterThan(before.records + 100);
  });
});

describe('who is this', () => {
  it('finds a customer by a mistyped record, with why, and writes nothing', async () => {
    const { web } = people[5]!;
    const found = await lookupCustomers(file.context, ANA, {
      full_name: `${web.given_name} ${web.surname1}z ${web.surname2}`,
      mobile: web.mobile,
      email: web.email,
      limit: 5,
    });
    const { rows } = await sql<{
      id: string;
    }>`select l.customer_id as id from link l join source_record r on r.id = l.record_id where r.key = ${web.key} and l.valid_to is null`.execute(
      file.context.store.db,
    );
    expect(found).toMatchObject({ verdict: 'match', candidates: [{ customerId: rows[0]!.id, verdict: 'match' }] });
    expect(found.candidates[0]!.reasons.find(({ field }) => field === 'email')).toMatchObject({ level: 'exact' });
  });

  it('hides personal data from those who may not see it', async () => {
    const { web } = people[5]!;
    const found = await lookupCustomers(file.context, { ...ANA, permissions: new Set(['customer.read']) }, { email: web.email, limit: 5 });
    expect(JSON.stringify(found)).not.toContain(web.email);
  });

  it('says none for a stranger', async () => {
    expect(await lookupCustomers(file.context, ANA, { full_name: 'Wolfgang Amadeus', limit: 5 })).toMatchObject({ verdict: 'none' });
  });
});
