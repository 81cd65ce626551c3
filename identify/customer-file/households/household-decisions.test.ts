// What people decide about households, through the routes: it holds, it can be undone, and not everybody may.
import { SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channelSets } from '../customers/channel-sets.ts';
import { strangers, type TestFile, testFile } from '../identity/identity.fixture.ts';
import { serve, type Served } from '@vinculo/testing';
import { unify } from '../identity/unify.ts';
import { part } from './part.ts';
import { formAllHouseholds } from './update-households.ts';

const MAY = {
  admin: ['customer.read', 'customer.read_personal', 'customer.write', 'customer.merge', 'value.read'],
  fulfilment: ['customer.read', 'customer.read_personal'],
  analyst: ['customer.read', 'value.read'],
};
const home = { address: 'Calle del Olmo 14', floor_door: '2º C', postcode: '28012', city: 'Madrid' };
const people = [
  { key: 'luis', given_name: 'Luis', surname1: 'Barrios', surname2: 'Mesa', birth_date: '1970-03-02', ...home },
  { key: 'eva', given_name: 'Eva', surname1: 'Barrios', surname2: 'Quiroga', birth_date: '1999-01-12', ...home },
  { key: 'ivan', given_name: 'Iván', surname1: 'Barrios', surname2: 'Quiroga', birth_date: '2001-11-30', ...home },
  { key: 'tomas', given_name: 'Tomás', surname1: 'Zamora', surname2: 'Pons', birth_date: '1995-05-05', ...home },
  { key: 'sara', given_name: 'Sara', surname1: 'Urrutia', surname2: 'Lago', birth_date: '1990-05-06' },
];
let file: TestFile;
let served: Served;
const ids: Record<string, string> = {};

beforeAll(async () => {
  file = await testFile();
  const { context } = file;
  served = await serve(file, [part], { may: MAY });
  await file.add(
    'web',
    strangers(0, 60).map(({ web }) => web),
  );
  const records = await file.add('tarjeta', people);
  await file.add('empresas', [{ key: 'e1', company_name: 'Talleres Barrios SL', kind: 'empresa' }]);
  await unify(context, { scope: 'all' });
  const owners = await file.customers();
  people.forEach(({ key }, i) => (ids[key] = owners.get(records[i]!)!));
  const { rows } = await sql<{ id: string }>`select id from customer where kind = 'company'`.execute(context.store.db);
  ids.company = rows[0]!.id;
  const [set] = await context.store.transaction(SYSTEM, (tx) => channelSets(tx, [['tienda']]));
  await sql`
    insert into customer_score (customer_id, revenue, margin, orders, first_purchase_at, last_purchase_at, returned, discount_share, channel_set, recency, frequency,
                                monetary, rfm_group, decile, computed_at)
    select ${ids.luis!}, 120.5, null, 2, now(), now(), 0, 0, ${set}::int, 1, 1, 1, 'loyal', 1, now()`.execute(context.store.db);
  await formAllHouseholds(context);
});
afterAll(() => served?.close());

const get = async (url: string, role = 'admin') => {
  const { status, body } = await served.ask(role, 'GET', url);
  return { status, ...body };
};
const post = async (url: string, payload: object = {}, role = 'admin') => {
  const { status, body } = await served.ask(role, 'POST', url, payload);
  return { status, ...body };
};
const homeOf = async (key: string) => (await get(`/customers/${ids[key]}/household`)).household;
const names = (household: { members: { name: string }[] } | null) => household?.members.map(({ name }) => name.split(' ')[0]).toSorted();

