import { Worker } from 'node:worker_threads';
import type { Answer, Envelope, Reply, Request } from './messages.ts';

export interface Thread {
  /** Requests are performed one at a time, in order. */
  ask(request: Request): Promise<Answer>;
  end(): Promise<void>;
}

export function startThread(): Thread {
  const worker = new Worker(new URL('./boot.mjs', import.meta.url), {
    workerData: { entry: new URL('./linkage.worker.ts', import.meta.url).href },
  });
  worker.unref();
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: unknown): void }>();
  let asked = 0;
  let failure: unknown;

  const fail = (error: unknown): void => {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('The linkage thread has ended.')));
  worker.on('message', (reply: Reply) => {
    const call = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (waiting.size === 0) worker.unref();
    if ('answer' in reply) call?.resolve(reply.answer);
    else call?.reject(Object.assign(new Error(reply.error.message), reply.error));
  });

  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) return reject(failure);
        const id = asked++;
        waiting.set(id, { resolve, reject });
        worker.ref();
        worker.postMessage({ id, request } satisfies Envelope, []);
      }),
    async end() {
      await worker.terminate();
    },
  };
}
