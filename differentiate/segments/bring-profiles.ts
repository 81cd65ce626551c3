// Everybody's profile, current for whoever reads them all: scoring, and whole segments.
import { eventsOnTheWay, type Transaction, withLock } from '@vinculo/postgres';
import { sql } from 'kysely';
import { readAllProfiles, readProfiles, type Stores } from './profiles.ts';
import { MOST_PENDING, TOUCHED } from './touched.ts';

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
 * otherwise those something happened to, who go on waiting to be looked at. Killed at any moment, the next call does it again.
 */
export async function bringProfiles(stores: Stores, signal?: AbortSignal): Promise<void> {
  // Whoever comes while another reads waits, and finds them read.
  await withLock(stores.store, 'profiles', async () => {
    // In this order: an event handed over meanwhile has left what it asked for.
    const untold = await notYetTold(stores);
    const { asked, due } = await askedFor(stores);
    if (!due && untold !== 'everybody') {
      await readPending(stores, signal);
      return readProfiles(stores, untold);
    }
    await readAllProfiles(stores, signal);
    // What was asked for meanwhile was counted beyond that, and stays to be read.
    await sql`
      insert into profile_reading (asked, read) values (${asked}, ${asked})
      on conflict (one) do update set read = excluded.read`.execute(stores.store.db);
  });
}

/** How often everybody was asked for, and whether that is more often than they were read. */
async function askedFor({ store }: Pick<Stores, 'store'>): Promise<{ asked: string; due: boolean }> {
  const { rows } = await sql<{ asked: string; due: boolean }>`
    select coalesce(r.asked, 0)::text as asked, coalesce(r.asked > r.read, exists (select from customer)) as due
      from (select) as always left join profile_reading r on true`.execute(store.db);
  return rows[0]!;
}

/** Whom events touch that are still on their way here: scoring may be asked for by the same event, and be quicker. */
async function notYetTold({ store }: Pick<Stores, 'store'>): Promise<readonly string[] | 'everybody'> {
  const customers = new Set<string>();
  for (const event of await eventsOnTheWay(store, 'segments', Object.keys(TOUCHED))) {
    const touched = await TOUCHED[event.type]!(event, store.db);
    if (touched === 'everybody') return touched;
    for (const id of touched) customers.add(id);
    if (customers.size > MOST_PENDING) return 'everybody';
  }
  return [...customers];
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
