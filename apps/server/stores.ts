import type { Config, Logger } from '@vinculo/config';
import type { Feature } from '@vinculo/http';
import { jobMigrations } from '@vinculo/jobs';
import { mailMigrations } from '@vinculo/mail';
import {
  type MigrationSet,
  migratePostgres,
  migrationStatus,
  openPostgres,
  platformMigrations,
  type Store,
  withLock,
} from '@vinculo/postgres';
import { migrateWarehouse, openWarehouse, type Warehouse, warehouseMigrationStatus } from '@vinculo/warehouse';

export interface Stores {
  store: Store;
  warehouse: Warehouse;
  close(): Promise<void>;
}

/** Both stores at once; if one does not open, the other is closed again. */
export async function openStores(config: Config, log?: Logger): Promise<Stores> {
  const [store, warehouse] = await Promise.allSettled([openPostgres(config, log), openWarehouse(config, log)]);
  if (store.status === 'fulfilled' && warehouse.status === 'fulfilled') {
    return {
      store: store.value,
      warehouse: warehouse.value,
      close: async () => {
        await warehouse.value.close();
        await store.value.close();
      },
    };
  }
  if (store.status === 'fulfilled') await store.value.close();
  if (warehouse.status === 'fulfilled') await warehouse.value.close();
  throw store.status === 'rejected' ? store.reason : (warehouse as PromiseRejectedResult).reason;
}

/** Platform first, then the features in their order. */
export function migrationSets(features: readonly Feature[]): { postgres: MigrationSet[]; warehouse: MigrationSet[] } {
  const sets = (where: 'migrations' | 'warehouse'): MigrationSet[] =>
    features.flatMap((feature) => (feature[where] ? [{ name: feature.name, folder: feature[where] }] : []));
  return { postgres: [platformMigrations, jobMigrations, mailMigrations, ...sets('migrations')], warehouse: sets('warehouse') };
}

/** What the server is made of, loaded only when somebody wants all of it. */
export const allFeatures = async (): Promise<readonly Feature[]> => (await import('./features.ts')).FEATURES;

export interface MigrationName {
  store: 'postgres' | 'warehouse';
  /** `customer-file/0001_customer.sql` */
  name: string;
}

/** Brings open stores up to this version. Safe when two processes start at once. */
export async function migrate(
  { store, warehouse }: Pick<Stores, 'store' | 'warehouse'>,
  features: readonly Feature[],
): Promise<MigrationName[]> {
  const sets = migrationSets(features);
  const inPostgres = await migratePostgres(store, sets.postgres);
  const inWarehouse = await migrateWarehouse(warehouse, sets.warehouse, (work) => withLock(store, 'warehouse-migrations', work));
  return [...named('postgres', inPostgres), ...named('warehouse', inWarehouse)];
}

/** `vinculo migrate`: opens the stores, brings them up to date, closes them. */
export async function migrateStores(config: Config): Promise<MigrationName[]> {
  const features = await allFeatures();
  const stores = await openStores(config);
  return migrate(stores, features).finally(() => stores.close());
}

export interface MigrationState extends MigrationName {
  state: 'applied' | 'waiting';
}

/** Every migration of this version, and whether it has been applied. Changes nothing. */
export async function migrationsOf(
  { store, warehouse }: Pick<Stores, 'store' | 'warehouse'>,
  features: readonly Feature[],
): Promise<MigrationState[]> {
  const sets = migrationSets(features);
  const inPostgres = await migrationStatus(store, sets.postgres);
  const inWarehouse = await warehouseMigrationStatus(warehouse, sets.warehouse);
  return [
    ...inPostgres.map((one) => ({ ...named('postgres', [one])[0]!, state: state(one.appliedAt) })),
    ...inWarehouse.map((one) => ({ ...named('warehouse', [one])[0]!, state: state(one.appliedAt) })),
  ];
}

/** `vinculo migrate --status` where no server runs: opens the stores, looks, closes them. */
export async function migrationsOfStores(config: Config): Promise<MigrationState[]> {
  const features = await allFeatures();
  const stores = await openStores(config);
  return migrationsOf(stores, features).finally(() => stores.close());
}

const state = (appliedAt: Date | null) => (appliedAt ? ('applied' as const) : ('waiting' as const));

const named = (store: MigrationName['store'], list: readonly { set: string; file: string }[]): MigrationName[] =>
  list.map(({ set, file }) => ({ store, name: `${set}/${file}` }));
