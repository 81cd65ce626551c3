import type { Logger } from '@vinculo/config';
import type { Actor } from '@vinculo/postgres';

/** A kind of background work. */
export interface JobDefinition<I = unknown> {
  /** `import.run`: letters, digits, dots and hyphens. */
  name: string;
  /** How often it is tried again after an error that may pass; 0 when absent. An error of the person's making (status below 500) is final. */
  retries?: number;
  /** Cron expression in the business time zone; each run gets `{}` as input and the system as actor. */
  schedule?: string;
  /** Runs at once in one process; 1 when absent. */
  concurrency?: number;
  /** Jobs with the same key never run together, in whatever process. */
  exclusive?: string;
  /** Names of jobs whose outcome it works on: it waits while any of them runs or is due, so that it does once what would be done for each. */
  after?: readonly string[];
  /** It looks every so often whether there is something to do: a run that returns null found nothing, and is not kept. */
  passing?: true;
  /** What it returns is kept as the output. After a crash it runs again from the start with the same input: make it resumable. */
  run(input: I, job: JobHandle): Promise<unknown>;
}

export interface Progress {
  done: number;
  total?: number;
  /** What is being done now; a new phase starts a new rate. */
  phase?: string;
  detail?: string;
}

/** What a running job knows of itself. */
export interface JobHandle {
  id: string;
  /** Aborted when it is cancelled or the process stops: hand it on, or look at it between batches. */
  signal: AbortSignal;
  /** Call it as often as you like: it is written twice a second. Rate and time left are computed from it. */
  progress(progress: Progress): Promise<void>;
  log: Logger;
  actor: Actor;
  /** 1 the first time. */
  attempt: number;
}
