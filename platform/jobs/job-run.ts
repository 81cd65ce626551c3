// The queries of job_run. Ids are UUIDv7, so the order of ids is the order in which jobs were asked for.
import { type Actor, type Transaction, newId } from '@vinculo/postgres';
import { type Kysely, sql } from 'kysely';
import type { JobRun, JobState } from './api.ts';

type Db = Kysely<unknown> | Transaction;

export interface Row {
  id: string;
  name: string;
  state: JobState;
  input: unknown;
  output: unknown;
  error: JobRun['error'];
  actor: StoredActor;
  attempt: number;
  failures: number;
  done: number;
  total: number | null;
  phase: string | null;
  detail: string | null;
  rate_per_second: number | null;
  cancel_requested: boolean;
  due_at: Date;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
}

interface StoredActor {
  kind: Actor['kind'];
  id: string;
  name: string;
  permissions: string[];
  language?: 'es' | 'en';
}

const COLUMNS = sql`id, name, state, input, output, error, actor, attempt, failures, done, total, phase, detail, rate_per_second,
  cancel_requested, due_at, created_at, started_at, ended_at`;

/** Adds a waiting run, or finds the one that already waits under that key. */
export async function addRun(
  db: Db,
  run: { name: string; input: unknown; actor: Actor; key?: string; exclusive?: string },
): Promise<string> {
  const { name, input, actor, key = null, exclusive = null } = run;
  const stored: StoredActor = {
    kind: actor.kind,
    id: actor.id,
    name: actor.name,
    permissions: [...actor.permissions],
    language: actor.language,
  };
  for (;;) {
    const added = await sql<{ id: string }>`
      insert into job_run (id, name, key, exclusive, input, actor)
      values (${newId()}, ${name}, ${key}, ${exclusive}, ${JSON.stringify(input ?? {})}, ${JSON.stringify(stored)})
      on conflict (name, key) where state = 'waiting' and attempt = 0 and key is not null do nothing
      returning id`.execute(db);
    if (added.rows[0]) return added.rows[0].id;
    const there = await sql<{ id: string }>`
      select id from job_run where name = ${name} and key = ${key} and state = 'waiting' and attempt = 0`.execute(db);
    // It may have started between the two statements; then a new one is wanted after all.
    if (there.rows[0]) return there.rows[0].id;
  }
}

export async function findRun(db: Db, id: string): Promise<Row | undefined> {
  return (await sql<Row>`select ${COLUMNS} from job_run where id = ${id}`.execute(db)).rows[0];
}

export async function listRuns(db: Db, query: { before?: string; limit: number; state?: JobState; name?: string }): Promise<Row[]> {
  const { before = null, limit, state = null, name = null } = query;
  const { rows } = await sql<Row>`
    select ${COLUMNS} from job_run
     where (${before}::uuid is null or id < ${before}) and (${state}::text is null or state = ${state}) and (${name}::text is null or name = ${name})
     order by id desc
     limit ${limit}`.execute(db);
  return rows;
}

/**
 * Makes a waiting run this owner's, unless it is not due, no longer waits, another of its exclusive key runs, or a job that it comes
 * after is still to be done.
 */
export async function claimRun(
  tx: Transaction,
  id: string,
  owner: string,
  after: (name: string) => readonly string[],
): Promise<Row | undefined> {
  const found = await sql<{ name: string; exclusive: string | null }>`
    select name, exclusive from job_run where id = ${id} and state = 'waiting' and due_at <= now()`.execute(tx);
  if (!found.rows[0]) return undefined;
  const { name, exclusive } = found.rows[0];
  const before = after(name);
  if (before.length > 0) {
    const { rows } = await sql`
      select from job_run
       where name = any(${before}::text[]) and (state = 'running' or (state = 'waiting' and due_at <= now())) limit 1`.execute(tx);
    if (rows.length > 0) return undefined;
  }
  if (exclusive !== null) {
    // Two runs of the key looking at once must not both find that none runs.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`vinculo:job:${exclusive}`}, 0))`.execute(tx);
    const other = await sql`select from job_run where exclusive = ${exclusive} and state = 'running' limit 1`.execute(tx);
    if (other.rows.length > 0) return undefined;
  }
  const { rows } = await sql<Row>`
    update job_run
       set state = 'running', owner = ${owner}, heartbeat_at = now(), attempt = attempt + 1, started_at = now(), ended_at = null,
           error = null, output = null, done = 0, total = null, phase = null, detail = null, rate_per_second = null
     where id = ${id} and state = 'waiting' and due_at <= now()
    returning ${COLUMNS}`.execute(tx);
  return rows[0];
}

