import type { Logger } from '@vinculo/config';
import { type Store, type Transaction, withLock } from '@vinculo/postgres';
import { CompiledQuery } from 'kysely';
import PgBoss from 'pg-boss';

/**
 * pg-boss as we use it: its messages only say "this run may be due". Losing, doubling or expiring one does no
 * harm, because the run itself is claimed in job_run.
 */
export interface Queue {
  send(name: string, id: string, options?: { tx?: Transaction; after?: Date }): Promise<void>;
  /** Makes the workers of this process look at once instead of at their next turn. */
  wake(name: string): void;
  work(name: string, concurrency: number, attempt: (id: string) => Promise<void>, scheduled: () => Promise<unknown>): Promise<void>;
  /** These cron expressions and no others. */
  schedule(crons: ReadonlyMap<string, string>, timeZone: string): Promise<void>;
  close(): Promise<void>;
}

const MESSAGE = { retryLimit: 0, expireInHours: 23 };

/**
 * Seconds between two looks of a worker nobody woke: at what pg-boss itself sends, by the clock. Of runs workers are told (see
 * `dueNames`): some fifty queues that each looked every second took a tenth of a processor, day and night.
 */
const LOOK_SECONDS = 10;

export async function openQueue(store: Store, names: readonly string[], log: Logger): Promise<Queue> {
  let closed = false;
  const asked = new Set<Promise<unknown>>();
  const executeSql = async (text: string, values: unknown[]) => {
    // A worker that was busy when we closed still reports to the queue. Its message has served its purpose.
    if (closed) return { rows: [{ count: 0 }] };
    const answer = store.pool.query(text, values);
    asked.add(answer);
    return answer.finally(() => asked.delete(answer));
  };
  const boss = new PgBoss({
    db: { executeSql },
    archiveCompletedAfterSeconds: 3_600,
    deleteAfterHours: 24,
  });
  boss.on('error', (error) => log.warn({ error: error.message }, 'The job queue stumbled'));
  // Two servers that start together would both make the tables of a new queue.
  await withLock(store, 'job-queues', async () => {
    await boss.start();
    const there = new Set((await boss.getQueues()).map(({ name }) => name));
    for (const name of names) if (!there.has(name)) await boss.createQueue(name, { name, ...MESSAGE });
  });

  const workers = new Map<string, string[]>();
  const wake = (name: string) => {
    for (const id of workers.get(name) ?? []) boss.notifyWorker(id);
  };
  return {
    async send(name, id, { tx, after } = {}) {
      await boss.send(
        name,
        { id },
        { ...MESSAGE, startAfter: after, db: tx && { executeSql: (text, values) => inTransaction(tx, text, values) } },
      );
    },
    wake,
    async work(name, concurrency, attempt, scheduled) {
      const ids: string[] = [];
      for (let i = 0; i < concurrency; i++) {
        ids.push(
          await boss.work<{ id?: string }>(name, { pollingIntervalSeconds: LOOK_SECONDS }, async ([message]) => {
            if (closed) return;
            await (message?.data?.id ? attempt(message.data.id) : scheduled());
            // Where one was, another may be.
            wake(name);
          }),
        );
      }
      workers.set(name, ids);
    },
    async schedule(crons, timeZone) {
      for (const { name } of await boss.getSchedules()) if (!crons.has(name)) await boss.unschedule(name);
      for (const [name, cron] of crons) await boss.schedule(name, cron, {}, { ...MESSAGE, tz: timeZone });
    },
    async close() {
      await boss.stop({ graceful: false });
      closed = true;
      await Promise.allSettled(asked);
    },
  };
}

async function inTransaction(tx: Transaction, text: string, values: unknown[]): Promise<{ rows: unknown[] }> {
  return tx.executeQuery(CompiledQuery.raw(text, values));
}
