// The thread that reads everybody's purchases and says where each customer stands.
import { serveThread } from '@vinculo/threads';
import { lifeCycleTable } from './life-cycle-table.ts';

const table = lifeCycleTable();

const methods = {
  addOrders: (bytes: Uint8Array) => table.addOrders(bytes),
  addContacts: (bytes: Uint8Array) => table.addContacts(bytes),
  addFormer: (bytes: Uint8Array) => table.addFormer(bytes),
  compute: (task: Parameters<typeof table.compute>[0]) => table.compute(task),
  compare: (task: Parameters<typeof table.compare>[0]) => table.compare(task),
  rows: () => table.rows(),
  changes: () => table.changes(),
  cohorts: () => table.cohorts(),
};

export type LifeCycleThread = typeof methods;

serveThread(methods);
