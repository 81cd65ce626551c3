// A change of settings as a reader may see it: samples with the values of their records, masked by role.
import type { z } from 'zod';
import { decodeCursor, type Context, toPage } from '@vinculo/http';
import { parseSettings, type Settings } from '@vinculo/matching';
import { sql } from 'kysely';
import type { Actor } from '@vinculo/postgres';
import type { Relink, RelinkSample, RelinkSummary } from '../api/relink.ts';
import { seesPersonal } from '../identity/mask.ts';
import type { PreviewSample } from '../identity/preview-plan.ts';
import { recordsShown, type ShownRecord, withValues } from './records-shown.ts';
import { type RelinkRow, relinkById } from './relink-rows.ts';
import { settingsInForce } from '../identity/model/settings-in-force.ts';

export async function listRelinks({ store, jobs }: Context, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
  const after = decodeCursor(cursor, 2);
  const { rows } = await sql<RelinkRow & { counts: Counts | null }>`
    select id, kind, state, note, version, job_id, created_by, created_at, changed_at,
           jsonb_build_object('joins', preview -> 'joins', 'parts', preview -> 'parts', 'moves', preview -> 'moves') as counts
      from relink
     where true ${after ? sql`and (created_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
     order by created_at desc, id desc limit ${limit + 1}`.execute(store.db);
  const { items, next } = toPage(rows, limit, (row) => [row.created_at.toISOString(), row.id]);
  return {
    items: await Promise.all(items.map(async (row) => summaryOf(row, row.counts, (await lastJob(jobs, row.job_id)).running))),
    next,
  };
}

interface Counts {
  joins: number | null;
  parts: number | null;
  moves: number | null;
}

function summaryOf(row: RelinkRow, counts: Counts | null, jobId: string | null): z.infer<typeof RelinkSummary> {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    note: row.note,
    by: row.created_by,
    createdAt: row.created_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    version: row.version,
    joins: counts?.joins ?? null,
    parts: counts?.parts ?? null,
    moves: counts?.moves ?? null,
    jobId,
  };
}

/** The job that works on it, and what the last one stumbled over. Jobs are forgotten after a while; changes are not. */
async function lastJob(
  jobs: Context['jobs'],
  id: string | null,
): Promise<{ running: string | null; error: z.infer<typeof Relink>['error'] }> {
  const job = id === null ? undefined : await jobs.get(id).catch(() => undefined);
  if (!job) return { running: null, error: null };
  const running = job.state === 'waiting' || job.state === 'running' ? job.id : null;
  return { running, error: job.state === 'failed' && job.error ? { code: job.error.code, message: job.error.message } : null };
}

/** @throws VIN_RELINK_NOT_FOUND */
export async function showRelink(context: Context, actor: Actor, id: string): Promise<z.infer<typeof Relink>> {
  const { store, jobs } = context;
  const row = await relinkById(store.db, id);
  const { running, error } = await lastJob(jobs, row.job_id);
  const former: Settings = row.former_settings ?? (await settingsInForce(store.db))[row.kind].settings;
  const samples = [...(row.preview?.joinSamples ?? []), ...(row.preview?.partSamples ?? [])];
  const shown = await recordsShown(
    context,
    samples.flatMap(({ sides }) => sides.flatMap(({ records }) => records)),
    seesPersonal(actor),
  );
  const names = await namesOf(context, [
    ...samples.flatMap(({ sides }) => sides.flatMap(({ customer }) => (customer ? [customer] : []))),
    ...(row.undone?.conflicts ?? []).flatMap(({ from, to }) => [from, to]),
  ]);
  const labels = await sourceLabelsOf(context);
  const { rows: steps } = await sql<{
    step: z.infer<typeof Relink>['steps'][number]['step'];
    by_name: string;
    at: Date;
    detail: Record<string, number>;
  }>`
    select step, by_name, at, detail from relink_step where relink_id = ${id} order by at, id`.execute(store.db);
  const open = seesPersonal(actor);
  const sample = (one: PreviewSample): z.infer<typeof RelinkSample> => sampleOf(one, names, shown, open);
  return {
    ...summaryOf(row, row.preview, running),
    settings: parseSettings(row.settings),
    former: parseSettings(former),
    train: row.train,
    outdated: row.outdated,
    error,
    preview: row.preview && {
      ...row.preview,
      sources: row.preview.sources.map(({ source, ...counts }) => ({
        sourceId: source,
        sourceLabel: labels.get(source) ?? source,
        ...counts,
      })),
      joinSamples: row.preview.joinSamples.map(sample),
      partSamples: row.preview.partSamples.map(sample),
    },
    undone: row.undone && {
      ...row.undone.restored,
      conflictCount: row.undone.conflictCount,
      conflicts: row.undone.conflicts.map(({ from, to, ...rest }) => ({
        ...rest,
        from: { id: from, name: names.get(from) ?? '' },
        to: { id: to, name: names.get(to) ?? '' },
      })),
    },
    steps: steps.map(({ step, by_name, at, detail }) => ({ step, by: by_name, at: at.toISOString(), detail })),
  };
}

function sampleOf(
  { sides, pair }: PreviewSample,
  names: Map<string, string>,
  shown: Map<string, ShownRecord>,
  open: boolean,
): z.infer<typeof RelinkSample> {
  return {
    sides: sides.map(({ customer, records, of }) => ({
      customerId: customer,
      name: (customer && names.get(customer)) ?? '',
      of,
      records: records.flatMap((id) => {
        const record = shown.get(id);
        return record ? [{ id, sourceLabel: record.sourceLabel, key: record.key, values: record.values }] : [];
      }),
    })),
    pair: pair && withValues(pair, shown, open),
  };
}

async function namesOf({ store }: Context, ids: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, display_name as name from customer where id = any(${[...new Set(ids)]}::uuid[])`.execute(store.db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function sourceLabelsOf({ store }: Context): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; label: string }>`select id, label from source`.execute(store.db);
  return new Map(rows.map(({ id, label }) => [id, label]));
}
