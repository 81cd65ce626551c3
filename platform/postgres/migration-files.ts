import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fail } from '@vinculo/errors';

/** The migrations of one feature: a folder of files `NNNN_name.sql`. */
export interface MigrationSet {
  name: string;
  folder: URL;
}

export interface MigrationFile {
  set: string;
  /** `0001_customer.sql` */
  file: string;
  /** SHA-256 of the text, hex, line ends normalised. */
  checksum: string;
  sql: string;
}

/** The files of the sets: sets in the order given, files by number. Serves both stores. */
export async function readMigrations(sets: readonly MigrationSet[]): Promise<MigrationFile[]> {
  const files: MigrationFile[] = [];
  for (const { name, folder } of sets) {
    const base = new URL(folder.href.endsWith('/') ? folder.href : `${folder.href}/`);
    const names = (await readdir(base)).filter((file) => file.endsWith('.sql')).toSorted();
    for (const file of names) {
      if (!/^\d{4}_[a-z0-9_]+\.sql$/.test(file)) {
        throw fail('VIN_MIGRATION_FAILED', { name: `${name}/${file}`, reason: 'its name is not of the form 0001_name.sql' });
      }
      // A checkout on Windows may turn line ends around; that is no change of the migration.
      const sql = (await readFile(new URL(file, base), 'utf8')).replaceAll('\r\n', '\n');
      files.push({ set: name, file, checksum: createHash('sha256').update(sql).digest('hex'), sql });
    }
  }
  return files;
}

/**
 * What is left to apply, in order, given what the store says was applied.
 *
 * @throws VIN_MIGRATION_CHANGED a file differs from what was applied.
 * @throws VIN_MIGRATION_UNKNOWN the store has a migration of these sets that has no file: a newer version used it.
 * @throws VIN_MIGRATION_ORDER a new file has a number below one already applied in its set.
 */
export function comparedWithApplied(
  files: readonly MigrationFile[],
  applied: readonly { set: string; file: string; checksum: string }[],
): MigrationFile[] {
  const byName = new Map(applied.map((row) => [`${row.set}/${row.file}`, row]));
  const sets = new Set(files.map(({ set }) => set));
  const known = new Set(files.map(({ set, file }) => `${set}/${file}`));
  for (const { set, file } of applied) {
    if (sets.has(set) && !known.has(`${set}/${file}`)) throw fail('VIN_MIGRATION_UNKNOWN', { name: `${set}/${file}` });
  }
  return files.filter(({ set, file, checksum }) => {
    const before = byName.get(`${set}/${file}`);
    if (before && before.checksum !== checksum) throw fail('VIN_MIGRATION_CHANGED', { name: `${set}/${file}` });
    const later = before ? undefined : applied.find((row) => row.set === set && row.file > file);
    if (later) throw fail('VIN_MIGRATION_ORDER', { name: `${set}/${file}`, after: later.file });
    return !before;
  });
}
