// Contacts written down, and what the warehouse knows of them.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { somebody, type TestChannels, testChannels } from '../channels.fixture.ts';
import { addEntry, type NewEntry } from './add-entry.ts';
import { changeEntry, setEntryDeleted } from './change-entry.ts';
import { tellEntries } from './tell-entries.ts';

const ANA = somebody('ana', 'contact.write');
const LUIS = somebody('luis', 'contact.write');
const BOSS = somebody('boss', 'contact.write', 'customer.write');
let file: TestChannels;
let marta: { customer: string; record: string };
let pedro: { customer: string; record: string };

beforeAll(async () => {
  file = await testChannels();
  file.context.jobs.define({ name: 'identity.unify', run: async () => {} });
  await file.context.jobs.start();
  marta = await file.person('Marta', 'Ibáñez', { mobile: '655010203' });
  pedro = await file.person('Pedro', 'Zubizarreta', { email: 'pedro@correo.example' });
});
afterAll(async () => {
  await file?.context.jobs.stop();
  await file?.close();
});

const add = (entry: Partial<NewEntry> = {}) =>
  file.context.store.transaction(ANA, (tx) =>
    addEntry(tx, { record: marta.record, kind: 'call', direction: 'in', occurredAt: new Date('2026-03-02T10:00:00Z'), ...entry }),
  );

const facts = (record: string) =>
  file.context.warehouse.rows<{ id: string; channel: string; outcome: string; agent: string; at: string }>(
    `select toString(contact_id) as id, channel, outcome, agent, toString(occurred_at) as at from contact final
      where record_id = {record:UUID} order by occurred_at, contact_id`,
    { record },
  );

const told = async (type: string) =>
  (
    await sql<{ data: Record<string, unknown> }>`select data from outbox where type = ${type} order by id`.execute(file.context.store.db)
  ).rows.map(({ data }) => data);

describe('an entry', () => {
  it('becomes a contact of the customer, of the channel of its kind, once', async () => {
    const call = (await add({ topic: 'Pedido', outcome: 'Resuelto', body: 'Quiere otra talla' }))!;
    const visit = (await add({ kind: 'visit', direction: 'out', occurredAt: new Date('2026-03-03T09:30:00Z') }))!;
    expect(await tellEntries(file.context)).toBe(2);
    expect(await tellEntries(file.context)).toBe(0);
    expect(await facts(marta.record)).toEqual([
      { id: call.id, channel: 'phone', outcome: 'Resuelto', agent: 'ana Pérez', at: '2026-03-02 10:00:00' },
      { id: visit.id, channel: 'visit', outcome: '', agent: 'ana Pérez', at: '2026-03-03 09:30:00' },
    ]);
    expect((await told('facts.added')).at(-1)).toEqual({ kinds: ['contact'], customers: [marta.customer] });
  });

  it('of an id that is there already is not written again', async () => {
    const id = '01930000-0000-7000-8000-000000000001';
    expect(await add({ id, topic: 'one' })).toMatchObject({ id, topic: 'one' });
    expect(await add({ id, topic: 'two' })).toBeUndefined();
  });

  it('changed, takes the place of what it was; moved to another customer, leaves the first', async () => {
    const { id } = (await add({ outcome: 'No contesta' }))!;
    await tellEntries(file.context);
    await file.context.store.transaction(ANA, (tx) => changeEntry(tx, id, { outcome: 'Resuelto' }));
    await tellEntries(file.context);
    expect((await facts(marta.record)).find((fact) => fact.id === id)).toMatchObject({ outcome: 'Resuelto' });
    await file.context.store.transaction(ANA, (tx) => changeEntry(tx, id, { record: pedro.record }));
    await tellEntries(file.context);
    expect((await facts(marta.record)).map((fact) => fact.id)).not.toContain(id);
    expect((await facts(pedro.record)).map((fact) => fact.id)).toEqual([id]);
    expect((await told('facts.added')).at(-1)!.customers).toEqual(expect.arrayContaining([marta.customer, pedro.customer]));
  });

  it('deleted, is gone from the warehouse, and comes back whole', async () => {
    const { id } = (await add({ record: pedro.record, body: 'x' }))!;
    await tellEntries(file.context);
    await file.context.store.transaction(ANA, (tx) => setEntryDeleted(tx, id, true));
    await tellEntries(file.context);
    expect((await facts(pedro.record)).map((fact) => fact.id)).not.toContain(id);
    await file.context.store.transaction(ANA, (tx) => setEntryDeleted(tx, id, false));
    await tellEntries(file.context);
    expect((await facts(pedro.record)).map((fact) => fact.id)).toContain(id);
  });

  it('deleted before anybody heard of it never was', async () => {
    const { id } = (await add({ record: pedro.record }))!;
    await file.context.store.transaction(ANA, (tx) => setEntryDeleted(tx, id, true));
    await tellEntries(file.context);
    expect((await facts(pedro.record)).map((fact) => fact.id)).not.toContain(id);
  });

  it('of nobody known is told when somebody says whose it is', async () => {
    const { id } = (await add({ record: null, kind: 'email' }))!;
    expect(await tellEntries(file.context)).toBe(1);
    await file.context.store.transaction(LUIS, async (tx) => {
      await expect(changeEntry(tx, id, { record: pedro.record })).rejects.toThrow(
        expect.objectContaining({ code: 'VIN_CHANNEL_NOT_YOURS' }),
      );
    });
    await file.context.store.transaction(BOSS, (tx) => changeEntry(tx, id, { record: pedro.record }));
    await tellEntries(file.context);
    expect((await facts(pedro.record)).find((fact) => fact.id === id)).toMatchObject({ channel: 'email' });
  });

  it('is not changed over what another changed, and says in the audit what changed', async () => {
    const { id, version } = (await add({ outcome: 'a' }))!;
    await file.context.store.transaction(BOSS, (tx) => changeEntry(tx, id, { outcome: 'b' }, version));
    await expect(file.context.store.transaction(ANA, (tx) => changeEntry(tx, id, { outcome: 'c' }, version))).rejects.toThrow(
      expect.objectContaining({ code: 'VIN_CONTACT_CONFLICT' }),
    );
    expect((await told('contact.changed')).at(-1)).toEqual({ changed: { outcome: { before: 'a', after: 'b' } } });
    const before = (await told('contact.changed')).length;
    await file.context.store.transaction(ANA, (tx) => changeEntry(tx, id, { outcome: 'b', detail: {} }));
    expect(await told('contact.changed')).toHaveLength(before);
  });

  it('changed while it is being told is told again', async () => {
    const { id } = (await add({ outcome: 'first' }))!;
    // Told as it was read, while its version moves on: what a change that commits in between leaves behind.
    await Promise.all([
      tellEntries(file.context),
      file.context.store.transaction(ANA, (tx) => changeEntry(tx, id, { outcome: 'second' })),
      tellEntries(file.context),
    ]);
    await tellEntries(file.context);
    expect((await facts(marta.record)).find((fact) => fact.id === id)).toMatchObject({ outcome: 'second' });
  });
});
