import { totalmem } from 'node:os';
import { LinkError } from './link-error.ts';
import type { LinkProgress, LinkReport, LinkTask } from './link-task.ts';
import { startThread } from './start-thread.ts';

export interface LinkOrder {
  task: LinkTask;
  language: 'es' | 'en';
}

export type LinkMessage = { progress: LinkProgress } | { report: LinkReport } | { problem: Pick<LinkError, 'reason' | 'params'> };

/** Runs a linkage in a thread. Rejects with a LinkError for what a person can put right. */
export function linkInThread(order: LinkOrder, onProgress: (progress: LinkProgress) => void): Promise<LinkReport> {
  // Node's own limit is a fixed few GB whatever the machine has. Most of a large table lies outside of it, in typed arrays.
  const memory = { maxOldGenerationSizeMb: Math.round((totalmem() / 2 ** 20) * 0.75), maxYoungGenerationSizeMb: 64 };
  const worker = startThread(new URL('./link.worker.ts', import.meta.url), order, memory);
  return new Promise((resolve, reject) => {
    worker.on('message', (message: LinkMessage) => {
      if ('progress' in message) onProgress(message.progress);
      else if ('report' in message) resolve(message.report);
      else reject(new LinkError(message.problem.reason, message.problem.params));
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      const full = error.code === 'ERR_WORKER_OUT_OF_MEMORY' || /Array buffer allocation failed/.test(error.message);
      reject(full ? new LinkError('memory', { gigabytes: Math.round(totalmem() / 1e9) }) : error);
    });
    worker.on('exit', (code) => reject(new Error(`The linkage ended with ${code}.`)));
  });
}
