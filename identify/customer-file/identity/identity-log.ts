// Every change of who is who is noted in the order of its commit, so that a running server can follow them all, its own and those
// of other processes.
import { type Kysely, sql } from 'kysely';
import type { Transaction } from '@vinculo/postgres';

/** Entries kept; a server further behind looks at everything again. */
const KEPT = 5_000;

/** Keeps the order of the log that of the commits: held until the transaction ends. Gives the number of the last entry. */
export async function lockLog(tx: Transaction): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext('identity_log'))`.execute(tx);
  return lastNumber(tx);
}

/**
 * Notes that these records, their links or what was decided about them changed; null for more than is worth naming. Towards the
 * end of the transaction, as others wait from here on.
 */
export async function noteIdentity(tx: Transaction, records: readonly string[] | null): Promise<number> {
  const number = (await lockLog(tx)) + 1;
  await sql`insert into identity_log (number, records) values (${number}, ${records}::uuid[])`.execute(tx);
  await sql`delete from identity_log where number <= ${number - KEPT}`.execute(tx);
  return number;
}

export async function lastNumber(db: Kysely<unknown>): Promise<number> {
  const { rows } = await sql<{ last: number }>`select coalesce(max(number), 0)::bigint as last from identity_log`.execute(db);
  return rows[0]!.last;
}

/** What happened after entry `known`: the last number, and the records concerned; null where everything has to be looked at again. */
export async function changesSince(db: Kysely<unknown>, known: number): Promise<{ last: number; records: string[] | null }> {
  const { rows } = await sql<{ number: number; records: string[] | null }>`
    select number, records from identity_log where number > ${known} order by number`.execute(db);
  if (rows.length === 0) return { last: known, records: [] };
  const last = rows.at(-1)!.number;
  const complete = rows[0]!.number === known + 1;
  if (!complete || rows.some(({ records }) => records === null)) return { last, records: null };
  return { last, records: [...new Set(rows.flatMap(({ records }) => records!))] };
}
