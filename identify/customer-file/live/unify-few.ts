import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import { newId, SYSTEM, type Transaction } from '@vinculo/postgres';
import { publishUnpublished } from '../identity/publish-identity.ts';
import { rowBinaryReader, uuidBytes } from '../identity/row-binary.ts';
import { allFit, pendingRecords, type Run, stopwatch, type UnifyFigures } from '../identity/unify.ts';
import { uuidText } from '../identity/uuid-codes.ts';
import { saveFound } from '../identity/doubts/save-found.ts';
import type { LiveRecord } from './live-file.ts';
import { liveIndex } from './live-index.ts';
import { matchRecords } from './read-records.ts';
import { noteUntold, tellWarehouse } from '../identity/tell-warehouse.ts';
import { writePlan } from './write-plan.ts';

/** More than this, and reading the whole file is quicker. */
const FEW = 5_000;
const AT_ONCE = 250;

/**
 * Links the records that are new or changed through the live index, when it is there and they are few: as a run over the new ones
 * would, without reading the file. Undefined when that run has to do it; what was linked by then stays.
 */
export async function unifyFew(context: Context, run: Run): Promise<UnifyFigures | undefined> {
  const live = liveIndex(context);
  if ((await live.state()).state !== 'ready') return undefined;
  const startedAt = new Date();
  const clock = stopwatch();
  await publishUnpublished(context);
  await tellWarehouse(context);
  const pending = await pendingRecords(context, run.signal);
  if (pending.records === 0 || pending.records > FEW || !pending.ids || !(await allFit(context, pending.kinds))) return undefined;
  const ids = textOf(pending.ids);
  clock.lap('read');

  const sums = { moved: 0, created: 0, merged: 0, changed: 0 };
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    run.signal.throwIfAborted();
    await run.progress({ phase: 'link', done: from, total: ids.length });
    const linked = await linkSome(context, ids.slice(from, from + AT_ONCE));
    if (!linked) return undefined;
    for (const name of ['moved', 'created', 'merged', 'changed'] as const) sums[name] += linked[name];
  }
  clock.lap('link');
  await tellWarehouse(context);
  clock.lap('publish');
  const unknown = { pairs: 0, estimatedPrecision: null, estimatedRecall: null };
  const figures: UnifyFigures = { records: pending.of, pending: pending.records, ...sums, ...unknown, seconds: clock.laps };
  const id = newId();
  await context.store.transaction(SYSTEM, async (tx) => {
    await sql`
      insert into unification (id, scope, figures, started_at, linked_at, published_at)
      values (${id}, 'new', ${JSON.stringify(figures)}, ${startedAt}, now(), now())`.execute(tx);
    await tx.emit('customers.unified', { kind: 'unification', id }, { ...figures });
  });
  return figures;
}

async function linkSome(context: Context, ids: readonly string[]) {
  let records: LiveRecord[] = [];
  return liveIndex(context).change(
    SYSTEM,
    async () => {
      records = await matchRecords(context, ids);
      return { records, decided: [] };
    },
    async (tx: Transaction, { plan, versions, doubts }) => {
      // Contacts are read again after every unification.
      await writePlan(tx, plan, { contact: false });
      await saveFound(tx, await doubts, ids);
      const seen = new Map(plan.moves.map(({ record }, n) => [record, versions[n]!]));
      for (const { record, version } of records) seen.set(record, version);
      await noteUntold(
        tx,
        [...seen].map(([record, version]) => ({ record, version, match: null, lookedAt: true })),
      );
      return { moved: plan.moves.length, created: plan.created.length, merged: plan.redirects.length, changed: plan.build.length };
    },
  );
}

function textOf(packed: Buffer): string[] {
  const ids: string[] = [];
  const id = Buffer.alloc(16);
  const reader = rowBinaryReader(['uuid'], (row, bounds) => {
    uuidBytes(row, bounds[0]!, id, 0);
    ids.push(uuidText(id, 0));
  });
  reader.push(packed);
  reader.end();
  return ids;
}
