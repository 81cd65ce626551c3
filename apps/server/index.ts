export { FEATURES } from './features.ts';
export { migrate, migrateStores, type MigrationName, migrationsOfStores, openStores, type Stores } from './stores.ts';
export { type RunningServer, startServer, type StartServerOptions } from './start.ts';
