// The linkage in a thread of its own: it has a memory limit that fits the machine, and the terminal stays alive.
import { parentPort, workerData } from 'node:worker_threads';
import { LinkError } from './link-error.ts';
import type { LinkMessage, LinkOrder } from './link-in-thread.ts';
import { runLink } from './run-link.ts';

const { task, language } = workerData.data as LinkOrder;
const port = parentPort!;
const say = (message: LinkMessage): void => port.postMessage(message, []);

try {
  say({ report: await runLink(task, language, (progress) => say({ progress })) });
} catch (error) {
  if (!(error instanceof LinkError)) throw error;
  say({ problem: { reason: error.reason, params: error.params } });
}
