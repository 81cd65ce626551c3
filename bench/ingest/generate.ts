import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LoadOrder, LoadSeen } from './load.ts';

/** Runs the load in its own process and gives what it saw. */
export function generate(order: LoadOrder): Promise<LoadSeen> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('./load.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
    child.once('message', (seen) => resolve(seen as LoadSeen));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the load ended with ${code}`)));
    child.send(order);
  });
}
