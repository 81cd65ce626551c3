import type { Warehouse } from '@vinculo/warehouse';

/**
 * Gives a number to every customer who has none yet. Killed half-way, those left over get theirs the next time.
 *
 * @param ids a query of customer ids, any number of times each.
 */
export async function numberCustomers(warehouse: Warehouse, ids: string, signal: AbortSignal): Promise<void> {
  await warehouse.command(
    `insert into customer_number
     select customer_id, (select max(customer_no) from customer_number) + 1 + rowNumberInAllBlocks()
       from (select distinct customer_id from (${ids}) where customer_id not in (select customer_id from customer_number) order by customer_id)`,
    {},
    { signal },
  );
}
