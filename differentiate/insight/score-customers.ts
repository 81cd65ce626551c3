// Scoring: every buyer's figures, from the purchase lines, in the warehouse; then a copy of them to the desk.
import { RFM_MAP } from '@vinculo/value';
import type { Context } from '@vinculo/http';
import type { JobHandle } from '@vinculo/jobs';
import { sql } from 'kysely';
import { SYSTEM } from '@vinculo/postgres';
import { refreshOverview } from './value-overview.ts';

export interface ScoringFigures {
  buyers: number;
  seconds: { compute: number; copy: number; overview: number };
}

type Progress = Pick<JobHandle, 'progress' | 'signal'>;
type Stores = Pick<Context, 'store' | 'warehouse' | 'settings'>;

/**
 * Recomputes every score. The warehouse works on a table beside the one people read, and exchanges them at the end; the
 * desk's copy changes in one transaction. Killed at any moment, the scores in force stay whole and the next run repeats.
 */
export async function scoreCustomers(context: Stores, job: Progress): Promise<ScoringFigures> {
  const { store, warehouse, settings } = context;
  const { currency, timeZone } = await settings.get();
  const at = new Date();
  const started = performance.now();

  await job.progress({ done: 0, total: 3, phase: 'compute' });
  await warehouse.command('truncate table customer_value_next');
  await warehouse.command(
    COMPUTE,
    { currency, timeZone, groups: RFM_MAP.flat(), now: at.toISOString().slice(0, 19).replace('T', ' ') },
    { signal: job.signal },
  );
  await warehouse.command('exchange tables customer_value and customer_value_next');
  await warehouse.command('truncate table customer_value_next');
  const computed = performance.now();

  await job.progress({ done: 1, total: 3, phase: 'copy' });
  const buyers = await copyToDesk(context, job.signal);
  // Until the planner knows how many are in each group, it reads a whole million to show fifty of one.
  await sql`analyze customer_score`.execute(store.db);
  const copied = performance.now();

  await job.progress({ done: 2, total: 3, phase: 'overview' });
  await refreshOverview(context, at);
  await job.progress({ done: 3, total: 3, phase: 'overview' });
  await store.transaction(SYSTEM, (tx) => tx.emit('customers.scored', { kind: 'customer', id: 'all' }, { buyers }));
  return {
    buyers,
    seconds: { compute: (computed - started) / 1000, copy: (copied - computed) / 1000, overview: (performance.now() - copied) / 1000 },
  };
}

/** How many of the months somebody bought in are kept: five years, more than any chart of months shows. */
const KEPT_MONTHS = 60;

/**
 * Quintiles share ties downwards, like `quantiles` of @vinculo/value: rank, not row number. Lines in another currency
 * than the company's are left out rather than added up as if they were the same.
 */
const COMPUTE = `
  insert into customer_value_next
  with bought as (
    select i.customer_id as customer_id,
           sum(p.amount) as revenue,
           sumIf(p.amount - coalesce(p.cost, toDecimal64(p.quantity * m.cost, 4)), isNotNull(coalesce(p.cost, m.cost))) as known_margin,
           countIf(isNotNull(coalesce(p.cost, m.cost))) as with_cost,
           uniqExact(p.source_id, if(p.order_key = '', toString(p.line_id), p.order_key)) as orders,
           count() as lines,
           min(p.occurred_at) as first_purchase_at,
           max(p.occurred_at) as last_purchase_at,
           -sumIf(p.amount, p.amount < 0) as returned,
           toFloat64(sum(p.discount + p.coupon_discount)) as saved,
           toFloat64(sum(greatest(ifNull(p.list_amount, p.amount + p.discount + p.coupon_discount), toDecimal64(0, 4)))) as listed,
           arraySort(groupUniqArrayIf(10)(toString(p.channel), p.channel != '')) as channels,
           arraySlice(arraySort(groupUniqArray(toYYYYMM(p.occurred_at, {timeZone:String}))), -${KEPT_MONTHS}) as months
      from purchase p final
      join (select record_id, customer_id from identity final) i on i.record_id = p.record_id
      left join (select product_key, cost from product final where isNotNull(cost)) m on m.product_key = p.product_key
     where p.currency in ('', {currency:String})
     group by i.customer_id
  ), ranked as (
    select *,
           1 + intDiv(5 * (rank() over (order by last_purchase_at) - 1), count() over ()) as r,
           1 + intDiv(5 * (rank() over (order by orders) - 1), count() over ()) as f,
           1 + intDiv(5 * (rank() over (order by revenue) - 1), count() over ()) as m,
           row_number() over (order by revenue desc, customer_id) - 1 as better,
           1 + intDiv(10 * better, count() over ()) as d,
           1 + intDiv(100 * better, count() over ()) as percentile
      from bought
  )
  select customer_id, revenue, if(with_cost = 0, null, known_margin), orders, lines, first_purchase_at, last_purchase_at, returned,
         if(listed > 0, least(greatest(saved / listed, 0), 1), 0), channels, r, f, m,
         {groups:Array(String)}[(r - 1) * 5 + toUInt8(floor((f + m) / 2 + 0.5))], d, {now:DateTime('UTC')}, percentile, months
    from ranked
  settings join_use_nulls = 1`;

