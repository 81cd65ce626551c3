import type { Config } from '@vinculo/config';
import type { Translate } from '@vinculo/languages';
import { withServer } from '../connect.ts';
import { progressLine } from '../progress-line.ts';

/** `vinculo unify` and `vinculo score`: one piece of background work, watched until it ends. */
export async function workCommand(config: Config, t: Translate, route: '/unifications' | '/value/scorings'): Promise<number> {
  return withServer(config, async (client) => {
    const line = progressLine(config.language);
    const { jobId } = await client.send<{ jobId: string }>('POST', route);
    const label = t(route === '/unifications' ? 'cli:job.identity_unify' : 'cli:job.insight_score');
    const started = Date.now();
    const job = await client.wait(jobId, (now) => line.show(`${label} · ${now.phase ?? ''}`, now.done, now.total));
    if (job.state === 'done') line.end(t('cli:work.done', { what: label, seconds: ((Date.now() - started) / 1000).toFixed(1) }));
    else line.end(t('cli:work.failed', { what: label, reason: job.error?.message ?? job.state }));
    return job.state === 'done' ? 0 : 1;
  });
}
