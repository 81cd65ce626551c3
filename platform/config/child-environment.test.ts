import { expect, it } from 'vitest';
import { childEnvironment } from './child-environment.ts';
import { setTestVariable, testVariable } from './test-variables.ts';

it('a child process is told what this one is, and more', () => {
  setTestVariable('VINCULO_TEST_DATABASE_URL', 'postgres://a');
  expect(childEnvironment({ VINCULO_PORT: '0' })).toMatchObject({ VINCULO_TEST_DATABASE_URL: 'postgres://a', VINCULO_PORT: '0' });
  expect(childEnvironment({ VINCULO_TEST_DATABASE_URL: 'postgres://b' }).VINCULO_TEST_DATABASE_URL).toBe('postgres://b');
  expect(testVariable('VINCULO_TEST_DATABASE_URL')).toBe('postgres://a');
});

it('an empty variable of tests is one that is not set', () => {
  setTestVariable('VINCULO_TEST_DATABASE_URL', '');
  expect(testVariable('VINCULO_TEST_DATABASE_URL')).toBeUndefined();
});
