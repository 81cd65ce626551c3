import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { CustomerCluster } from '../api/relink.ts';
import type { ChangeDetail } from '../identity/identity-change.ts';
import { shownKey } from '../identity/mask.ts';

type History = z.infer<typeof CustomerCluster>['history'];

const MOST_CHANGES = 50;
const MOST_MOVES = 12;

interface Row {
  id: string;
  kind: History[number]['kind'];
  by: string;
  reason: string | null;
  changed_at: Date;
  undone: boolean;
  moves: ChangeDetail['moves'];
}

/** Every change of who this customer is, newest first: which record went from whom to whom. */
export async function clusterHistory({ store }: Context, id: string, open: boolean): Promise<History> {
  const { rows } = await sql<Row>`
    select c.id, c.kind, c.actor ->> 'name' as by, c.reason, c.changed_at, c.detail -> 'moves' as moves,
           exists (select from identity_change u where u.undoes = c.id) as undone
      from identity_change c
     where c.customer_id = ${id} or c.other_id = ${id}
     order by c.changed_at desc, c.id desc limit ${MOST_CHANGES}`.execute(store.db);
  const moves = rows.flatMap((row) => row.moves.slice(0, MOST_MOVES));
  const { rows: moved } = await sql<{ id: string; source: string; key: string }>`
      select r.id, s.label as source, r.key from source_record r join source s on s.id = r.source_id
       where r.id = any(${moves.map(({ record }) => record)}::uuid[])`.execute(store.db);
  const records = new Map(moved.map(({ id: record, source, key }) => [record, `${source} ${shownKey(key, open)}`]));
  const customers = await labels(
    sql<{ id: string; label: string }>`
      select id, display_name as label from customer where id = any(${moves.flatMap(({ from, to }) => [from, to])}::uuid[])`.execute(
      store.db,
    ),
  );
  const named = (customer: string) => ({ id: customer, name: customers.get(customer) ?? '' });
  return rows.map(({ changed_at, moves: all, ...row }) => ({
    ...row,
    changedAt: changed_at.toISOString(),
    moves: all
      .slice(0, MOST_MOVES)
      .map(({ record, from, to }) => ({ record: records.get(record) ?? record, from: named(from), to: named(to) })),
    more: Math.max(0, all.length - MOST_MOVES),
  }));
}

async function labels(query: Promise<{ rows: { id: string; label: string }[] }>): Promise<Map<string, string>> {
  return new Map((await query).rows.map(({ id, label }) => [id, label]));
}
