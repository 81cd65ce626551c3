// The house rule must bite: each forbidden import is refused by the linter itself, not only by the function behind it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'vinculo-house-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function lint(file: string, code: string): { refused: boolean; output: string } {
  const path = join(scratch, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, code);
  const run = spawnSync(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '-c', join(root, '.oxlintrc.json'), path], {
    encoding: 'utf8',
    cwd: root,
  });
  return { refused: run.status !== 0, output: run.stdout + run.stderr };
}

describe('the house rule', () => {
  it.each([
    [
      'a pure package reading a store',
      'identify/matching/a.ts',
      "import { openPostgres } from '@vinculo/postgres';\nopenPostgres();\n",
      'is pure',
    ],
    [
      'a pure package reading a file',
      'identify/normalise/b.ts',
      "import { readFileSync } from 'node:fs';\nreadFileSync('x');\n",
      'is pure',
    ],
    [
      'a pure package reading a file beside its threads',
      'identify/matching/parallel/b.ts',
      "import { readFileSync } from 'node:fs';\nreadFileSync('x');\n",
      'is pure',
    ],
    [
      'a pure package starting a thread elsewhere',
      'identify/matching/b.ts',
      "import { Worker } from 'node:worker_threads';\nWorker;\n",
      'is pure',
    ],
    [
      'a feature importing to its right',
      'identify/customer-file/c.ts',
      "import { feature } from '@vinculo/insight';\nfeature;\n",
      'does not stand to the left',
    ],
    [
      'the platform importing a feature',
      'platform/http/d.ts',
      "import { feature } from '@vinculo/audit';\nfeature.name;\n",
      'platform knows no feature',
    ],
    [
      'a path into another package',
      'differentiate/insight/e.ts',
      "import { part } from '@vinculo/customer-file/imports/part.ts';\npart;\n",
      'private',
    ],
    [
      'a relative path into another package',
      'differentiate/insight/f.ts',
      "import { x } from '../value/lorenz.ts';\nx;\n",
      'not a path into it',
    ],
    ['the console importing server code', 'apps/console/src/g.ts', "import { feature } from '@vinculo/access';\nfeature;\n", 'API types'],
    [
      'the console using the kit outside src/ui',
      'apps/console/src/features/home/h.ts',
      "import { Button } from '@mantine/core';\nButton;\n",
      'src/ui',
    ],
  ])('refuses %s', (_what, file, code, why) => {
    const { refused, output } = lint(file, code);
    expect(output).toContain(why);
    expect(refused).toBe(true);
  });

  it.each([
    ['a feature using the platform', 'identify/customer-file/i.ts', "import { fail } from '@vinculo/errors';\nfail('VIN_X');\n"],
    [
      'a feature using one to its left',
      'differentiate/insight/j.ts',
      "import { feature } from '@vinculo/customer-file';\nfeature.name.trim();\n",
    ],
    [
      'the console using API types',
      'apps/console/src/k.ts',
      "import type { Source } from '@vinculo/customer-file/api/imports';\nexport type A = typeof Source;\n",
    ],
  ])('allows %s', (_what, file, code) => {
    const { refused, output } = lint(file, code);
    expect(output).not.toContain('vinculo(house)');
    expect(refused).toBe(false);
  });
});
