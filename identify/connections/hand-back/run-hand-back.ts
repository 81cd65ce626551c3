// One hand-back: read page by page, written beside its place, put there at the end, then remembered. Killed anywhere it begins anew:
// the other side has the former state until it has the new one.
import { VinculoError, fail } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { JobHandle } from '@vinculo/jobs';
import { SYSTEM, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import { openCredential } from '../credentials/credentials.ts';
import type { ConnectionSources } from '../webhooks/sources.ts';
import { chosenFields } from './fields.ts';
import { findRow, type HandBackRow } from './hand-back-row.ts';
import { countList, hashOf, type ListRow, readList } from './read-list.ts';
import { openTarget } from './targets/open-target.ts';
import type { Writer } from './targets/target.ts';

interface Figures {
  customers: number;
  written: number;
  removed: number;
}

type Job = Pick<JobHandle, 'id' | 'signal' | 'actor' | 'progress'>;

/** @returns what was handed over. @throws VIN_HAND_BACK_TARGET, VIN_HAND_BACK_LIST and what else is in the run. */
export async function runHandBack(context: Context, sources: ConnectionSources, id: string, job: Job): Promise<Figures> {
  const { store } = context;
  const row = await findRow(store.db, id);
  const askedBy = job.actor.kind === 'system' ? 'Vínculo' : job.actor.name;
  await sql`
    insert into hand_back_run (id, hand_back_id, state, asked_by) values (${job.id}, ${id}, 'running', ${askedBy})
    on conflict (id) do update set state = 'running', started_at = now(), ended_at = null, error = null, customers = 0, written = 0, removed = 0`.execute(
    store.db,
  );
  try {
    return await handOver(context, sources, row, job);
  } catch (error) {
    // A stop of the server is no failure: the run goes on with the next start.
    job.signal.throwIfAborted();
    await noteFailure(context, row, job, error);
    throw error;
  } finally {
    if (job.signal.aborted)
      await sql`delete from hand_back_run where id = ${job.id} and state = 'running'`.execute(store.db).catch(() => {});
  }
}

async function handOver(context: Context, sources: ConnectionSources, row: HandBackRow, job: Job): Promise<Figures> {
  const { store } = context;
  const secrets = row.credential_id ? await openCredential(context, row.credential_id) : {};
  // Whoever configured it was allowed to; what is asked here is only which columns there are.
  const fields = await chosenFields(store, SYSTEM, row.fields);
  const changes = row.mode === 'changed';
  const { count } = await countList(context, sources, row.list);
  const figures: Figures = { customers: 0, written: 0, removed: 0 };
  await sql`delete from hand_back_seen where hand_back_id = ${row.id}`.execute(store.db);
  const writer = await openTarget(context, row.id, row.target, secrets, { fields, changes, runId: job.id, at: new Date() });
  try {
    for await (const page of readList(context, sources, row.list, fields)) {
      job.signal.throwIfAborted();
      figures.customers += page.length;
      const told = changes ? await onlyChanged(context, row.id, page) : page;
      await writer.write(told);
      figures.written += told.length;
      await job.progress({ phase: 'write', done: figures.customers, total: Math.max(count, figures.customers) });
    }
    if (changes) figures.removed = await tellRemoved(context, row.id, writer);
    job.signal.throwIfAborted();
    const { bytes, fileName } = await writer.finish();
    await store.transaction(job.actor, (tx) => remember(tx, row, job.id, figures, { bytes, fileName }));
  } finally {
    await writer.close();
  }
  return figures;
}

/** Those of a page that the other side does not have so, put down as seen. */
async function onlyChanged({ store }: Context, id: string, page: readonly ListRow[]): Promise<ListRow[]> {
  const hashes = page.map(hashOf);
  const { rows } = await sql<{ customer_id: string }>`
    with page(customer_id, hash) as (select * from unnest(${page.map((row) => row.id)}::uuid[], ${hashes.map((hash) => hash.toString('hex'))}::text[])),
    seen as (
      insert into hand_back_seen (hand_back_id, customer_id, hash) select ${id}, customer_id, decode(hash, 'hex') from page on conflict do nothing
    )
    select page.customer_id from page
      left join hand_back_sent s on s.hand_back_id = ${id} and s.customer_id = page.customer_id
     where s.hash is distinct from decode(page.hash, 'hex')`.execute(store.db);
  const changed = new Set(rows.map((row) => row.customer_id));
  return page.filter((row) => changed.has(row.id));
}

const PAGE = 1_000;

/** Customers that the other side has and that are in the list no longer. */
async function tellRemoved({ store }: Context, id: string, writer: Writer): Promise<number> {
  let removed = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await sql<{ customer_id: string }>`
      select customer_id from hand_back_sent s
       where hand_back_id = ${id} and customer_id > ${after}::uuid
         and not exists (select from hand_back_seen n where n.hand_back_id = ${id} and n.customer_id = s.customer_id)
       order by customer_id limit ${PAGE}`.execute(store.db);
    await writer.remove(rows.map((row) => row.customer_id));
    removed += rows.length;
    if (rows.length < PAGE) return removed;
    after = rows.at(-1)!.customer_id;
  }
}

