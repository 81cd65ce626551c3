import { type Kysely, sql } from 'kysely';
import type { Corrections } from './corrections.ts';

/** What people put right in whatever comes from this source, by field and value; a correction of the source before one of every source. */
export async function correctionsOf(db: Kysely<unknown>, sourceId: string): Promise<Corrections> {
  const { rows } = await sql<{ field: string; wrong: string; right: string }>`
    select field, wrong, "right" from correction
     where undone_at is null and (source_id is null or source_id = ${sourceId})
     order by source_id nulls first, made_at`.execute(db);
  const byField: Record<string, Record<string, string>> = {};
  for (const { field, wrong, right } of rows) (byField[field] ??= {})[wrong] = right;
  return byField;
}
