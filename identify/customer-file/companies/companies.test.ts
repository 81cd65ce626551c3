// People in companies, groups and sites, through the routes and on real stores.
import { SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channelSets } from '../customers/channel-sets.ts';
import { strangers, type TestFile, testFile } from '../identity/identity.fixture.ts';
import { mergeCustomers } from '../identity/merge-customers.ts';
import { splitCustomer } from '../identity/split-customer.ts';
import { type Method, serve, type Served } from '@vinculo/testing';
import { undoIdentityChange } from '../identity/undo-identity-change.ts';
import { unify } from '../identity/unify.ts';
import { part } from './part.ts';
import { readContacts } from './read-contacts.ts';

const MAY = {
  admin: ['customer.read', 'customer.read_personal', 'customer.write', 'customer.merge', 'value.read'],
  analyst: ['customer.read'],
};
const ana = { key: 'ana', given_name: 'Ana', surname1: 'Zubiri', surname2: 'Mesa', mobile: '611000001' };
const contacts = [
  { ...ana, company_name: 'Conservas Quiroga, S.L.', company_tax_id: 'B15037748', job_title: 'Jefa de compras', department: 'Compras' },
  {
    key: 'luis',
    given_name: 'Luis',
    surname1: 'Barrios',
    surname2: 'Pons',
    mobile: '611000002',
    company_name: 'Conservas Quiroga SL',
    job_title: 'Gerente',
  },
  {
    key: 'eva',
    given_name: 'Eva',
    surname1: 'Urrutia',
    surname2: 'Lago',
    mobile: '611000003',
    company_name: 'Molinos del Norte, S.A.',
    job_title: 'Calidad',
  },
];
let file: TestFile;
let served: Served;
let records: string[];
const ids: Record<string, string> = {};

beforeAll(async () => {
  file = await testFile();
  const { context } = file;
  // The test unifies when it wants to see what comes of it.
  served = await serve(file, [part], { may: MAY, idle: ['identity.unify'] });
  await file.add(
    'web',
    strangers(0, 60).map(({ web }) => web),
  );
  const companies = await file.add('erp', [
    {
      key: 'q',
      kind: 'empresa',
      company_name: 'Conservas Quiroga SL',
      trade_name: 'La Ría',
      national_id: 'B15037748',
      address: 'Muelle Sur 4',
      postcode: '15001',
      city: 'A Coruña',
      phone: '981000001',
    },
    { key: 'g', kind: 'empresa', company_name: 'Grupo Quiroga SA', national_id: 'A15123456', city: 'A Coruña' },
    { key: 'f', kind: 'empresa', company_name: 'Fríos Quiroga SL', city: 'Vigo' },
  ]);
  records = await file.add('contactos', contacts);
  await unify(context, { scope: 'all' });
  await readContacts(context);
  await unify(context, { scope: 'new' });
  const owners = await file.customers();
  ['quiroga', 'grupo', 'frios'].forEach((key, i) => (ids[key] = owners.get(companies[i]!)!));
  contacts.forEach(({ key }, i) => (ids[key] = owners.get(records[i]!)!));
  const [set] = await context.store.transaction(SYSTEM, (tx) => channelSets(tx, [['erp']]));
  await sql`
    insert into customer_score (customer_id, revenue, margin, orders, first_purchase_at, last_purchase_at, returned, discount_share, channel_set, recency, frequency,
                                monetary, rfm_group, decile, computed_at)
    select id, 100, null, 1, now(), now(), 0, 0, ${set}::int, 1, 1, 1, 'loyal', 1, now()
      from unnest(${[ids.quiroga, ids.frios]}::uuid[]) as buyer(id)`.execute(context.store.db);
});
afterAll(() => served?.close());

const ask = async (method: Method, url: string, payload?: object, role = 'admin') => {
  const { status, body } = await served.ask(role, method, url, payload);
  return { status, ...body };
};
const rolesOf = async (id: string) => (await ask('GET', `/customers/${id}/roles`)).items as Record<string, never>[];

