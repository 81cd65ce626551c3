// Customers entered and edited by people, over the API: what they type holds, says who typed it, and can be put back.
import { SYSTEM, withLock } from '@vinculo/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { part as customers } from '../customers/part.ts';
import { strangers, type TestFile, testFile } from '../identity/identity.fixture.ts';
import { serve, type Served } from '@vinculo/testing';
import { unify } from '../identity/unify.ts';
import { editCustomer } from './edit-customer.ts';
import { liveIndex } from './live-index.ts';
import { part } from './part.ts';

const people = strangers(0, 120);
const MAY = {
  sales: ['customer.read', 'customer.read_personal', 'customer.write'],
  analyst: ['customer.read'],
  importer: ['import.run', 'customer.read', 'job.read'],
};
let file: TestFile;
let served: Served;
let shop: string;

beforeAll(async () => {
  file = await testFile();
  served = await serve(file, [customers, part], { may: MAY, idle: ['identity.unify'] });
  await file.add(
    'tarjeta',
    people.map(({ card }) => card),
  );
  await file.add(
    'web',
    people.slice(0, 60).map(({ web }) => web),
  );
  shop = await file.source('tienda');
  await unify(file.context, { scope: 'new' });
  expect(await liveIndex(file.context).ready(60_000)).toBe(true);
});
afterAll(() => served?.close());

const ask: Served['ask'] = (...request) => served.ask(...request);

interface Golden {
  version: string;
  fields: {
    field: string;
    value: string;
    rule: string;
    by: string | null;
    at: string | null;
    recordId: string;
    rivals: { value: string; recordId: string }[];
  }[];
}

async function golden(id: string): Promise<Golden> {
  return (await ask<Golden>('sales', 'GET', `/customers/${id}/golden`)).body;
}

const field = (of: Golden, name: string) => of.fields.find((one) => one.field === name);

