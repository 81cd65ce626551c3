import { fail } from '@vinculo/errors';
import { comparedWithApplied, type MigrationFile, type MigrationSet, readMigrations } from '@vinculo/postgres';
import { statements } from './statements.ts';
import type { Warehouse } from './warehouse.ts';

export interface WarehouseApplied {
  set: string;
  file: string;
  milliseconds: number;
}

export interface WarehouseMigrationStatus {
  set: string;
  file: string;
  /** Null while it waits to be applied. */
  appliedAt: Date | null;
}

/** How far a file has come: each statement that ran adds a row, the last one with `finished`. */
interface Row {
  set: string;
  file: string;
  checksum: string;
  done: number;
  finished: boolean;
  applied_at: string;
}

type Lock = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Brings the tables up to date, statement by statement. ClickHouse has no transactions: after a kill the next start
 * goes on with the statement that may have been cut, so each must bear being run twice (`create table if not exists`).
 *
 * @param lock keeps two starts apart when several servers share one ClickHouse:
 *   `(work) => withLock(store, 'warehouse-migrations', work)`. The embedded one has a single owner anyway.
 * @returns what this call applied; empty when there was nothing to do.
 * @throws VIN_MIGRATION_CHANGED, VIN_MIGRATION_UNKNOWN, VIN_MIGRATION_ORDER, VIN_MIGRATION_FAILED
 */
export async function migrateWarehouse(
  warehouse: Warehouse,
  sets: readonly MigrationSet[],
  lock: Lock = (work) => work(),
): Promise<WarehouseApplied[]> {
  const files = await readMigrations(sets);
  return lock(async () => {
    await warehouse.command(`
      create table if not exists migration (
        set        String,
        file       String,
        checksum   String,
        done       UInt32,
        finished   Bool,
        applied_at DateTime64(3) default now64(3)
      ) engine = MergeTree order by (set, file, done)`);
    const rows = await progress(warehouse);
    const applied: WarehouseApplied[] = [];
    for (const file of comparedWithApplied(
      files,
      rows.filter(({ finished }) => finished),
    )) {
      applied.push(await apply(warehouse, file, rows));
    }
    return applied;
  });
}

/** Every migration of the sets, applied or waiting. Changes nothing, not even on a store never migrated. */
export async function warehouseMigrationStatus(warehouse: Warehouse, sets: readonly MigrationSet[]): Promise<WarehouseMigrationStatus[]> {
  const files = await readMigrations(sets);
  const exists = (await warehouse.rows<{ result: number }>('exists table migration'))[0]!.result === 1;
  const rows = exists ? await progress(warehouse) : [];
  return files.map(({ set, file }) => {
    const row = rows.find((each) => each.finished && each.set === set && each.file === file);
    return { set, file, appliedAt: row ? new Date(row.applied_at) : null };
  });
}

async function progress(warehouse: Warehouse): Promise<Row[]> {
  return warehouse.rows<Row>('select set, file, checksum, done, finished, applied_at from migration order by done');
}

async function apply(warehouse: Warehouse, { set, file, checksum, sql }: MigrationFile, rows: readonly Row[]): Promise<WarehouseApplied> {
  const started = performance.now();
  const all = statements(sql);
  // What a changed text did before it was cut off says nothing about the new text.
  const before = rows.filter((row) => row.set === set && row.file === file && row.checksum === checksum);
  const first = before.at(-1)?.done ?? 0;
  try {
    for (let i = first; i < all.length; i++) {
      await warehouse.command(all[i]!);
      const finished = i === all.length - 1;
      await warehouse.insert('migration', [{ set, file, checksum, done: i + 1, finished }]);
    }
    if (all.length === 0) await warehouse.insert('migration', [{ set, file, checksum, done: 0, finished: true }]);
  } catch (error) {
    throw fail('VIN_MIGRATION_FAILED', { name: `${set}/${file}`, reason: (error as Error).message }, error);
  }
  return { set, file, milliseconds: Math.round(performance.now() - started) };
}
