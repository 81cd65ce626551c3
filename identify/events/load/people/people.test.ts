// People that events tell of: what is known of them, in whatever order it is told, and as which customers.
import { property } from '@vinculo/testing';
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestLoader, testLoader } from '../load.fixture.ts';
import { fieldsOfGroup, fieldsOfTraits, mergeFields } from './fields.ts';

describe('traits', () => {
  const read = (traits: Record<string, unknown>) => Object.fromEntries(fieldsOfTraits(traits));

  it('of the spec are our fields', () => {
    expect(
      read({
        email: 'ana@correo.example',
        firstName: 'Ana',
        lastName: 'García Ruiz',
        name: 'Ana García Ruiz',
        phone: 612345678,
        birthday: '1980-05-12',
        gender: 'female',
        title: 'Jefa de compras',
        createdAt: '2020-01-01',
        address: { street: 'Calle Mayor 1', city: 'Madrid', postalCode: '28013', state: 'Madrid', country: 'ES' },
        company: { name: 'Acme SL', industry: 'Pan', employee_count: 3 },
        username: 'ana80',
        avatar: 'https://…',
      }),
    ).toEqual({
      email: 'ana@correo.example',
      given_name: 'Ana',
      surname: 'García Ruiz',
      phone: '612345678',
      birth_date: '1980-05-12',
      gender: 'female',
      job_title: 'Jefa de compras',
      created_at: '2020-01-01',
      address: 'Calle Mayor 1',
      city: 'Madrid',
      postcode: '28013',
      province: 'Madrid',
      country: 'ES',
      company_name: 'Acme SL',
    });
  });

  it('of one’s own are what a column of that name is', () => {
    expect(
      read({
        nombre: 'Ana',
        apellido1: 'García',
        segundoApellido: 'Ruiz',
        NIF: '12345678Z',
        movil: '612345678',
        codigo_postal: '28013',
        puntos: 30,
      }),
    ).toEqual({
      given_name: 'Ana',
      surname1: 'García',
      surname2: 'Ruiz',
      national_id: '12345678Z',
      mobile: '612345678',
      postcode: '28013',
    });
  });

  it('taken away are empty; what is no value is nothing', () => {
    expect(read({ email: null, phone: '', firstName: { a: 1 }, lastName: true, birthday: [1] })).toEqual({ email: '', phone: '' });
  });

  it('of a group are the company’s', () => {
    expect(
      Object.fromEntries(fieldsOfGroup({ name: 'Acme SL', email: 'info@acme.example', plan: 'oro', nif: 'B12345674', firstName: 'Ana' })),
    ).toEqual({
      company_name: 'Acme SL',
      email: 'info@acme.example',
      national_id: 'B12345674',
    });
  });

  it('of each field the newest holds, in whatever order they are told', () => {
    const told = fc.array(
      fc.record({
        field: fc.constantFrom('email', 'phone', 'city'),
        value: fc.constantFrom('', 'a', 'b', 'c'),
        at: fc.integer({ min: 1, max: 5 }),
      }),
      { maxLength: 12 },
    );
    const merge = (list: { field: string; value: string; at: number }[]) =>
      list.reduce((known, { field, value, at }) => mergeFields(known, new Map([[field, value]]), at), {});
    property(told, (list) => expect(merge(list.toReversed())).toEqual(merge(list)));
    expect(mergeFields({ email: { value: 'a', at: 2 } }, new Map([['email', 'b']]), 1)).toEqual({ email: { value: 'a', at: 2 } });
  });
});

