import { setTimeout as sleep } from 'node:timers/promises';
import { sentence } from '@vinculo/errors';
import type { JobRun } from '@vinculo/jobs';
import { z } from 'zod';
import { jobList, jobQuery, jobRun, type JobRunView } from './api.ts';
import { decodeIdCursor, encodeCursor } from './cursor.ts';
import type { App, Context } from './feature.ts';

const params = z.object({ id: z.uuid() });
const tags = ['jobs'];

export function jobRoutes(app: App, { jobs, log }: Context): void {
  app.get(
    '/api/v1/jobs',
    {
      config: { permission: 'job.read' },
      schema: { tags, summary: 'Background work, latest first', querystring: jobQuery, response: { 200: jobList } },
    },
    async ({ query, language }) => {
      const { items, next } = await jobs.list({ ...query, cursor: decodeIdCursor(query.cursor) });
      return { items: items.map((run) => toView(run, language)), next: next && encodeCursor([next]) };
    },
  );

  app.get(
    '/api/v1/jobs/stream',
    {
      config: { permission: 'job.read', rateLimit: { max: 120, timeWindow: '1 minute' } },
      compress: false,
      schema: {
        tags,
        summary: 'Live progress, as server-sent events',
        description: 'Each event `job` holds one job that changed, in the shape of the list. The first events are those running now.',
        produces: ['text/event-stream'],
        response: { 200: z.string() },
      },
    },
    async (request, reply) => {
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
      const send = (view: JobRunView) => raw.write(`event: job\nid: ${view.id}\ndata: ${JSON.stringify(view)}\n\n`);
      const leave = progress.join({ send: (run) => send(toView(run, request.language)), end: () => raw.end() });
      const beat = setInterval(() => raw.write(': still here\n\n'), 20_000);
      raw.write('retry: 3000\n\n');
      request.raw.on('close', () => {
        clearInterval(beat);
        leave();
      });
    },
  );

  app.get(
    '/api/v1/jobs/:id',
    { config: { permission: 'job.read' }, schema: { tags, summary: 'One job', params, response: { 200: jobRun } } },
    (request) => jobs.get(request.params.id).then((run) => toView(run, request.language)),
  );

  app.post(
    '/api/v1/jobs/:id/cancel',
    { config: { permission: 'job.manage' }, schema: { tags, summary: 'Ask a job to stop', params, response: { 200: jobRun } } },
    (request) => jobs.cancel(request.params.id, request.actor).then((run) => toView(run, request.language)),
  );

  app.post(
    '/api/v1/jobs/:id/retry',
    {
      config: { permission: 'job.manage', idempotent: true },
      schema: { tags, summary: 'Run a failed job again', params, response: { 200: jobRun } },
    },
    (request) => jobs.retry(request.params.id, request.actor).then((run) => toView(run, request.language)),
  );

  const progress = createProgress(
    async () => (await jobs.list({ limit: 50 })).items,
    (error) => log.warn({ err: error }, 'job progress could not be read'),
  );
  app.addHook('preClose', async () => progress.stop());
}

interface Watcher {
  send(run: JobRun): void;
  end(): void;
}

/** One look a second at the jobs for however many are watching, and none while nobody is. */
function createProgress(read: () => Promise<JobRun[]>, failed: (error: unknown) => void) {
  const watchers = new Map<Watcher, { since: string; told: Map<string, string> }>();
  let looking = false;

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    while (watchers.size > 0) {
      const runs = await read().catch((error: unknown) => {
        failed(error);
        return [];
      });
      for (const [watcher, seen] of watchers) {
        const told = new Map<string, string>();
        for (const run of runs.toReversed()) {
          const now = JSON.stringify(run);
          const before = seen.told.get(run.id);
          told.set(run.id, now);
          // New to this watcher: worth telling unless it was over before they came.
          if (before === undefined ? run.endedAt === null || run.endedAt > seen.since : before !== now) watcher.send(run);
        }
        seen.told = told;
      }
      await sleep(1_000, undefined, { ref: false });
    }
    looking = false;
  }

  return {
    join(watcher: Watcher): () => void {
      watchers.set(watcher, { since: new Date().toISOString(), told: new Map() });
      void look();
      return () => watchers.delete(watcher);
    },
    /** Ends the streams: a server that stops would wait for them for ever. */
    stop() {
      for (const watcher of watchers.keys()) watcher.end();
      watchers.clear();
    },
  };
}

/** Without its input, and its error in the reader's language. */
function toView({ input: _input, error, ...run }: JobRun, language: 'es' | 'en'): JobRunView {
  const message = error?.code.startsWith('VIN_') ? sentence(error.code, error.params ?? {}, language) : error?.message;
  return { ...run, error: error && { ...error, message: message ?? error.message } };
}
