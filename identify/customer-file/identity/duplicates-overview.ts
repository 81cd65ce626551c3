import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { DuplicatesOverview } from '../api/identity.ts';
import type { Reason } from './current-links.ts';
import type { UnifyFigures } from './unify.ts';

type Overview = z.infer<typeof DuplicatesOverview>;

/** The last size stands for "that many or more". */
const MOST_RECORDS = 8;

const kept = new WeakMap<Context, { state: string; overview: Promise<Overview> }>();

/** What unification found. Counted once for each state of the file, in the warehouse: about a third of a second for a million records. */
export async function duplicatesOverview(context: Context): Promise<Overview> {
  const state = await stateOfFile(context);
  const known = kept.get(context);
  if (known?.state === state) return known.overview;
  const overview = count(context);
  kept.set(context, { state, overview });
  overview.catch(() => kept.delete(context));
  return overview;
}

async function stateOfFile({ store }: Context): Promise<string> {
  const { rows } = await sql<{ state: string }>`
    select concat_ws(' ', (select max(published_at) from unification), (select max(changed_at) from identity_change)) as state`.execute(
    store.db,
  );
  return rows[0]!.state;
}

async function count(context: Context): Promise<Overview> {
  const { warehouse } = context;
  const [sizes, reasons, overlap, lastRun] = await Promise.all([
    warehouse.rows<{ records: number; customers: number; total: number }>(
      `select least(n, {most:UInt32}) as records, count() as customers, sum(n) as total
         from (select count() as n from identity final group by customer_id)
        group by records order by records`,
      { most: MOST_RECORDS },
    ),
    warehouse.rows<{ reason: Reason; rule: string; records: number }>(
      `select toString(reason) as reason, toString(rule) as rule, count() as records from identity final group by reason, rule order by records desc`,
    ),
    warehouse.rows<{ a: string; b: string; customers: number }>(
      `with shared as (
         select arraySort(groupUniqArray(m.source_id)) as sources
           from (select record_id, customer_id from identity final) i
           join (select record_id, source_id from match_record final) m on m.record_id = i.record_id
          group by i.customer_id having length(sources) > 1
       )
       select toString(pair.1) as a, toString(pair.2) as b, count() as customers
         from shared array join arrayFlatten(arrayMap((x, n) -> arrayMap(y -> (x, y), arraySlice(sources, n + 1)), sources, arrayEnumerate(sources))) as pair
        group by a, b order by customers desc`,
    ),
    latestRun(context),
  ]);
  const records = sizes.reduce((sum, { total }) => sum + total, 0);
  const customers = sizes.reduce((sum, size) => sum + size.customers, 0);
  return {
    records,
    customers,
    duplicates: records - customers,
    sizes: sizes.map((size) => ({ records: size.records, customers: size.customers })),
    reasons: reasons.map(({ rule, ...reason }) => ({ ...reason, rule: rule || null })),
    overlap,
    lastRun,
  };
}

/** The last run that compared anything; what precision and recall it did not estimate, the model in force did. */
async function latestRun({ store }: Context): Promise<Overview['lastRun']> {
  const { rows } = await sql<{
    scope: 'all' | 'new';
    figures: UnifyFigures;
    started_at: Date;
    ended_at: Date;
    precision: number | null;
    recall: number | null;
  }>`
    select u.scope, u.figures, u.started_at, u.ended_at, m.precision, m.recall
      from unification u
      left join lateral (
        select sum(precision * records) / sum(records) as precision, sum(recall * records) / sum(records) as recall
          from (select distinct on (kind) precision, recall, records from match_model order by kind, trained_at desc) latest
      ) m on true
     where u.scope <> 'rebuild'
     order by u.ended_at desc limit 1`.execute(store.db);
  const run = rows[0];
  if (!run) return null;
  return {
    at: run.ended_at.toISOString(),
    scope: run.scope,
    seconds: (run.ended_at.getTime() - run.started_at.getTime()) / 1000,
    pairs: run.figures.pairs,
    estimatedPrecision: run.figures.estimatedPrecision ?? run.precision,
    estimatedRecall: run.figures.estimatedRecall ?? run.recall,
  };
}
