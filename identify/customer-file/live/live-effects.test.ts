// What follows a record that comes through the API: households, roles in companies, doubtful pairs, and what is left when it goes.
import { type Outbox, startOutbox, withLock } from '@vinculo/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { part as companies } from '../companies/part.ts';
import { part as customers } from '../customers/part.ts';
import { part as households } from '../households/part.ts';
import { strangers, type TestFile, testFile } from '../identity/identity.fixture.ts';
import { type Method, serve, type Served } from '@vinculo/testing';
import { unify } from '../identity/unify.ts';
import { liveIndex } from './live-index.ts';
import { part } from './part.ts';
import { tellWarehouse } from '../identity/tell-warehouse.ts';

// More than are told one by one, so that what is told is told by the tests.
const people = strangers(0, 220);
const home = { address: 'Calle del Olmo 14', floor_door: '2º C', postcode: '28012', city: 'Madrid' };
const MAY = ['customer.read', 'customer.read_personal', 'import.run', 'job.read'];
let file: TestFile;
let served: Served;
let outbox: Outbox;
let till: string;

beforeAll(async () => {
  file = await testFile();
  const { context } = file;
  served = await serve(file, [customers, part], { may: { till: MAY }, jobs: [households, companies], idle: ['identity.unify'] });
  await file.add(
    'tarjeta',
    people.map(({ card }) => card),
  );
  await file.add(
    'web',
    people.slice(0, 100).map(({ web }) => web),
  );
  till = await file.source('caja');
  await unify(context, { scope: 'new' });
  expect(await liveIndex(context).ready(60_000)).toBe(true);
  outbox = startOutbox(
    context.store,
    { households: households.handlers!(context), companies: companies.handlers!(context), live: part.handlers!(context) },
    context.log,
  );
});
afterAll(async () => {
  await outbox?.stop();
  await served?.close();
});

interface Put {
  records: { recordId: string; customerId: string; identity: string }[];
}

const ask = <T>(method: Method, url: string, payload?: object) => served.ask<T>('till', method, url, payload);
const put = async (key: string, fields: object) => {
  const { status, body } = await ask<Put>('PUT', `/sources/${till}/records/${key}`, fields);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.records[0]!;
};
async function rows<T>(query: ReturnType<typeof sql<T>>): Promise<T[]> {
  return (await query.execute(file.context.store.db)).rows;
}
const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 100 });
const homeOf = async (customer: string) =>
  (await rows(sql<{ id: string }>`select household_id as id from household_member where customer_id = ${customer} and left_at is null`))[0]
    ?.id;

