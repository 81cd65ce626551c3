// The thread that reads everybody's purchases and says where each customer stands.
import { serveThread } from '@vinculo/threads';
import { lifeCycleTable } from './life-cycle-table.ts';

const table = lifeCycleTable();

const methods = {
  addOrders: (path: string) => table.addOrders(path),
  addContacts: (path: string) => table.addContacts(path),
  addFormer: (path: string) => table.addFormer(path),
  compute: (...asked: Parameters<typeof table.compute>) => table.compute(...asked),
  compare: (task: Parameters<typeof table.compare>[0]) => table.compare(task),
  cohorts: () => table.cohorts(),
};

export type LifeCycleThread = typeof methods;

serveThread(methods);
