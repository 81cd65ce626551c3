import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { DuplicatesOverview } from '../api/identity.ts';

type Overview = z.infer<typeof DuplicatesOverview>;

/** Customers of this many records or more are counted together. */
const MANY = 8;
/** Groups of records over a million rows take a second; people who open the screen together share the answer. */
const FRESH_MS = 15_000;
const remembered = new WeakMap<Context['warehouse'], { at: number; overview: Promise<Overview> }>();

/** What unification found: how many records are how many customers, why, and which sources know the same people. */
export function duplicatesOverview(context: Pick<Context, 'store' | 'warehouse'>): Promise<Overview> {
  const known = remembered.get(context.warehouse);
  if (known && Date.now() - known.at < FRESH_MS) return known.overview;
  const overview = look(context);
  remembered.set(context.warehouse, { at: Date.now(), overview });
  overview.catch(() => remembered.delete(context.warehouse));
  return overview;
}

/** After a change of who is who, the next look is a fresh one. */
export function forgetOverview({ warehouse }: Pick<Context, 'warehouse'>): void {
  remembered.delete(warehouse);
}

interface LastRun {
  scope: string;
  figures: { pairs?: number; estimatedPrecision?: number | null; estimatedRecall?: number | null };
  started_at: Date;
  ended_at: Date;
}

async function look({ store, warehouse }: Pick<Context, 'store' | 'warehouse'>): Promise<Overview> {
  const [sizes, reasons, overlap, last] = await Promise.all([
    warehouse.rows<{ size: number; customers: number; records: number }>(
      `select least(n, {many:UInt32}) as size, count() as customers, sum(n) as records
         from (select count() as n from identity final group by customer_id) group by size order by size`,
      { many: MANY },
    ),
    warehouse.rows<{ reason: Overview['reasons'][number]['reason']; rule: string; records: number }>(
      'select i.reason as reason, i.rule as rule, count() as records from identity i final group by i.reason, i.rule order by records desc',
    ),
    warehouse.rows<{ a: string; b: string; customers: number }>(
      `select toString(pair.1) as a, toString(pair.2) as b, count() as customers from (
         select arrayJoin(arrayFlatten(arrayMap((s, i) -> arrayMap(o -> (s, o), arraySlice(sources, i + 1)), sources, arrayEnumerate(sources)))) as pair
           from (select arraySort(groupUniqArray(m.source_id)) as sources
                   from (select record_id, customer_id from identity final) i
                   join (select record_id, source_id from match_record final) m on m.record_id = i.record_id
                  group by i.customer_id having length(sources) > 1)
       ) group by pair order by customers desc`,
    ),
    sql<LastRun>`select scope, figures, started_at, ended_at from unification where scope <> 'rebuild' order by ended_at desc limit 1`.execute(
      store.db,
    ),
  ]);
  const customers = sizes.reduce((sum, row) => sum + row.customers, 0);
  const records = sizes.reduce((sum, row) => sum + row.records, 0);
  const run = last.rows[0];
  return {
    records,
    customers,
    duplicates: records - customers,
    sizes: sizes.map((row) => ({ records: row.size, customers: row.customers })),
    reasons: reasons.map(({ reason, rule, records: n }) => ({ reason, rule: rule || null, records: n })),
    overlap,
    lastRun: run
      ? {
          at: run.ended_at.toISOString(),
          scope: run.scope === 'all' ? 'all' : 'new',
          seconds: (run.ended_at.getTime() - run.started_at.getTime()) / 1000,
          pairs: run.figures.pairs ?? 0,
          estimatedPrecision: run.figures.estimatedPrecision ?? null,
          estimatedRecall: run.figures.estimatedRecall ?? null,
        }
      : null,
  };
}
