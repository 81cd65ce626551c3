import type { z } from 'zod';
import { conflict, notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import { type Actor, newId, type Store, type Transaction } from '@vinculo/postgres';
import type { HouseholdChanged, HouseholdPerson, NewHousehold } from '../api/households.ts';
import { findCustomer } from '../identity/find-customer.ts';
import { decidePairs, type DecisionChange, turnDecisions } from './decisions.ts';
import { householdOf } from './find-household.ts';
import { formChangedHouseholds } from './update-households.ts';
import { lockHouseholds } from './write-households.ts';

type Changed = z.infer<typeof HouseholdChanged>;

interface Change extends DecisionChange {
  kind: 'made' | 'put_in' | 'taken_out' | 'confirmed' | 'undone';
  household: string | null;
  customers: readonly string[];
  reason: string | null;
  undoes?: string;
}

const pairsWith = (person: string, others: readonly string[]) => others.map((other): [string, string] => [person, other]);

/**
 * Makes a household of people who were in none.
 *
 * @throws VIN_HOUSEHOLD_CONFLICT for a company, and for who is in a household already.
 */
export async function makeHousehold(context: Context, actor: Actor, { customers, reason }: z.infer<typeof NewHousehold>): Promise<Changed> {
  const people = await Promise.all([...new Set(customers)].map((id) => person(context.store, id)));
  for (const id of people) if (await householdOf(context.store, id)) throw alreadyIn();
  const [first, ...others] = [...new Set(people)];
  if (others.length === 0) {
    throw conflict('household', {
      es: 'Hacen falta dos personas distintas. No se ha cambiado nada.',
      en: 'It takes two different people. Nothing was changed.',
    });
  }
  return change(context, actor, async (tx) => ({
    kind: 'made',
    household: null,
    customers: [first!, ...others],
    reason: reason ?? null,
    ...(await decidePairs(tx, true, pairsWith(first!, others))),
  }));
}

/**
 * Puts a person into a household, out of the one they were in. The forming of households never takes them out again.
 *
 * @throws VIN_HOUSEHOLD_NOT_FOUND; VIN_HOUSEHOLD_CONFLICT for a company.
 */
export async function putIn(
  context: Context,
  actor: Actor,
  household: string,
  { customerId, reason }: z.infer<typeof HouseholdPerson>,
): Promise<Changed> {
  const id = await person(context.store, customerId);
  return change(context, actor, async (tx) => {
    const members = await membersOf(tx, household);
    const [anchor] = members.filter((member) => member !== id);
    const former = await formerMates(tx, id, household);
    const apart = await decidePairs(tx, false, pairsWith(id, former));
    const together = await decidePairs(tx, true, [[id, anchor!]]);
    // Somebody may have taken them out before.
    const back = await withdrawApart(tx, id, members);
    return {
      kind: 'put_in',
      household,
      customers: [id],
      reason: reason ?? null,
      made: [...apart.made, ...together.made],
      withdrawn: [...apart.withdrawn, ...together.withdrawn, ...back],
    };
  });
}

/** Takes a person out of a household; the forming of households never puts them back. */
export async function takeOut(
  context: Context,
  actor: Actor,
  household: string,
  { customerId, reason }: z.infer<typeof HouseholdPerson>,
): Promise<Changed> {
  const id = await person(context.store, customerId);
  return change(context, actor, async (tx) => {
    const members = await membersOf(tx, household);
    if (!members.includes(id)) {
      throw conflict('household', {
        es: 'Esta persona ya no está en el hogar. No se ha cambiado nada. Vuelve a abrirlo.',
        en: 'This person is no longer of the household. Nothing was changed. Open it again.',
      });
    }
    const others = members.filter((member) => member !== id);
    return {
      kind: 'taken_out',
      household,
      customers: [id],
      reason: reason ?? null,
      ...(await decidePairs(tx, false, pairsWith(id, others))),
    };
  });
}

/** Decides that all who are of a household now live together. */
export async function confirmHousehold(context: Context, actor: Actor, household: string, reason: string | undefined): Promise<Changed> {
  return change(context, actor, async (tx) => {
    const [first, ...others] = await membersOf(tx, household);
    return {
      kind: 'confirmed',
      household,
      customers: [first!, ...others],
      reason: reason ?? null,
      ...(await decidePairs(tx, true, pairsWith(first!, others))),
    };
  });
}

/**
 * Puts back what somebody decided about a household. An undo can be undone.
 *
 * @throws VIN_HOUSEHOLD_NOT_FOUND; VIN_HOUSEHOLD_CONFLICT when it was undone already.
 */
export async function undoHouseholdChange(context: Context, actor: Actor, id: string): Promise<Changed> {
  return change(context, actor, async (tx) => {
    const { rows } = await sql<DecisionChange & { household_id: string | null; customers: string[]; undone: boolean }>`
      select household_id, customers, made, withdrawn, exists (select from household_change u where u.undoes = c.id) as undone
        from household_change c where id = ${id} for update`.execute(tx);
    const before = rows[0];
    if (!before) throw notFound('household', id);
    if (before.undone) {
      throw conflict('household', {
        es: 'Este cambio ya se deshizo. No hay nada más que deshacer.',
        en: 'This change has been undone already. There is nothing more to undo.',
      });
    }
    const { customers, household_id: household } = before;
    return { kind: 'undone', household, customers, reason: null, undoes: id, ...(await turnDecisions(tx, before)) };
  });
}

/** Writes what was decided, and forms anew the households it concerns, so that the answer shows what came of it. */
async function change(context: Context, actor: Actor, decide: (tx: Transaction) => Promise<Change>): Promise<Changed> {
  const { store } = context;
  const changeId = newId();
  const { customers, household } = await store.transaction(actor, async (tx) => {
    await lockHouseholds(tx);
    const made = await decide(tx);
    const by = { kind: actor.kind, id: actor.id, name: actor.name };
    await sql`
      insert into household_change (id, kind, household_id, customers, made, withdrawn, actor, reason, undoes)
      values (${changeId}, ${made.kind}, ${made.household}, ${made.customers}::uuid[], ${made.made}::uuid[], ${made.withdrawn}::uuid[], ${JSON.stringify(by)},
              ${made.reason}, ${made.undoes ?? null})`.execute(tx);
    const subject = { kind: 'household', id: made.household ?? made.customers[0]! };
    await tx.emit(`household.${made.kind}`, subject, { customers: made.customers, change: changeId, reason: made.reason });
    return made;
  });
  await formChangedHouseholds(context, customers);
  const householdId = household && (await standing(store, household)) ? household : ((await householdOf(store, customers[0]!)) ?? null);
  // A household that was made has its id only now.
  if (household === null && householdId)
    await sql`update household_change set household_id = ${householdId} where id = ${changeId}`.execute(store.db);
  return { changeId, householdId };
}

async function standing(store: Store, household: string): Promise<boolean> {
  const { rows } = await sql`select from household where id = ${household} and dissolved_at is null`.execute(store.db);
  return rows.length > 0;
}

async function person(store: Store, id: string): Promise<string> {
  const { customer } = await findCustomer(store, id);
  if (customer.kind === 'person') return customer.id;
  throw conflict('household', {
    es: 'Una empresa no vive en un hogar. No se ha cambiado nada.',
    en: 'A company does not live in a household. Nothing was changed.',
  });
}

const alreadyIn = () =>
  conflict('household', {
    es: 'Alguna de estas personas ya está en un hogar. No se ha cambiado nada. Abre su hogar y añade a la otra allí.',
    en: 'One of these people is in a household already. Nothing was changed. Open their household and add the other there.',
  });

/** @throws VIN_HOUSEHOLD_NOT_FOUND for a household that never was, or has nobody left. */
async function membersOf(tx: Transaction, household: string): Promise<string[]> {
  const { rows } = await sql<{ customer_id: string }>`
    select customer_id from household_member where household_id = ${household} and left_at is null order by joined_at, customer_id`.execute(
    tx,
  );
  if (rows.length === 0) throw notFound('household', household);
  return rows.map((row) => row.customer_id);
}

async function formerMates(tx: Transaction, id: string, except: string): Promise<string[]> {
  const { rows } = await sql<{ customer_id: string }>`
    select o.customer_id from household_member m join household_member o on o.household_id = m.household_id and o.left_at is null
     where m.customer_id = ${id} and m.left_at is null and m.household_id <> ${except} and o.customer_id <> ${id}`.execute(tx);
  return rows.map((row) => row.customer_id);
}

async function withdrawApart(tx: Transaction, id: string, others: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update household_decision set undone_at = clock_timestamp()
     where undone_at is null and not together
       and ((person_a = ${id} and person_b = any(${others}::uuid[])) or (person_b = ${id} and person_a = any(${others}::uuid[])))
    returning id`.execute(tx);
  return rows.map((row) => row.id);
}
