// Methods called by name over a port, whichever side they are on: one answer each, errors with their name, code and stack.
import { MessagePort, type Worker } from 'node:worker_threads';

/** What one side offers: methods of plain data. Bytes and ports among the arguments and the result move instead of being copied. */
export type Methods = Record<string, (...args: never[]) => unknown>;

export interface Caller<M extends Methods> {
  call<N extends keyof M & string>(method: N, ...args: Parameters<M[N]>): Promise<Awaited<ReturnType<M[N]>>>;
  /** Calls in flight reject with the reason, and so does every later one. */
  fail(reason: unknown): void;
}

type Transferable = ArrayBuffer | MessagePort;
type Call = { id: number; method: string; args: unknown[] };
type Failure = { name: string; message: string; stack?: string; code?: string };
type Answer = { id: number; value?: unknown; error?: Failure } | { progress: unknown };

/** Calls what the other side of the port offers. */
export function callOver<M extends Methods>(port: MessagePort | Worker, onProgress?: (progress: never) => void): Caller<M> {
  const waiting = new Map<number, { resolve(value: never): void; reject(error: unknown): void }>();
  let calls = 0;
  let failure: unknown;
  onMessage(port, (answer: Answer) => {
    if ('progress' in answer) return onProgress?.(answer.progress as never);
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
        port.postMessage(call, movedIn(args));
      }),
    fail(reason) {
      failure ??= reason;
      for (const { reject } of waiting.values()) reject(failure);
      waiting.clear();
    },
  };
}

/** Answers the calls of the other side of the port. */
export function answerOver(port: MessagePort | Worker, methods: Methods): void {
  onMessage(port, async ({ id, method, args }: Call) => {
    try {
      const value = await methods[method]!(...(args as never[]));
      port.postMessage({ id, value }, movedIn([value]));
    } catch (error) {
      const { name, message, stack, code } = error as Failure;
      port.postMessage({ id, error: { name, message, stack, ...(code === undefined ? {} : { code }) } }, []);
    }
  });
}

function onMessage<T>(port: MessagePort | Worker, heard: (message: T) => void): void {
  (port as MessagePort).on('message', heard);
}

function movedIn(values: unknown[]): Transferable[] {
  return values.flatMap((value): Transferable[] => {
    if (value instanceof MessagePort) return [value];
    const whole = value instanceof Uint8Array && value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength;
    return whole ? [value.buffer as ArrayBuffer] : [];
  });
}
