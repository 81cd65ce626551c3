// A thread of our own for hours of arithmetic: methods called by name, one answer each, progress in between.
import { parentPort, Worker } from 'node:worker_threads';

/** What a thread offers: methods of plain data. Bytes among the arguments and the result move instead of being copied. */
// oxlint-disable-next-line typescript/no-explicit-any -- the shape of each method is its own; Thread<M> checks every call
type Methods = Record<string, (...args: never[]) => unknown>;

export interface Thread<M extends Methods> {
  call<N extends keyof M & string>(method: N, ...args: Parameters<M[N]>): Promise<Awaited<ReturnType<M[N]>>>;
  /** Lets the process end although the thread is there. */
  unref(): void;
  /** Stops it at once, whatever it is doing; calls in flight reject with the signal's reason. */
  end(): Promise<void>;
}

type Call = { id: number; method: string; args: unknown[] };
type Answer = { id: number; value?: unknown; error?: { name: string; message: string; stack?: string } } | { progress: unknown };

/** Starts the module at `url` in a thread. Its own source runs as it is, through tsx, as ours does. */
export function startThread<M extends Methods>(url: URL, signal: AbortSignal, onProgress: (progress: never) => void): Thread<M> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./thread-boot.mjs', import.meta.url), {
    workerData: { entry: url.href },
    // Much is made and dropped at once, line after line: a roomy nursery spares the collector most of its work.
    resourceLimits: { maxOldGenerationSizeMb: 4096, maxYoungGenerationSizeMb: 96 },
  });
  const waiting = new Map<number, { resolve(value: never): void; reject(error: unknown): void }>();
  let calls = 0;
  let failure: unknown;

  const fail = (error: unknown) => {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  };
  const stop = () => {
    fail(signal.reason);
    void worker.terminate();
  };
  signal.addEventListener('abort', stop, { once: true });
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`The thread ended with code ${code}`)));
  worker.on('message', (answer: Answer) => {
    if ('progress' in answer) return onProgress(answer.progress as never);
    const call = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (!answer.error) return call?.resolve(answer.value as never);
    call?.reject(Object.assign(new Error(answer.error.message), answer.error));
  });

  return {
    call: (method, ...args) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) return reject(failure);
        const id = calls++;
        waiting.set(id, { resolve, reject });
        const call: Call = { id, method, args };
        worker.postMessage(call, buffersIn(args));
      }),
    unref: () => worker.unref(),
    async end() {
      signal.removeEventListener('abort', stop);
      await worker.terminate();
    },
  };
}

/** In the thread: answers the calls, one at a time and in order. */
export function serveThread(methods: Methods): void {
  const port = parentPort!;
  port.on('message', async ({ id, method, args }: Call) => {
    try {
      const value = await methods[method]!(...(args as never[]));
      port.postMessage({ id, value }, buffersIn([value]));
    } catch (error) {
      const { name, message, stack } = error as Error;
      port.postMessage({ id, error: { name, message, stack } });
    }
  });
}

/** In the thread: tells the caller how far it is. */
export function tellProgress(progress: unknown): void {
  parentPort!.postMessage({ progress }, []);
}

/** Bytes that own their memory, as the transfer list takes them. */
export function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return whole && bytes.buffer instanceof ArrayBuffer ? new Uint8Array(bytes.buffer) : new Uint8Array(bytes);
}

function buffersIn(values: unknown[]): ArrayBuffer[] {
  return values.flatMap((value) =>
    value instanceof Uint8Array && value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength
      ? [value.buffer]
      : [],
  );
}
