import { inThread } from '@vinculo/files';
import type { NormaliseBlock, NormalisedBlock } from './check-customers.worker.ts';
import type { FactBlock, PrepareFacts } from './check-facts.worker.ts';

/** What runs in threads, by name: the work that would keep the server from answering. */
interface Tasks {
  normaliseCustomers: { input: NormaliseBlock; output: NormalisedBlock };
  prepareFacts: { input: PrepareFacts; output: FactBlock };
}

const MODULES: Record<keyof Tasks, URL> = {
  normaliseCustomers: new URL('./check-customers.worker.ts', import.meta.url),
  prepareFacts: new URL('./check-facts.worker.ts', import.meta.url),
};

/** Runs a task in a thread. Buffers in `transfer` move there and back without being copied. */
export function inWorker<N extends keyof Tasks>(
  name: N,
  input: Tasks[N]['input'],
  signal?: AbortSignal,
  transfer: ArrayBuffer[] = [],
): Promise<Tasks[N]['output']> {
  return inThread(MODULES[name], input, signal, transfer);
}
