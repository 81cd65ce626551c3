import { forgetOldMail } from '@vinculo/mail';
import type { Feature } from './feature.ts';
import { forgetIdempotencyKeys } from './idempotency.ts';
import { jobRoutes } from './job-routes.ts';
import { settingRoutes } from './setting-routes.ts';

/** What the platform itself serves: jobs, settings and the memory of idempotency keys. */
export const feature: Feature = {
  name: 'http',
  migrations: new URL('./migrations/', import.meta.url),
  permissions: [{ name: 'job.read' }, { name: 'job.manage' }, { name: 'settings.read' }, { name: 'settings.write' }],
  routes(app, context) {
    jobRoutes(app, context);
    settingRoutes(app, context);
  },
  jobs: ({ store, mail }) => [
    { name: 'http.forget-idempotency-keys', schedule: '17 4 * * *', run: () => forgetIdempotencyKeys(store) },
    { name: 'mail.forget', schedule: '27 4 * * *', run: () => forgetOldMail(store) },
    { name: 'mail.send', retries: 6, concurrency: 4, run: ({ id }: { id: string }) => mail.deliver(id) },
  ],
  handlers: ({ jobs }) => ({
    // The nights of the company are those of its own settings.
    'setting.changed': async ({ data }) => {
      const { timeZone } = (data.changed ?? {}) as { timeZone?: string };
      if (timeZone) await jobs.keepTime(timeZone);
    },
  }),
};
