import type { Context } from '@vinculo/http';
import type { JobHandle } from '@vinculo/jobs';
import { sql } from 'kysely';
import { newId, SYSTEM } from '@vinculo/postgres';
import type { Kind } from '../identity/customer-record.ts';
import { decisionsInForce, modelsInForce } from '../identity/queries.ts';
import { readRecords, startLinkage, unattended } from '../identity/unify.ts';
import type { Measured } from '../identity/model/measure-records.ts';
import type { ModelFigures } from '../identity/model/model-figures.ts';

type Run = Pick<JobHandle, 'signal' | 'progress'>;

/** Measures how the models in force do on what came after they were trained and on what people decided. Changes nobody. */
export async function measureModels(context: Context, run: Run = unattended()): Promise<Partial<Record<Kind, Measured>>> {
  const { store, warehouse } = context;
  const models = Object.values(await modelsInForce(store.db));
  if (models.length === 0) return {};
  const thread = startLinkage(run);
  try {
    const [counted] = await warehouse.rows<{ n: number }>('select count() as n from match_record final');
    await run.progress({ done: 0, phase: 'read' });
    await readRecords(context, thread, run, counted!.n);
    const decided = await decisionsInForce(store.db);
    const measured: Partial<Record<Kind, Measured>> = {};
    for (const { id, kind, model, threshold } of models) {
      const known = await figuresOf(context, id);
      // A model older than its figures gets them now; what is new is counted from here on.
      const found = await thread.call('measure', kind, { model, threshold }, known?.latest ?? Number.MAX_SAFE_INTEGER, decided, !known);
      measured[kind] = found;
      await store.transaction(SYSTEM, async (tx) => {
        if (found.whole)
          await sql`update match_model set figures = figures || ${JSON.stringify(found.whole)}::jsonb where id = ${id}`.execute(tx);
        await sql`
          insert into linkage_health (id, kind, model_id, figures) values (${newId()}, ${kind}, ${id}, ${JSON.stringify({ ...found, whole: null })})`.execute(
          tx,
        );
      });
    }
    return measured;
  } finally {
    await thread.end();
  }
}

async function figuresOf({ store }: Context, model: string): Promise<ModelFigures | undefined> {
  const { rows } = await sql<{ figures: ModelFigures }>`select figures from match_model where id = ${model}`.execute(store.db);
  return rows[0]?.figures.curve ? rows[0].figures : undefined;
}
