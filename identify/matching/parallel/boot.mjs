// First of every thread: the library is TypeScript. Where Node does not read that by itself, tsx has to register in each thread
// once more.
import { workerData } from 'node:worker_threads';

if (!process.features.typescript) {
  const { register } = await import('tsx/esm/api');
  register();
}
await import(workerData.entry);
