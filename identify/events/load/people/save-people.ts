// People that events told of become source records, many at once: linked like every other record.
import { findSource, type RawRecord, saveRecords, tellFacts } from '@vinculo/customer-file';
import type { Context } from '@vinculo/http';
import { SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { FieldsTold } from './fields.ts';
import type { PersonKind } from './tell-people.ts';

interface Row {
  record_id: string;
  source_id: string;
  kind: PersonKind;
  key: string;
  fields: FieldsTold;
  company: FieldsTold | null;
  change: number;
}

const AT_ONCE = 500;

/**
 * Saves whoever something new is told of, at most 500 at a time.
 *
 * @returns how many; 0 when nobody waits.
 */
export async function savePeople(context: Context): Promise<number> {
  const { store } = context;
  const { rows } = await sql<Row>`
    with one as (select source_id from event_person where change > saved limit 1)
    select p.record_id, p.source_id, p.kind, p.key, p.fields, c.fields as company, p.change
      from event_person p left join event_person c on c.record_id = p.group_id
     where p.change > p.saved and p.source_id = (select source_id from one)
     order by p.record_id limit ${AT_ONCE}`.execute(store.db);
  if (rows.length === 0) return 0;
  const source = await findSource(store, rows[0]!.source_id);
  const changes = rows.map(({ record_id, change }) => ({ record: record_id, change }));
  await saveRecords(context, SYSTEM, {
    source,
    records: rows.map((row) => ({ key: row.key, fields: recordOf(row) })),
    async after(tx, saved) {
      await sql`
        update event_person p set saved = s.change
          from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as s(record uuid, change integer)
         where p.record_id = s.record`.execute(tx);
      // What they did before they were customers counts from now on.
      const fresh = saved.records.filter(({ identity }) => identity !== 'same' && identity !== 'waiting');
      await tellFacts(
        tx,
        fresh.map(({ recordId }) => recordId),
        ['event', 'purchase', 'redemption'],
      );
    },
  });
  return rows.length;
}

const COMPANY_FIELDS = ['company_name', 'company_tax_id'];

/** The record as its source would tell it. Whoever never said more than their number is known by it. */
function recordOf({ kind, key, fields, company }: Row): RawRecord {
  const raw: Record<string, string> = {};
  for (const [field, { value }] of Object.entries(fields)) if (value !== '') raw[field] = value;
  if (kind === 'company') return { ...raw, kind: 'company' };
  for (const field of COMPANY_FIELDS) {
    const told = company?.[field]?.value;
    if (told && !raw[field]) raw[field] = told;
  }
  return Object.keys(raw).length === 0 ? { key } : { ...raw, kind: 'person' };
}
