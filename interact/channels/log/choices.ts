// The company's own words for subjects and outcomes: added, called otherwise, put in order, put away.
import { conflict, notFound } from '@vinculo/errors';
import { type Actor, newId, type Store, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { ChoiceChange, ContactChoice, ContactChoices, NewChoice } from '../api/contacts.ts';

interface Row {
  id: string;
  kind: 'call' | 'visit';
  list: 'topic' | 'outcome';
  label: string;
  place: number;
  follow_up_days: number | null;
  archived_at: Date | null;
}

const toChoice = (row: Row): z.infer<typeof ContactChoice> => ({
  id: row.id,
  kind: row.kind,
  list: row.list,
  label: row.label,
  followUpDays: row.follow_up_days,
  archived: row.archived_at !== null,
});

export async function listChoices(store: Store): Promise<z.infer<typeof ContactChoices>> {
  const { rows } = await sql<Row>`
    select * from contact_choice order by kind, list, archived_at is not null, place, lower(label)`.execute(store.db);
  // From one author to the next by the index, however much each has written down.
  const { rows: authors } = await sql<{ id: string; name: string }>`
    with recursive author(id, name) as (
      (select created_by, author_name from contact_entry where deleted_at is null order by created_by, occurred_at desc, id desc limit 1)
      union all
      (select e.created_by, e.author_name
         from author, lateral (
           select created_by, author_name from contact_entry
            where deleted_at is null and created_by > author.id order by created_by, occurred_at desc, id desc limit 1
         ) e)
    )
    select id, name from author where name <> '' order by lower(name) limit 200`.execute(store.db);
  return { items: rows.map(toChoice), authors };
}

/** @throws VIN_CONTACT_CONFLICT where there is one of that name; one that was put away comes back instead. */
export async function addChoice(store: Store, actor: Actor, given: z.output<typeof NewChoice>): Promise<z.infer<typeof ContactChoice>> {
  return store.transaction(actor, async (tx) => {
    await nameIsFree(tx, given, undefined);
    const { rows: away } = await sql<Row>`
      select * from contact_choice where kind = ${given.kind} and list = ${given.list} and lower(label) = lower(${given.label}) limit 1`.execute(
      tx,
    );
    const last = sql`(select coalesce(max(place), -1) + 1 from contact_choice where kind = ${given.kind} and list = ${given.list} and archived_at is null)`;
    const { rows } = away[0]
      ? await sql<Row>`
          update contact_choice set label = ${given.label}, follow_up_days = ${given.followUpDays}, archived_at = null, place = ${last}
           where id = ${away[0].id} returning *`.execute(tx)
      : await sql<Row>`
          insert into contact_choice (id, kind, list, label, place, follow_up_days)
          values (${newId()}, ${given.kind}, ${given.list}, ${given.label}, ${last}, ${given.followUpDays}) returning *`.execute(tx);
    await tx.emit(
      'contact.choice_added',
      { kind: 'contact_choice', id: rows[0]!.id },
      { kind: given.kind, list: given.list, label: given.label },
    );
    return toChoice(rows[0]!);
  });
}

/** @throws VIN_CONTACT_NOT_FOUND, VIN_CONTACT_CONFLICT where there is one of that name. */
export async function changeChoice(
  store: Store,
  actor: Actor,
  id: string,
  change: z.output<typeof ChoiceChange>,
): Promise<z.infer<typeof ContactChoice>> {
  return store.transaction(actor, async (tx) => {
    const { rows } = await sql<Row>`select * from contact_choice where id = ${id} for update`.execute(tx);
    const before = rows[0];
    if (!before) throw notFound('contact', id);
    const archived = change.archived ?? before.archived_at !== null;
    if (!archived) await nameIsFree(tx, { kind: before.kind, list: before.list, label: change.label ?? before.label }, id);
    const days = change.followUpDays === undefined ? before.follow_up_days : change.followUpDays;
    const { rows: after } = await sql<Row>`
      update contact_choice
         set label = ${change.label ?? before.label}, follow_up_days = ${days},
             archived_at = ${archived ? sql`coalesce(archived_at, now())` : null}
       where id = ${id} returning *`.execute(tx);
    if (change.place !== undefined) await putAt(tx, before, change.place);
    await tx.emit('contact.choice_changed', { kind: 'contact_choice', id }, { label: before.label, change });
    return toChoice(after[0]!);
  });
}

/** Numbers those in use anew, this one at its place. */
async function putAt(tx: Transaction, { id, kind, list }: Row, place: number): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from contact_choice where kind = ${kind} and list = ${list} and archived_at is null and id <> ${id} order by place, lower(label)
       for update`.execute(tx);
  const ids = rows.map((row) => row.id).toSpliced(place, 0, id);
  await sql`update contact_choice c set place = t.n - 1 from unnest(${ids}::uuid[]) with ordinality as t(id, n) where c.id = t.id`.execute(
    tx,
  );
}

async function nameIsFree(
  tx: Transaction,
  { kind, list, label }: Pick<Row, 'kind' | 'list' | 'label'>,
  but: string | undefined,
): Promise<void> {
  const { rows } = await sql`
    select from contact_choice
     where kind = ${kind} and list = ${list} and lower(label) = lower(${label}) and archived_at is null and id is distinct from ${but ?? null}`.execute(
    tx,
  );
  if (rows.length > 0) throw conflict('contact', { es: `«${label}» ya está en la lista.`, en: `"${label}" is on the list already.` });
}
