import type { z } from 'zod';
import { notFound } from '@vinculo/errors';
import { sql } from 'kysely';
import type { Actor, Store } from '@vinculo/postgres';
import type { Household, HouseholdReason, HouseholdValue } from '../api/households.ts';
import { maskAddress, seesPersonal } from '../identity/mask.ts';
import { guessRoles } from './guess-roles.ts';

interface HouseholdRow {
  id: string;
  surnames: string;
  street: string | null;
  address_rest: string | null;
  postcode: string | null;
  city: string | null;
  province: string | null;
  weakest: number;
  confirmed: boolean;
  revenue: string | null;
  margin: string | null;
  orders: number | null;
  first_seen: Date;
  changed_at: Date;
  dissolved_at: Date | null;
  became: string | null;
}

interface MemberRow {
  id: string;
  display_name: string;
  surname1: string | null;
  surname2: string | null;
  birth_date: string | null;
  city: string | null;
  joined_at: Date;
  probability: number;
  tied_to: string | null;
  reasons: z.infer<typeof HouseholdReason>[];
  revenue: string | null;
  margin: string | null;
  orders: number | null;
}

/** Whether this reader sees what customers are worth. */
export const seesValue = (actor: Pick<Actor, 'kind' | 'permissions'>) => actor.kind === 'system' || actor.permissions.has('value.read');

/**
 * A household with its people; one that dissolved answers still, without people, and says where they went.
 *
 * @throws VIN_HOUSEHOLD_NOT_FOUND
 */
export async function findHousehold(store: Store, actor: Actor, id: string): Promise<z.infer<typeof Household>> {
  const { rows } = await sql<HouseholdRow>`select * from household where id = ${id}`.execute(store.db);
  const household = rows[0];
  if (!household) throw notFound('household', id);
  const members = await membersOf(store, id);
  const names = new Map(members.map((member) => [member.id, member.display_name]));
  const roles = guessRoles(
    members.map(({ surname1, surname2, birth_date }) => ({
      surname1: surname1 ?? '',
      surname2: surname2 ?? '',
      birthDate: birth_date ?? '',
    })),
  );
  const open = seesPersonal(actor);
  const worth = seesValue(actor);
  return {
    id,
    surnames: household.surnames,
    address: {
      street: open ? household.street : maskAddress(household.street),
      rest: open ? household.address_rest : maskAddress(household.address_rest),
      postcode: open ? household.postcode : maskAddress(household.postcode),
      city: household.city,
      province: household.province,
    },
    members: members.map((member, i) => ({
      id: member.id,
      name: member.display_name,
      role: roles[i]!,
      birthYear: member.birth_date ? Number(member.birth_date.slice(0, 4)) : null,
      city: member.city,
      joinedAt: member.joined_at.toISOString(),
      probability: member.probability,
      tiedTo: member.tied_to && names.has(member.tied_to) ? { id: member.tied_to, name: names.get(member.tied_to)! } : null,
      reasons: member.reasons,
      value: worth ? valueOf(member) : null,
    })),
    confirmed: household.confirmed,
    weakest: members.length > 0 ? Math.min(...members.map(({ probability }) => probability)) : household.weakest,
    value: worth ? valueOf(household) : null,
    firstSeen: household.first_seen.toISOString(),
    changedAt: household.changed_at.toISOString(),
    dissolvedAt: household.dissolved_at?.toISOString() ?? null,
    became: household.became,
  };
}

export function valueOf(row: Pick<HouseholdRow, 'revenue' | 'margin' | 'orders'>): z.infer<typeof HouseholdValue> | null {
  if (row.revenue === null) return null;
  return { revenue: Number(row.revenue), margin: row.margin === null ? null : Number(row.margin), orders: row.orders ?? 0 };
}

async function membersOf(store: Store, household: string): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    select c.id, c.display_name, c.golden #>> '{surname1,value}' as surname1, c.golden #>> '{surname2,value}' as surname2, c.birth_date::text,
           c.city, m.joined_at, m.probability, m.tied_to, m.reasons, s.revenue, s.margin, s.orders
      from household_member m join customer c on c.id = m.customer_id left join customer_score s on s.customer_id = c.id
     where m.household_id = ${household} and m.left_at is null
     order by c.birth_date nulls last, c.sort_name, c.id`.execute(store.db);
  return rows;
}

/** The household a person is of now, if any. */
export async function householdOf(store: Store, customer: string): Promise<string | undefined> {
  const { rows } = await sql<{ household_id: string }>`
    select household_id from household_member where customer_id = ${customer} and left_at is null`.execute(store.db);
  return rows[0]?.household_id;
}