/** Rows for COPY, written by the warehouse itself: tab separated with \\N for null is what PostgreSQL reads. */
const FOR_THE_DESK = `
  select customer_id, revenue, margin, orders, first_purchase_at, last_purchase_at, revenue / orders, returned, discount_share,
         concat('{', arrayStringConcat(arrayMap(c -> concat('"', replaceRegexpAll(c, '(["\\\\\\\\])', '\\\\\\\\\\\\1'), '"'), channels), ','), '}'),
         recency, frequency, monetary, rfm_group, decile, computed_at, percentile,
         concat('{', arrayStringConcat(arrayMap(m -> toString(m), months), ','), '}')
    from customer_value`;

const COLUMNS = [
  'customer_id',
  'revenue',
  'margin',
  'orders',
  'first_purchase_at',
  'last_purchase_at',
  'average_order',
  'returned',
  'discount_share',
  'channels',
  'recency',
  'frequency',
  'monetary',
  'rfm_group',
  'decile',
  'computed_at',
  'percentile',
  'months',
]; // prettier-ignore

async function copyToDesk({ store, warehouse }: Stores, signal: AbortSignal): Promise<number> {
  return store.transaction(SYSTEM, async (tx) => {
    await sql`set local time zone 'UTC'`.execute(tx);
    await sql`create temporary table score_next (like customer_score) on commit drop`.execute(tx);
    const copied = await store.copyIn(tx, 'score_next', COLUMNS, warehouse.bytes(FOR_THE_DESK, {}, { format: 'TabSeparated', signal }));
    const { rows } = await sql<{ empty: boolean }>`select not exists (select 1 from customer_score) as empty`.execute(tx);
    if (rows[0]!.empty) {
      await sql`insert into customer_score select * from score_next`.execute(tx);
      return copied;
    }
    // Only what changed is written: most scores of most nights stay as they were.
    await sql`analyze score_next`.execute(tx);
    await sql`delete from customer_score s where not exists (select 1 from score_next n where n.customer_id = s.customer_id)`.execute(tx);
    await sql`
      insert into customer_score select * from score_next
      on conflict (customer_id) do update set
        revenue = excluded.revenue, margin = excluded.margin, orders = excluded.orders,
        first_purchase_at = excluded.first_purchase_at, last_purchase_at = excluded.last_purchase_at,
        average_order = excluded.average_order, returned = excluded.returned, discount_share = excluded.discount_share,
        channels = excluded.channels, recency = excluded.recency, frequency = excluded.frequency, monetary = excluded.monetary,
        rfm_group = excluded.rfm_group, decile = excluded.decile, computed_at = excluded.computed_at,
        percentile = excluded.percentile, months = excluded.months
      where (customer_score.revenue, customer_score.orders, customer_score.last_purchase_at, customer_score.rfm_group, customer_score.decile,
             customer_score.recency, customer_score.frequency, customer_score.monetary, customer_score.returned, customer_score.percentile, customer_score.months)
            is distinct from (excluded.revenue, excluded.orders, excluded.last_purchase_at, excluded.rfm_group, excluded.decile,
             excluded.recency, excluded.frequency, excluded.monetary, excluded.returned, excluded.percentile, excluded.months)
         or customer_score.margin is distinct from excluded.margin`.execute(tx);
    return copied;
  });
}
