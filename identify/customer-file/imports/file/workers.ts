import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { Piscina } from 'piscina';
import type { NormaliseBlock, NormalisedBlock } from '../check-customers.worker.ts';
import type { FactBlock, PrepareFacts } from '../check-facts.worker.ts';
import type { UnfoldWorkbook } from './unfold-workbook.worker.ts';

/** What runs in threads, by name: the work that would keep the server from answering. */
interface Tasks {
  unfoldWorkbook: { input: UnfoldWorkbook; output: void };
  unfoldParquet: { input: { sql: string; settings: Record<string, string | number> }; output: void };
  normaliseCustomers: { input: NormaliseBlock; output: NormalisedBlock };
  prepareFacts: { input: PrepareFacts; output: FactBlock };
}

const FILES: Record<keyof Tasks, URL> = {
  unfoldWorkbook: new URL('./unfold-workbook.worker.ts', import.meta.url),
  unfoldParquet: new URL('./unfold-parquet.worker.ts', import.meta.url),
  normaliseCustomers: new URL('../check-customers.worker.ts', import.meta.url),
  prepareFacts: new URL('../check-facts.worker.ts', import.meta.url),
};

/** How many blocks are worth preparing at once. */
export const THREADS = Math.max(1, Math.min(4, availableParallelism()));

let pool: Piscina | undefined;

/** Threads run our source as it is, through tsx, and go away when nothing has needed them for a while. */
function threads(): Piscina {
  pool ??= new Piscina({
    minThreads: 0,
    maxThreads: THREADS,
    idleTimeout: 10_000,
    execArgv: ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href],
    // A block makes much garbage and little else: with room for it the collector hardly ever copies anything.
    resourceLimits: { maxOldGenerationSizeMb: 2048, maxYoungGenerationSizeMb: 96 },
  });
  return pool;
}

/** Runs a task in a thread. Buffers in `transfer` move there and back without being copied. */
export async function inWorker<N extends keyof Tasks>(
  name: N,
  input: Tasks[N]['input'],
  signal?: AbortSignal,
  transfer: ArrayBuffer[] = [],
): Promise<Tasks[N]['output']> {
  signal?.throwIfAborted();
  try {
    return (await threads().run(input, {
      filename: FILES[name].href,
      signal,
      transferList: transfer,
    })) as Tasks[N]['output'];
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
