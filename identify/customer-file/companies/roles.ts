import type { z } from 'zod';
import { conflict, notFound } from '@vinculo/errors';
import { decodeCursor, toPage } from '@vinculo/http';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type Actor, newId, type Store, type Transaction } from '@vinculo/postgres';
import type { NewRole, PersonRole, RoleChange, RoleQuery } from '../api/companies.ts';
import { findCustomer } from '../identity/find-customer.ts';
import { idsOf, standingFor } from './customer-ids.ts';

type Role = z.infer<typeof PersonRole>;

interface Row {
  id: string;
  person: string | null;
  company: string | null;
  title: string | null;
  department: string | null;
  started_on: string | null;
  ended_on: string | null;
  source_label: string | null;
  recorded_by: string;
  said_at: Date;
  at: string;
}

const COLUMNS = sql`
  r.id, coalesce(pl.customer_id, r.person_id) as person, coalesce(cl.customer_id, r.company_id) as company, r.title, r.department,
  r.started_on::text, r.ended_on::text, s.label as source_label, r.recorded_by, r.said_at, r.said_at::text as at`;
const FROM = sql`
  person_role r
  left join link pl on pl.record_id = r.person_record and pl.valid_to is null
  left join link cl on cl.record_id = r.company_record and cl.valid_to is null
  left join source_record pr on pr.id = r.person_record
  left join source s on s.id = pr.source_id`;

/** What a person is and was in companies, or who is and was what in a company; those of now first, newest first. */
export async function rolesOf(
  store: Store,
  id: string,
  { when, cursor, limit }: z.infer<typeof RoleQuery>,
): Promise<{ items: Role[]; next: string | null }> {
  const { customer } = await findCustomer(store, id);
  const mine = await rolesWith(store.db, customer.kind, customer.id);
  const past = sql`(r.ended_on is not null and r.ended_on <= current_date)`;
  const all: RawBuilder<unknown>[] = [mine, sql`r.removed_at is null`];
  if (when) all.push(when === 'past' ? past : sql`not ${past}`);
  const [pastBefore, at, lastId] = decodeCursor(cursor, 3) ?? [];
  if (cursor)
    all.push(
      sql`(${past}::int, -extract(epoch from r.said_at), r.id) > (${pastBefore}::int, -extract(epoch from ${at}::timestamptz), ${lastId}::uuid)`,
    );
  const { rows } = await sql<Row & { past: number }>`
    select ${COLUMNS}, ${past}::int as past from ${FROM}
     where ${sql.join(all, sql` and `)}
     order by past, -extract(epoch from r.said_at), r.id limit ${limit + 1}`.execute(store.db);
  const { items, next } = toPage(rows, limit, (row) => [row.past, row.at, row.id]);
  return { items: await shown(store.db, items), next };
}

/** How many people a company has, and had. */
export async function countPeople(store: Store, company: string): Promise<{ current: number; past: number }> {
  const { rows } = await sql<{ current: number; past: number }>`
    select count(distinct coalesce(pl.customer_id, r.person_id)) filter (where r.ended_on is null or r.ended_on > current_date)::int as current,
           count(distinct coalesce(pl.customer_id, r.person_id)) filter (where r.ended_on <= current_date)::int as past
      from ${FROM} where ${await rolesWith(store.db, 'company', company)} and r.removed_at is null`.execute(store.db);
  return rows[0]!;
}

/** The condition that a role is of this customer, whichever way it names them. */
async function rolesWith(db: Kysely<unknown>, kind: 'person' | 'company', id: string): Promise<RawBuilder<unknown>> {
  const ids = await idsOf(db, [id]);
  const [record, customer] = kind === 'person' ? [sql`r.person_record`, sql`r.person_id`] : [sql`r.company_record`, sql`r.company_id`];
  return sql`(${record} in (select record_id from link where customer_id = ${id} and valid_to is null) or ${customer} = any(${ids}::uuid[]))`;
}

