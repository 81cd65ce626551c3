import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { MADE, snippet } from './build.ts';

it('is made of what stands in browser/', async () => {
  expect((await readFile(MADE, 'utf8')) === (await snippet()), 'Run npm run snippet').toBe(true);
});

it('costs a page less than 5 kB', async () => {
  expect(gzipSync(await readFile(MADE), { level: 9 }).length).toBeLessThan(5_000);
});

it('needs no permission to make code out of text', async () => {
  expect(await readFile(MADE, 'utf8')).not.toMatch(/\beval\b|\bFunction\(|innerHTML|document\.write/);
});
