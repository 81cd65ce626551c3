import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeConfig } from './describe-config.ts';
import { ConfigError, loadConfig } from './load-config.ts';
import { ensureSecret } from './secret.ts';
import { VARIABLES } from './variables.ts';

const problemsOf = (env: NodeJS.ProcessEnv) => {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ variable, problem }) => `${variable} ${problem}`);
    throw error;
  }
  return [];
};

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(loadConfig({})).toMatchObject({
      dataFolder: resolve('.vinculo'),
      host: '127.0.0.1',
      port: 4600,
      publicUrl: 'http://localhost:4600',
      warehouseMemoryMb: 2048,
      roles: ['api', 'worker'],
      timeZone: 'Europe/Madrid',
      currency: 'EUR',
      country: 'ES',
      language: 'es',
      secureCookies: false,
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(loadConfig({ VINCULO_PORT: '', DATABASE_URL: ' ' })).toEqual(loadConfig({}));
  });

  it('accepts every example it gives', () => {
    const examples = Object.fromEntries(Object.entries(VARIABLES).map(([name, { example }]) => [name, example]));
    expect(loadConfig({ ...examples, VINCULO_SECRET: 'x'.repeat(64) })).toMatchObject({ roles: ['worker'], secureCookies: true });
  });

  it.each([
    [{ VINCULO_PORT: 'abc' }, 'VINCULO_PORT is not a whole number from 0 to 65535'],
    [{ VINCULO_PORT: '70000' }, 'VINCULO_PORT is not a whole number from 0 to 65535'],
    [{ DATABASE_URL: 'mysql://localhost/x' }, 'DATABASE_URL is not a URL that starts with postgres:// or postgresql://'],
    [{ CLICKHOUSE_URL: 'clickhouse' }, 'CLICKHOUSE_URL is not a URL that starts with http:// or https://'],
    [{ VINCULO_ROLES: 'api,web' }, 'VINCULO_ROLES is not a comma-separated list of api and worker'],
    [{ VINCULO_SECRET: 'short' }, 'VINCULO_SECRET is shorter than 32 characters'],
    [{ VINCULO_TIME_ZONE: 'Madrid' }, 'VINCULO_TIME_ZONE is not a time zone of the IANA list'],
    [{ VINCULO_CURRENCY: 'euro' }, 'VINCULO_CURRENCY is not an ISO 4217 currency code'],
    [{ VINCULO_COUNTRY: 'XX' }, 'VINCULO_COUNTRY is not an ISO 3166 country code of two letters'],
    [{ VINCULO_LANGUAGE: 'fr' }, 'VINCULO_LANGUAGE is none of es, en'],
    [{ VINCULO_SECURE_COOKIES: 'maybe' }, 'VINCULO_SECURE_COOKIES is neither true nor false'],
    [
      { VINCULO_PUBLIC_URL: 'http://crm.example.com', VINCULO_SECURE_COOKIES: 'true' },
      'VINCULO_PUBLIC_URL is http, and with VINCULO_SECURE_COOKIES nobody could sign in over http',
    ],
  ])('stops at %o', (env, problem) => {
    expect(problemsOf(env)).toEqual([problem]);
  });

  it('names every wrong variable at once, each with an example', () => {
    expect(() => loadConfig({ VINCULO_PORT: 'x', VINCULO_LANGUAGE: 'fr' })).toThrow(
      'VINCULO_PORT is not a whole number from 0 to 65535. For example: VINCULO_PORT=8080\nVINCULO_LANGUAGE is none of es, en. For example: VINCULO_LANGUAGE=en',
    );
  });
});

describe('what is printed', () => {
  it('has no secret in it', () => {
    const printed = JSON.stringify(
      describeConfig(
        loadConfig({
          DATABASE_URL: 'postgres://ana:hunter2@db/vinculo?sslpassword=hunter2',
          CLICKHOUSE_URL: 'http://ch:8123/?password=hunter2',
          SMTP_URL: 'smtps://user:hunter2@mail:465',
          VINCULO_SECRET: 'hunter2'.repeat(8),
        }),
      ),
    );
    expect(printed).not.toContain('hunter2');
    expect(printed).toContain('ana');
  });

  it('says of every variable what is in force and what it is for', () => {
    const rows = describeConfig(loadConfig({ VINCULO_PORT: '8080' }));
    expect(rows.map(({ variable }) => variable)).toEqual(Object.keys(VARIABLES));
    expect(rows.find(({ variable }) => variable === 'VINCULO_PORT')).toMatchObject({ value: '8080', default: '4600' });
    expect(rows.every(({ description }) => description.length > 10)).toBe(true);
  });
});

describe('the secret', () => {
  it('is made once, kept for nobody else to read, and the same for starts at the same time', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'vinculo-test-'));
    const config = { ...loadConfig({}), dataFolder: join(dataFolder, 'new') };
    const secrets = await Promise.all([ensureSecret(config), ensureSecret(config), ensureSecret(config)]);
    expect(new Set([...secrets, await ensureSecret(config)]).size).toBe(1);
    expect(secrets[0]).toMatch(/^[0-9a-f]{64}$/);
    const file = join(config.dataFolder, 'secret');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readFile(file, 'utf8')).trim()).toBe(secrets[0]);
    await rm(dataFolder, { recursive: true });
  });
});
