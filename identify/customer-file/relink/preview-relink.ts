import type { Context } from '@vinculo/http';
import type { JobHandle } from '@vinculo/jobs';
import { sql } from 'kysely';
import { type Actor, SYSTEM } from '@vinculo/postgres';
import { startLinkage, unattended } from '../identity/unify.ts';
import { addStep, checkState, type Estimate, relinkById, type RelinkModel, type RelinkRow, type StoredPreview } from './relink-rows.ts';
import { movesBySource, readFile, think, type Thought } from './think.ts';

type Run = Pick<JobHandle, 'signal' | 'progress'>;

/**
 * Works out what the settings drafted would do to the customers there are, and keeps it with samples. Changes nobody.
 *
 * @throws VIN_RELINK_NOT_FOUND, VIN_RELINK_CONFLICT once it is applied or discarded.
 */
export async function previewRelink(context: Context, id: string, run: Run = unattended(), actor: Actor = SYSTEM): Promise<StoredPreview> {
  const began = performance.now();
  const relink = await relinkById(context.store.db, id);
  checkState(relink, ['draft', 'previewed']);
  const thread = startLinkage(run);
  try {
    await run.progress({ done: 0, phase: 'read' });
    await readFile(context, thread, run);
    const thought = await think(context, thread, relink, undefined);
    const sources = await movesBySource(context, thread, relink.kind);
    const { model, preview } = kept(relink, thought, sources, (performance.now() - began) / 1000);
    await context.store.transaction(actor, async (tx) => {
      checkState(await relinkById(tx, id, true), ['draft', 'previewed']);
      await savePreview(tx, id, model, preview, false);
      await addStep(tx, id, 'previewed', actor.name, stepDetail(preview));
    });
    return preview;
  } finally {
    await thread.end();
  }
}

type Tx = Parameters<typeof addStep>[0];

export async function savePreview(tx: Tx, id: string, model: RelinkModel, preview: StoredPreview, outdated: boolean): Promise<void> {
  await sql`
    update relink set state = 'previewed', model = ${JSON.stringify(model)}, preview = ${JSON.stringify(preview)}, outdated = ${outdated}, changed_at = now()
     where id = ${id}`.execute(tx);
}

export const stepDetail = ({ joins, parts, moves }: Pick<StoredPreview, 'joins' | 'parts' | 'moves'>) => ({ joins, parts, moves });

/** What of a thought is kept. */
export function kept(
  { kind }: Pick<RelinkRow, 'kind'>,
  { figures, preview, inForce, model }: Thought,
  sources: StoredPreview['sources'],
  seconds: number,
): { model: RelinkModel; preview: StoredPreview } {
  const found = figures[kind]!;
  const { threshold, precision, recall, records, pairs, trained } = found;
  const before: Estimate = {
    threshold: inForce?.threshold ?? null,
    precision: inForce?.precision ?? null,
    recall: inForce?.recall ?? null,
  };
  const after: Estimate = { threshold, precision, recall };
  return {
    model: { model, threshold, precision, recall, records, pairs, figures: found.figures },
    preview: { ...preview, sources, trained, before, after, seconds: Math.round(seconds * 10) / 10, at: new Date().toISOString() },
  };
}
