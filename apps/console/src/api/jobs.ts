// Background work, live: server-sent events while they come, asking every two seconds when they do not.
import type { JobRunView } from '@vinculo/http/api';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { useCan } from '../app/session.ts';
import { type ApiError, call } from './client.ts';
import { queryClient } from './queries.ts';

export type { JobRunView as JobRun } from '@vinculo/http/api';

const POLL_MS = 2_000;
const FAILURES_BEFORE_POLLING = 3;
const live = new Map<string, JobRunView>();
const watchers = new Set<() => void>();
let shown: readonly JobRunView[] = [];
let source: EventSource | undefined;
let polling: ReturnType<typeof setInterval> | undefined;

export const isOver = (job: Pick<JobRunView, 'state'>): boolean => job.state !== 'waiting' && job.state !== 'running';

function take(job: JobRunView): void {
  live.set(job.id, job);
  queryClient.setQueryData([`/jobs/${job.id}`, {}], job);
  if (isOver(job)) void queryClient.invalidateQueries({ queryKey: ['/jobs'] });
  shown = [...live.values()].toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  for (const watcher of watchers) watcher();
}

async function poll(): Promise<void> {
  try {
    for (const job of (await call<{ items: JobRunView[] }>({ path: '/jobs', query: { limit: 50 } })).items) {
      const known = live.get(job.id);
      if (!isOver(job) || (known && !isOver(known))) take(job);
    }
  } catch {
    // The next look may find the server again.
  }
}

function start(): void {
  let failures = 0;
  source = new EventSource('/api/v1/jobs/stream');
  source.addEventListener('job', (event) => take(JSON.parse((event as MessageEvent<string>).data) as JobRunView));
  source.addEventListener('open', () => {
    failures = 0;
    clearInterval(polling);
    polling = undefined;
  });
  source.addEventListener('error', () => {
    failures += 1;
    if (failures >= FAILURES_BEFORE_POLLING || source?.readyState === EventSource.CLOSED)
      polling ??= setInterval(() => void poll(), POLL_MS);
  });
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  if (watchers.size === 1) start();
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    source?.close();
    clearInterval(polling);
    source = undefined;
    polling = undefined;
  };
}

const none: readonly JobRunView[] = [];
const never = () => () => {};

/** Jobs seen since the console was opened that were running then or later, latest first. Empty without `job.read`. */
export function useLiveJobs(): readonly JobRunView[] {
  const can = useCan()('job.read');
  return useSyncExternalStore(can ? watch : never, () => (can ? shown : none));
}

/** One job, kept current until it is over. `onOver` is called once, when it ends while being watched. */
export function useJob(id: string | null | undefined, onOver?: (job: JobRunView) => void): JobRunView | undefined {
  const jobs = useLiveJobs();
  const { data } = useQuery<JobRunView, ApiError>({
    queryKey: [`/jobs/${id}`, {}],
    queryFn: () => call({ path: `/jobs/${id}` }),
    enabled: Boolean(id),
    // The stream is quicker; this finds the end of a job the stream missed.
    refetchInterval: (query) => (query.state.data && isOver(query.state.data) ? false : POLL_MS * 2),
  });
  const job = jobs.find((one) => one.id === id) ?? data;
  const over = job !== undefined && isOver(job);
  useEffect(() => {
    if (over && job) onOver?.(job);
    // Only the moment of ending counts, not a new `onOver` at every drawing.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [over, job?.id]);
  return job;
}

/** Forgets what was live, at sign-out. */
export function forgetJobs(): void {
  live.clear();
  shown = none;
}
