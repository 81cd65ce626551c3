export { READER } from './clickhouse-server/configuration.ts';
export { type ClickHouseServer, startClickHouseServer } from './clickhouse-server/start-clickhouse-server.ts';
export { type ImapServer, startImapServer } from './imap-server/start-imap-server.ts';
export { type PostgresServer, startPostgresServer } from './postgres-server/start-postgres-server.ts';
export { asyncProperty, names, property, words } from './property.ts';
export { testConfig } from './test-config.ts';
export { type TestStores, type TestStoresOptions, testStores } from './test-stores.ts';
export { contextOver } from './context-over.ts';
export { type Method, serve, type Servable, type ServeOptions, type Served } from './serve.ts';
