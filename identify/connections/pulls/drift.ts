// How the columns of a place differ from those its mapping knows.
import { fail } from '@vinculo/errors';
import type { Drift } from '../api/pulls.ts';
import type { KnownColumn } from './connection-row.ts';

/** Undefined where nothing differs. A type that was never seen is no difference. */
export function driftOf(known: readonly KnownColumn[], now: readonly KnownColumn[], at: Date): Drift | undefined {
  const before = new Map(known.map(({ name, type }) => [name, type]));
  const after = new Map(now.map(({ name, type }) => [name, type]));
  const appeared = now.filter(({ name }) => !before.has(name)).map(({ name }) => name);
  const vanished = known.filter(({ name }) => !after.has(name)).map(({ name }) => name);
  const changed = known.flatMap(({ name, type: from }) => {
    const to = after.get(name);
    return from && to && from !== to ? [{ column: name, from, to }] : [];
  });
  if (appeared.length + vanished.length + changed.length === 0) return undefined;
  return { at: at.toISOString(), appeared, vanished, changed };
}

/** Whether two drifts tell the same, whenever they were seen. */
export function sameDrift(a: Drift | null | undefined, b: Drift | null | undefined): boolean {
  const told = (drift: Drift | null | undefined) =>
    drift && JSON.stringify([drift.appeared, drift.vanished, drift.changed.map(({ column, from, to }) => [column, from, to])]);
  return told(a) === told(b);
}

/**
 * Refuses to read on without a column that was imported: what it held would be emptied row by row.
 *
 * @throws VIN_CONNECTION_COLUMN_GONE
 */
export function checkMapped(drift: Drift | undefined, columns: Record<string, string | null>): void {
  const gone = drift?.vanished.filter((name) => columns[name]) ?? [];
  if (gone.length > 0) throw fail('VIN_CONNECTION_COLUMN_GONE', { columns: gone.map((name) => `«${name}»`).join(', ') });
}

/** The mapping for the columns that are there: new ones are not imported until somebody says so. */
export const mappingFor = (columns: Record<string, string | null>, there: readonly string[]): Record<string, string | null> =>
  Object.fromEntries(there.map((name) => [name, columns[name] ?? null]));