/** Ends the attempt. Nothing happens when the run has been taken from this owner in the meantime. */
export async function endRun(
  db: Db,
  run: { id: string; attempt: number; owner: string },
  end: { state: JobState; output?: unknown; error?: JobRun['error']; failed?: boolean; againInSeconds?: number },
): Promise<void> {
  const waits = end.state === 'waiting';
  await sql`
    update job_run
       set state = ${end.state}, owner = null, heartbeat_at = null,
           output = ${end.output === undefined ? null : JSON.stringify(end.output)}, error = ${end.error ? JSON.stringify(end.error) : null},
           failures = failures + ${end.failed ? 1 : 0},
           due_at = case when ${waits} then now() + make_interval(secs => ${end.againInSeconds ?? 0}) else due_at end,
           ended_at = case when ${waits} then null else now() end
     where id = ${run.id} and state = 'running' and owner = ${run.owner} and attempt = ${run.attempt}`.execute(db);
}

/** A run that found nothing to do. */
export async function forgetRun(db: Db, { id, attempt, owner }: { id: string; attempt: number; owner: string }): Promise<void> {
  await sql`delete from job_run where id = ${id} and state = 'running' and owner = ${owner} and attempt = ${attempt}`.execute(db);
}

export async function writeProgress(
  db: Db,
  run: { id: string; attempt: number },
  progress: { done: number; total: number | null; phase: string | null; detail: string | null; ratePerSecond: number | null },
): Promise<void> {
  await sql`
    update job_run
       set done = ${Math.round(progress.done)}, total = ${progress.total === null ? null : Math.round(progress.total)}, phase = ${progress.phase},
           detail = ${progress.detail}, rate_per_second = ${progress.ratePerSecond}
     where id = ${run.id} and attempt = ${run.attempt} and state = 'running'`.execute(db);
}

/** A sign of life for all runs of the owner; returns which it still has and which of them are to be cancelled. */
export async function heartbeat(db: Db, owner: string): Promise<{ id: string; cancel: boolean }[]> {
  const { rows } = await sql<{ id: string; cancel: boolean }>`
    update job_run set heartbeat_at = now() where owner = ${owner} and state = 'running'
    returning id, cancel_requested as cancel`.execute(db);
  return rows;
}

/** Running runs with their owner and the seconds since its last sign of life. */
export async function runningOwners(db: Db): Promise<{ owner: string; silent_for: number }[]> {
  const { rows } = await sql<{ owner: string; silent_for: number }>`
    select owner, extract(epoch from now() - max(heartbeat_at))::double precision as silent_for
      from job_run where state = 'running' group by owner`.execute(db);
  return rows;
}

/** Lets the runs of a dead owner wait again, at once; those that were to be cancelled are. */
export async function takeFrom(db: Db, owner: string): Promise<void> {
  await sql`
    update job_run
       set state = case when cancel_requested then 'cancelled' else 'waiting' end, owner = null, heartbeat_at = null, due_at = now(),
           ended_at = case when cancel_requested then now() end
     where owner = ${owner} and state = 'running'`.execute(db);
}

/** Waiting runs that are due, oldest first. */
export async function dueRuns(db: Db, names: readonly string[]): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from job_run
     where state = 'waiting' and due_at <= now() and name = any(${names})
     order by id limit 1000`.execute(db);
  return rows;
}

/** Of which jobs any run is due. */
export async function dueNames(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct name from job_run where state = 'waiting' and due_at <= now()`.execute(db);
  return rows.map(({ name }) => name);
}

/**
 * The oldest run of each name that has been due for a while though none of the name runs: its message was lost,
 * or the run it had to wait for ended elsewhere.
 */
export async function overdueRuns(db: Db, names: readonly string[]): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select distinct on (name) id, name from job_run r
     where state = 'waiting' and due_at < now() - interval '10 seconds' and name = any(${names})
       and not exists (select from job_run o where o.name = r.name and o.state = 'running')
     order by name, id`.execute(db);
  return rows;
}

/** Cancels a waiting run and asks a running one to stop; returns it as it is afterwards. */
export async function requestCancel(db: Db, id: string): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    update job_run
       set cancel_requested = true, state = case when state = 'waiting' then 'cancelled' else state end,
           ended_at = case when state = 'waiting' then now() end
     where id = ${id} and state in ('waiting', 'running')
    returning ${COLUMNS}`.execute(db);
  return rows[0];
}

/** Lets a failed or cancelled run wait again. */
export async function requestRetry(db: Db, id: string): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    update job_run set state = 'waiting', cancel_requested = false, failures = 0, due_at = now(), error = null, ended_at = null
     where id = ${id} and state in ('failed', 'cancelled')
    returning ${COLUMNS}`.execute(db);
  return rows[0];
}

export function asJobRun(row: Row): JobRun {
  const { total, done, rate_per_second: rate } = row;
  const running = row.state === 'running';
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    cancelling: running && row.cancel_requested,
    done,
    total,
    phase: row.phase,
    detail: row.detail,
    ratePerSecond: rate,
    secondsLeft: running && total !== null && rate ? Math.max(0, Math.round((total - done) / rate)) : null,
    attempt: row.attempt,
    error: row.error,
    input: row.input,
    output: row.output,
    actor: { kind: row.actor.kind, id: row.actor.id, name: row.actor.name },
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}
