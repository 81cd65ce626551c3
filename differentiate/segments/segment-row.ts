import { notFound } from '@vinculo/errors';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { SegmentRow } from './api.ts';
import type { Rule } from './rule.ts';

export interface Row {
  id: string;
  kind: 'rule' | 'list' | 'prospects';
  name: string;
  description: string;
  rule: Rule | null;
  version: number;
  frozen_from: string | null;
  size: number;
  counted_at: Date | null;
  moved_at: Date | null;
  author_name: string;
  created_at: Date;
  archived_at: Date | null;
  trend: number[] | null;
}

/** What lists and the record page read, over `segment s`. */
export const segmentColumns = sql`
  s.*, (select array_agg(d.size order by d.day) from (select day, size from segment_day where segment_id = s.id order by day desc limit 30) d) as trend`;

export function toRow(row: Row): z.infer<typeof SegmentRow> {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    description: row.description,
    size: row.counted_at || row.kind === 'prospects' ? row.size : null,
    trend: row.trend ?? [],
    movedAt: row.moved_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    authorName: row.author_name,
    archived: row.archived_at !== null,
  };
}

/** @throws VIN_SEGMENT_NOT_FOUND */
export async function findRow(db: Kysely<unknown>, id: string, lock: RawBuilder<unknown> = sql``): Promise<Row> {
  const { rows } = await sql<Row>`select ${segmentColumns} from segment s where s.id = ${id} ${lock}`.execute(db);
  if (!rows[0]) throw notFound('segment', id);
  return rows[0];
}
