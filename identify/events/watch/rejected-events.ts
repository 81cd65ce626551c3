// Rejected events among those that arrived: open ones, newest first.
import type { Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { Place, RecentFilter } from './recent-events.ts';

export interface RejectedEvent {
  id: string;
  /** Milliseconds since 1970. */
  received: number;
  source: string;
  type: string;
  name: string;
  reason: string;
  field: string;
  value: string;
}

export async function rejectedEvents(
  store: Store,
  { source, type, name }: RecentFilter,
  before: Place | undefined,
  limit: number,
): Promise<RejectedEvent[]> {
  const { rows } = await sql<RejectedEvent>`
    select id, (extract(epoch from received_at) * 1000)::float8 as received, source_id as source, type, name, reason, field, value
      from event_error
     where state = 'open'
       and (${source ?? null}::uuid is null or source_id = ${source ?? null})
       and (${type ?? null}::text is null or type = ${type ?? null})
       and (${name ?? null}::text is null or position(lower(${name ?? null}) in lower(name)) > 0)
       and (${before?.id ?? null}::uuid is null
            or (received_at, id) < (to_timestamp(${before?.received ?? 0}::float8 / 1000), ${before?.id ?? null}::uuid))
     order by received_at desc, id desc limit ${limit}`.execute(store.db);
  return rows;
}
