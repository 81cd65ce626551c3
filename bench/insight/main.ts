// A million customers with ten million purchase lines: every score, and what is asked of them afterwards.
import { join } from 'node:path';
import { api } from '../customer-file/api.ts';
import { figure } from '../harness/figure.ts';
import { type Run, runVinculo, scratchFolder } from '../harness/vinculo.ts';
import { boards } from './boards.ts';
import { fill } from './fill.ts';
import { importPurchases } from './import-purchases.ts';
import { segmentFigures } from './segments.ts';

interface Scored {
  buyers: number;
  seconds: number;
  secondsOf: Record<string, number>;
}

const quick = process.argv.includes('--quick');
const customers = quick ? 100_000 : 1_000_000;

const folder = scratchFolder();
let server: Run | undefined;
try {
  const lines = await fill(folder.path, customers, customers * 10);
  figure('purchase lines', lines, undefined, 'lines');
  server = await runVinculo(['start'], join(folder.path, 'data'));
  const client = api(server.url, server.key);
  await client.send('/setup', { name: 'Bench', email: 'bench@vinculo.example', password: 'a-long-enough-password' });

  const report = ({ buyers, seconds, secondsOf }: Scored, run: string) => {
    for (const [step, seconds] of Object.entries(secondsOf)) figure(`${run}: ${step}`, seconds, undefined, 's');
    figure(`${run}: all scores of ${buyers} buyers among ${customers} customers`, seconds, 30 * Math.max(customers / 1_000_000, 0.25), 's');
  };
  // The second time there are needs groups as well; its lines and orders are those of the first. The third finds new ones.
  for (const run of ['first', 'again, nothing bought since']) {
    await client.quiet(true);
    const { jobId } = await client.send<{ jobId: string }>('/value/scorings', {});
    report(await client.finished<Scored>(jobId), run);
  }
  await client.quiet(true);
  await importPurchases(client, folder.path, 2_000);
  await client.quiet(true);
  // It is asked for by the import.
  report(await client.last<Scored>('insight.score'), 'again, with new purchases');
  figure('peak memory of all processes while scoring', server.memory.bytes() / 2 ** 20, 4096, 'MiB');
  await client.quiet(true);

  await boards(client);
  await segmentFigures(client);
  const timed = async (path: string): Promise<number> => {
    const began = performance.now();
    await client.get(path);
    return performance.now() - began;
  };
  for (const path of [
    '/report',
    '/value',
    '/profit',
    '/loyalty',
    '/life-cycle',
    '/life-cycle/cohorts',
    '/forecast',
    '/customers?tier=below_zero&sort=profit',
  ]) {
    const took: number[] = [];
    for (let n = 0; n < 5; n++) took.push(await timed(path));
    figure(`GET ${path}, the slowest of ${took.length}`, Math.max(...took), 1_000, 'ms');
  }
  figure('peak memory of all processes', server.memory.bytes() / 2 ** 20, 4096, 'MiB');
} finally {
  await server?.stop();
  folder.remove();
}
