import { Worker, type WorkerOptions } from 'node:worker_threads';

/** Starts a thread that runs a TypeScript module of ours. The module finds `data` as `workerData.data`. */
export function startThread(module: URL, data: unknown, resourceLimits: WorkerOptions['resourceLimits']): Worker {
  return new Worker(new URL('../bin/thread.js', import.meta.url), { workerData: { module: module.href, data }, resourceLimits });
}