describe('households, for people', () => {
  it('are listed, found by any of their people, and counted', async () => {
    const { items, next } = await get('/households');
    expect(next).toBeNull();
    expect(items).toMatchObject([{ surnames: 'Barrios Quiroga', members: 3, value: { revenue: 120.5, orders: 2 }, confirmed: false }]);
    expect((await get('/households?search=eva')).items).toHaveLength(1);
    expect((await get('/households?search=olmo&sort=-revenue')).items).toHaveLength(1);
    expect((await get('/households?search=nadie')).items).toHaveLength(0);
    expect(await get('/households/count')).toMatchObject({ count: 1, exact: true, people: 3 });
  });

  it('say who is what, why, and who else is at the address', async () => {
    const { household, nearby } = await get(`/customers/${ids.eva}/household`);
    expect(household.members.map(({ role, reasons }: { role: string; reasons: string[] }) => [role, reasons])).toEqual([
      ['parent', ['door', 'surname']],
      ['child', ['door', 'both_surnames']],
      ['child', ['door', 'both_surnames']],
    ]);
    expect(nearby).toMatchObject([{ id: ids.tomas, sameDoor: true, inHousehold: null }]);
    expect(await homeOf('tomas')).toBeNull();
  });

  it('hide the street, and the value, from who may not see them', async () => {
    const [{ id }] = (await get('/households')).items;
    expect(await get(`/households/${id}`, 'analyst')).toMatchObject({ address: { street: 'C•••', city: 'Madrid' }, value: { orders: 2 } });
    expect(await get(`/households/${id}`, 'fulfilment')).toMatchObject({ address: { street: 'Calle del Olmo, 14' }, value: null });
    expect((await get('/households?sort=-revenue', 'fulfilment')).items).toMatchObject([{ value: null }]);
    expect(await post(`/households/${id}/take-out`, { customerId: ids.eva }, 'analyst')).toMatchObject({ status: 403 });
  });

  it('keep out whom somebody takes out, whatever is formed after, until it is undone', async () => {
    const { id } = await homeOf('luis');
    const { changeId, status } = await post(`/households/${id}/take-out`, { customerId: ids.ivan, reason: 'Vive fuera' });
    expect(status).toBe(200);
    expect(names(await homeOf('luis'))).toEqual(['Eva', 'Luis']);
    await formAllHouseholds(file.context);
    expect(await homeOf('ivan')).toBeNull();
    const { items } = await get(`/households/${id}/changes`);
    expect(items[0]).toMatchObject({ kind: expect.stringMatching('taken_out|left') });
    await post(`/household-changes/${changeId}/undo`);
    expect(names(await homeOf('luis'))).toEqual(['Eva', 'Iván', 'Luis']);
    expect(await post(`/household-changes/${changeId}/undo`)).toMatchObject({ status: 409, code: 'VIN_HOUSEHOLD_CONFLICT' });
  });

  it('keep in whom somebody puts in', async () => {
    const { id } = await homeOf('luis');
    const { changeId } = await post(`/households/${id}/put-in`, { customerId: ids.sara });
    await formAllHouseholds(file.context);
    expect(names(await homeOf('sara'))).toEqual(['Eva', 'Iván', 'Luis', 'Sara']);
    // Out again, and in again: the last word holds.
    await post(`/households/${id}/take-out`, { customerId: ids.sara });
    expect(await homeOf('sara')).toBeNull();
    await post(`/households/${id}/put-in`, { customerId: ids.sara });
    expect((await homeOf('sara')).id).toBe(id);
    await post(`/households/${id}/take-out`, { customerId: ids.sara });
    expect(changeId).toBeDefined();
  });

  it('are confirmed by somebody, and are so until they change', async () => {
    const { id } = await homeOf('luis');
    const { changeId } = await post(`/households/${id}/confirm`);
    expect((await get(`/households/${id}`)).confirmed).toBe(true);
    await post(`/household-changes/${changeId}/undo`);
    expect((await get(`/households/${id}`)).confirmed).toBe(false);
  });

  it('are made by hand of people who are in none, never of a company', async () => {
    const made = await post('/households', { customers: [ids.tomas, ids.sara] });
    expect(made).toMatchObject({ status: 201, householdId: expect.any(String) });
    expect(names(await homeOf('sara'))).toEqual(['Sara', 'Tomás']);
    expect(await post('/households', { customers: [ids.tomas, ids.luis] })).toMatchObject({ status: 409 });
    expect(await post(`/households/${made.householdId}/put-in`, { customerId: ids.company })).toMatchObject({ status: 409 });
    const { changeId } = await post(`/household-changes/${made.changeId}/undo`);
    expect(await homeOf('sara')).toBeNull();
    const gone = await get(`/households/${made.householdId}`);
    expect(gone).toMatchObject({ status: 200, members: [] });
    expect(gone.dissolvedAt).not.toBeNull();
    // An undo can be undone, and the household comes back as the one it was.
    await post(`/household-changes/${changeId}/undo`);
    expect((await homeOf('sara')).id).toBe(made.householdId);
    await post(`/households/${made.householdId}/take-out`, { customerId: ids.sara });
  });
});
