import { setTimeout as sleep } from 'node:timers/promises';
import { notFound } from '@vinculo/errors';
import type { JobRun } from '@vinculo/jobs';
import { z } from 'zod';
import { jobList, jobQuery, jobRun, type JobRunView } from './api.ts';
import type { App, Context } from './feature.ts';

const params = z.object({ id: z.uuid() });
const tags = ['jobs'];

export function jobRoutes(app: App, { jobs, log }: Context): void {
  app.get(
    '/api/v1/jobs',
    { config: { permission: 'job.read' }, schema: { tags, summary: 'Background work, latest first', querystring: jobQuery, response: { 200: jobList } } },
    async ({ query }) => {
      const { items, next } = await jobs.list(query);
      return { items: items.map(toView), next };
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
      const leave = progress.join(send);
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
    async (request) => {
      const found = await jobs.get(request.params.id);
      if (!found) throw notFound('job', request.params.id);
      return toView(found);
    },
  );

  app.post(
    '/api/v1/jobs/:id/cancel',
    { config: { permission: 'job.manage' }, schema: { tags, summary: 'Ask a job to stop', params, response: { 200: jobRun } } },
    async (request) => {
      await jobs.cancel(request.params.id, request.actor);
      return toView((await jobs.get(request.params.id))!);
    },
  );

  app.post(
    '/api/v1/jobs/:id/retry',
    { config: { permission: 'job.manage' }, schema: { tags, summary: 'Run a failed job again', params, response: { 200: jobRun } } },
    async (request) => {
      await jobs.retry(request.params.id, request.actor);
      return toView((await jobs.get(request.params.id))!);
    },
  );

  const progress = createProgress(
    async () => (await jobs.list({ limit: 50 })).items.map(toView),
    (error) => log.warn({ err: error }, 'job progress could not be read'),
  );
  app.addHook('preClose', async () => progress.stop());
}

/** One look a second at the jobs for however many are watching, and none while nobody is. */
function createProgress(read: () => Promise<JobRunView[]>, failed: (error: unknown) => void) {
  const watchers = new Map<(view: JobRunView) => void, Map<string, string>>();
  let stopped = false;
  let looking = false;

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    while (watchers.size > 0 && !stopped) {
      const views = await read().catch((error: unknown) => {
        failed(error);
        return [];
      });
      for (const [send, told] of watchers) {
        for (const view of views.toReversed()) {
          const now = JSON.stringify(view);
          const before = told.get(view.id);
          told.set(view.id, now);
          const live = view.state === 'running' || view.state === 'waiting';
          if (before === undefined ? live : before !== now) send(view);
        }
      }
      await sleep(1_000, undefined, { ref: false });
    }
    looking = false;
  }

  return {
    join(send: (view: JobRunView) => void): () => void {
      watchers.set(send, new Map());
      void look();
      return () => watchers.delete(send);
    },
    stop() {
      stopped = true;
    },
  };
}

function toView(run: JobRun): JobRunView {
  return run as never;
}
