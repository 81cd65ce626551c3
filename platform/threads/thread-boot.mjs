// First of every thread: under Node 20 tsx registers itself in the main thread only, so the thread does it before it loads
// its module, which is TypeScript.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.entry);
