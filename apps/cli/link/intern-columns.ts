import { availableParallelism, totalmem } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { type Column, type TableBuilder, tableBuilder } from '@vinculo/matching';
import { startThread } from './start-thread.ts';

/** The cells of some rows, found but not yet read: value `i` of column `k` is `bytes[bounds[at] … bounds[at + 1])`, at = 2 (k × stride + i). */
export interface CellBlock {
  bytes: Uint8Array;
  bounds: Uint32Array;
  rows: number;
  stride: number;
}

/** Interns columns block by block, one column after another: the values of one fit into the processor's cache, those of twelve do not. */
export interface ColumnInterner {
  add(block: CellBlock): void | Promise<void>;
  /** The columns; the interner is spent. */
  finish(): Promise<Record<string, Column>>;
  close(): void;
}

/** In the caller's thread. `push` adds a row of values in the order of the names. */
export function internHere(names: readonly string[]): ColumnInterner & { push(values: readonly string[]): void } {
  const own = ownColumns(names.map((name, column) => ({ name, column })));
  return { add: own.add, push: own.push, finish: async () => Object.fromEntries(own.finish()), close() {} };
}

interface Place {
  name: string;
  /** Which column of the blocks it is. */
  column: number;
}

export function ownColumns(places: readonly Place[]) {
  const builders: TableBuilder[] = places.map(({ name }) => tableBuilder([name]));
  const one = new Uint32Array(2);
  return {
    add({ bytes, bounds, rows, stride }: CellBlock): void {
      places.forEach(({ column }, k) => {
        const builder = builders[k]!;
        const from = 2 * column * stride;
        for (let at = from; at < from + 2 * rows; at += 2) {
          one[0] = bounds[at]!;
          one[1] = bounds[at + 1]!;
          builder.pushBytes(bytes, one);
        }
      });
    },
    push(values: readonly string[]): void {
      for (let k = 0; k < places.length; k++) builders[k]!.push([values[places[k]!.column]]);
    },
    /** One after another, because each is in memory twice until it is done. */
    *finish(): Generator<[string, Column]> {
      for (const { name } of places) yield [name, builders.shift()!.finish().columns[name]!];
    },
  };
}

export type InternMessage = { block: CellBlock } | { finish: true };
export type InternAnswer = { taken: true } | { name: string; column: Column } | { finished: true };

/** Blocks that wait for a thread at most: they are all that is held of the file. */
const MOST_WAITING = 6;

/**
 * Like {@link internHere} with a share of the columns for every processor. The caller's thread keeps few, because it also reads the
 * file and finds the cells. The first block shows which columns have the most different values: those cost the most.
 */
export function internInThreads(names: readonly string[]): ColumnInterner {
  const limits = { maxOldGenerationSizeMb: Math.round((totalmem() / 2 ** 20) * 0.5), maxYoungGenerationSizeMb: 64 };
  const module = new URL('./intern.worker.ts', import.meta.url);
  const threads: Thread[] = [];
  let own: ReturnType<typeof ownColumns> | undefined;

  const begin = (first: CellBlock): void => {
    const shares = shared(names, first, Math.min(4, availableParallelism()));
    own = ownColumns(shares[0]!);
    for (const share of shares.slice(1)) if (share.length > 0) threads.push(threadOf(startThread(module, share, limits)));
  };
  return {
    async add(block) {
      if (!own) begin(block);
      const sent = threads.length > 0 ? inSharedMemory(block) : block;
      for (const thread of threads) thread.send(sent);
      own!.add(block);
      await Promise.all(threads.map((thread) => thread.room()));
    },
    async finish() {
      const asked = threads.map((thread) => thread.finish());
      const columns = Object.fromEntries(own?.finish() ?? []);
      for (const answer of asked) Object.assign(columns, await answer);
      // In the order of the names, whoever has read them.
      return Object.fromEntries(names.map((name) => [name, columns[name]!]));
    },
    close() {
      for (const thread of threads) thread.close();
    },
  };
}

interface Thread {
  send(block: CellBlock): void;
  /** Resolves when few enough blocks wait. */
  room(): Promise<void>;
  finish(): Promise<Record<string, Column>>;
  close(): void;
}

function threadOf(worker: Worker): Thread {
  const columns: Record<string, Column> = {};
  let waiting = 0;
  let failure: Error | undefined;
  let wake: (() => void) | undefined;
  let finished = false;
  worker.on('message', (answer: InternAnswer) => {
    if ('taken' in answer) waiting--;
    else if ('name' in answer) columns[answer.name] = answer.column;
    else finished = true;
    wake?.();
  });
  worker.on('error', (error) => {
    failure = error;
    wake?.();
  });
  const until = async (done: () => boolean): Promise<void> => {
    while (!done()) {
      if (failure) throw failure;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  const post = (message: InternMessage): void => worker.postMessage(message, []);
  return {
    send(block) {
      waiting++;
      post({ block });
    },
    room: () => until(() => waiting < MOST_WAITING),
    async finish() {
      post({ finish: true });
      await until(() => finished);
      return columns;
    },
    close: () => void worker.terminate(),
  };
}

/** What finding a cell costs next to interning one whose value has been seen, and one whose value is new. */
const [FIND, KNOWN, NEW] = [1, 1, 6];

/** Which thread takes which columns: the dearest first, each to whoever has the least to do so far. The first thread also finds the cells. */
function shared(names: readonly string[], block: CellBlock, threads: number): Place[][] {
  const costs = names
    .map((name, column) => ({ name, column, cost: KNOWN + NEW * newShare(block, column) }))
    .toSorted((a, b) => b.cost - a.cost);
  const load = Array.from({ length: threads }, (_, k) => (k === 0 ? FIND * names.length : 0));
  const shares = load.map((): Place[] => []);
  for (const { name, column, cost } of costs) {
    const least = load.indexOf(Math.min(...load));
    load[least]! += cost;
    shares[least]!.push({ name, column });
  }
  return shares;
}

function newShare({ bytes, bounds, rows, stride }: CellBlock, column: number): number {
  const sample = Math.min(rows, 2000);
  const seen = new Set<string>();
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < sample; i++) {
    const at = 2 * (column * stride + i);
    if (bounds[at + 1]! > bounds[at]!) seen.add(text.toString('latin1', bounds[at], bounds[at + 1]));
  }
  return seen.size / Math.max(1, sample);
}

function inSharedMemory({ bytes, bounds, rows, stride }: CellBlock): CellBlock {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  const places = new Uint32Array(new SharedArrayBuffer(bounds.byteLength));
  places.set(bounds);
  return { bytes: copy, bounds: places, rows, stride };
}
