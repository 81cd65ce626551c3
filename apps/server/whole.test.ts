// What only the whole can show: that the features fit together, and that everything they name has words.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PERMISSIONS } from '@vinculo/access';
import { LANGUAGES, translator } from '@vinculo/languages';
import { testStores, type TestStores } from '@vinculo/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTINE } from '@vinculo/audit';
import { FEATURES } from './features.ts';
import { type RunningServer, startServer } from './start.ts';

interface Operation {
  summary?: string;
  tags?: string[];
  responses: Record<string, unknown>;
  parameters?: { name: string; in: string }[];
  'x-permission'?: string[];
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const emitted = new Set<string>();
for (const room of ['identify', 'differentiate', 'interact', 'protect', 'platform']) {
  for (const name of readdirSync(`${ROOT}${room}`, { recursive: true }) as string[]) {
    if (!name.endsWith('.ts') || name.includes('node_modules') || name.endsWith('.test.ts')) continue;
    const text = readFileSync(`${ROOT}${room}/${name}`, 'utf8');
    for (const [call] of text.matchAll(/\.emit\(\s*[^,]+,/g))
      for (const [, type] of call.matchAll(/'([a-z_]+\.[a-z_]+)'/g)) emitted.add(type!);
    for (const [, type] of text.matchAll(/action: '([a-z_]+\.[a-z_]+)'/g)) emitted.add(type!);
  }
}

describe('all features together', () => {
  let stores: TestStores;
  let server: RunningServer;
  let operations: (Operation & { name: string })[];
  beforeAll(async () => {
    stores = await testStores();
    server = await startServer({ config: stores.config, quiet: true, stores });
    const document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as { paths: Record<string, Record<string, Operation>> };
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ ...operation, name: `${method.toUpperCase()} ${path}` })),
    );
  });
  afterAll(async () => {
    await server?.stop();
    await stores.close();
  });

  it('describe every operation: summary, tags, replies', () => {
    expect(operations.length).toBeGreaterThan(40);
    const incomplete = operations.filter(({ summary, tags, responses }) => !summary || !tags?.length || Object.keys(responses).length < 2);
    expect(incomplete.map(({ name }) => name)).toEqual([]);
  });

  it('ask only for permissions that a role can hold', () => {
    const known = new Set<string>([...PERMISSIONS, 'signed-in']);
    const asked = operations.flatMap((operation) => operation['x-permission'] ?? []);
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
    expect(FEATURES.flatMap(({ permissions = [] }) => permissions.map(({ name }) => name)).filter((name) => !known.has(name))).toEqual([]);
  });

  it('make every POST that creates safe to repeat', () => {
    const creates = operations.filter(({ name, responses }) => name.startsWith('POST ') && '201' in responses);
    const unsafe = creates.filter(({ parameters }) => !parameters?.some(({ name }) => name === 'Idempotency-Key'));
    expect(unsafe.map(({ name }) => name)).toEqual([]);
  });

  it.each(LANGUAGES)('have words in %s for every permission, job and line of the audit log', (language) => {
    const t = translator(language);
    const wordless = (keys: string[]) => keys.filter((key) => t(key, { defaultValue: '' }) === '');
    const jobs = FEATURES.flatMap((feature) => feature.jobs?.(server.context) ?? []);
    expect(wordless(PERMISSIONS.map((name) => `access:permission.${name}`))).toEqual([]);
    expect(wordless(jobs.map(({ name }) => `jobs:name.${name}`))).toEqual([]);
    expect(emitted.size).toBeGreaterThan(15);
    expect(wordless([...emitted].filter((type) => !ROUTINE.has(type)).map((type) => `audit:action.${type}`))).toEqual([]);
  });
});
