import type { Context } from '@vinculo/http';
import type { JobHandle } from '@vinculo/jobs';
import { sql } from 'kysely';
import { newId, SYSTEM } from '@vinculo/postgres';
import { LINK_QUERY } from './current-links.ts';
import type { Kind } from './customer-record.ts';
import { deferIndexes, restoreIndexes } from './deferred-indexes.ts';
import type { KindFigures, LinkageThread } from './linkage.worker.ts';
import { markPublished, publishLines, publishUnpublished } from './publish-identity.ts';
import { decisionsInForce, identityState, type ModelInForce, modelsInForce, modelsKnown, outgrown, whileThinking } from './queries.ts';
import { RECORD_QUERY } from './record-table.ts';
import { tellWarehouse } from './tell-warehouse.ts';
import { linkageSettings } from './model/settings-in-force.ts';
import { owned, startThread, type Thread } from '@vinculo/threads';
import { PlanOutdated, writeIdentity } from './write-identity.ts';

export interface Unify {
  /** `new` links records that are new or changed against everything; `all` learns anew and links everything. */
  scope: 'all' | 'new';
  importId?: string;
  /** Link with the model in force, even one that the file has outgrown, instead of training one. */
  keepModel?: boolean;
}

export interface UnifyFigures {
  records: number;
  /** New or changed since they were looked at last. */
  pending: number;
  /** Links opened. */
  moved: number;
  created: number;
  merged: number;
  /** Customers new or changed. */
  changed: number;
  pairs: number;
  /** Means over the kinds, by records, of the pairs of records that share a customer; recall counts in what was never compared. */
  estimatedPrecision: number | null;
  estimatedRecall: number | null;
  /** By phase. */
  seconds: Record<string, number>;
}

export type Run = Pick<JobHandle, 'signal' | 'progress'>;

/** For callers that are no job: never aborted, nobody watches. */
export const unattended = (): Run => ({ signal: new AbortController().signal, progress: async () => {} });

/** People may change who is who while a run thinks; it then thinks again, this often. */
const MOST_ROUNDS = 5;
/** From here on, building indexes at the end beats keeping them as rows come. */
const WORTH_DEFERRING = 20_000;

/**
 * Finds out which records are one customer and writes it down: links with their reasons, customers with stable ids and golden
 * records. What people decided binds it. The desk is written in one transaction and the warehouse told afterwards; a run that
 * is killed leaves the file as it was or as it should be, and the next run finishes what is missing.
 */
export function unify(context: Context, what: Unify, run: Run = unattended()): Promise<UnifyFigures> {
  return whileThinking(context.store, () => unifyNow(context, what, run));
}

async function unifyNow(context: Context, { scope, keepModel = false }: Unify, run: Run): Promise<UnifyFigures> {
  const { store } = context;
  const startedAt = new Date();
  const clock = stopwatch();
  await run.progress({ done: 0, phase: 'read' });
  await restoreIndexes(store);
  await publishUnpublished(context);
  await tellWarehouse(context);

  const pending = await pendingRecords(context, run.signal);
  if (scope === 'new' && pending.records === 0 && (await allFit(context, pending.kinds))) return nothing(pending.of);

  const thread = startLinkage(run);
  try {
    const counted = await readRecords(context, thread, run, pending.of);
    await thread.call('addPending', undefined === pending.ids ? undefined : owned(pending.ids));
    clock.lap('read');

    const first = await isFirst(context);
    const inForce = await modelsInForce(store.db);
    let models = keepModel ? inForce : usable(inForce, counted, scope === 'all');
    let trained: Partial<Record<Kind, KindFigures>> = {};
    for (let round = 1; ; round++) {
      const state = await identityState(store.db);
      await readLinks(context, thread);
      const decisions = await decisionsInForce(store.db);
      const linked = await thread.call('link', models, decisions, scope === 'all', await linkageSettings(store.db));
      trained = { ...linked, ...keepTrained(trained) };
      models = { ...models, ...newlyTrained(linked) };
      const plan = await thread.call('plan');
      clock.lap('link');

      const figures: UnifyFigures = { ...figuresOf(counted.records, pending.records, trained), ...counts(plan), seconds: clock.laps };
      const unification = newId();
      if (first && counted.records >= WORTH_DEFERRING) await deferIndexes(store);
      try {
        const { changed } = await writeIdentity(context, {
          unification,
          scope,
          startedAt,
          state,
          thread,
          figures: { ...figures },
          models: trained,
          first,
          customers: plan.build,
          redirects: plan.redirects,
          everyone: first,
          progress: (phase, done, total) => run.progress({ phase, done, total }),
        });
        clock.lap('write');
        await run.progress({ done: 0, phase: 'publish' });
        await publish(context, thread, unification, { ...figures, changed });
        clock.lap('publish');
        if (first) await sql`analyze customer, link, search_word`.execute(store.db);
        return { ...figures, changed, seconds: clock.laps };
      } catch (error) {
        if (!(error instanceof PlanOutdated) || round === MOST_ROUNDS) throw error;
      }
    }
  } finally {
    await thread.end();
    await restoreIndexes(store);
  }
}

export function startLinkage(run: Run): Thread<LinkageThread> {
  return startThread<LinkageThread>(
    new URL('./linkage.worker.ts', import.meta.url),
    run.signal,
    ({ phase, done, total, detail }: { phase: string; done: number; total: number; detail: Kind }) =>
      // A progress that cannot be written is no reason to stop the work.
      void run.progress({ phase, done, total, detail }).catch(() => {}),
  );
}

