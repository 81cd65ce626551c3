import type { z } from 'zod';
import { type RawBuilder, sql } from 'kysely';
import type { CustomerFilter } from '../api/customers.ts';
import type { Members } from './members.ts';

export type Filter = z.infer<typeof CustomerFilter>;

/**
 * The conditions of a list, over `customer c` and `customer_score s`, but for its segment; `words` is the tsquery of the search,
 * already corrected.
 */
export function conditions(filter: Omit<Filter, 'segment'>, words: string | undefined): RawBuilder<unknown> {
  const all = [sql`c.merged_into is null`];
  if (words) all.push(sql`c.search @@ ${words}::tsquery`);
  if (filter.kind) all.push(sql`c.kind = ${filter.kind}`);
  if (filter.source) all.push(sql`${filter.source}::uuid = any(c.sources)`);
  if (filter.province) all.push(sql`c.province = ${filter.province}`);
  if (filter.duplicates) all.push(sql`c.records > 1`);
  if (needsScore(filter)) all.push(scoreConditions(filter));
  if (filter.buyers === 'no') all.push(sql`s.customer_id is null`);
  return sql.join(all, sql` and `);
}

/** Those of them that are about the scores alone, over `customer_score s`. */
export function scoreConditions(filter: Omit<Filter, 'segment'>): RawBuilder<unknown> {
  const all = [sql`s.customer_id is not null`];
  if (filter.group) all.push(sql`s.rfm_group = ${filter.group}`);
  if (filter.decile) all.push(sql`s.decile = ${filter.decile}`);
  if (filter.recency) all.push(sql`s.recency = ${filter.recency}`);
  if (filter.frequency) all.push(sql`s.frequency = ${filter.frequency}`);
  if (filter.monetary) all.push(sql`s.monetary = ${filter.monetary}`);
  if (filter.best) all.push(sql`s.percentile <= ${filter.best}`);
  if (filter.tier) all.push(sql`s.tier = ${filter.tier}`);
  if (filter.stage) all.push(sql`s.stage = ${filter.stage}`);
  if (filter.loyalty) all.push(sql`s.loyalty_type = ${filter.loyalty}`);
  if (filter.needs) all.push(sql`s.needs_group = ${filter.needs}::uuid`);
  if (filter.alive) all.push(sql`s.alive = ${filter.alive}`);
  if (filter.channel)
    all.push(sql`s.channel_set = any(array(select id from channel_set where channels @> array[${filter.channel}]::text[]))`);
  if (filter.bought) all.push(sql`position(${monthText(filter.bought)} in s.months) > 0`);
  if (filter.lastPurchase) all.push(sql`right(s.months, 6) = ${monthText(filter.lastPurchase)}`);
  return sql.join(all, sql` and `);
}

/** `2026-03` as the scores keep it. */
const monthText = (month: string) => month.replace('-', '');

/** The filters that tell what a customer is worth. */
const WORTH = ['group', 'decile', 'recency', 'frequency', 'monetary', 'best', 'tier', 'stage', 'loyalty', 'needs', 'alive'] as const;
const WORTH_SORTS: readonly string[] = ['-revenue', 'profit', '-profit', '-lifetime_value', '-churn_risk'];
const BOUGHT = ['bought', 'lastPurchase', 'channel'] as const;

/** Whether the filter can only be met by customers who have bought, so that the score may lead the plan. */
export function needsScore(filter: Omit<Filter, 'segment'>): boolean {
  return filter.buyers === 'yes' || [...WORTH, ...BOUGHT].some((word) => filter[word] !== undefined);
}

/** Whether a list like this, or its order, would tell what its customers are worth. */
export function tellsWorth(query: Filter & { sort?: string | undefined }): boolean {
  return WORTH_SORTS.includes(query.sort ?? '') || WORTH.some((word) => query[word] !== undefined);
}

/**
 * What a list reads: `customer c`, of a short segment its members alone, and `customer_score s`.
 *
 * @param few whether those with the scores asked for are few, so that they are gathered first.
 */
export function readFrom(lead: 'customer' | 'score', { filter, members, few }: { filter: Filter; members?: Members; few?: boolean }) {
  // The planner takes a group for scattered evenly over every order, and passes over half the file for one whose customers
  // all come late in it. A small one is gathered whole and put in order.
  if (members?.ids && lead === 'score')
    return {
      gathered: sql`with scored as materialized (select * from customer_score where customer_id = any(${members.ids}::uuid[]))`,
      from: joined('score', sql`customer c`, sql`scored s`),
    };
  if (members?.ids)
    return {
      gathered: sql`with listed as materialized (select * from customer where id = any(${members.ids}::uuid[]))`,
      from: joined(lead, sql`listed c`, sql`customer_score s`),
    };
  if (few)
    return {
      gathered: sql`with scored as materialized (select * from customer_score s where ${scoreConditions(filter)})`,
      from: joined('score', sql`customer c`, sql`scored s`),
    };
  return { gathered: sql``, from: joined(lead, sql`customer c`, sql`customer_score s`) };
}

const joined = (lead: 'customer' | 'score', c: RawBuilder<unknown>, s: RawBuilder<unknown>) =>
  lead === 'score' ? sql`${s} join ${c} on c.id = s.customer_id` : sql`${c} left join ${s} on s.customer_id = c.id`;
