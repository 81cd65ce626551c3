import type { Context } from '@vinculo/http';
import type { Actor } from '@vinculo/postgres';
import { sql } from 'kysely';
import { changeIdentity, decide } from './identity-change.ts';
import { mergeCustomers } from './merge-customers.ts';

interface Sides {
  into: string | null;
  from: string | null;
  /** Both are people, or both companies. */
  alike: boolean;
  /** Somebody decided that a record of the one is not who a record of the other is. */
  parted: boolean;
}

/**
 * Says for good that two records are one customer, because their source knows it, and merges their customers where they are two: the
 * first one's stays. What people decided goes before: where they parted the two, nothing happens.
 *
 * @returns whether they are one now.
 */
export async function tieRecords(
  context: Context,
  actor: Actor,
  [kept, gone]: readonly [string, string],
  reason: string,
): Promise<boolean> {
  const { rows } = await sql<Sides>`
    select k.customer_id as into, g.customer_id as from, kc.kind = gc.kind as alike,
           exists (select from decision d
                    where d.undone_at is null and not d.same
                      and ((d.record_a in (select record_id from link where customer_id = k.customer_id and valid_to is null)
                            and d.record_b in (select record_id from link where customer_id = g.customer_id and valid_to is null))
                        or (d.record_b in (select record_id from link where customer_id = k.customer_id and valid_to is null)
                            and d.record_a in (select record_id from link where customer_id = g.customer_id and valid_to is null)))) as parted
      from link k join link g on g.record_id = ${gone} and g.valid_to is null
      join customer kc on kc.id = k.customer_id join customer gc on gc.id = g.customer_id
     where k.record_id = ${kept} and k.valid_to is null`.execute(context.store.db);
  const [sides] = rows;
  if (!sides?.into || !sides.from || !sides.alike || sides.parted) return false;
  if (sides.into !== sides.from) await mergeCustomers(context, actor, { into: sides.into, from: sides.from, reason });
  await changeIdentity(context.store, actor, async (tx) => {
    await decide(tx, true, [[kept, gone]], reason);
  });
  return true;
}
