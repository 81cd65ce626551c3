import { sql } from 'kysely';
import type { Store } from '@vinculo/postgres';
import type { Item, Kind, TimelineRequest } from './timeline.ts';

interface DeskRow {
  id: string;
  kind: Kind;
  at: string;
  channel: string;
  source: string | null;
  data: Record<string, unknown>;
}

/** Consents, notes and changes of identity: what the desk keeps about a customer over time. */
export async function deskFacts(store: Store, { customerId, records, kinds, before, limit }: TimelineRequest): Promise<Item[]> {
  const wanted = (['consent', 'note', 'identity'] as const).filter((kind) => kinds.has(kind));
  if (wanted.length === 0) return [];
  const { rows } = await sql<DeskRow>`
    with fact as (
      select 'consent:' || id as id, 'consent' as kind, occurred_at as at, channel, null::uuid as source,
             jsonb_build_object('purpose', purpose, 'granted', granted, 'legalBasis', legal_basis, 'proof', proof) as data
        from consent where record_id = any(${records}::uuid[])
      union all
      select 'note:' || id, 'note', created_at, '', null, jsonb_build_object('body', body, 'author', author_name, 'noteId', id)
        from note
       where deleted_at is null
         and customer_id in (select ${customerId}::uuid union all select id from customer where merged_into = ${customerId})
      union all
      select 'identity:' || id, 'identity', changed_at, '', null,
             jsonb_build_object('change', kind, 'otherId', case when customer_id = ${customerId} then other_id else customer_id end,
                                'records', cardinality(records), 'by', actor ->> 'name', 'reason', reason)
        from identity_change where customer_id = ${customerId} or other_id = ${customerId}
    ), shown as (
      select id, kind, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"') collate "C" as at, channel, source, data
        from fact where kind = any(${wanted}::text[])
    )
    select * from shown
     where ${before ? sql`(at, id collate "C") < (${before.at}, ${before.id})` : sql`true`}
     order by at desc, id collate "C" desc limit ${limit}`.execute(store.db);
  return rows.map(({ source, ...row }) => ({ ...row, sourceId: source }));
}