describe('a record that comes', () => {
  it('makes the household of those who live together at once, and takes who moves out of it', async () => {
    const luis = { given_name: 'Luis', surname1: 'Barrios', surname2: 'Mesa', mobile: '611000001', ...home };
    const ana = { given_name: 'Ana', surname1: 'Quiroga', surname2: 'Pons', mobile: '611000002', ...home };
    const eva = { given_name: 'Eva', surname1: 'Barrios', surname2: 'Quiroga', mobile: '611000003', ...home };
    const [a, , c] = [await put('luis', luis), await put('ana', ana), await put('eva', eva)];
    await soon(async () => {
      const id = await homeOf(a.customerId);
      expect(id).toBeDefined();
      expect(await homeOf(c.customerId)).toBe(id);
    });
    await put('eva', { ...eva, address: 'Avenida de la Paz 201', floor_door: '', postcode: '08001', city: 'Barcelona' });
    await soon(async () => expect(await homeOf(c.customerId)).toBeUndefined());
  });

  it('says what somebody is in a company, department and tax id too, and what they are no more', async () => {
    const marta = { given_name: 'Marta', surname1: 'Zubiri', surname2: 'Lago', mobile: '611000009' };
    const { recordId } = await put('marta', {
      ...marta,
      company_name: 'Conservas Quiroga SL',
      company_tax_id: 'B15037748',
      department: 'Compras',
      job_title: 'Jefa',
    });
    const role = () =>
      rows(sql<{ department: string; title: string; ended: boolean }>`
        select department, title, superseded_at is not null as ended from person_role where person_record = ${recordId}`);
    await soon(async () => expect(await role()).toEqual([{ department: 'Compras', title: 'Jefa', ended: false }]));
    await put('marta', marta);
    await soon(async () => expect(await role()).toEqual([{ department: 'Compras', title: 'Jefa', ended: true }]));
  });

  it('tells who listens which customer changed', async () => {
    const { card } = people[120]!;
    const { key: _, ...fields } = card;
    const { customerId } = await put('again', { ...fields, notes: 'con nota' });
    const changed = await rows(
      sql<{ data: object }>`select data from outbox where type = 'customer.changed' and subject_id = ${customerId}`,
    );
    expect(changed).toEqual([{ data: { contact: false } }]);
  });

  it('that is neither surely somebody nor surely not asks people, once, and no more when it is plain', async () => {
    const names = { given_name: 'Carmen', surname1: 'Ortiz', surname2: 'Vega' };
    const first = await put('doubt-1', { ...names, email: 'carmen.ortiz@correo.example', mobile: '699111201' });
    const second = await put('doubt-2', { ...names, email: 'hola@otro.example' });
    const pairs = () =>
      rows(sql<{ id: string; doubt: string; a: string; b: string; alike: number; teaches: number; probability: number }>`
        select id, doubt, record_a as a, record_b as b, alike, teaches, probability from review_pair
         where ${second.recordId}::uuid in (record_a, record_b) and ${first.recordId}::uuid in (record_a, record_b)`);
    const [pair] = await pairs();
    expect(pair).toMatchObject({ doubt: first.customerId === second.customerId ? 'inside' : 'between' });
    expect(pair!.teaches).toBeGreaterThan(0);
    await put('doubt-2', { ...names, email: 'hola@otro.example', notes: 'la misma' });
    expect((await pairs()).map(({ id }) => id)).toEqual([pair!.id]);
    await put('doubt-2', { given_name: 'Wenceslao', surname1: 'Urrutikoetxea', email: 'hola@otro.example' });
    expect(await pairs()).toEqual([]);
  });
});

describe('a record that the weights join and something else keeps apart', () => {
  it('asks people, and says what keeps it apart', async () => {
    const luisa = { given_name: 'Luisa', surname1: 'Echevarria', surname2: 'Zubiri', birth_date: '1961-07-09', mobile: '655440011' };
    const more = { email: 'luisa.eche@correo.example', address: 'Calle del Sauce 3', postcode: '48005', city: 'Bilbao' };
    const one = await put('id-1', { ...luisa, ...more, national_id: '45678912S' });
    const other = await put('id-2', { ...luisa, ...more, national_id: '23456781R' });
    expect(one.customerId).not.toBe(other.customerId);
    const [pair] = await rows(
      sql<{ doubt: string; refusal: string }>`
        select doubt, refusal from review_pair where ${one.recordId}::uuid in (record_a, record_b) and ${other.recordId}::uuid in (record_a, record_b)`,
    );
    expect(pair).toEqual({ doubt: 'refused', refusal: 'conflicting-id' });
  });
});

