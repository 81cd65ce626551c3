import type { Context } from '@vinculo/http';
import type { JobHandle } from '@vinculo/jobs';

export type Stores = Pick<Context, 'store' | 'warehouse' | 'settings'>;

/** What all steps of one scoring share. */
export interface Scoring {
  /** The moment it is about; the same for every step. */
  at: Date;
  currency: string;
  timeZone: string;
  signal: AbortSignal;
}

/** One thing that scoring finds out of every customer, in a table of its own. */
export interface ScoreStep {
  /** A phase of the job: its words are in the `jobs` catalogue. */
  name: string;
  /** The steps whose tables it reads; those they read in turn need not be named. */
  after: readonly string[];
  run(context: Stores, scoring: Scoring): Promise<void>;
}

export type Progress = Pick<JobHandle, 'progress' | 'signal'>;

/** A moment as the warehouse's DateTime('UTC') reads it. */
export const warehouseTime = (at: Date) => at.toISOString().slice(0, 19).replace('T', ' ');
