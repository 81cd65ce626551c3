// Whether a change waits to be scored that nobody sits and waits for.
import type { Store, Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';

/** Notes that whose purchases are whose has changed. */
export async function noteDue(tx: Transaction): Promise<void> {
  await sql`insert into scoring_due default values on conflict (one) do update set changed_at = clock_timestamp()`.execute(tx);
}

/** A scoring begun at `since` has seen every change before it. */
export async function forgetDue(tx: Transaction, since: Date): Promise<void> {
  await sql`delete from scoring_due where changed_at < ${since}`.execute(tx);
}

/** Whether purchases came one by one, or people were linked, since the last scoring. */
export async function isDue({ db }: Store): Promise<boolean> {
  const { rows } = await sql<{ due: boolean }>`
    select exists(select from fresh_purchase) or exists(select from scoring_due) as due`.execute(db);
  return rows[0]!.due;
}
