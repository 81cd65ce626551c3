// A change of settings as the desk keeps it.
import { conflict, notFound } from '@vinculo/errors';
import type { Settings } from '@vinculo/matching';
import { type Kysely, sql } from 'kysely';
import { newId, type Transaction } from '@vinculo/postgres';
import type { Kind } from '../identity/customer-record.ts';
import type { ModelFigures } from '../identity/model/model-figures.ts';
import type { PlanPreview } from '../identity/preview-plan.ts';

/** What a preview linked with, and an apply links with again. */
export interface RelinkModel {
  model: unknown;
  threshold: number;
  precision: number | null;
  recall: number | null;
  records: number;
  pairs: number;
  figures: ModelFigures | null;
}

export interface StoredPreview extends PlanPreview {
  /** Records that move by source: into another customer that stays, and away from one that stays. */
  sources: { source: string; joined: number; parted: number }[];
  trained: boolean;
  before: Estimate;
  after: Estimate;
  seconds: number;
  at: string;
}

export interface Estimate {
  threshold: number | null;
  precision: number | null;
  recall: number | null;
}

/** Why a part of a change could not be undone. */
export type UndoObstacle = 'moved' | 'merged' | 'decided';

export interface UndoneFigures {
  restored: { records: number; customers: number };
  conflicts: { from: string; to: string; records: number; because: UndoObstacle }[];
  /** More than are listed. */
  conflictCount: number;
}

export interface RelinkRow {
  id: string;
  kind: Kind;
  state: 'draft' | 'previewed' | 'applied' | 'undone' | 'discarded';
  settings: Settings;
  note: string;
  train: boolean;
  model: RelinkModel | null;
  preview: StoredPreview | null;
  outdated: boolean;
  version: number | null;
  former_model: string | null;
  former_settings: Settings | null;
  unification_id: string | null;
  undo_id: string | null;
  undone: UndoneFigures | null;
  job_id: string | null;
  created_by: string;
  created_at: Date;
  changed_at: Date;
}

/** @throws VIN_RELINK_NOT_FOUND */
export async function relinkById(db: Kysely<unknown>, id: string, lock = false): Promise<RelinkRow> {
  const { rows } = await sql<RelinkRow>`select * from relink where id = ${id} ${lock ? sql`for update` : sql``}`.execute(db);
  if (!rows[0]) throw notFound('relink', id);
  return rows[0];
}

/** One line of its history. */
export async function addStep(
  tx: Transaction,
  relink: string,
  step: 'drafted' | 'previewed' | 'outdated' | 'applied' | 'undone' | 'discarded',
  by: string,
  detail: Record<string, unknown> = {},
): Promise<void> {
  await sql`
    insert into relink_step (id, relink_id, step, by_name, detail)
    values (${newId()}, ${relink}, ${step}, ${by}, ${JSON.stringify(detail)})`.execute(tx);
}

/** @throws VIN_RELINK_CONFLICT unless it is in one of these states. */
export function checkState({ state }: RelinkRow, allowed: readonly RelinkRow['state'][]): void {
  if (allowed.includes(state)) return;
  const [es, en] = WHAT[state];
  throw conflict('relink', {
    es: `Este cambio de reglas ${es}. No se ha hecho nada. Vuelve a abrirlo para ver cómo está.`,
    en: `This change of rules ${en}. Nothing was done. Open it again to see how it stands.`,
  });
}

const WHAT: Record<RelinkRow['state'], [es: string, en: string]> = {
  draft: ['aún no tiene vista previa', 'has no preview yet'],
  previewed: ['aún no se ha aplicado', 'has not been applied yet'],
  applied: ['ya se aplicó', 'has been applied already'],
  undone: ['ya se deshizo', 'has been undone already'],
  discarded: ['se descartó', 'was discarded'],
};
