// The example of the README is run as it stands there.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulatePeople } from './simulated-people.fixture.ts';

const here = new URL('.', import.meta.url).pathname;

describe('the README', () => {
  let folder: string;
  let example: string;
  beforeAll(async () => {
    // Beside the library, so that what it imports is found.
    folder = await mkdtemp(join(here, '.readme-'));
    example = /```ts\n(import \{ readFileSync[\s\S]*?)```/.exec(await readFile(join(here, 'README.md'), 'utf8'))![1]!;
    await writeFile(join(folder, 'example.ts'), example);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const run = async (csv: string): Promise<string> => {
    await writeFile(join(folder, 'customers.csv'), csv);
    const run = promisify(execFile)(process.execPath, ['--conditions=source', '--import=tsx', 'example.ts'], {
      cwd: folder,
    });
    return (await run).stdout;
  };

  it('links a CSV in twenty lines', async () => {
    expect(example.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(20);
    const { records } = simulatePeople(150, 5);
    const columns = ['given', 'surname1', 'surname2', 'birth_date', 'email', 'mobile', 'city'] as const;
    const said = await run([columns.join(','), ...records.map((record) => columns.map((name) => record[name] ?? '').join(','))].join('\n'));
    expect(said).toContain('birth_date: birth-date (name)');
    expect(said).toMatch(new RegExp(`${records.length} records, \\d+ entities; expected precision [01]\\.\\d{3}, recall [01]\\.\\d{3}`));
    expect(said).toContain("label: 'exact'");
  });

  it('also where nothing is to be joined', async () => {
    expect(await run('nombre,email\nAna Ruiz,ana@correo.es\nLuis Peña,luis@otro.es\n')).toContain('2 records, 2 entities');
  });
});
