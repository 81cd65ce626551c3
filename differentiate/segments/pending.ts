// Customers whose membership is to be looked at again: put down as things happen to them, taken by one job.
import type { Context, EventHandler } from '@vinculo/http';
import { SYSTEM, type Transaction } from '@vinculo/postgres';
import { type Kysely, sql } from 'kysely';
import { askForProfiles } from './bring-profiles.ts';
import { conditionsOf, type Rule } from './rule.ts';
import { MOST_PENDING, named, type Touched } from './touched.ts';

/**
 * Puts customers down in the transaction of their event, and asks for the job.
 *
 * @param visits nothing but visits happened: no table of scoring is behind because of them.
 * @param at when all of it was in the warehouse: a scoring that began later has it. Now, unless told.
 */
export async function awaitMove(
  { jobs }: Pick<Context, 'jobs'>,
  tx: Transaction,
  customers: readonly string[],
  { visits = false, at }: { visits?: boolean; at?: Date } = {},
): Promise<void> {
  if (customers.length === 0) return;
  if (customers.length > MOST_PENDING)
    return awaitRefresh({ jobs }, tx, visits ? { reason: 'event', visits } : { reason: 'event', profiles: true });
  await sql`
    insert into segment_pending (customer_id, asked_at, visits)
    select id, coalesce(${at ?? null}, clock_timestamp()), ${visits} from unnest(${[...new Set(customers)]}::uuid[]) as asked(id)
    on conflict (customer_id) do update set asked_at = greatest(segment_pending.asked_at, excluded.asked_at), visits = segment_pending.visits and excluded.visits`.execute(
    tx,
  );
  await jobs.enqueue('segment.move', {}, { actor: SYSTEM, tx, key: 'segment.move' });
}

export interface Refresh {
  reason: 'event' | 'scored' | 'time';
  /** Everybody's profile may have changed. */
  profiles?: boolean;
  /** The tables of scoring are new: those of a scoring that began then. */
  lines?: string;
  /** Only visits happened: segments that ask for none stay as they are. */
  visits?: boolean;
}

/** Asks for everybody to be looked at; of several that wait and ask for the same, one does. */
export async function awaitRefresh({ jobs }: Pick<Context, 'jobs'>, tx: Transaction, refresh: Refresh): Promise<void> {
  if (refresh.profiles) await askForProfiles(tx);
  const key = `segment.refresh ${refresh.profiles ? 'profiles' : ''} ${refresh.lines ? 'lines' : ''}${refresh.visits ? 'visits' : ''}`;
  await jobs.enqueue('segment.refresh', { ...refresh }, { actor: SYSTEM, tx, key });
}

/** Looks again at whom an event touches. */
export function lookAgain(context: Context, touched: Touched): EventHandler {
  return async (event, tx) => {
    const customers = await touched(event, tx);
    if (customers === 'everybody') return awaitRefresh(context, tx, { reason: 'event', profiles: true });
    // A unification tells of itself when the warehouse knows of it; whoever scores because of it may begin before it is heard here.
    return awaitMove(context, tx, customers, event.type === 'customers.unified' ? { at: event.occurredAt } : {});
  };
}

/**
 * Looks again at whom new facts are of. Visits come by the thousand a second: while no segment asks for them nobody is looked at.
 */
export function factsAdded(context: Context): EventHandler {
  const again = lookAgain(context, named);
  return async (event, tx) => {
    const { kinds, many, customers } = event.data as { kinds?: string[]; many?: boolean; customers?: string[] };
    const visits = kinds?.length === 1 && kinds[0] === 'event';
    if (!visits) return many ? awaitRefresh(context, tx, { reason: 'event', profiles: true }) : again(event, tx);
    if ((await askingForVisits(tx)).length === 0) return;
    return many ? awaitRefresh(context, tx, { reason: 'event', visits: true }) : awaitMove(context, tx, customers ?? [], { visits: true });
  };
}

/** The segments whose rule asks for visits, and those that stand on them. */
export async function askingForVisits(db: Kysely<unknown>): Promise<string[]> {
  const { rows } = await sql<{ id: string; rule: Rule }>`
    select id, rule from segment where rule is not null and archived_at is null`.execute(db);
  const asking = new Set<string>();
  for (let before = -1; before !== asking.size; ) {
    before = asking.size;
    for (const { id, rule } of rows)
      if (
        conditionsOf(rule.where).some((one) =>
          one.kind === 'fact' ? one.fact === 'event' : one.kind === 'segment' && asking.has(one.segment),
        )
      )
        asking.add(id);
  }
  return [...asking];
}
