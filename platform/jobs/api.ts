import { z } from 'zod';

export const JobState = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']);
export type JobState = z.infer<typeof JobState>;

/** One job as people see it. */
export const JobRun = z.object({
  id: z.string(),
  /** `import.run` */
  name: z.string(),
  state: JobState,
  /** Someone asked to cancel it and it is coming to a stop. */
  cancelling: z.boolean(),
  done: z.number(),
  total: z.number().nullable(),
  phase: z.string().nullable(),
  detail: z.string().nullable(),
  ratePerSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** 0 until it starts for the first time. */
  attempt: z.number(),
  error: z.object({ code: z.string(), message: z.string(), params: z.record(z.string(), z.unknown()).optional() }).nullable(),
  input: z.unknown(),
  output: z.unknown(),
  actor: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
});
export type JobRun = z.infer<typeof JobRun>;

export const JobPage = z.object({ items: z.array(JobRun), next: z.string().nullable() });
export type JobPage = z.infer<typeof JobPage>;
