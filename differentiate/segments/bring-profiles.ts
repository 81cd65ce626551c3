// Everybody's profile, current for whoever reads them all: scoring, and whole segments.
import { type Transaction, withLock } from '@vinculo/postgres';
import { sql } from 'kysely';
import { readAllProfiles, readProfiles, type Stores } from './profiles.ts';

/** Customers read at once: their ids fit into one parameter. */
const AT_ONCE = 2_000;

/** Notes that everybody's profile may have changed. */
export async function askForProfiles(tx: Transaction): Promise<void> {
  await sql`
    insert into profile_reading (asked, read) values (1, 0)
    on conflict (one) do update set asked = profile_reading.asked + 1`.execute(tx);
}

/** Notes that the profiles there are were read before anybody noted it. */
export async function presumeRead({ store }: Pick<Stores, 'store'>): Promise<void> {
  await sql`insert into profile_reading (asked, read) values (0, 0) on conflict (one) do nothing`.execute(store.db);
}

/**
 * Makes the profiles current: everybody's when that was asked for since they were last read, or nobody knows that they ever were;
 * otherwise those of whom something happened to, who go on waiting to be looked at. Killed at any moment, the next call does it again.
 */
export async function bringProfiles(stores: Stores, signal?: AbortSignal): Promise<void> {
  // Whoever comes while another reads waits, and finds them read.
  await withLock(stores.store, 'profiles', async () => {
    const asked = await askedSince(stores);
    if (asked === undefined) return readPending(stores, signal);
    await readAllProfiles(stores, signal);
    // What was asked for meanwhile was counted beyond that, and stays to be read.
    await sql`
      insert into profile_reading (asked, read) values (${asked}, ${asked})
      on conflict (one) do update set read = excluded.read`.execute(stores.store.db);
  });
}

/** How often everybody was asked for when not all of it was read; undefined when it was. */
async function askedSince({ store }: Pick<Stores, 'store'>): Promise<string | undefined> {
  const { rows } = await sql<{ asked: string; due: boolean }>`
    select coalesce(r.asked, 0)::text as asked, coalesce(r.asked > r.read, exists (select from customer)) as due
      from (select) as always left join profile_reading r on true`.execute(store.db);
  return rows[0]!.due ? rows[0]!.asked : undefined;
}

/** Those who wait to be looked at, but for visits: of these no profile tells. */
async function readPending(stores: Stores, signal?: AbortSignal): Promise<void> {
  for (let last: string | undefined = NOBODY; last; ) {
    signal?.throwIfAborted();
    const { rows }: { rows: { id: string }[] } = await sql<{ id: string }>`
      select customer_id as id from segment_pending where not visits and customer_id > ${last} order by customer_id limit ${AT_ONCE}`.execute(
      stores.store.db,
    );
    await readProfiles(
      stores,
      rows.map(({ id }) => id),
    );
    last = rows.at(-1)?.id;
  }
}

const NOBODY = '00000000-0000-0000-0000-000000000000';
