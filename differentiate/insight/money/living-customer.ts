import { notFound } from '@vinculo/errors';
import { type Kysely, sql } from 'kysely';

/**
 * The customer an id leads to today: itself, or the one it was merged into.
 *
 * @throws VIN_CUSTOMER_NOT_FOUND
 */
export async function livingCustomer(db: Kysely<unknown>, id: string): Promise<{ id: string; name: string }> {
  const { rows } = await sql<{ id: string; name: string }>`
    with recursive led as (
      select id, merged_into, display_name from customer where id = ${id}
      union all
      select c.id, c.merged_into, c.display_name from customer c join led on c.id = led.merged_into
    )
    select id, display_name as name from led where merged_into is null`.execute(db);
  if (!rows[0]) throw notFound('customer', id);
  return rows[0];
}
