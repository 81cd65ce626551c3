import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { testStores } from '@vinculo/testing';
import { expect, it } from 'vitest';
import { createJobs } from './jobs.ts';

const CHILD = fileURLToPath(new URL('./resume.child.ts', import.meta.url));

it('a job whose process was killed is taken up by the next start within seconds, under the same id', async () => {
  const stores = await testStores();
  const command = ['--import', 'tsx', CHILD, stores.config.databaseUrl!, stores.config.dataFolder];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [id] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  child.kill('SIGKILL');
  await once(child, 'exit');

  const jobs = createJobs(stores.config, stores.store);
  jobs.define<{ n: number }>({ name: 'test.job', run: async ({ n }, { attempt }) => ({ n, attempt }) });
  const started = performance.now();
  await jobs.start();
  expect(await jobs.wait(id, 5_000)).toMatchObject({ id, state: 'done', attempt: 2, output: { n: 7, attempt: 2 } });
  expect(performance.now() - started).toBeLessThan(3_000);
  await jobs.stop();
  await stores.close();
});
