// A thread reads TypeScript only once tsx is registered in it; the module it is for starts after that.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.module);
