// From nothing to an open console, and a start on what is there.
import { figure } from '../harness/figure.ts';
import { type Run, runVinculo, scratchFolder } from '../harness/vinculo.ts';

const folder = scratchFolder();
const running: Run[] = [];
try {
  const demo = await runVinculo(['demo', '--no-open'], folder.path);
  running.push(demo);
  figure('demo: from nothing to an open console', demo.seconds, 60, 's');
  figure('demo: peak memory of all processes', demo.memory.bytes() / 2 ** 20, 4096, 'MiB');
  await demo.stop();
  const again = await runVinculo(['start'], folder.path);
  running.push(again);
  figure('start on existing data', again.seconds, 5, 's');
  await again.stop();
} finally {
  for (const run of running) if (run.child.exitCode === null && run.child.signalCode === null) await run.stop();
  folder.remove();
}
