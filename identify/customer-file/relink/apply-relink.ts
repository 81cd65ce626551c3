import type { Context } from '@vinculo/http';
import type { JobHandle } from '@vinculo/jobs';
import { modelSchema } from '@vinculo/matching';
import { sql } from 'kysely';
import { type Actor, newId, SYSTEM, type Transaction } from '@vinculo/postgres';
import { publishUnpublished } from '../identity/publish-identity.ts';
import { counts, figuresOf, publish, startLinkage, stopwatch, type UnifyFigures, unattended } from '../identity/unify.ts';
import { whileThinking } from '../identity/queries.ts';
import { PlanOutdated, writeIdentity } from '../identity/write-identity.ts';
import { tellWarehouse } from '../identity/tell-warehouse.ts';
import { kept, savePreview, stepDetail } from './preview-relink.ts';
import { addStep, checkState, relinkById, type RelinkRow, type StoredPreview } from './relink-rows.ts';
import { settingsInForce } from '../identity/model/settings-in-force.ts';
import { movesBySource, readFile, think, type Thought } from './think.ts';

type Run = Pick<JobHandle, 'signal' | 'progress'>;

export interface Applied {
  /** False: the file has changed so much that this would do something else than what was shown; there is another preview instead. */
  applied: boolean;
  figures: UnifyFigures | null;
}

const MOST_ROUNDS = 5;

/**
 * Does what the preview showed: links, customers, model and settings in one transaction, so that a kill leaves the file before or
 * after. If the file has changed since, it is thought through again; should that come to something else, nothing is written and
 * the new preview waits for somebody to say yes.
 *
 * @throws VIN_RELINK_NOT_FOUND, VIN_RELINK_CONFLICT without a preview, or once it is applied.
 */
export function applyRelink(context: Context, id: string, run: Run = unattended(), actor: Actor = SYSTEM): Promise<Applied> {
  return whileThinking(context.store, () => applyNow(context, id, run, actor));
}

async function applyNow(context: Context, id: string, run: Run, actor: Actor): Promise<Applied> {
  const { store } = context;
  const startedAt = new Date();
  const clock = stopwatch();
  await publishUnpublished(context);
  await tellWarehouse(context);
  const relink = await relinkById(store.db, id);
  // Killed between the transaction and the end of the job: the work is done, and told to the warehouse above.
  if (relink.state === 'applied') return { applied: true, figures: null };
  checkState(relink, ['previewed']);

  const thread = startLinkage(run);
  try {
    await run.progress({ done: 0, phase: 'read' });
    const pending = await readFile(context, thread, run);
    clock.lap('read');
    for (let round = 1; ; round++) {
      const thought = await think(context, thread, relink, relink.model!);
      clock.lap('link');
      if (!likeShown(thought, relink.preview!)) {
        const sources = await movesBySource(context, thread, relink.kind);
        const { preview } = kept(relink, thought, sources, clock.laps.link!);
        await store.transaction(actor, async (tx) => {
          await savePreview(tx, id, relink.model!, { ...preview, trained: relink.preview!.trained }, true);
          await addStep(tx, id, 'outdated', actor.name, stepDetail(preview));
        });
        return { applied: false, figures: null };
      }
      const unification = newId();
      const records = Object.values(thought.figures).reduce((sum, { records: n }) => sum + n, 0);
      const figures: UnifyFigures = { ...figuresOf(records, pending, thought.figures), ...counts(thought.plan), seconds: clock.laps };
      try {
        const { changed } = await writeIdentity(context, {
          unification,
          scope: 'all',
          startedAt,
          state: thought.state,
          thread,
          figures: { ...figures, relink: id },
          models: {
            ...thought.figures,
            [relink.kind]: { ...thought.figures[relink.kind]!, model: modelSchema.parse(relink.model!.model) },
          },
          first: false,
          customers: thought.plan.build,
          redirects: thought.plan.redirects,
          everyone: false,
          progress: (phase, done, total) => run.progress({ phase, done, total }),
          also: (tx, at) => writeDown(tx, relink, thought, { unification, at, actor }),
        });
        clock.lap('write');
        await run.progress({ done: 0, phase: 'publish' });
        await publish(context, thread, unification, { ...figures, changed });
        return { applied: true, figures: { ...figures, changed } };
      } catch (error) {
        if (!(error instanceof PlanOutdated) || round === MOST_ROUNDS) throw error;
      }
    }
  } finally {
    await thread.end();
  }
}

/** The same moves, or so nearly that nobody would decide otherwise: records go on arriving while somebody reads a preview. */
function likeShown({ preview }: Thought, shown: StoredPreview): boolean {
  if (preview.digest === shown.digest) return true;
  const near = (now: number, then: number) => Math.abs(now - then) <= then * 0.01;
  return near(preview.joins, shown.joins) && near(preview.parts, shown.parts) && near(preview.moves, shown.moves);
}

interface Moment {
  unification: string;
  at: string;
  actor: Actor;
}

/** More splits than this are told by the run alone. */
const MOST_EVENTS = 200;

async function writeDown(
  tx: Transaction,
  relink: RelinkRow,
  { inForce, preview }: Thought,
  { unification, at, actor }: Moment,
): Promise<void> {
  checkState(await relinkById(tx, relink.id, true), ['previewed']);
  const former = (await settingsInForce(tx))[relink.kind];
  const version = former.version + 1;
  await sql`
    insert into linkage_settings (id, kind, version, settings, note, relink_id, created_by)
    values (${newId()}, ${relink.kind}, ${version}, ${JSON.stringify(relink.settings)}, ${relink.note}, ${relink.id}, ${actor.name})`.execute(
    tx,
  );
  await sql`
    update relink set state = 'applied', version = ${version}, unification_id = ${unification}, former_model = ${inForce?.id ?? null},
                      former_settings = ${JSON.stringify(former.settings)}, outdated = false, changed_at = now()
     where id = ${relink.id}`.execute(tx);
  await addStep(tx, relink.id, 'applied', actor.name, stepDetail(preview));
  // The history of each customer says whose doing it was, and why.
  await sql`update identity_change set reason = ${relink.note} where changed_at = ${at} and actor ->> 'kind' = 'system'`.execute(tx);
  await emitSplits(tx, at);
  await tx.emit(
    'linkage.applied',
    { kind: 'relink', id: relink.id },
    { by: actor.name, kind: relink.kind, version, note: relink.note, ...stepDetail(preview) },
  );
}

async function emitSplits(tx: Transaction, at: string): Promise<void> {
  const { rows } = await sql<{ id: string; customer_id: string; other_id: string; records: string[] }>`
    select id, customer_id, other_id, records::text[] as records from identity_change
     where changed_at = ${at} and kind = 'split' limit ${MOST_EVENTS + 1}`.execute(tx);
  if (rows.length > MOST_EVENTS) return;
  for (const { id, customer_id: kept, other_id: made, records } of rows) {
    await tx.emit('customer.split', { kind: 'customer', id: kept }, { kept, made, records, change: id });
  }
}
