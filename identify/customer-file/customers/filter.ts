import type { z } from 'zod';
import { type RawBuilder, sql } from 'kysely';
import type { CustomerFilter } from '../api/customers.ts';

export type Filter = z.infer<typeof CustomerFilter>;

/** The conditions of a list, over `customer c` and `customer_score s`; `words` is the tsquery of the search, already corrected. */
export function conditions(filter: Filter, words: string | undefined): RawBuilder<unknown> {
  const all = [sql`c.merged_into is null`];
  if (words) all.push(sql`c.search @@ ${words}::tsquery`);
  if (filter.kind) all.push(sql`c.kind = ${filter.kind}`);
  if (filter.source) all.push(sql`${filter.source}::uuid = any(c.sources)`);
  if (filter.province) all.push(sql`c.province = ${filter.province}`);
  if (filter.duplicates) all.push(sql`c.records > 1`);
  if (filter.group) all.push(sql`s.rfm_group = ${filter.group}`);
  if (filter.decile) all.push(sql`s.decile = ${filter.decile}`);
  if (filter.buyers === 'yes') all.push(sql`s.customer_id is not null`);
  if (filter.buyers === 'no') all.push(sql`s.customer_id is null`);
  return sql.join(all, sql` and `);
}

/** Whether the filter can only be met by customers who have bought, so that the score may lead the plan. */
export function needsScore(filter: Filter): boolean {
  return filter.group !== undefined || filter.decile !== undefined || filter.buyers === 'yes';
}