async function customerOf(key: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select l.customer_id as id from link l join source_record r on r.id = l.record_id where r.key = ${key} and l.valid_to is null`.execute(
    file.context.store.db,
  );
  return rows[0]!.id;
}

describe('a customer entered by hand', () => {
  it('is made once however often it is sent, of a built-in source', async () => {
    const typed = { kind: 'person', given_name: 'nieves', surname1: 'arrizabalaga', email: 'nieves@correo.example', mobile: '655 010 203' };
    expect((await ask('analyst', 'POST', '/customers', typed)).status).toBe(403);
    const made = await ask('sales', 'POST', '/customers', typed, { 'idempotency-key': 'one' });
    expect(made).toMatchObject({ status: 201, body: { created: true } });
    expect((await ask('sales', 'POST', '/customers', typed, { 'idempotency-key': 'one' })).body).toEqual(made.body);
    const shown = await golden(String(made.body.customerId));
    expect(field(shown, 'given')).toMatchObject({ value: 'Nieves', rule: 'person', by: 'sales' });
    expect(field(shown, 'mobile')).toMatchObject({ value: '+34655010203', rule: 'person' });
    const { rows } = await sql<{ kind: string; trust: number }>`select kind, trust from source where built_in`.execute(
      file.context.store.db,
    );
    expect(rows).toEqual([{ kind: 'form', trust: 100 }]);
  });

  it('that is somebody known is that customer', async () => {
    const { web } = people[7]!;
    const { key: _, ...fields } = web;
    const { given_name, surname1, surname2, email, mobile } = fields;
    const made = await ask('sales', 'POST', '/customers', {
      kind: 'person',
      given_name,
      surname1,
      surname2,
      email,
      ...(mobile ? { mobile } : {}),
    });
    expect(made.body).toMatchObject({ created: false, customerId: await customerOf(web.key) });
  });

  it('is refused field by field, in the language of the reader', async () => {
    const wrong = await ask('sales', 'POST', '/customers', { kind: 'person', given_name: 'Eva', email: 'eva', national_id: '12345678A' });
    expect(wrong).toMatchObject({ status: 400, body: { code: 'VIN_REQUEST_INVALID' } });
    expect(wrong.body.errors).toEqual([
      { field: 'national_id', message: 'La letra o el dígito de control no coincide', code: 'invalid' },
      { field: 'email', message: 'Un correo lleva una sola @ entre dos partes', code: 'invalid' },
    ]);
    expect((await ask('sales', 'POST', '/customers', { kind: 'person', city: 'Madrid' })).status).toBe(400);
  });

  it('is there at once even while a whole run thinks', async () => {
    const made = await withLock(file.context.store, 'identity thinking', () =>
      ask('sales', 'POST', '/customers', { kind: 'person', full_name: 'Bruno Etxeberria' }),
    );
    expect(made).toMatchObject({ status: 201, body: { created: true } });
    expect((await ask('sales', 'GET', `/customers/${made.body.customerId}`)).body).toMatchObject({ name: 'Bruno Etxeberria' });
  });

  it('is somebody in a company: its tax id, the department and the job are asked, checked, and can be taken back', async () => {
    const typed = {
      kind: 'person',
      given_name: 'Begoña',
      surname1: 'Iturralde',
      mobile: '655 010 299',
      company_name: 'Astilleros Lezo SA',
    };
    const refused = await ask('sales', 'POST', '/customers', { ...typed, company_tax_id: 'A0000' });
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([400, expect.stringContaining('company_tax_id')]);
    const job = { job_title: 'Gerente', department: 'Compras', company_tax_id: 'B15037740' };
    const made = await ask('sales', 'POST', '/customers', { ...typed, ...job });
    const id = String(made.body.customerId);
    const shown = await golden(id);
    for (const [name, value] of Object.entries(job)) expect(field(shown, name)).toMatchObject({ value, rule: 'person', choosable: name });

    await ask('sales', 'PATCH', `/customers/${id}`, { version: shown.version, set: { department: 'Ventas' } });
    const moved = await golden(id);
    expect(field(moved, 'department')).toMatchObject({ value: 'Ventas' });
    await ask('sales', 'PATCH', `/customers/${id}`, { version: moved.version, clear: ['department'] });
    expect(field(await golden(id), 'department')).toBeUndefined();
  });
});

describe('editing', () => {
  it('what a person enters wins, says who, and survives a rebuild and a whole run', async () => {
    const id = await customerOf(people[20]!.card.key);
    const before = await golden(id);
    const edited = await ask('sales', 'PATCH', `/customers/${id}`, {
      version: before.version,
      set: { email: 'Nuevo@Correo.Example', surname2: 'Zubizarreta' },
    });
    expect(edited).toMatchObject({ status: 200, body: { customerId: id } });
    const after = await golden(id);
    expect(after.version).toBe(String(edited.body.version));
    expect(field(after, 'email')).toMatchObject({ value: 'nuevo@correo.example', rule: 'person', by: 'sales', at: expect.any(String) });
    // A name is chosen as one: what was not typed stays.
    expect(field(after, 'given')).toMatchObject({ value: field(before, 'given')!.value, rule: 'person' });
    expect(field(after, 'surname2')).toMatchObject({ value: 'Zubizarreta' });
    expect(field(after, 'birth_date')).toMatchObject({ rule: field(before, 'birth_date')!.rule });
    await unify(file.context, { scope: 'all', keepModel: true });
    expect(await customerOf(people[20]!.card.key)).toBe(id);
    expect(field(await golden(id), 'email')).toMatchObject({ value: 'nuevo@correo.example', rule: 'person' });
    const { body } = await ask('sales', 'GET', `/customers/${id}/edits`);
    expect(body.items[0]).toMatchObject({
      by: 'sales',
      fields: expect.arrayContaining([expect.objectContaining({ field: 'email', after: 'nuevo@correo.example' })]),
    });
  });

  it('an edit of what somebody else changed meanwhile is refused', async () => {
    const id = await customerOf(people[21]!.card.key);
    const { version } = await golden(id);
    expect((await ask('sales', 'PATCH', `/customers/${id}`, { set: { city: 'Lugo' } }, { 'if-match': `"${version}"` })).status).toBe(200);
    const late = await ask('sales', 'PATCH', `/customers/${id}`, { set: { city: 'Soria' } }, { 'if-match': `"${version}"` });
    expect(late).toMatchObject({ status: 409, body: { code: 'VIN_CUSTOMER_CHANGED' } });
    expect(field(await golden(id), 'city')).toMatchObject({ value: 'Lugo' });
  });

  it('a value of a source record can be chosen, and the choice taken back', async () => {
    await ask('importer', 'PUT', `/sources/${shop}/records/S30`, { ...noKey(people[30]!.web), email: 'otra.direccion@correo.example' });
    const id = await customerOf('S30');
    const before = await golden(id);
    const rival = field(before, 'email')!.rivals.find(({ value }) => value !== field(before, 'email')!.value)!;
    await ask('sales', 'PATCH', `/customers/${id}`, { choose: { email: rival.recordId } });
    expect(field(await golden(id), 'email')).toMatchObject({ value: rival.value, rule: 'person', recordId: rival.recordId, by: 'sales' });
    await ask('sales', 'PATCH', `/customers/${id}`, { clear: ['email'] });
    expect(field(await golden(id), 'email')).toMatchObject({
      value: field(before, 'email')!.value,
      rule: field(before, 'email')!.rule,
      by: null,
    });
    const stranger = await ask('sales', 'PATCH', `/customers/${id}`, {
      choose: { email: field(await golden(await customerOf(people[40]!.card.key)), 'given')!.recordId },
    });
    expect(stranger.status).toBe(409);
  });

  it('a street typed anew leaves the floor of the old one behind', async () => {
    const id = await customerOf(people[25]!.card.key);
    await ask('sales', 'PATCH', `/customers/${id}`, { set: { address: 'Calle Mayor 12, 3º B', postcode: '28013', city: 'Madrid' } });
    expect(field(await golden(id), 'address_rest')).toMatchObject({ rule: 'person' });
    await ask('sales', 'PATCH', `/customers/${id}`, { set: { city: 'Getafe' } });
    expect(field(await golden(id), 'address_rest')).toMatchObject({ rule: 'person' });
    await ask('sales', 'PATCH', `/customers/${id}`, { set: { address: 'Plaza Nueva 5' } });
    expect(field(await golden(id), 'street')!.value).toMatch(/Plaza Nueva/);
    expect(field(await golden(id), 'address_rest')).toBeUndefined();
  });

  it('an entered value emptied goes back to the rules', async () => {
    const id = await customerOf(people[22]!.card.key);
    const before = field(await golden(id), 'mobile')!;
    await ask('sales', 'PATCH', `/customers/${id}`, { set: { mobile: '655999888' } });
    expect(field(await golden(id), 'mobile')).toMatchObject({ value: '+34655999888' });
    await ask('sales', 'PATCH', `/customers/${id}`, { set: { mobile: '' } });
    expect(field(await golden(id), 'mobile')).toMatchObject({ value: before.value, rule: before.rule });
  });

  it('saved without being linked stays with the customer in a server that did not see it', async () => {
    const id = await customerOf(people[110]!.card.key);
    const before = field(await golden(id), 'mobile')?.value;
    // Another server's: its index was there before.
    const store: typeof file.context.store = Object.create(file.context.store);
    const elsewhere = { ...file.context, store };
    expect(await liveIndex(elsewhere).ready(60_000)).toBe(true);
    const set = { set: { mobile: '655 010 909' } };
    await withLock(file.context.store, 'identity thinking', () => ask('sales', 'PATCH', `/customers/${id}`, set));
    expect(field(await golden(id), 'mobile')?.value).toBe('+34655010909');
    const back = await editCustomer(elsewhere, SYSTEM, id, { clear: ['mobile'] }, 'es');
    await liveIndex(elsewhere).end();
    expect(back.customerId).toBe(id);
    expect(field(await golden(id), 'mobile')?.value).toBe(before);
  });

  it('is undone, and the undo, too; never across a later edit', async () => {
    const id = await customerOf(people[23]!.card.key);
    const before = field(await golden(id), 'email')?.value;
    const one = await ask('sales', 'PATCH', `/customers/${id}`, { set: { email: 'uno@correo.example' } });
    const two = await ask('sales', 'PATCH', `/customers/${id}`, { set: { email: 'dos@correo.example' } });
    expect((await ask('sales', 'POST', `/customer-edits/${one.body.editId}/undo`)).status).toBe(409);
    const undone = await ask('sales', 'POST', `/customer-edits/${two.body.editId}/undo`);
    expect(undone.status).toBe(200);
    expect(field(await golden(id), 'email')).toMatchObject({ value: 'uno@correo.example', rule: 'person' });
    await ask('sales', 'POST', `/customer-edits/${undone.body.editId}/undo`);
    expect(field(await golden(id), 'email')).toMatchObject({ value: 'dos@correo.example' });
    expect(before).not.toBe('dos@correo.example');
    expect((await ask('sales', 'POST', `/customer-edits/${two.body.editId}/undo`)).status).toBe(409);
  });
});

describe('records and lookups over the API', () => {
  it('are for who may', async () => {
    expect((await ask('analyst', 'PUT', `/sources/${shop}/records/A1`, { full_name: 'Ana' })).status).toBe(403);
    expect((await ask('importer', 'PUT', `/sources/${shop}/records/A1`, { nombre: 'Ana' })).status).toBe(400);
    const many = await ask('importer', 'POST', `/sources/${shop}/records`, {
      records: [{ key: 'A1', fields: { full_name: 'Ana Goikoetxea', phone: '915550101' } }],
    });
    expect(many).toMatchObject({ status: 200, body: { records: [{ key: 'A1', outcome: 'created', identity: 'new_customer' }] } });
    const found = await ask('analyst', 'POST', '/identify/lookup', { full_name: 'Ana Goikoetxea', phone: '91 555 01 01' });
    expect(found).toMatchObject({ status: 200, body: { candidates: [{ name: 'Ana Goikoetxea', phone: '•••101' }] } });
    expect((await ask('importer', 'GET', '/identify/live')).body).toMatchObject({ state: 'ready' });
    const metrics = (await served.app.inject({ url: '/metrics' })).body;
    expect(metrics).toContain('vinculo_live_index_state{state="ready"} 1');
  });
});

function noKey<T extends { key: string }>(record: T): Omit<T, 'key'> {
  const { key: _key, ...rest } = record;
  return rest;
}
