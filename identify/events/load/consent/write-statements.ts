import { newId, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { Statement } from './preferences.ts';

/** Writes choices that say something else than the one before them. Gives the records with a new one. Doing it again writes nothing. */
export async function writeStatements(tx: Transaction, statements: readonly Statement[]): Promise<string[]> {
  if (statements.length === 0) return [];
  const sorted = statements.toSorted((a, b) => a.at - b.at);
  const last = new Map<string, boolean>();
  const rows = sorted.flatMap(({ record, purpose, granted, at, messageId }) => {
    const what = `${record}\n${purpose}`;
    const before = last.get(what);
    if (before === granted) return [];
    last.set(what, granted);
    // The first is compared with what is written, the others with the one before them here.
    return [{ id: newId(), record, purpose, granted, at: new Date(at).toISOString(), proof: messageId, first: before === undefined }];
  });
  const { rows: written } = await sql<{ record: string }>`
    insert into consent (id, record_id, purpose, channel, granted, legal_basis, proof, occurred_at, recorded_by)
    select s.id, s.record, s.purpose, 'web', s.granted, 'consent', s.proof, s.at, 'events'
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s(id uuid, record uuid, purpose text, granted boolean, proof text, at timestamptz, first boolean)
     where not s.first or s.granted is distinct from (
       select c.granted from consent c
        where c.record_id = s.record and c.purpose = s.purpose and c.channel = 'web' and c.occurred_at <= s.at
        order by c.occurred_at desc limit 1)
    on conflict (record_id, purpose, channel, occurred_at) do nothing
    returning record_id as record`.execute(tx);
  return written.map(({ record }) => record);
}
