// A whole segment, set against set in the warehouse: only who is not where they should be is written.
import { sql } from 'kysely';
import { closeBatches, type Moved, moveBatch, type MoveReason, noteDay } from './batch.ts';
import { compile } from './compile.ts';
import { meaningOf, type Segments } from './environment.ts';
import { listInWarehouse } from './list-members.ts';
import { alone, movePending } from './move.ts';
import { dayOf } from './period.ts';
import type { Rule } from './rule.ts';
import { SYSTEM } from '@vinculo/postgres';

interface Row {
  id: string;
  kind: 'rule' | 'list';
  rule: Rule | null;
  version: number;
}

/** Counts one segment afresh. Undefined for one that is gone or archived. */
export function recount(segments: Segments, id: string, reason: MoveReason, signal?: AbortSignal): Promise<Moved | undefined> {
  return alone(segments, () => recountAlone(segments, id, reason, signal));
}

/** Every segment afresh, one after the other; whoever moves in between does not wait for the last. */
export async function recountAll(
  segments: Segments,
  reason: MoveReason,
  run: { signal: AbortSignal; progress(p: { done: number; total: number; phase: string }): Promise<void> },
  ids?: readonly string[],
): Promise<{ segments: number; moved: number }> {
  const { rows } = await sql<{ id: string }>`
    select id from segment where kind <> 'prospects' and archived_at is null order by kind, id`.execute(segments.context.store.db);
  const all = rows.filter(({ id }) => !ids || ids.includes(id));
  let moved = 0;
  for (const [done, { id }] of all.entries()) {
    run.signal.throwIfAborted();
    await run.progress({ done, total: all.length, phase: 'segments' });
    try {
      const result = await recount(segments, id, reason, run.signal);
      moved += result ? result.entered + result.gone : 0;
    } catch (error) {
      run.signal.throwIfAborted();
      // One rule that cannot be asked must not keep the others from being.
      segments.context.log.error({ err: error, segment: id }, 'A segment could not be counted');
    }
    await movePending(segments, run.signal);
  }
  return { segments: all.length, moved };
}

async function recountAlone(segments: Segments, id: string, reason: MoveReason, signal?: AbortSignal): Promise<Moved | undefined> {
  const { context } = segments;
  const { store, warehouse, settings } = context;
  const { rows } =
    await sql<Row>`select id, kind, rule, version from segment where id = ${id} and kind <> 'prospects' and archived_at is null`.execute(
      store.db,
    );
  const [row] = rows;
  if (!row) return undefined;
  await closeBatches(context);
  const at = new Date();
  const members = row.rule ? await byRule(segments, row.rule, at) : await listInWarehouse(context, id);
  try {
    const moved = await moveBatch(context, { segment: id, reason, at }, difference(members), signal);
    const [counted] = await warehouse.rows<{ n: number }>(
      'select count() as n from segment_member final where segment_id = {segment:UUID} and inside',
      { segment: id },
    );
    const size = counted!.n;
    const { timeZone } = await settings.get();
    await store.transaction(SYSTEM, async (tx) => {
      // A rule changed meanwhile is still to be counted: its own job comes.
      await sql`update segment set size = ${size}, counted_at = case when version = ${row.version} then ${at}::timestamptz else counted_at end where id = ${id}`.execute(
        tx,
      );
      await noteDay(tx, id, dayOf(at, timeZone), { size, entered: 0, gone: 0 });
    });
    return moved ?? { entered: 0, gone: 0, size };
  } finally {
    await members.forget();
  }
}

async function byRule(segments: Segments, rule: Rule, at: Date) {
  const { meaning, touched } = await meaningOf(segments, [rule.where], at);
  const { where, params } = compile(rule.where, meaning, { touched });
  return { sql: membersSql(where), params, forget: async () => {} };
}

/** Everybody a condition over `customer_profile p` holds for. */
export const membersSql = (where: string) =>
  `select p.customer_id as customer_id from customer_profile as p final where p.alive and (${where})`;

function difference(members: { sql: string; params: Record<string, unknown> }) {
  return {
    sql: `
      select customer_id, toUInt8(sum(side) > 0) as entered
        from (select customer_id, 1 as side from (${members.sql})
              union all
              select customer_id, -1 from segment_member final where segment_id = {segment:UUID} and inside)
       group by customer_id having sum(side) != 0`,
    params: members.params,
  };
}
