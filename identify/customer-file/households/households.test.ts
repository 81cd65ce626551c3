import { sql } from 'kysely';
import { SYSTEM } from '@vinculo/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { strangers, type TestFile, testFile } from '../identity/identity.fixture.ts';
import { mergeCustomers } from '../identity/merge-customers.ts';
import { splitCustomer } from '../identity/split-customer.ts';
import { undoIdentityChange } from '../identity/undo-identity-change.ts';
import { unify } from '../identity/unify.ts';
import { part } from './part.ts';
import { formAllHouseholds, formChangedHouseholds } from './update-households.ts';

const home = { address: 'Calle del Olmo 14', floor_door: '2º C', postcode: '28012', city: 'Madrid' };
const family = [
  { key: 'luis', given_name: 'Luis', surname1: 'Barrios', surname2: 'Mesa', birth_date: '1970-03-02', mobile: '611000001', ...home },
  { key: 'ana', given_name: 'Ana', surname1: 'Quiroga', surname2: 'Pons', birth_date: '1972-07-09', mobile: '611000002', ...home },
  { key: 'eva', given_name: 'Eva', surname1: 'Barrios', surname2: 'Quiroga', birth_date: '1999-01-12', mobile: '611000003', ...home },
  { key: 'ivan', given_name: 'Iván', surname1: 'Barrios', surname2: 'Quiroga', birth_date: '2001-11-30', mobile: '611000004', ...home },
];

let file: TestFile;
const ids: Record<string, string> = {};

beforeAll(async () => {
  file = await testFile();
  const people = strangers(0, 200);
  await file.add(
    'web',
    people.map(({ web }) => web),
  );
  const records = await file.add('tarjeta', [...people.map(({ card }) => card), ...family]);
  await unify(file.context, { scope: 'all' });
  const owners = await file.customers();
  family.forEach(({ key }, i) => (ids[key] = owners.get(records.at(i - family.length)!)!));
  await formAllHouseholds(file.context);
});
afterAll(() => file?.close());

const homeOf = async (customer: string) => {
  const { rows } = await sql<{
    household_id: string;
  }>`select household_id from household_member where customer_id = ${customer} and left_at is null`.execute(file.context.store.db);
  return rows[0]?.household_id;
};
const household = async (id: string) => {
  const { rows } = await sql<Record<string, unknown>>`select * from household where id = ${id}`.execute(file.context.store.db);
  return rows[0]!;
};
/** Every household in force, as sets of customers. */
const picture = async () => {
  const { rows } = await sql<{ members: string[] }>`
    select array_agg(customer_id::text order by customer_id) as members from household_member where left_at is null group by household_id order by 1`.execute(
    file.context.store.db,
  );
  return rows.map((row) => row.members);
};

describe('the households of a file', () => {
  it('are a level above persons: a family is one household of four customers', async () => {
    expect(new Set(Object.values(ids)).size).toBe(4);
    const id = (await homeOf(ids.luis!))!;
    for (const key of ['ana', 'eva', 'ivan']) expect(await homeOf(ids[key]!)).toBe(id);
    expect(await household(id)).toMatchObject({
      surnames: 'Barrios Quiroga',
      members: 4,
      city: 'Madrid',
      dissolved_at: null,
      confirmed: false,
    });
  });

  it('never glue: after unifying everything again the four are still four customers', async () => {
    await unify(file.context, { scope: 'all' });
    const { rows } = await sql<{
      id: string;
    }>`select id from customer where id = any(${Object.values(ids)}::uuid[]) and merged_into is null`.execute(file.context.store.db);
    expect(rows).toHaveLength(4);
  });

  it('are the same formed again, with the same ids', async () => {
    const before = await picture();
    const id = await homeOf(ids.luis!);
    const figures = await formAllHouseholds(file.context);
    expect(figures).toMatchObject({ created: 0, dissolved: 0 });
    expect(await picture()).toEqual(before);
    expect(await homeOf(ids.luis!)).toBe(id);
  });

  it('follow who moves out, by looking at the changed only, as at everybody', async () => {
    const id = await homeOf(ids.luis!);
    await file.add('tarjeta', [{ ...family[3]!, address: 'Avenida de la Paz 201', floor_door: '', postcode: '08001', city: 'Barcelona' }]);
    await unify(file.context, { scope: 'new' });
    const figures = await formChangedHouseholds(file.context, [ids.ivan!]);
    expect(figures.scope).toBe('changed');
    expect(await homeOf(ids.ivan!)).toBeUndefined();
    expect(await household(id!)).toMatchObject({ members: 3 });
    const changed = await picture();
    await formAllHouseholds(file.context);
    expect(await picture()).toEqual(changed);
    await file.add('tarjeta', [family[3]!]);
    await unify(file.context, { scope: 'new' });
    await formChangedHouseholds(file.context, [ids.ivan!]);
    expect(await homeOf(ids.ivan!)).toBe(id);
  });

  it('follow merges, splits and their undoing', async () => {
    const ana = { ...SYSTEM, permissions: new Set(['customer.merge']) };
    const id = await homeOf(ids.luis!);
    const { changeId } = await mergeCustomers(file.context, ana, { into: ids.eva!, from: ids.ivan!, reason: 'prueba' });
    await formChangedHouseholds(file.context, [ids.eva!, ids.ivan!]);
    expect(await household(id!)).toMatchObject({ members: 3 });
    await undoIdentityChange(file.context, ana, changeId);
    await formChangedHouseholds(file.context, [ids.eva!, ids.ivan!]);
    expect(await household(id!)).toMatchObject({ members: 4 });
    const { rows } = await sql<{ customer_id: string; records: string[] }>`
      select customer_id, array_agg(record_id::text) as records from link where valid_to is null group by customer_id having count(*) = 2 limit 1`.execute(
      file.context.store.db,
    );
    const split = await splitCustomer(file.context, ana, rows[0]!.customer_id, { records: [rows[0]!.records[0]!], reason: 'prueba' });
    await formChangedHouseholds(file.context, [split.customerId, split.otherId!]);
    const changed = await picture();
    await formAllHouseholds(file.context);
    expect(await picture()).toEqual(changed);
  });

  it('wait once to be looked at again, however often an event names the customer', async () => {
    const { context } = file;
    for (const job of part.jobs!(context)) context.jobs.define(job);
    await context.jobs.start();
    const event = { subject: { kind: 'customer', id: ids.eva! }, data: { kept: ids.eva!, customers: [ids.eva!, ids.ivan!] } };
    const waiting = await context.store.transaction(SYSTEM, async (tx) => {
      await part.handlers!(context)['customer.merged']!(event as never, tx);
      return (await sql<{ customer_id: string }>`select customer_id from household_pending`.execute(tx)).rows;
    });
    await context.jobs.stop();
    expect(waiting.map((row) => row.customer_id).toSorted()).toEqual([ids.eva!, ids.ivan!].toSorted());
  });

  it('keep the id with the larger part, and the id that goes leads to it', async () => {
    const id = (await homeOf(ids.luis!))!;
    const away = { address: 'Plaza Nueva 3', floor_door: '', postcode: '41001', city: 'Sevilla' };
    await file.add('tarjeta', [{ ...family[0]!, ...away }]);
    await unify(file.context, { scope: 'new' });
    await formChangedHouseholds(file.context, [ids.luis!]);
    expect(await homeOf(ids.ana!)).toBe(id);
    expect(await homeOf(ids.luis!)).toBeUndefined();
  });
});