describe('a record that its source withdraws', () => {
  const known = async (table: string, id: string) =>
    (await file.context.warehouse.rows(`select 1 from ${table} final where record_id = {id:UUID}`, { id })).length;
  const firstSeen = async (id: string) => (await ask<{ firstSeen: string }>('GET', `/customers/${id}`)).body.firstSeen;

  it('leaves its customer with the others, and the same key saved again joins it', async () => {
    const { key: _, ...fields } = people[150]!.card;
    const said = { ...fields, language: 'eu', created_at: '2003-04-05' };
    const { recordId, customerId, identity } = await put('gone-1', said);
    expect(identity).toBe('joined');
    await tellWarehouse(file.context);
    expect([await known('match_record', recordId), await known('identity', recordId)]).toEqual([1, 1]);
    expect(await firstSeen(customerId)).toBe('2003-04-05T12:00:00.000Z');

    const reply = await ask('DELETE', `/sources/${till}/records/gone-1`);
    expect(reply).toMatchObject({ status: 200, body: { recordId, customerId, outcome: 'withdrawn', hidden: false, changes: [] } });
    const [customer] = await rows(sql<{ records: number; golden: object }>`select records, golden from customer where id = ${customerId}`);
    expect(customer!.records).toBe(1);
    expect(JSON.stringify(customer!.golden)).not.toContain(recordId);
    const [loaded] = await rows(sql<{ at: Date }>`select first_seen as at from customer where id = ${customerId}`);
    expect(await firstSeen(customerId)).toBe(loaded!.at.toISOString());
    await tellWarehouse(file.context);
    expect([await known('match_record', recordId), await known('identity', recordId)]).toEqual([0, 0]);
    expect((await ask('DELETE', `/sources/${till}/records/gone-1`)).body).toMatchObject({ outcome: 'unchanged' });

    expect(await put('gone-1', said)).toMatchObject({ recordId, customerId, identity: 'joined' });
    expect(await firstSeen(customerId)).toBe('2003-04-05T12:00:00.000Z');
    await tellWarehouse(file.context);
    expect([await known('match_record', recordId), await known('identity', recordId)]).toEqual([1, 1]);
    // The company that Marta named, and no more.
    expect(await unify(file.context, { scope: 'new' })).toMatchObject({ pending: 1, created: 1 });
    // The first model of companies makes the index anew.
    await liveIndex(file.context).catchUp();
    expect((await file.customers()).get(recordId)).toBe(customerId);
  });

  it('hides a customer of which nothing else is known, whose id leads on once the record is back', async () => {
    const fields = { given_name: 'Zenobia', surname1: 'Urrutikoetxea', email: 'zenobia@correo.example', mobile: '655112233' };
    const { customerId } = await put('gone-2', fields);
    expect((await ask('GET', `/customers/${customerId}`)).status).toBe(200);
    expect((await ask('DELETE', `/sources/${till}/records/gone-2`)).body).toMatchObject({ customerId, outcome: 'withdrawn', hidden: true });
    expect((await ask('GET', `/customers/${customerId}`)).status).toBe(404);
    expect((await put('gone-3', { ...fields, email: 'otra@correo.example' })).identity).toBe('new_customer');

    const back = await put('gone-2', fields);
    expect(await ask('GET', `/customers/${customerId}`)).toMatchObject({ status: 200, body: { id: back.customerId } });
  });

  it('parts those that only it held together', async () => {
    const rosa = { given_name: 'Rosalinda', surname1: 'Echegaray', surname2: 'Ugarte' };
    const one = await put('r1', { ...rosa, mobile: '655000111' });
    const two = await put('r2', { given_name: 'Rosalinda', email: 'rosalinda.ech@correo.example', national_id: '12345678Z' });
    const all = { ...rosa, mobile: '655000111', email: 'rosalinda.ech@correo.example', national_id: '12345678Z', birth_date: '1970-05-06' };
    const bridge = await put('r3', all);
    expect((await file.customers()).get(two.recordId)).toBe(bridge.customerId);
    const { body } = await ask<{ changes: object[] }>('DELETE', `/sources/${till}/records/r3`);
    expect(body.changes).toMatchObject([{ kind: 'split', customerId: bridge.customerId }]);
    const owners = await file.customers();
    expect(owners.get(one.recordId)).not.toBe(owners.get(two.recordId));
  });

  it('is refused for a key nobody sent', async () => {
    expect((await ask('DELETE', `/sources/${till}/records/nobody`)).body).toMatchObject({
      type: 'urn:vinculo:error:VIN_SOURCE_RECORD_NOT_FOUND',
    });
  });

  it('waits while a whole run thinks: nothing is changed', async () => {
    const reply = await withLock(file.context.store, 'identity thinking', () => ask('DELETE', `/sources/${till}/records/r1`));
    expect(reply).toMatchObject({ status: 503, body: { type: 'urn:vinculo:error:VIN_CUSTOMER_INDEX_BUSY' } });
    expect((await ask('DELETE', `/sources/${till}/records/r1`)).status).toBe(200);
  });
});