const RUNS_FOR_DAYS = 180;

/** What the other side has now, and a line of the audit log with how many. */
async function remember(
  tx: Transaction,
  { id, name, mode, target, fields, configured_by: by }: HandBackRow,
  run: string,
  figures: Figures,
  { bytes, fileName }: { bytes: number | null; fileName: string | null },
): Promise<void> {
  if (mode === 'changed') {
    await sql`delete from hand_back_sent where hand_back_id = ${id}`.execute(tx);
    await sql`insert into hand_back_sent select * from hand_back_seen where hand_back_id = ${id}`.execute(tx);
    await sql`delete from hand_back_seen where hand_back_id = ${id}`.execute(tx);
  }
  await sql`
    update hand_back_run set state = 'done', ended_at = now(), customers = ${figures.customers}, written = ${figures.written}, removed = ${figures.removed},
           bytes = ${bytes}, file_name = ${fileName}
     where id = ${run}`.execute(tx);
  await sql`
    delete from hand_back_run where hand_back_id = ${id} and id <> ${run} and started_at < now() - make_interval(days => ${RUNS_FOR_DAYS})`.execute(
    tx,
  );
  await tx.emit('hand_back.delivered', { kind: 'hand_back', id }, { name, ...figures, fields, target: target.kind, configuredBy: by.name });
}

async function noteFailure(context: Context, row: HandBackRow, job: Job, error: unknown): Promise<void> {
  const known = error instanceof VinculoError ? error : fail('VIN_INTERNAL', {});
  if (!(error instanceof VinculoError)) context.log.error({ err: error, handBack: row.id }, 'A hand-back failed');
  const { companyName, language } = await context.settings.get();
  await context.store.transaction(SYSTEM, async (tx) => {
    const { rows } = await sql<{ state: string }>`
      select state from hand_back_run where hand_back_id = ${row.id} and id <> ${job.id} order by id desc limit 1`.execute(tx);
    await sql`
      update hand_back_run set state = 'failed', ended_at = now(), error = ${JSON.stringify({ code: known.code, params: known.params })} where id = ${job.id}`.execute(
      tx,
    );
    await tx.emit('hand_back.failed', { kind: 'hand_back', id: row.id }, { name: row.name, code: known.code });
    // Told when it begins to fail, not each time it goes on.
    if (!row.alert_email || rows[0]?.state === 'failed') return;
    const reason = known.params.detail;
    const data = {
      link: `${context.config.publicUrl}/hand-backs/${row.id}`,
      company: companyName,
      handBack: row.name,
      reason: typeof reason === 'string' ? `${reason}.` : '',
    };
    await context.mail.send(tx, { to: row.alert_email, template: 'hand-back-failed', language, data });
  });
}
