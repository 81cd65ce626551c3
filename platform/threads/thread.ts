// A thread of our own for hours of arithmetic: methods called by name, one answer each, progress in between.
import { parentPort, Worker } from 'node:worker_threads';
import { answerOver, type Caller, callOver, type Methods } from './port.ts';

export interface Thread<M extends Methods> {
  call: Caller<M>['call'];
  /** Lets the process end although the thread is there. */
  unref(): void;
  /** Stops it at once, whatever it is doing; calls in flight reject with the signal's reason. */
  end(): Promise<void>;
}

/** Starts the module at `url` in a thread. Its own source runs as it is, through tsx, as ours does. */
export function startThread<M extends Methods>(url: URL, signal: AbortSignal, onProgress: (progress: never) => void): Thread<M> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./thread-boot.mjs', import.meta.url), {
    workerData: { entry: url.href },
    // Much is made and dropped at once, line after line: a roomy nursery spares the collector most of its work.
    resourceLimits: { maxOldGenerationSizeMb: 4096, maxYoungGenerationSizeMb: 96 },
  });
  const { call, fail } = callOver<M>(worker, onProgress);
  const stop = () => {
    fail(signal.reason);
    void worker.terminate();
  };
  signal.addEventListener('abort', stop, { once: true });
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`The thread ended with code ${code}`)));

  return {
    call,
    unref: () => worker.unref(),
    async end() {
      signal.removeEventListener('abort', stop);
      await worker.terminate();
    },
  };
}

/** In the thread: answers the calls. */
export function serveThread(methods: Methods): void {
  answerOver(parentPort!, methods);
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