async function shown(db: Kysely<unknown>, rows: readonly Row[]): Promise<Role[]> {
  const standing = await standingFor(
    db,
    rows.flatMap(({ person, company }) => [person, company].filter((id) => id !== null)),
  );
  const today = new Date().toISOString().slice(0, 10);
  return rows.flatMap((row) => {
    const person = row.person === null ? undefined : standing.get(row.person);
    const company = row.company === null ? undefined : standing.get(row.company);
    // A company that only its contact names is nobody yet until the next unification.
    if (!person || !company) return [];
    return [
      {
        id: row.id,
        person: { id: person.id, name: person.name },
        company: { id: company.id, name: company.name },
        title: row.title,
        department: row.department,
        startedOn: row.started_on,
        endedOn: row.ended_on,
        current: row.ended_on === null || row.ended_on > today,
        sourceLabel: row.source_label,
        recordedBy: row.recorded_by,
        saidAt: row.said_at.toISOString(),
      },
    ];
  });
}

/** @throws VIN_COMPANY_ROLE_CONFLICT unless it is a person in a company. */
export async function addRole(store: Store, actor: Actor, role: z.infer<typeof NewRole>): Promise<Role> {
  const [{ customer: person }, { customer: company }] = await Promise.all([
    findCustomer(store, role.personId),
    findCustomer(store, role.companyId),
  ]);
  if (person.kind !== 'person' || company.kind !== 'company') {
    throw conflict('company_role', {
      es: 'Un cargo lo tiene una persona en una empresa. No se ha guardado nada. Elige una de cada.',
      en: 'A role is what a person is in a company. Nothing was saved. Choose one of each.',
    });
  }
  const id = newId();
  return store.transaction(actor, async (tx) => {
    await sql`
      insert into person_role (id, person_id, company_id, title, department, started_on, ended_on, recorded_by)
      values (${id}, ${person.id}, ${company.id}, ${role.title || null}, ${role.department || null}, ${role.startedOn ?? null}, ${role.endedOn ?? null}, ${actor.name})`.execute(
      tx,
    );
    await tx.emit('company.role_added', { kind: 'customer', id: company.id }, { role: id, person: person.id, title: role.title ?? null });
    return oneRole(tx, id);
  });
}

/** Corrects a role, or ends it. What a record says of it stays as corrected until the record says something else. */
export async function changeRole(store: Store, actor: Actor, id: string, change: z.infer<typeof RoleChange>): Promise<Role> {
  return store.transaction(actor, async (tx) => {
    const before = await oneRole(tx, id);
    const pick = <V>(given: V | undefined, known: V): V => (given === undefined ? known : given);
    const startedOn = pick(change.startedOn, before.startedOn);
    const endedOn = pick(change.endedOn, before.endedOn);
    if (startedOn && endedOn && endedOn < startedOn) {
      throw conflict('company_role', {
        es: 'El cargo terminaría antes de empezar. No se ha guardado nada. Corrige una de las dos fechas.',
        en: 'The role would end before it began. Nothing was saved. Correct one of the two dates.',
      });
    }
    await sql`
      update person_role set title = ${pick(change.title, before.title) || null}, department = ${pick(change.department, before.department) || null},
             started_on = ${startedOn}, ended_on = ${endedOn} where id = ${id}`.execute(tx);
    const type = change.endedOn && !before.endedOn ? 'company.role_ended' : 'company.role_changed';
    await tx.emit(type, { kind: 'customer', id: before.company.id }, { role: id, person: before.person.id, before, change });
    return oneRole(tx, id);
  });
}

/** Takes a role away as put in by mistake, or brings it back: it stays in the table, so that undo is exact. */
export async function setRoleRemoved(store: Store, actor: Actor, id: string, removed: boolean): Promise<Role> {
  return store.transaction(actor, async (tx) => {
    const role = await oneRole(tx, id, true);
    await sql`update person_role set removed_at = ${removed ? sql`now()` : null} where id = ${id}`.execute(tx);
    await tx.emit(
      removed ? 'company.role_removed' : 'company.role_restored',
      { kind: 'customer', id: role.company.id },
      { role: id, person: role.person.id },
    );
    return role;
  });
}

/** @throws VIN_COMPANY_ROLE_NOT_FOUND */
async function oneRole(tx: Transaction, id: string, removedToo = false): Promise<Role> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from ${FROM} where r.id = ${id} ${removedToo ? sql`` : sql`and r.removed_at is null`}`.execute(tx);
  const [role] = await shown(tx, rows);
  if (!role) throw notFound('company_role', id);
  return role;
}
