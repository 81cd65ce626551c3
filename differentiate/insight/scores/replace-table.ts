import type { Warehouse } from '@vinculo/warehouse';

/** The tables that scoring computes whole, each with a `<name>_next` beside it. */
export type ScoreTable =
  | 'customer_value'
  | 'customer_line'
  | 'customer_contact'
  | 'customer_mailing'
  | 'customer_redemption'
  | 'customer_order'
  | 'customer_month'
  | 'customer_profit'
  | 'customer_effort'
  | 'customer_model_month'
  | 'customer_forecast'
  | 'customer_tier'
  | 'tier_alike'
  | 'tier_cell'
  | 'tier_usual'
  | 'customer_life_cycle'
  | 'cohort_cell'
  | 'funnel_reach'
  | 'customer_loyalty'
  | 'customer_loyalty_fact'
  | 'customer_needs';

/**
 * Computes a table anew beside the one people read, and exchanges the two when it is whole. Killed at any moment, the table
 * in force stays as it was and the next run begins again.
 *
 * @param fill writes the rows into the table it is given.
 */
export async function replaceTable(
  warehouse: Warehouse,
  table: ScoreTable,
  fill: (next: `${ScoreTable}_next`) => Promise<unknown>,
): Promise<void> {
  const next = `${table}_next` as const;
  await warehouse.command(`truncate table ${next}`);
  await fill(next);
  await warehouse.command(`exchange tables ${table} and ${next}`);
  await warehouse.command(`truncate table ${next}`);
}
