// A server whose job never ends, for resume.test.ts to kill. Prints the job's id once it runs.
import { loadConfig } from '@vinculo/config';
import { openPostgres } from '@vinculo/postgres';
import { createJobs } from './jobs.ts';

const config = loadConfig({ DATABASE_URL: process.argv[2], VINCULO_DATA_FOLDER: process.argv[3] });
const jobs = createJobs(config, await openPostgres(config));
jobs.define<{ n: number }>({
  name: 'test.job',
  async run(_input, job) {
    await job.progress({ done: 5, total: 10, phase: 'work' });
    process.stdout.write(`${job.id}\n`);
    await new Promise(() => setInterval(() => {}, 1_000));
  },
});
await jobs.start();
await jobs.enqueue('test.job', { n: 7 });
