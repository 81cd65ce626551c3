import type { Translate } from '@vinculo/languages';
import type { Client, JobView } from './client.ts';
import type { ProgressLine } from './progress-line.ts';

/** Waits for the work that an import sets off: unification, then scoring. */
export async function waitForQuiet(client: Client, t: Translate, line: ProgressLine): Promise<void> {
  let quiet = 0;
  // An ended job may be about to enqueue the next, through the outbox: silence must last a moment to count.
  while (quiet < 3) {
    const [running, waiting] = await Promise.all(
      (['running', 'waiting'] as const).map((state) =>
        client.get<{ items: (JobView & { name: string })[] }>(`/jobs?state=${state}&limit=20`),
      ),
    );
    const work = [...running!.items, ...waiting!.items].filter(({ name }) => WORK.has(name));
    if (work.length === 0) quiet++;
    else {
      quiet = 0;
      const job = work[0]!;
      line.show(
        `${t(`cli:job.${job.name.replace('.', '_')}`)} · ${job.phase ? t(`jobs:phase.${job.phase}`, { defaultValue: job.phase }).toLowerCase() : ''}`,
        job.done,
        job.total,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

const WORK = new Set(['import.run', 'identity.unify', 'insight.score']);
