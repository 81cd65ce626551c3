import type { z } from 'zod';
import { decodeCursor, toPage } from '@vinculo/http';
import { sql } from 'kysely';
import type { Actor, Store } from '@vinculo/postgres';
import type { HouseholdCount, HouseholdListQuery, HouseholdRow } from '../api/households.ts';
import { wordsOf } from '../customers/search-words.ts';
import { seesValue, valueOf } from './find-household.ts';

interface Row {
  id: string;
  surnames: string;
  sort_name: string;
  members: number;
  people: { id: string; name: string }[];
  city: string | null;
  province: string | null;
  confirmed: boolean;
  revenue: string | null;
  margin: string | null;
  orders: number | null;
  changed_at: Date;
}

/** How each order walks its index, and what a cursor remembers. Households that have bought nothing come last by revenue. */
const ORDERS = {
  name: { column: sql`h.sort_name`, type: sql`text`, down: false, value: (row: Row) => row.sort_name },
  '-members': { column: sql`h.members`, type: sql`integer`, down: true, value: (row: Row) => row.members },
  '-revenue': { column: sql`h.revenue`, type: sql`numeric`, down: true, value: (row: Row) => row.revenue },
};

/** One page of households. Whoever may not see value gets them by name when asking for them by revenue. */
export async function listHouseholds(store: Store, actor: Actor, query: z.infer<typeof HouseholdListQuery>) {
  const worth = seesValue(actor);
  const sort = query.sort === '-revenue' && !worth ? 'name' : (query.sort ?? 'name');
  const order = ORDERS[sort];
  const all = conditions(query);
  if (sort === '-revenue') all.push(sql`h.revenue is not null`);
  const [last, lastId] = decodeCursor(query.cursor, 2) ?? [];
  if (query.cursor) {
    const beyond = order.down ? sql`<` : sql`>`;
    all.push(
      sql`(${order.column} ${beyond} ${last}::${order.type} or (${order.column} = ${last}::${order.type} and h.id > ${lastId}::uuid))`,
    );
  }
  const { rows } = await sql<Row>`
    select h.id, h.surnames, h.sort_name, h.members, h.city, h.province, h.confirmed, h.revenue, h.margin, h.orders, h.changed_at,
           (select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.display_name))
              from (select c.id, c.display_name from household_member m join customer c on c.id = m.customer_id
                     where m.household_id = h.id and m.left_at is null order by c.birth_date nulls last, c.sort_name limit 4) p) as people
      from household h
     where ${sql.join(all, sql` and `)}
     order by ${order.column} ${order.down ? sql`desc` : sql`asc`}, h.id
     limit ${query.limit + 1}`.execute(store.db);
  const { items, next } = toPage(rows, query.limit, (row) => [order.value(row), row.id]);
  return { items: items.map((row) => toRow(row, worth)), next };
}

function toRow(row: Row, worth: boolean): z.infer<typeof HouseholdRow> {
  return {
    id: row.id,
    surnames: row.surnames,
    members: row.members,
    people: row.people ?? [],
    city: row.city,
    province: row.province,
    confirmed: row.confirmed,
    value: worth ? valueOf(row) : null,
    changedAt: row.changed_at.toISOString(),
  };
}

function conditions(query: Pick<z.infer<typeof HouseholdListQuery>, 'search' | 'province' | 'confirmed'>) {
  const words = query.search ? wordsOf(query.search) : [];
  const all = [sql`h.dissolved_at is null`];
  if (words.length > 0) all.push(sql`h.search @@ ${words.map((word) => `'${word.replace(/['\\]/g, '$&$&')}':*`).join(' & ')}::tsquery`);
  if (query.province) all.push(sql`h.province = ${query.province}`);
  if (query.confirmed) all.push(sql`h.confirmed = ${query.confirmed === 'yes'}`);
  return all;
}

/** How many households a list holds, and how many people live in them. */
export async function countHouseholds(store: Store, query: Parameters<typeof conditions>[0]): Promise<z.infer<typeof HouseholdCount>> {
  const { rows } = await sql<{ count: number; people: number }>`
    select count(*)::int as count, coalesce(sum(members), 0)::int as people from household h where ${sql.join(conditions(query), sql` and `)}`.execute(
    store.db,
  );
  return { ...rows[0]!, exact: true };
}
