import { AsyncLocalStorage } from 'node:async_hooks';

/** The request being answered, for what is written down far below its handler: the audit log names it. */
export interface RequestContext {
  requestId: string;
  ip: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Undefined outside a request: in jobs, handlers and the CLI. */
export function currentRequest(): RequestContext | undefined {
  return storage.getStore();
}

export function withinRequest(context: RequestContext, work: () => void): void {
  storage.run(context, work);
}
