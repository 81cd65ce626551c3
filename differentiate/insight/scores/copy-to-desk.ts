// The desk's copy of the scores, for its lists and profiles.
import { SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { Stores } from './score-step.ts';

/** The columns of customer_score, each with where it comes from: `v` is customer_value, the rest the tables of the steps. */
const COLUMNS = {
  customer_id: 'v.customer_id',
  revenue: 'v.revenue',
  margin: 'v.margin',
  orders: 'v.orders',
  first_purchase_at: 'v.first_purchase_at',
  last_purchase_at: 'v.last_purchase_at',
  average_order: 'v.revenue / v.orders',
  returned: 'v.returned',
  discount_share: 'v.discount_share',
  channels: `concat('{', arrayStringConcat(arrayMap(c -> concat('"', replaceRegexpAll(c, '(["\\\\\\\\])', '\\\\\\\\\\\\1'), '"'), v.channels), ','), '}')`,
  recency: 'v.recency',
  frequency: 'v.frequency',
  monetary: 'v.monetary',
  rfm_group: 'v.rfm_group',
  decile: 'v.decile',
  percentile: 'v.percentile',
  months: `concat('{', arrayStringConcat(arrayMap(m -> toString(m), v.months), ','), '}')`,
  profit: 'p.profit',
  tier: 't.tier',
  lifetime_value: 'toDecimal64(f.lifetime_value, 4)',
  stage: 'l.stage',
  churn_risk: 'l.churn_risk',
  loyalty_type: 'y.type',
  needs_group: 'n.group_id',
  computed_at: 'v.computed_at',
};

const NAMES = Object.keys(COLUMNS);
/** That a score was computed again is no change of it. */
const COMPARED = NAMES.filter((name) => name !== 'customer_id' && name !== 'computed_at');

/** Rows for COPY, written by the warehouse itself: tab separated with \\N for null is what PostgreSQL reads. */
const FOR_THE_DESK = `
  select ${Object.values(COLUMNS).join(', ')}
    from customer_value v
    left join customer_profit p on p.customer_id = v.customer_id
    left join customer_tier t on t.customer_id = v.customer_id
    left join customer_forecast f on f.customer_id = v.customer_id
    left join customer_life_cycle l on l.customer_id = v.customer_id
    left join customer_loyalty y on y.customer_id = v.customer_id
    left join customer_needs n on n.customer_id = v.customer_id
  settings join_use_nulls = 1, join_algorithm = 'full_sorting_merge'`;

/** Brings customer_score up to date in one transaction. @returns how many customers have scores. */
export async function copyToDesk({ store, warehouse }: Stores, signal: AbortSignal): Promise<number> {
  const columns = sql.raw(NAMES.join(', '));
  const compared = (table: string) => sql.raw(COMPARED.map((name) => `${table}.${name}`).join(', '));
  return store.transaction(SYSTEM, async (tx) => {
    await sql`set local time zone 'UTC'`.execute(tx);
    await sql`create temporary table score_next (like customer_score) on commit drop`.execute(tx);
    const copied = await store.copyIn(tx, 'score_next', NAMES, warehouse.bytes(FOR_THE_DESK, {}, { format: 'TabSeparated', signal }));
    const { rows } = await sql<{ empty: boolean }>`select not exists (select 1 from customer_score) as empty`.execute(tx);
    if (rows[0]!.empty) {
      await sql`insert into customer_score (${columns}) select ${columns} from score_next`.execute(tx);
      return copied;
    }
    // Only what changed is written: most scores of most nights stay as they were.
    await sql`analyze score_next`.execute(tx);
    await sql`delete from customer_score s where not exists (select 1 from score_next n where n.customer_id = s.customer_id)`.execute(tx);
    await sql`
      insert into customer_score (${columns}) select ${columns} from score_next
      on conflict (customer_id) do update set ${sql.raw(
        NAMES.slice(1)
          .map((name) => `${name} = excluded.${name}`)
          .join(', '),
      )}
      where (${compared('customer_score')}) is distinct from (${compared('excluded')})`.execute(tx);
    return copied;
  });
}
