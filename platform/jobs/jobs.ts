import { EventEmitter, once } from 'node:events';
import { type Config, type Logger, silent } from '@vinculo/config';
import { fail, notFound } from '@vinculo/errors';
import { type Actor, type Store, SYSTEM, type Transaction } from '@vinculo/postgres';
import type { JobPage, JobRun, JobState } from './api.ts';
import type { JobDefinition } from './job-definition.ts';
import * as runs from './job-run.ts';
import { isGone, ownOwner } from './owner.ts';
import { openQueue, type Queue } from './queue.ts';
import { JobStopped, runJob } from './run-job.ts';

export interface EnqueueOptions {
  actor?: Actor;
  /** While a job of this name waits under this key, asking again gives that one. */
  key?: string;
  /** Asked for only if this transaction is committed. */
  tx?: Transaction;
}

export interface JobListQuery {
  /** `next` of the page before. */
  cursor?: string;
  limit: number;
  state?: JobState;
  name?: string;
}

/** Background work with retries, schedules, progress and cancel. */
export interface Jobs {
  define<I>(definition: JobDefinition<I>): void;
  /** Runs what is defined; without the role `worker` only takes orders. Takes up at once what a killed process left. */
  start(): Promise<void>;
  /** The zone whose clock the schedules follow from now on; the configured one until told. */
  keepTime(timeZone: string): Promise<void>;
  /** @throws VIN_JOB_UNKNOWN no job of that name is defined. */
  enqueue(name: string, input: unknown, options?: EnqueueOptions): Promise<string>;
  /** @throws VIN_JOB_NOT_FOUND */
  get(id: string): Promise<JobRun>;
  /** Newest first. */
  list(query: JobListQuery): Promise<JobPage>;
  /** @throws VIN_JOB_NOT_FOUND, VIN_JOB_FINISHED */
  cancel(id: string, actor: Actor): Promise<JobRun>;
  /** @throws VIN_JOB_NOT_FOUND, VIN_JOB_NOT_FAILED */
  retry(id: string, actor: Actor): Promise<JobRun>;
  /** Resolves when the job has ended, however it ended. @throws VIN_JOB_NOT_FOUND, VIN_JOB_TIMEOUT */
  wait(id: string, timeoutMs: number): Promise<JobRun>;
  /** Asks running jobs to stop and lets them wait for the next start. */
  stop(): Promise<void>;
}

const HEARTBEAT_MS = 2_000;
/** How soon a run is taken up that was asked for in a transaction, elsewhere, or for later. */
const LOOK_MS = 500;
const SWEEP_MS = 10_000;
const STOP_MS = 10_000;

