export { type Actor, SYSTEM } from './actor.ts';
export { copyText } from './copy.ts';
export { acquireDataFolder, type DataFolderLock, readLock } from './data-folder.ts';
export { newId, recordId } from './ids.ts';
export { lockKey, withLock } from './lock.ts';
export { type Applied, migratePostgres, type MigrationStatus, migrationStatus } from './migrate.ts';
export { processIdentity } from './embedded/processes.ts';
export { comparedWithApplied, type MigrationFile, type MigrationSet, readMigrations } from './migration-files.ts';
export { connectAgain, openPostgres } from './open-postgres.ts';
export { type EventHandler, type Outbox, type OutboxEvent, eventsOnTheWay, startOutbox } from './outbox.ts';
export type { Store, Transaction } from './store.ts';

/** The tables of the platform itself: outbox and settings. First of every list of sets. */
export const platformMigrations = { name: 'platform', folder: new URL('./migrations/', import.meta.url) };
