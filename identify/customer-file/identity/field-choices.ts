// What people entered or chose for a field of the golden record goes before every rule.
import { type Kysely, sql } from 'kysely';

/** Who said that a field is taken from a record, and when (ISO 8601). */
export interface FieldChoice {
  by: string;
  at: string;
}

/** Choices by field, or group of fields chosen as one. */
export type FieldChoices = ReadonlyMap<string, FieldChoice>;

/** One choice as it is passed on: record, field, by, at. */
export type ChoiceRow = [record: string, field: string, by: string, at: string];

/** The choices in force, of these records or of all. */
export async function choicesInForce(db: Kysely<unknown>, records?: readonly string[]): Promise<ChoiceRow[]> {
  const { rows } = await sql<{ record_id: string; field: string; decided_by: string; decided_at: Date }>`
    select record_id, field, decided_by, decided_at from field_choice
     where undone_at is null and ${records ? sql`record_id = any(${records}::uuid[])` : sql`true`}`.execute(db);
  return rows.map((row) => [row.record_id, row.field, row.decided_by, row.decided_at.toISOString()]);
}

export function choicesByRecord(rows: readonly ChoiceRow[]): Map<string, FieldChoices> {
  const found = new Map<string, Map<string, FieldChoice>>();
  for (const [record, field, by, at] of rows) (found.get(record) ?? found.set(record, new Map()).get(record)!).set(field, { by, at });
  return found;
}
