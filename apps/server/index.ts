export {
  migrate,
  migrateStores,
  type MigrationName,
  type MigrationState,
  migrationSets,
  migrationsOfStores,
  openStores,
  type Stores,
} from './stores.ts';
export { type RunningServer, startServer, type StartServerOptions } from './start.ts';
