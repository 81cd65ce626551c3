// The thinking that a preview and an apply have in common: the whole file linked with the settings drafted, and what that changes.
import { conflict } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { KindFigures, LinkageThread, LinkingModel } from '../identity/linkage.worker.ts';
import type { Kind } from '../identity/customer-record.ts';
import { decisionsInForce, identityState, type ModelInForce, modelsInForce } from '../identity/queries.ts';
import { owned, type Thread } from '@vinculo/threads';
import { pendingRecords, readLinks, readRecords, type Run } from '../identity/unify.ts';
import type { PlanPreview } from '../identity/preview-plan.ts';
import type { RelinkRow } from './relink-rows.ts';
import { linkageSettings, refitted } from '../identity/model/settings-in-force.ts';

export interface Thought {
  state: string;
  figures: Partial<Record<Kind, KindFigures>>;
  plan: { moved: number; build: number; created: number; transfers: number; redirects: { from: string; into: string }[] };
  preview: PlanPreview;
  /** Before the change. */
  inForce: ModelInForce | undefined;
  /** The model that linked the kind, whether it was trained now, refitted or given. */
  model: unknown;
}

/** Reads every record into the thread. */
export async function readFile(context: Context, thread: Thread<LinkageThread>, run: Run): Promise<number> {
  const pending = await pendingRecords(context, run.signal);
  await readRecords(context, thread, run, pending.of);
  await thread.call('addPending', pending.ids && owned(pending.ids));
  return pending.records;
}

/**
 * Links the kind whole with the settings drafted, with the model given, or else the one in force where it still fits. The other
 * kind is only looked at where something is new, as ever.
 */
export async function think(
  { store }: Context,
  thread: Thread<LinkageThread>,
  { kind, settings, train }: RelinkRow,
  given: LinkingModel | undefined,
): Promise<Thought> {
  const state = await identityState(store.db);
  const known = await modelsInForce(store.db);
  const inForce = known[kind];
  const fitted = train || !inForce ? undefined : refitted(inForce.model, settings);
  const chosen: LinkingModel | undefined =
    given ?? (fitted && { model: fitted, threshold: settings.threshold === 'auto' ? null : settings.threshold });
  const models: Partial<Record<Kind, LinkingModel>> = { ...known };
  if (chosen) models[kind] = chosen;
  else delete models[kind];
  await readLinks({ store } as Context, thread);
  const rules = { ...(await linkageSettings(store.db)), [kind]: settings };
  const figures = await thread.call('link', models, await decisionsInForce(store.db), kind, rules);
  if (!figures[kind]) {
    throw conflict('relink', {
      es: 'No hay fichas de este tipo, así que no hay nada que unir. Importa clientes primero.',
      en: 'There are no records of this kind, so there is nothing to link. Import customers first.',
    });
  }
  const plan = await thread.call('plan');
  const preview = await thread.call('preview', kind);
  return { state, figures, plan, preview, inForce, model: figures[kind]?.model ?? chosen?.model };
}

/** How many records move, by the source they came from. */
export async function movesBySource({ store }: Context, thread: Thread<LinkageThread>, kind: Kind) {
  const sources = new Map<string, { source: string; joined: number; parted: number }>();
  for (;;) {
    const piece = await thread.call('movedRecords', kind);
    if (!piece) break;
    for (const what of ['joined', 'parted'] as const) {
      const { rows } = await sql<{ source: string; n: number }>`
        select source_id as source, count(*)::int as n from source_record where id = any(${piece[what]}::uuid[]) group by source_id`.execute(
        store.db,
      );
      for (const { source, n } of rows) {
        const line = sources.get(source) ?? { source, joined: 0, parted: 0 };
        line[what] += n;
        sources.set(source, line);
      }
    }
  }
  return [...sources.values()].toSorted((x, y) => y.joined + y.parted - x.joined - x.parted);
}