describe('people', () => {
  let loader: TestLoader;
  beforeAll(async () => {
    loader = await testLoader();
  });
  afterAll(() => loader?.close());
  beforeEach(() => loader.clear());

  const at = (minute: number) => new Date(Date.UTC(2024, 4, 1, 10, minute)).toISOString();
  const identify = (minute: number, userId: string, traits: object) => ({ type: 'identify', userId, traits, timestamp: at(minute) });
  const raw = async (record: string) =>
    (
      await sql<{ raw: Record<string, string>; kind: string }>`select raw, kind from source_record where id = ${record}`.execute(
        loader.context.store.db,
      )
    ).rows[0];
  const customerOf = async (record: string) =>
    (
      await sql<{ id: string }>`select customer_id as id from link where record_id = ${record} and valid_to is null`.execute(
        loader.context.store.db,
      )
    ).rows[0]?.id;

  it('are what was last so, though it was told late', async () => {
    await loader.load([identify(5, 'late', { email: 'nuevo@correo.example', firstName: 'Ana' })]);
    await loader.people();
    await loader.load([identify(1, 'late', { email: 'viejo@correo.example', phone: '612345678' })]);
    await loader.people();
    expect((await raw(loader.user('late')))!.raw).toEqual({
      kind: 'person',
      email: 'nuevo@correo.example',
      given_name: 'Ana',
      phone: '612345678',
    });
    await loader.load([identify(9, 'late', { phone: null })]);
    await loader.people();
    expect((await raw(loader.user('late')))!.raw).toEqual({ kind: 'person', email: 'nuevo@correo.example', given_name: 'Ana' });
  });

  it('who never say who they are are customers known by their number', async () => {
    await loader.load([{ type: 'page', userId: '4711' }]);
    await loader.people();
    expect((await raw(loader.user('4711')))!.raw).toEqual({ key: '4711' });
    const { rows } = await sql<{
      name: string;
    }>`select display_name as name from customer where id = ${await customerOf(loader.user('4711'))}`.execute(loader.context.store.db);
    expect(rows[0]!.name).toBe('#4711');
    await loader.load([identify(1, '4711', { name: 'Luis Pérez' })]);
    await loader.people();
    expect((await raw(loader.user('4711')))!.raw).toEqual({ kind: 'person', full_name: 'Luis Pérez' });
  });

  it('who leave an e-mail without an account are known by their device', async () => {
    await loader.load([
      { type: 'identify', anonymousId: 'leaves', traits: { email: 'boletin@correo.example' } },
      { type: 'page', anonymousId: 'leaves' },
    ]);
    await loader.people();
    expect((await raw(loader.device('leaves')))!.raw).toMatchObject({ email: 'boletin@correo.example' });
    expect([...(await loader.events()).values()].map(({ record }) => record)).toEqual([loader.device('leaves')]);
    expect(await customerOf(loader.device('leaves'))).toBeDefined();
  });

  it('are in the company that group names, whichever is told first', async () => {
    await loader.load([{ type: 'group', userId: 'worker', groupId: 'g1', timestamp: at(1) }]);
    await loader.people();
    await loader.load([{ type: 'group', userId: 'other', groupId: 'g1', traits: { name: 'Panadería Sol SL' }, timestamp: at(2) }]);
    await loader.people();
    expect(await raw(loader.user('group:g1'))).toMatchObject({ kind: 'company', raw: { company_name: 'Panadería Sol SL' } });
    expect((await raw(loader.user('worker')))!.raw).toEqual({ kind: 'person', company_name: 'Panadería Sol SL' });
  });

  it('with two keys are one by alias, once both are there, and stay two where people decided so', async () => {
    await loader.load([identify(1, 'old', { name: 'Marta Vidal', email: 'm1@correo.example' })]);
    await loader.load([{ type: 'alias', previousId: 'old', userId: 'new', timestamp: at(2) }]);
    await loader.people();
    expect(await customerOf(loader.user('old'))).toBe(await customerOf(loader.user('new')));
    const { rows } = await sql`select same, reason from decision where undone_at is null`.execute(loader.context.store.db);
    expect(rows).toContainEqual({ same: true, reason: 'alias' });

    const [a, b] = [loader.user('one'), loader.user('two')].toSorted();
    await sql`insert into decision (id, record_a, record_b, same, decided_by) values (${a}, ${a}, ${b}, false, 'Ana')`.execute(
      loader.context.store.db,
    );
    await loader.load([identify(1, 'one', { email: 'uno@correo.example' }), identify(1, 'two', { email: 'dos@correo.example' })]);
    await loader.people();
    await loader.load([{ type: 'alias', previousId: 'one', userId: 'two', timestamp: at(2) }]);
    await loader.people();
    expect(await customerOf(loader.user('one'))).not.toBe(await customerOf(loader.user('two')));
    const { rows: states } = await sql<{ state: string }>`select state from event_alias where previous_id = ${loader.user('one')}`.execute(
      loader.context.store.db,
    );
    expect(states).toEqual([{ state: 'refused' }]);
  });

  it('are told of to those who follow as soon as they are customers, with what they did before', async () => {
    await loader.load([{ type: 'page', userId: 'follow' }]);
    await loader.people();
    const { rows } = await sql<{ data: { customers: string[]; kinds: string[] } }>`
      select data from outbox where type = 'facts.added' order by id desc limit 1`.execute(loader.context.store.db);
    expect(rows[0]!.data.customers).toContain(await customerOf(loader.user('follow')));
    expect(rows[0]!.data.kinds).toContain('event');
  });
});
