import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { Piscina } from 'piscina';

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

/**
 * Runs the function that a module exports by default in a thread: the work on files that would keep the server from
 * answering. Buffers in `transfer` move there and back without being copied.
 */
export async function inThread<Input, Output>(
  module: URL,
  input: Input,
  signal?: AbortSignal,
  transfer: ArrayBuffer[] = [],
): Promise<Output> {
  signal?.throwIfAborted();
  try {
    return (await threads().run(input, { filename: module.href, signal, transferList: transfer })) as Output;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
