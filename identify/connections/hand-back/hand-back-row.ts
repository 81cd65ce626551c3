import { notFound } from '@vinculo/errors';
import type { Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { When } from '../pulls/schedule.ts';
import type { List } from './read-list.ts';
import type { Target } from './targets/target.ts';

export interface HandBackRow {
  id: string;
  name: string;
  list: List;
  fields: string[];
  target: Target;
  credential_id: string | null;
  mode: 'whole' | 'changed';
  schedule: When;
  next_at: Date | null;
  state: 'on' | 'paused';
  alert_email: string | null;
  configured_by: { id: string; name: string };
  created_at: Date;
}

/** @throws VIN_HAND_BACK_NOT_FOUND also of one that was deleted. */
export async function findRow(db: Store['db'], id: string): Promise<HandBackRow> {
  const { rows } = await sql<HandBackRow>`select * from hand_back where id = ${id} and deleted_at is null`.execute(db);
  if (!rows[0]) throw notFound('hand_back', id);
  return rows[0];
}
