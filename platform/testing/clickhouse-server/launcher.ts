import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const beside = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** A way to start `serve`, and what has to be installed for it. */
export interface Way {
  name: string;
  needs: string;
  /** The command to put before the arguments. Rejects when this machine cannot do it this way. */
  command(folder: string): Promise<string[]>;
}

export const WAYS: readonly Way[] = [
  {
    name: 'cc',
    needs: 'a C compiler (Debian and Ubuntu: apt install gcc libc6-dev; macOS: xcode-select --install)',
    async command(folder) {
      const program = join(folder, 'serve');
      await run('cc', ['-O1', '-o', program, beside('serve.c'), '-pthread', '-ldl']);
      return [program];
    },
  },
  {
    name: 'python3',
    needs: 'Python 3 (Debian and Ubuntu: apt install python3)',
    async command() {
      await run('python3', ['-c', 'import ctypes']);
      return ['python3', beside('serve.py')];
    },
  },
];

/**
 * The command that runs ClickHouse's command line out of its library: the first way this machine offers.
 *
 * @throws Error that says what to install.
 */
export async function findLauncher(folder: string, ways: readonly Way[] = WAYS): Promise<string[]> {
  const failures: string[] = [];
  for (const { needs, command } of ways) {
    try {
      return await command(folder);
    } catch (error) {
      failures.push(`- ${needs}: ${(error as Error).message.trim().split('\n').at(-1)}`);
    }
  }
  throw new Error(`The tests against a ClickHouse server need one of these, and this machine has none:\n${failures.join('\n')}`);
}
