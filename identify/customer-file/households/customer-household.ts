import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { Actor } from '@vinculo/postgres';
import type { CustomerHousehold, NearbyPerson } from '../api/households.ts';
import { findCustomer } from '../identity/find-customer.ts';
import { findHousehold, householdOf } from './find-household.ts';

/** In a larger building only those behind the same door are worth showing. */
const SMALL_BUILDING = 12;
const MOST_NEARBY = 10;

/** The household of a person, and who else is at the address without being of it. */
export async function customerHousehold(context: Context, actor: Actor, id: string): Promise<z.infer<typeof CustomerHousehold>> {
  const { store } = context;
  const { customer } = await findCustomer(store, id);
  if (customer.kind === 'company') return { household: null, nearby: [] };
  const household = await householdOf(store, customer.id);
  const found = household ? await findHousehold(store, actor, household) : null;
  const inside = new Set([customer.id, ...(found?.members.map((member) => member.id) ?? [])]);
  const near = (await neighbours(context, customer.id)).filter((person) => !inside.has(person.id));
  return { household: found, nearby: await named(context, near) };
}

async function neighbours({ warehouse }: Context, customer: string): Promise<{ id: string; sameDoor: boolean }[]> {
  const rows = await warehouse.rows<{ id: string; same_door: number; people: number }>(
    `with me as (select building, door from home final where alive and customer_id = {customer:UUID})
     select toString(customer_id) as id, door != 0 and door in (select door from me) as same_door, toUInt32(count() over ()) as people
       from home final
      where alive and building != 0 and building in (select building from me)
      order by same_door desc, customer_id limit 200`,
    { customer },
  );
  const small = (rows[0]?.people ?? 0) <= SMALL_BUILDING;
  return rows.filter((row) => small || row.same_door === 1).map((row) => ({ id: row.id, sameDoor: row.same_door === 1 }));
}

async function named({ store }: Context, near: { id: string; sameDoor: boolean }[]): Promise<z.infer<typeof NearbyPerson>[]> {
  const { rows } = await sql<{ id: string; display_name: string; household_id: string | null }>`
    select c.id, c.display_name, m.household_id
      from customer c left join household_member m on m.customer_id = c.id and m.left_at is null
     where c.id = any(${near.slice(0, MOST_NEARBY).map(({ id }) => id)}::uuid[]) and c.merged_into is null
     order by c.sort_name`.execute(store.db);
  const doors = new Map(near.map(({ id, sameDoor }) => [id, sameDoor]));
  return rows.map((row) => ({ id: row.id, name: row.display_name, sameDoor: doors.get(row.id) ?? false, inHousehold: row.household_id }));
}