describe('people in companies', () => {
  it('come from contacts: by tax id, by the only company of that name, or as a company of its own', async () => {
    expect(await rolesOf(ids.ana!)).toMatchObject([
      {
        company: { id: ids.quiroga, name: 'Conservas Quiroga, S.L.' },
        title: 'Jefa de compras',
        department: 'Compras',
        current: true,
        sourceLabel: 'CONTACTOS',
      },
    ]);
    expect(await rolesOf(ids.luis!)).toMatchObject([{ company: { id: ids.quiroga }, title: 'Gerente' }]);
    const [eva] = await rolesOf(ids.eva!);
    expect(eva).toMatchObject({ company: { name: expect.stringContaining('Molinos del Norte') } });
    expect((await rolesOf(ids.quiroga!)).map(({ person }) => person).toSorted()).toHaveLength(2);
  });

  it('are read again without changing anything', async () => {
    expect(await readContacts(file.context)).toEqual({ roles: 0, superseded: 0, companies: 0 });
  });

  it('never glue: colleagues, and companies of a group, stay who they are through every unification', async () => {
    await ask('PUT', `/customers/${ids.quiroga}/parent`, { parentId: ids.grupo });
    await unify(file.context, { scope: 'all' });
    const { rows } = await sql<{ id: string }>`
      select id from customer where merged_into is null and id = any(${[ids.ana, ids.luis, ids.quiroga, ids.grupo, ids.frios]}::uuid[])`.execute(
      file.context.store.db,
    );
    expect(rows).toHaveLength(5);
    await ask('PUT', `/customers/${ids.quiroga}/parent`, { parentId: null });
  });

  it('end when the record says another company, and the one before is kept', async () => {
    await file.add('contactos', [{ ...contacts[1]!, company_name: 'Fríos Quiroga SL', job_title: 'Director' }]);
    await unify(file.context, { scope: 'new' });
    await readContacts(file.context);
    expect(await rolesOf(ids.luis!)).toMatchObject([
      { company: { id: ids.frios }, title: 'Director', current: true },
      { company: { id: ids.quiroga }, title: 'Gerente', current: false, endedOn: expect.any(String) },
    ]);
  });

  it('are put in, corrected, ended and taken away by hand, and brought back', async () => {
    const made = await ask('POST', '/company-roles', {
      personId: ids.eva,
      companyId: ids.grupo,
      title: 'Consejera',
      startedOn: '2020-01-01',
    });
    expect(made).toMatchObject({ status: 201, current: true, sourceLabel: null, recordedBy: 'admin' });
    expect(await ask('PATCH', `/company-roles/${made.id}`, { endedOn: '2019-01-01' })).toMatchObject({ status: 409 });
    expect(await ask('PATCH', `/company-roles/${made.id}`, { endedOn: '2024-06-30' })).toMatchObject({
      status: 200,
      current: false,
      title: 'Consejera',
    });
    expect(await ask('DELETE', `/company-roles/${made.id}`)).toMatchObject({ status: 200 });
    expect(await rolesOf(ids.grupo!)).toHaveLength(0);
    await ask('POST', `/company-roles/${made.id}/restore`, {});
    expect(await rolesOf(ids.grupo!)).toHaveLength(1);
    expect(await ask('POST', '/company-roles', { personId: ids.grupo, companyId: ids.eva })).toMatchObject({
      status: 409,
      code: 'VIN_COMPANY_ROLE_CONFLICT',
    });
    expect(await ask('POST', '/company-roles', { personId: ids.eva, companyId: ids.grupo }, 'analyst')).toMatchObject({ status: 403 });
  });

  it('follow merges and splits, and come back when those are undone', async () => {
    const admin = { ...SYSTEM, permissions: new Set(['customer.merge']) };
    const byHand = await ask('POST', '/company-roles', { personId: ids.ana, companyId: ids.frios, title: 'Asesora' });
    const { changeId } = await mergeCustomers(file.context, admin, { into: ids.eva!, from: ids.ana!, reason: 'prueba' });
    expect((await rolesOf(ids.eva!)).map(({ title }) => title).toSorted()).toEqual(['Asesora', 'Calidad', 'Consejera', 'Jefa de compras']);
    const split = await splitCustomer(file.context, admin, ids.eva!, { records: [records[0]!], reason: 'prueba' });
    // What the record said goes with it; what somebody put in stays with the customer.
    expect((await rolesOf(split.otherId!)).map(({ title }) => title)).toEqual(['Jefa de compras']);
    await undoIdentityChange(file.context, admin, split.changeId);
    await undoIdentityChange(file.context, admin, changeId);
    expect((await rolesOf(ids.ana!)).map(({ title }) => title).toSorted()).toEqual(['Asesora', 'Jefa de compras']);
    await ask('DELETE', `/company-roles/${byHand.id}`);
  });
});

describe('groups and sites', () => {
  it('are a tree, from the top down, with what all of them bought', async () => {
    expect(await ask('PUT', `/customers/${ids.quiroga}/parent`, { parentId: ids.grupo })).toMatchObject({
      parentId: ids.grupo,
      previous: null,
    });
    await ask('PUT', `/customers/${ids.frios}/parent`, { parentId: ids.quiroga });
    const profile = await ask('GET', `/customers/${ids.quiroga}/company`);
    expect(profile).toMatchObject({
      legalName: 'Conservas Quiroga, S.L.',
      tradeName: 'La Ría',
      taxId: 'B15037748',
      parent: { id: ids.grupo },
      group: [
        { id: ids.grupo, depth: 0, parentId: null, value: null },
        { id: ids.quiroga, depth: 1, parentId: ids.grupo },
        { id: ids.frios, depth: 2, parentId: ids.quiroga, city: 'Vigo' },
      ],
      groupValue: { revenue: 200, orders: 2 },
      people: { current: 1, past: 1 },
    });
    expect(await ask('GET', `/customers/${ids.quiroga}/company`, undefined, 'analyst')).toMatchObject({ groupValue: null });
    expect(await ask('PUT', `/customers/${ids.grupo}/parent`, { parentId: ids.frios })).toMatchObject({ status: 409 });
    expect(await ask('PUT', `/customers/${ids.frios}/parent`, { parentId: null })).toMatchObject({ parentId: null, previous: ids.quiroga });
    expect((await ask('GET', `/customers/${ids.frios}/company`)).group).toHaveLength(1);
  });

  it('show the places that sources know, and those written down', async () => {
    const made = await ask('POST', `/customers/${ids.quiroga}/sites`, { name: 'Almacén', street: 'Polígono Sabón 12', city: 'Arteixo' });
    expect(made.status).toBe(201);
    const { sites } = await ask('GET', `/customers/${ids.quiroga}/company`);
    expect(sites).toMatchObject([
      { id: null, street: 'Muelle Sur, 4', city: 'A Coruña', sourceLabel: 'ERP' },
      { id: made.id, name: 'Almacén', city: 'Arteixo' },
    ]);
    await ask('DELETE', `/company-sites/${made.id}`);
    expect((await ask('GET', `/customers/${ids.quiroga}/company`)).sites).toHaveLength(1);
    await ask('POST', `/company-sites/${made.id}/restore`, {});
    expect((await ask('GET', `/customers/${ids.quiroga}/company`, undefined, 'analyst')).sites[1]).toMatchObject({ street: 'P•••' });
    expect(await ask('POST', `/customers/${ids.ana}/sites`, { name: 'Casa' })).toMatchObject({ status: 409 });
  });
});
