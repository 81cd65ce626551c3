import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { testConfig } from '@vinculo/testing';
import { expect, it } from 'vitest';
import { openWarehouse } from '../open-warehouse.ts';

const CHILD = fileURLToPath(new URL('./kill.child.ts', import.meta.url));

it('the embedded warehouse keeps every insert that was answered when its process is killed, and whole batches only', async () => {
  const config = testConfig();
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, config.dataFolder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let answered = -1;
  for await (const line of createInterface({ input: child.stdout })) {
    answered = Number(line);
    if (answered === 20) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');

  const warehouse = await openWarehouse(config);
  const [row] = await warehouse.rows<{ rows: number; different: number; last: number }>(
    'select count() as rows, uniqExact(n) as different, max(n) as last from number',
  );
  await warehouse.close();
  await rm(config.dataFolder, { recursive: true });
  expect(row!.rows % 100_000).toBe(0);
  expect(row!.rows).toBeGreaterThanOrEqual((answered + 1) * 100_000);
  expect(row).toMatchObject({ different: row!.rows, last: row!.rows - 1 });
});
