import { SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { Drift } from '../api/pulls.ts';
import { tellDrift } from './alerts.ts';
import type { KnownColumn } from './connection-row.ts';
import { driftOf, sameDrift } from './drift.ts';
import type { RunAtWork } from './take-part.ts';

/** Compares the columns with those the mapping knows, writes the difference down where people look for it, and tells it once. */
export async function noteColumns({ context, connection, runId }: RunAtWork, now: readonly KnownColumn[]): Promise<Drift | undefined> {
  const drift = driftOf(connection.known, now, new Date());
  const types = new Map(now.map(({ name, type }) => [name, type]));
  // A type seen for the first time is what later ones are compared with.
  const known = connection.known.map(({ name, type }) => ({ name, type: type || (types.get(name) ?? '') }));
  const isFiles = connection.kind === 'folder' || connection.kind === 'sftp';
  await context.store.transaction(SYSTEM, async (tx) => {
    await sql`update connection set known = ${JSON.stringify(known)} where id = ${connection.id}`.execute(tx);
    if (drift) await sql`update connection_run set drift = ${JSON.stringify(drift)} where id = ${runId}`.execute(tx);
    // One file may lack what the next one has: only a person says that a change of files is settled.
    if (sameDrift(drift, connection.drift) || (!drift && isFiles)) return;
    await sql`update connection set drift = ${drift ? JSON.stringify(drift) : null} where id = ${connection.id}`.execute(tx);
    if (drift) await tellDrift(context, tx, connection, drift);
  });
  connection.known = known;
  if (drift || !isFiles) connection.drift = drift ?? null;
  return drift;
}
