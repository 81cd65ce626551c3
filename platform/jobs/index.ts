import type { MigrationSet } from '@vinculo/postgres';

export type { JobRun, JobState } from './api.ts';
export { createJobs, type EnqueueOptions, type JobListQuery, type Jobs } from './jobs.ts';
export type { JobDefinition, JobHandle, Progress } from './job-definition.ts';

/** The table of what people see of jobs. */
export const jobMigrations: MigrationSet = { name: 'jobs', folder: new URL('./migrations/', import.meta.url) };