export interface Pending {
  records: number;
  /** Records there are, and of each kind. */
  of: number;
  kinds: Record<Kind, number>;
  /** Their ids, unless that is all of them. */
  ids?: Buffer;
}

/** How many records are new or changed since identity last looked at them. */
export async function pendingRecords({ warehouse }: Context, signal: AbortSignal): Promise<Pending> {
  const [counted] = await warehouse.rows<{ records: number; companies: number; linked: number }>(
    `select count() as records, countIf(kind = 'company') as companies, (select count() from identity) as linked from match_record final`,
    {},
    { signal },
  );
  const { records, companies, linked } = counted!;
  const all = { of: records, kinds: { person: records - companies, company: companies } };
  if (linked === 0) return { records, ...all };
  const chunks: Buffer[] = [];
  for await (const bytes of warehouse.bytes(
    `select m.record_id
       from (select record_id, version from match_record final) m
       left join (select record_id, record_version from identity final) i on i.record_id = m.record_id
      where i.record_version < m.version`,
    {},
    { format: 'RowBinary', signal },
  )) {
    chunks.push(Buffer.from(bytes));
  }
  const ids = Buffer.concat(chunks);
  return { records: ids.length / 16, ...all, ids };
}

export async function readRecords({ warehouse }: Context, thread: Thread<LinkageThread>, run: Run, total: number) {
  let read = 0;
  for await (const bytes of warehouse.bytes(RECORD_QUERY, {}, { format: 'RowBinary', signal: run.signal })) {
    read += bytes.length;
    await thread.call('addRecords', owned(bytes));
    // A record is about 150 bytes wide: near enough to show that it moves.
    await run.progress({ phase: 'read', done: Math.min(total, Math.round(read / 150)), total });
  }
  return thread.call('endRecords');
}

export async function readLinks({ store }: Context, thread: Thread<LinkageThread>): Promise<void> {
  const { rows } = await store.pool.query<{ packed: Buffer }>(LINK_QUERY);
  await thread.call('addLinks', new Uint8Array(0), true);
  for (const { packed } of rows) await thread.call('addLinks', owned(packed), false);
}

async function isFirst({ store }: Context): Promise<boolean> {
  const { rows } = await sql<{ first: boolean }>`
    select not exists (select from customer) and not exists (select from link) as first`.execute(store.db);
  return rows[0]!.first;
}

/** Whether there is a model for every kind of record there is, which its file has not outgrown. */
export async function allFit({ store }: Pick<Context, 'store'>, counted: Record<Kind, number>): Promise<boolean> {
  const models = await modelsKnown(store.db);
  return (['person', 'company'] as const).every((kind) => counted[kind] === 0 || (models[kind] && !outgrown(models[kind], counted[kind])));
}

/** The models to link with: none of a kind whose file has outgrown it, or when everything is to be learned anew. */
function usable(models: Partial<Record<Kind, ModelInForce>>, counted: Record<Kind, number>, anew: boolean): typeof models {
  if (anew) return {};
  return Object.fromEntries(Object.entries(models).filter(([kind, model]) => !outgrown(model, counted[kind as Kind])));
}

function newlyTrained(linked: Partial<Record<Kind, KindFigures>>) {
  return Object.fromEntries(
    Object.entries(linked).flatMap(([kind, { model, threshold }]) => (model ? [[kind, { model, threshold }]] : [])),
  ) as Partial<Record<Kind, ModelInForce>>;
}

/** What an earlier round learned is still to be saved by the one that gets to write. */
function keepTrained(figures: Partial<Record<Kind, KindFigures>>): typeof figures {
  return Object.fromEntries(Object.entries(figures).filter(([, { model }]) => model !== null));
}

export function figuresOf(records: number, pending: number, kinds: Partial<Record<Kind, KindFigures>>) {
  const all = Object.values(kinds);
  const mean = (of: (figures: KindFigures) => number | null) => {
    const known = all.filter((figures) => of(figures) !== null);
    const weight = known.reduce((sum, figures) => sum + figures.records, 0);
    return weight === 0 ? null : known.reduce((sum, figures) => sum + of(figures)! * figures.records, 0) / weight;
  };
  return {
    records,
    pending,
    pairs: all.reduce((sum, { pairs }) => sum + pairs, 0),
    estimatedPrecision: mean(({ precision }) => precision),
    estimatedRecall: mean(({ recall }) => recall),
    changed: 0,
  };
}

export const counts = (plan: Awaited<ReturnType<LinkageThread['plan']>>) => ({
  moved: plan.moved,
  created: plan.created,
  merged: plan.redirects.length,
});

/** Tells the warehouse whose the records of a plan just written are. */
export async function publish(context: Context, thread: Thread<LinkageThread>, unification: string, figures: object): Promise<void> {
  await thread.call('beginIdentity');
  async function* lines() {
    for (let piece = await thread.call('identityLines'); piece !== undefined; piece = await thread.call('identityLines')) yield piece;
  }
  await publishLines(context, lines());
  await context.store.transaction(SYSTEM, (tx) => markPublished(tx, unification, { ...figures }));
}

function nothing(records: number): UnifyFigures {
  const none = { pending: 0, moved: 0, created: 0, merged: 0, changed: 0, pairs: 0 };
  return { records, ...none, estimatedPrecision: null, estimatedRecall: null, seconds: {} };
}

export function stopwatch() {
  const laps: Record<string, number> = {};
  let last = performance.now();
  return {
    laps,
    lap(phase: string) {
      const now = performance.now();
      laps[phase] = Math.round((laps[phase] ?? 0) * 1000 + now - last) / 1000;
      last = now;
    },
  };
}
