import type { Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { EventSource } from '../api/collect.ts';

/** The sources that have, or had, a write key. */
export async function eventSources(store: Store): Promise<z.infer<typeof EventSource>[]> {
  const { rows } = await sql<{ source_id: string; name: string; label: string; keys: number; last_used_at: Date | null }>`
    select s.id as source_id, s.name, s.label, max(k.last_used_at) as last_used_at,
           count(*) filter (where k.revoked_at is null and (k.expires_at is null or k.expires_at > now()))::int as keys
      from write_key k
      join source s on s.id = k.source_id
     group by s.id
     order by lower(s.label), s.id`.execute(store.db);
  return rows.map(({ source_id, last_used_at, ...row }) => ({
    ...row,
    sourceId: source_id,
    lastUsedAt: last_used_at?.toISOString() ?? null,
  }));
}
