// A million customer rows and five million purchase lines, from files to scores, and then twenty people using them.
import { join } from 'node:path';
import { writeLoad } from '@vinculo/generator';
import { figure, percentile } from '../harness/figure.ts';
import { type Run, runVinculo, scratchFolder } from '../harness/vinculo.ts';
import { api } from './api.ts';
import { crowd } from './crowd.ts';

const quick = process.argv.includes('--quick');
const customers = quick ? 100_000 : 1_000_000;
const purchases = customers * 5;
const scale = customers / 1_000_000;

const folder = scratchFolder();
let server: Run | undefined;
try {
  const manifest = await writeLoad(folder.path, { customers, purchases, seed: 7, onProgress: () => {} });
  server = await runVinculo(['start'], join(folder.path, 'data'));
  const client = api(server.url, server.key);
  await client.send('/setup', { name: 'Bench', email: 'bench@vinculo.example', password: 'a-long-enough-password' });

  const began = performance.now();
  let imported = 0;
  for (const entry of manifest) {
    const seconds = await client.importFile(join(folder.path, entry.file), entry);
    imported += seconds;
    figure(`import ${entry.file}`, seconds, undefined, 's');
  }
  await client.quiet();
  const total = (performance.now() - began) / 1000;
  figure('import of every file', imported, undefined, 's');
  figure(`${customers} customer rows + ${purchases} purchase lines, unified and scored`, total, 240 * Math.max(scale, 0.25), 's');
  // Households, the quality of the data and the like are worked out after that, and people would not wait for them.
  await client.quiet(true);
  for (const job of await client.jobs()) if (job.seconds >= 0.5) figure(`job ${job.name}`, job.seconds, undefined, 's');
  figure('peak memory of all processes', server.memory.bytes() / 2 ** 20, 4096, 'MiB');

  const truth = manifest.length ? await client.get<{ customers: number; records: number }>('/duplicates') : undefined;
  if (truth) figure('customers found', truth.customers, undefined, 'customers');

  for (const [name, target, times] of await crowd(client, { users: 20, seconds: quick ? 5 : 20 })) {
    figure(`${name}: p95 of ${times.length} requests, 20 users at once`, percentile(times, 95), target, 'ms');
  }
} finally {
  await server?.stop();
  folder.remove();
}
