// Who is on a list made by hand. People are kept by the id they had when they were put on it; today's customer is the one that id
// leads to.
import type { Context } from '@vinculo/http';
import { newId } from '@vinculo/postgres';
import { type Kysely, sql } from 'kysely';

/** Of some lists, which of these customers they hold today. */
export async function listsHolding(
  db: Kysely<unknown>,
  lists: readonly string[],
  customers: readonly string[],
): Promise<Map<string, Set<string>>> {
  const { rows } = await sql<{ segment_id: string; id: string }>`
    with recursive earlier(id) as (
      select unnest(${customers}::uuid[])
      union
      select c.other_id from identity_change c join earlier on earlier.id = c.customer_id where c.other_id is not null
    ), entry as (
      select e.segment_id, e.customer_id from segment_entry e join earlier on earlier.id = e.customer_id where e.segment_id = any(${lists}::uuid[])
    ), chain as (
      select entry.segment_id, c.id, c.merged_into, 0 as step from entry join customer c on c.id = entry.customer_id
      union all
      select chain.segment_id, c.id, c.merged_into, chain.step + 1 from chain join customer c on c.id = chain.merged_into where chain.step < 20
    )
    select distinct segment_id, id from chain where merged_into is null and id = any(${customers}::uuid[])`.execute(db);
  const found = new Map<string, Set<string>>();
  for (const { segment_id, id } of rows) found.set(segment_id, (found.get(segment_id) ?? new Set()).add(id));
  return found;
}

const PAGE = 20_000;

/**
 * Brings the members of a list to the warehouse, page by page, for it to be compared there.
 *
 * @returns a query that gives `customer_id`, and what takes the copy away again.
 */
export async function listInWarehouse({ store, warehouse }: Pick<Context, 'store' | 'warehouse'>, list: string) {
  const lookup = newId();
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await sql<{ entry: string; id: string | null }>`
      with recursive page as (
        select customer_id from segment_entry where segment_id = ${list} and customer_id > ${after}::uuid order by customer_id limit ${PAGE}
      ), chain as (
        select page.customer_id as entry, c.id, c.merged_into, 0 as step from page join customer c on c.id = page.customer_id
        union all
        select chain.entry, c.id, c.merged_into, chain.step + 1 from chain join customer c on c.id = chain.merged_into where chain.step < 20
      )
      select page.customer_id as entry, chain.id from page left join chain on chain.entry = page.customer_id and chain.merged_into is null
       order by page.customer_id`.execute(store.db);
    if (rows.length === 0) break;
    after = rows.at(-1)!.entry;
    await warehouse.insert(
      'segment_lookup',
      rows.flatMap(({ id }) => (id ? [{ lookup_id: lookup, line: 0, text: id }] : [])),
      ['lookup_id', 'line', 'text'],
    );
    if (rows.length < PAGE) break;
  }
  return {
    sql: 'select distinct toUUID(text) as customer_id from segment_lookup where lookup_id = {lookup:UUID}',
    params: { lookup },
    forget: () => warehouse.command('delete from segment_lookup where lookup_id = {lookup:UUID}', { lookup }),
  };
}
