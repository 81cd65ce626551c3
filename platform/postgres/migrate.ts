import { fail } from '@vinculo/errors';
import { sql } from 'kysely';
import { SYSTEM } from './actor.ts';
import { withLock } from './lock.ts';
import { comparedWithApplied, type MigrationFile, type MigrationSet, readMigrations } from './migration-files.ts';
import type { Store } from './store.ts';

export interface Applied {
  set: string;
  file: string;
  milliseconds: number;
}

export interface MigrationStatus {
  set: string;
  file: string;
  /** Null while it waits to be applied. */
  appliedAt: Date | null;
}

interface Row {
  set: string;
  file: string;
  checksum: string;
  applied_at: Date;
}

/**
 * Brings the tables up to date: each file in a transaction of its own, together with the note that it was
 * applied, so a killed start leaves whole migrations only. Starts at the same time wait for each other.
 *
 * @returns what this call applied; empty when there was nothing to do.
 * @throws VIN_MIGRATION_CHANGED, VIN_MIGRATION_UNKNOWN, VIN_MIGRATION_ORDER, VIN_MIGRATION_FAILED
 */
export async function migratePostgres(store: Store, sets: readonly MigrationSet[]): Promise<Applied[]> {
  const files = await readMigrations(sets);
  return withLock(store, 'migrations', async () => {
    await sql`
      create table if not exists migration (
        set        text not null,
        file       text not null,
        checksum   text not null,
        applied_at timestamptz not null default now(),
        primary key (set, file)
      )`.execute(store.db);
    const done: Applied[] = [];
    for (const file of comparedWithApplied(files, await applied(store))) done.push(await apply(store, file));
    return done;
  });
}

/** Every migration of the sets, applied or waiting. Changes nothing, not even on a store never migrated. */
export async function migrationStatus(store: Store, sets: readonly MigrationSet[]): Promise<MigrationStatus[]> {
  const files = await readMigrations(sets);
  const exists = await sql<{ there: boolean }>`select to_regclass('migration') is not null as there`.execute(store.db);
  const rows = exists.rows[0]!.there ? await applied(store) : [];
  return files.map(({ set, file }) => ({
    set,
    file,
    appliedAt: rows.find((row) => row.set === set && row.file === file)?.applied_at ?? null,
  }));
}

async function applied(store: Store): Promise<Row[]> {
  return (await sql<Row>`select set, file, checksum, applied_at from migration`.execute(store.db)).rows;
}

async function apply(store: Store, { set, file, checksum, sql: text }: MigrationFile): Promise<Applied> {
  const started = performance.now();
  try {
    await store.transaction(SYSTEM, async (tx) => {
      await sql.raw(text).execute(tx);
      await sql`insert into migration (set, file, checksum) values (${set}, ${file}, ${checksum})`.execute(tx);
    });
  } catch (error) {
    throw fail('VIN_MIGRATION_FAILED', { name: `${set}/${file}`, reason: (error as Error).message }, error);
  }
  return { set, file, milliseconds: Math.round(performance.now() - started) };
}