export function createJobs(config: Pick<Config, 'roles' | 'timeZone'>, store: Store, log: Logger = silent): Jobs {
  const definitions = new Map<string, JobDefinition<unknown>>();
  const running = new Map<string, { controller: AbortController; ended: Promise<unknown> }>();
  let zone = config.timeZone;
  const changes = new EventEmitter().setMaxListeners(0);
  let queue: Queue | undefined;
  let owner = '';
  const repeated: { stop(): Promise<void> }[] = [];
  let stopping = false;
  let swept = Date.now();

  const known = (name: string): JobDefinition<unknown> => {
    const definition = definitions.get(name);
    if (!definition) throw fail('VIN_JOB_UNKNOWN', { name });
    return definition;
  };

  /** What a message of the queue asks for: run this if it is still due. */
  const attempt = async (id: string): Promise<void> => {
    if (stopping || running.has(id)) return;
    const row = await store.transaction(SYSTEM, (tx) => runs.claimRun(tx, id, owner, (name) => definitions.get(name)?.after ?? []));
    if (!row) return;
    const definition = known(row.name);
    const controller = new AbortController();
    const ended = runJob(store, definition, row, owner, controller, log);
    running.set(id, { controller, ended });
    try {
      const state = await ended;
      changes.emit(id);
      if (state === 'waiting' && !stopping) {
        const again = await runs.findRun(store.db, id);
        if (again?.state === 'waiting') await queue!.send(row.name, id, { after: again.due_at });
      }
    } finally {
      running.delete(id);
      if (!stopping) await offerDue([...definitions.values()].filter((other) => waitedFor(definition, other)));
    }
  };

  const offer = async (due: { id: string; name: string }[]) => {
    for (const { id, name } of due) {
      await queue!.send(name, id);
      queue!.wake(name);
    }
  };
  const offerDue = async (among: JobDefinition<unknown>[]) =>
    offer(
      await runs.dueRuns(
        store.db,
        among.map(({ name }) => name),
      ),
    );

  /** Gives signs of life, hears of cancels asked for elsewhere, takes up what dead processes left. */
  const pulse = async () => {
    const mine = new Map((await runs.heartbeat(store.db, owner)).map((row) => [row.id, row.cancel]));
    for (const [id, { controller }] of running) {
      if (mine.get(id)) controller.abort(new JobStopped('cancelled'));
      else if (!mine.has(id)) await abortIfLost(id, controller);
    }
    await takeUp();
    if (Date.now() - swept < SWEEP_MS) return;
    swept = Date.now();
    await offer(await runs.overdueRuns(store.db, [...definitions.keys()]));
  };

  /** A run just claimed or just ended is missing from the heartbeat too, so look again. */
  const abortIfLost = async (id: string, controller: AbortController) => {
    const { rows } = await store.pool.query(`select from job_run where id = $1 and state = 'running' and owner = $2`, [id, owner]);
    if (rows.length === 0 && running.has(id)) controller.abort(new JobStopped('lost'));
  };

  const takeUp = async () => {
    let took = false;
    for (const other of await runs.runningOwners(store.db)) {
      if (other.owner === owner || !(await isGone(other))) continue;
      log.warn({ owner: other.owner }, 'A process ended in the middle of its jobs; taking them up');
      await runs.takeFrom(store.db, other.owner);
      took = true;
    }
    if (took) await offerDue([...definitions.values()]);
  };

  const scheduleAll = () =>
    queue!.schedule(new Map([...definitions.values()].flatMap(({ name, schedule }) => (schedule ? [[name, schedule]] : []))), zone);

  const startWorking = async () => {
    owner = await ownOwner();
    for (const { name, concurrency = 1 } of definitions.values())
      await queue!.work(name, concurrency, attempt, () => jobs.enqueue(name, {}, { key: 'schedule' }));
    await scheduleAll();
    await takeUp();
    await offerDue([...definitions.values()]);
    repeat(HEARTBEAT_MS, pulse, 'The jobs could not give a sign of life');
    repeat(LOOK_MS, wakeDue, 'The jobs could not look what is due');
  };

  const wakeDue = async () => {
    for (const name of await runs.dueNames(store.db)) queue!.wake(name);
  };

  /** One after another, until the jobs stop; `failed` is what is written down where one does not come off. */
  const repeat = (ms: number, once: () => Promise<void>, failed: string) => {
    let timer: NodeJS.Timeout;
    let going: Promise<void> = Promise.resolve();
    const turn = async () => {
      await once().catch((error) => log.warn({ err: error }, failed));
      if (!stopping) wait();
    };
    const wait = () => {
      timer = setTimeout(() => {
        going = turn();
      }, ms);
    };
    wait();
    repeated.push({
      async stop() {
        clearTimeout(timer);
        await going;
      },
    });
  };

  const jobs: Jobs = {
    define: (definition) => void definitions.set(definition.name, definition as JobDefinition<unknown>),
    async keepTime(timeZone) {
      if (timeZone === zone) return;
      zone = timeZone;
      // Before the start there is nothing to change; a process that only takes orders keeps no schedules.
      if (queue && owner !== '') await scheduleAll();
    },
    async start() {
      queue = await openQueue(store, [...definitions.keys()], log);
      if (config.roles.includes('worker')) await startWorking();
    },
    async enqueue(name, input, { actor = SYSTEM, key, tx } = {}) {
      const { exclusive } = known(name);
      const add = async (own: Transaction) => {
        const id = await runs.addRun(own, { name, input, actor, key, exclusive });
        await queue!.send(name, id, { tx: own });
        return id;
      };
      if (tx) return add(tx);
      const id = await store.transaction(actor, add);
      queue!.wake(name);
      return id;
    },
    async get(id) {
      const row = isId(id) ? await runs.findRun(store.db, id) : undefined;
      if (!row) throw notFound('job', id);
      return runs.asJobRun(row);
    },
    async list({ cursor, limit, state, name }) {
      const rows = await runs.listRuns(store.db, { before: cursor, limit: limit + 1, state, name });
      const items = rows.slice(0, limit).map(runs.asJobRun);
      return { items, next: rows.length > limit ? items.at(-1)!.id : null };
    },
    async cancel(id) {
      const before = await jobs.get(id);
      const row = await runs.requestCancel(store.db, id);
      if (!row) throw fail('VIN_JOB_FINISHED', { state: before.state });
      running.get(id)?.controller.abort(new JobStopped('cancelled'));
      changes.emit(id);
      return runs.asJobRun(row);
    },
    async retry(id) {
      const before = await jobs.get(id);
      known(before.name);
      const row = await runs.requestRetry(store.db, id);
      if (!row) throw fail('VIN_JOB_NOT_FAILED', { state: before.state });
      await queue!.send(row.name, id);
      queue!.wake(row.name);
      return runs.asJobRun(row);
    },
    async wait(id, timeoutMs) {
      const end = Date.now() + timeoutMs;
      for (;;) {
        // Listen before looking: a job that ends in between is then not missed. Other processes' jobs are polled.
        const patience = AbortSignal.timeout(Math.max(1, Math.min(500, end - Date.now())));
        const change = once(changes, id, { signal: patience }).catch(() => {});
        const run = await jobs.get(id);
        if (['done', 'failed', 'cancelled'].includes(run.state)) return run;
        if (Date.now() >= end) throw fail('VIN_JOB_TIMEOUT', { seconds: Math.round(timeoutMs / 1000) });
        await change;
      }
    },
    async stop() {
      stopping = true;
      await Promise.all(repeated.map((one) => one.stop()));
      for (const { controller } of running.values()) controller.abort(new JobStopped('stopping'));
      const patience = new Promise((resolve) => setTimeout(resolve, STOP_MS).unref());
      await Promise.race([Promise.allSettled([...running.values()].map(({ ended }) => ended)), patience]);
      await queue?.close();
    },
  };
  return jobs;
}

/** Whether runs of the other job may have waited for the end of one of this. */
function waitedFor({ name, exclusive }: JobDefinition<unknown>, other: JobDefinition<unknown>): boolean {
  return (exclusive !== undefined && other.exclusive === exclusive) || (other.after?.includes(name) ?? false);
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
