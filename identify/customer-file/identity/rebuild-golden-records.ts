import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import { newId, SYSTEM } from '@vinculo/postgres';
import { identityState, whileThinking } from './queries.ts';
import { markPublished, publishUnpublished } from './publish-identity.ts';
import { readLinks, readRecords, type Run, startLinkage, unattended } from './unify.ts';
import { tellWarehouse } from './tell-warehouse.ts';
import { restoreIndexes } from './deferred-indexes.ts';
import { writeIdentity } from './write-identity.ts';

/**
 * Chooses every golden record anew, by the rules of survivorship in force, without touching who is who. Customers whose golden
 * record stays the same are not written.
 */
export function rebuildGoldenRecords(context: Context, run: Run = unattended()): Promise<{ customers: number; changed: number }> {
  return whileThinking(context.store, () => rebuildNow(context, run));
}

async function rebuildNow(context: Context, run: Run): Promise<{ customers: number; changed: number }> {
  const { store } = context;
  const startedAt = new Date();
  await restoreIndexes(store);
  await publishUnpublished(context);
  await tellWarehouse(context);
  const thread = startLinkage(run);
  try {
    const { rows } = await sql<{ records: number }>`select count(*) as records from link where valid_to is null`.execute(store.db);
    await readRecords(context, thread, run, rows[0]!.records);
    const state = await identityState(store.db);
    await readLinks(context, thread);
    const customers = await thread.call('planRebuild');
    const unification = newId();
    const figures = { customers };
    const { changed } = await writeIdentity(context, {
      unification,
      scope: 'rebuild',
      startedAt,
      state,
      thread,
      figures,
      models: {},
      customers,
      redirects: [],
      first: false,
      everyone: true,
      progress: (phase, done, total) => run.progress({ phase, done, total }),
    });
    await store.transaction(SYSTEM, (tx) => markPublished(tx, unification, { ...figures, changed }));
    return { customers, changed };
  } finally {
    await thread.end();
  }
}
