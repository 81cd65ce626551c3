/**
 * What tests are told by the environment. The product never reads these, so they are no part of the configuration.
 *
 * - `VINCULO_TEST_DATABASE_URL`: the Postgres tests use instead of one of their own.
 * - `VINCULO_TEST_CLICKHOUSE_URL`: the ClickHouse tests use instead of the embedded warehouse.
 * - `VINCULO_TEST_SETUP`: the address at which the set-up of the run says where its Postgres is.
 */
export type TestVariable = 'VINCULO_TEST_DATABASE_URL' | 'VINCULO_TEST_CLICKHOUSE_URL' | 'VINCULO_TEST_SETUP';

/** Undefined when it is not set, or empty. */
export function testVariable(name: TestVariable): string | undefined {
  return process.env[name] || undefined;
}

/** For this process and those it starts from now on. */
export function setTestVariable(name: TestVariable, value: string): void {
  process.env[name] = value;
}
