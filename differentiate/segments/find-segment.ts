import { sql } from 'kysely';
import type { z } from 'zod';
import type { Segment } from './api.ts';
import { namedIn, type Segments } from './environment.ts';
import { findRow, toRow } from './segment-row.ts';

/** A segment with its rule, what it names and what names it. */
export async function findSegment({ context }: Segments, id: string): Promise<z.infer<typeof Segment>> {
  const { db } = context.store;
  const row = await findRow(db, id);
  const named = row.rule ? namedIn([row.rule.where]) : [];
  const [usedBy, uses, frozen, everybody] = await Promise.all([
    usersOf(db, id),
    namesOf(db, named),
    namesOf(db, row.frozen_from ? [row.frozen_from] : []),
    countEverybody(context),
  ]);
  return {
    ...toRow(row),
    rule: row.rule,
    version: row.version,
    countedAt: row.counted_at?.toISOString() ?? null,
    frozenFrom: frozen[0] ?? null,
    everybody,
    usedBy,
    uses,
  };
}

type Db = Segments['context']['store']['db'];

/** Segments in use whose rule names this one. */
export async function usersOf(db: Db, id: string): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from segment
     where archived_at is null and jsonb_path_exists(rule, '$.** ? (@.segment == $id)', jsonb_build_object('id', ${id}::text)) order by lower(name)`.execute(
    db,
  );
  return rows;
}

async function namesOf(db: Db, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{
    id: string;
    name: string;
  }>`select id, name from segment where id = any(${ids}::uuid[]) order by lower(name)`.execute(db);
  return rows;
}

/** Customers the warehouse knows. */
export async function countEverybody({ warehouse }: Segments['context']): Promise<number> {
  const [row] = await warehouse.rows<{ n: number }>('select count() as n from customer_profile final where alive');
  return row!.n;
}
