import type { JobDefinition } from '@vinculo/jobs';
import { type Actor, SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import { bringProfiles, presumeRead } from './bring-profiles.ts';
import { ages } from './compile.ts';
import type { Segments } from './environment.ts';
import { forgetTouched, scoredAt } from './lines.ts';
import { freeze } from './list-entries.ts';
import { movePending } from './move.ts';
import { askingForVisits, awaitRefresh, type Refresh } from './pending.ts';
import { midnight, dayOf } from './period.ts';
import { readRevenue } from './profiles.ts';
import { recount, recountAll } from './recount.ts';
import type { Rule } from './rule.ts';
import { MOST_PENDING } from './touched.ts';

/** Tables of facts, by the kind of file that fills them. */
const TABLES: Record<string, string> = {
  purchases: 'purchase',
  contacts: 'contact',
  campaign_contacts: 'campaign_contact',
  redemptions: 'redemption',
};

export function jobs(segments: Segments): JobDefinition<never>[] {
  const { context } = segments;
  const { store, warehouse } = context;

  const move: JobDefinition<object> = {
    name: 'segment.move',
    retries: 5,
    run: async (_, job) => ({ customers: await movePending(segments, job.signal) }),
  };

  const count: JobDefinition<{ segment: string; freeze?: string | null }> = {
    name: 'segment.recount',
    retries: 3,
    concurrency: 2,
    async run({ segment, freeze: from }, job) {
      if (from) await freeze(segments, job.actor as Actor, segment, from);
      return { ...(await recount(segments, segment, from ? 'list' : 'rule', job.signal)) };
    },
  };

  const refresh: JobDefinition<Refresh> = {
    name: 'segment.refresh',
    exclusive: 'segment.refresh',
    after: ['insight.score'],
    retries: 3,
    async run({ reason, profiles, lines, visits }, job) {
      if (profiles) {
        await job.progress({ done: 0, phase: 'profiles' });
        await bringProfiles(context, job.signal);
      }
      if (lines) {
        await forgetTouched(context, await scoredAt(segments, new Date(lines)));
        if (segments.revenue) await readRevenue(context, segments.revenue, job.signal);
      }
      return recountAll(segments, reason, job, visits ? await askingForVisits(store.db) : undefined);
    },
  };

  /** Whose facts a file brought: they alone, or everybody when they are many. */
  const facts: JobDefinition<{ importId: string; kind: string; at?: string }> = {
    name: 'segment.facts',
    retries: 3,
    async run({ importId, kind, at }, job) {
      const customers = kind === 'consents' ? await ofConsents(importId) : await ofFacts(TABLES[kind]!, importId);
      if (customers.length <= MOST_PENDING) {
        await sql`
          insert into segment_pending (customer_id, asked_at) select id, coalesce(${at ?? null}, clock_timestamp()) from unnest(${customers}::uuid[]) as asked(id)
          on conflict (customer_id) do update set asked_at = greatest(segment_pending.asked_at, excluded.asked_at), visits = false`.execute(
          store.db,
        );
        return { customers: await movePending(segments, job.signal) };
      }
      // Purchases are scored next, and after that everybody is looked at anyway.
      if (kind !== 'purchases' || segments.quick === undefined)
        await store.transaction(SYSTEM, (tx) => awaitRefresh(context, tx, { reason: 'event', profiles: kind === 'consents' }));
      return { customers: 'all' };
    },
  };
  const ofConsents = async (importId: string) => {
    const { rows } = await sql<{ id: string }>`
      select distinct l.customer_id as id from consent c join link l on l.record_id = c.record_id and l.valid_to is null
       where c.import_id = ${importId} limit ${MOST_PENDING + 1}`.execute(store.db);
    return rows.map(({ id }) => id);
  };
  const ofFacts = async (table: string, importId: string) => {
    const rows = await warehouse.rows<{ id: string }>(
      `select distinct toString(customer_id) as id from identity final
        where record_id in (select record_id from ${table} where import_id = {importId:UUID}) limit ${MOST_PENDING + 1}`,
      { importId },
    );
    return rows.map(({ id }) => id);
  };

  /** Days go by without an event: rules that look back are asked again after midnight, and everything once a day. */
  const sweep: JobDefinition<object> = {
    name: 'segment.sweep',
    schedule: '4 * * * *',
    exclusive: 'segment.refresh',
    retries: 1,
    async run(_, job) {
      const { timeZone } = await context.settings.get();
      const now = new Date();
      const today = midnight(dayOf(now, timeZone), timeZone);
      const { rows } = await sql<{ id: string; kind: string; rule: Rule | null; counted_at: Date | null }>`
        select id, kind, rule, counted_at from segment where kind <> 'prospects' and archived_at is null`.execute(store.db);
      const stale = rows.filter(({ rule, counted_at: at }) => {
        if (!at) return true;
        const looksBack = rule !== null && ages(rule.where, segments.catalogue);
        return (looksBack && at < today) || now.getTime() - at.getTime() > DAY;
      });
      if (stale.length === 0) return { segments: 0 };
      return recountAll(
        segments,
        'time',
        job,
        stale.map(({ id }) => id),
      );
    },
  };
  return [move, count, refresh, facts, sweep] as JobDefinition<never>[];
}

const DAY = 86_400_000;

/** Profiles for a file that was there before segments were, or whose warehouse is new. */
export async function begin({ context }: Segments): Promise<void> {
  const { store, warehouse, jobs } = context;
  const { rows } = await sql<{ some: boolean }>`select exists (select from customer) as some`.execute(store.db);
  if (!rows[0]!.some) return;
  const known = await warehouse.rows('select 1 from customer_profile limit 1');
  if (known.length === 0)
    return store.transaction(SYSTEM, (tx) =>
      awaitRefresh(context, tx, { reason: 'event', profiles: true, lines: new Date(0).toISOString() }),
    );
  // Versions that did not note it have read them, unless they left a run waiting to.
  const { items } = await jobs.list({ name: 'segment.refresh', limit: 20 });
  if (!items.some(({ state }) => state === 'waiting' || state === 'running')) await presumeRead(context);
}
