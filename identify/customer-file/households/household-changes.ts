import type { z } from 'zod';
import { decodeCursor, toPage } from '@vinculo/http';
import { sql } from 'kysely';
import type { Store } from '@vinculo/postgres';
import type { HouseholdChange } from '../api/households.ts';

interface Row {
  id: string | null;
  place: string;
  kind: z.infer<typeof HouseholdChange>['kind'];
  people: { id: string; name: string }[] | null;
  by: string | null;
  reason: string | null;
  changed_at: Date;
  at: string;
  undone: boolean;
}

/** What people decided about a household, and who came and went by themselves, newest first. */
export async function householdChanges(store: Store, id: string, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
  const [at, place] = decodeCursor(cursor, 2) ?? [null, null];
  const { rows } = await sql<Row>`
    with happened as (
      select c.id, c.id::text as place, c.kind, c.customers, c.actor ->> 'name' as by, c.reason, c.changed_at,
             exists (select from household_change u where u.undoes = c.id) as undone
        from household_change c where c.household_id = ${id}
      union all
      select null, 'joined', 'joined', array_agg(customer_id), null, null, joined_at, false
        from household_member where household_id = ${id} and not 'decided' = any(reasons) group by joined_at
      union all
      select null, 'left', 'left', array_agg(customer_id), null, null, left_at, false
        from household_member where household_id = ${id} and left_at is not null group by left_at
    )
    select h.id, h.place, h.kind, h.by, h.reason, h.changed_at, h.changed_at::text as at, h.undone,
           (select jsonb_agg(jsonb_build_object('id', c.id, 'name', c.display_name) order by c.sort_name) from customer c where c.id = any(h.customers)) as people
      from happened h
     where ${at}::timestamptz is null or (h.changed_at, h.place) < (${at}::timestamptz, ${place})
     order by h.changed_at desc, h.place desc
     limit ${limit + 1}`.execute(store.db);
  const { items, next } = toPage(rows, limit, (row) => [row.at, row.place]);
  const changes = items.map(
    ({ id: change, kind, people, by, reason, changed_at, undone }): z.infer<typeof HouseholdChange> => ({
      id: change,
      kind,
      people: people ?? [],
      by,
      reason,
      changedAt: changed_at.toISOString(),
      undone,
    }),
  );
  return { items: changes, next };
}
