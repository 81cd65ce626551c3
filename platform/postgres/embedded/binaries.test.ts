import { mkdir, mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { restoreLinks } from './binaries.ts';

it('the links between the libraries are made when npm ran no install scripts, and left alone when they are there', async () => {
  const root = await mkdtemp(join(tmpdir(), 'vinculo-test-'));
  await mkdir(join(root, 'native', 'lib'), { recursive: true });
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  await writeFile(join(root, 'native', 'pg-symlinks.json'), JSON.stringify(links));
  await writeFile(join(root, 'native', 'lib', 'libpq.so.5.18'), '');
  for (const _ of ['first start', 'next start']) {
    await restoreLinks(root);
    expect(await readlink(join(root, 'native', 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
  }
  await rm(root, { recursive: true });
});
