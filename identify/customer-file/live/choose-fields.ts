import { sql } from 'kysely';
import { newId, type Transaction } from '@vinculo/postgres';

/** Takes fields from this record from now on. Gives the ids of the choices. */
export async function chooseFields(tx: Transaction, edit: string, record: string, fields: readonly string[]): Promise<string[]> {
  if (fields.length === 0) return [];
  await withdrawChoices(tx, [record], fields);
  const { rows } = await sql<{ id: string }>`
    insert into field_choice (id, record_id, field, edit_id, decided_by, decided_at)
    select id, ${record}, field, ${edit}, ${tx.actor.name}, clock_timestamp()
      from unnest(${fields.map(() => newId())}::uuid[], ${fields}::text[]) as c(id, field)
    returning id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Ends the choices of these records about these fields. Gives their ids. */
export async function withdrawChoices(tx: Transaction, records: readonly string[], fields: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update field_choice set undone_at = clock_timestamp()
     where undone_at is null and record_id = any(${records}::uuid[]) and field = any(${fields}::text[]) returning id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Ends the choices `made` and brings those `withdrawn` back, where no newer one stands. False when some of those made no longer hold. */
export async function turnChoices(tx: Transaction, made: readonly string[], withdrawn: readonly string[]): Promise<boolean> {
  const { rows } = await sql`
    update field_choice set undone_at = clock_timestamp() where id = any(${made}::uuid[]) and undone_at is null returning id`.execute(tx);
  if (rows.length !== made.length) return false;
  await sql`
    update field_choice c set undone_at = null
     where id = any(${withdrawn}::uuid[])
       and not exists (select from field_choice o where o.record_id = c.record_id and o.field = c.field and o.undone_at is null)`.execute(
    tx,
  );
  return true;
}
