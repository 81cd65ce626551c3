import { notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { ScenarioBaseAnswer } from '../api/scenarios.ts';
import { forecastOverview } from '../forecast/forecast-overview.ts';

type Answer = z.infer<typeof ScenarioBaseAnswer>;

/** Below this chance of still being a customer, "what they would buy if they were" is a division by next to nothing. */
const LEAST_ALIVE = 0.02;

/**
 * What the coming year holds for everybody or a segment, as sums that scenarios are arithmetic over.
 *
 * @throws VIN_SEGMENT_NOT_FOUND
 */
export async function scenarioBase(context: Context, segmentId: string | undefined): Promise<Answer> {
  const [{ forecast }, segment, { currency }] = await Promise.all([
    forecastOverview(context),
    segmentId ? segmentOf(context, segmentId) : null,
    context.settings.get(),
  ]);
  const shared = { segment, currency };
  if (!forecast) return { ...shared, base: null, money: 'revenue', asOf: null, error: null };
  const { holdOut, candidates } = forecast;
  const track = holdOut.track.at(-1);
  return {
    ...shared,
    base: await baseOf(context, segment?.id),
    money: forecast.money,
    asOf: forecast.asOf,
    error: track && track.actual > 0 ? Math.abs(track.expected - track.actual) / track.actual : (candidates[0]?.error ?? null),
  };
}

async function segmentOf({ store }: Context, id: string): Promise<NonNullable<Answer['segment']>> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from segment where id = ${id} and archived_at is null`.execute(
    store.db,
  );
  if (!rows[0]) throw notFound('segment', id);
  return rows[0];
}

const members = (column: string, segment: string | undefined) =>
  segment ? `${column} in (select customer_id from segment_member final where segment_id = {segment:UUID} and inside)` : 'true';

async function baseOf({ warehouse }: Context, segment: string | undefined): Promise<NonNullable<Answer['base']>> {
  const params = segment ? { segment } : {};
  const [sums] = await warehouse.rows<Record<'customers' | 'sales' | 'margin' | 'lostCustomers' | 'lostSales' | 'lostMargin', number>>(
    `select toUInt32(count()) as customers, sum(f.expected) as sales, sum(f.expected * margin_share) as margin,
            sum(1 - alive) as lostCustomers, sum(f.lost) as lostSales, sum(f.lost * margin_share) as lostMargin
       from (select alive, margin_share, purchases_365 * spend as expected,
                    (1 - alive) * purchases_365 / greatest(alive, ${LEAST_ALIVE}) * spend as lost
               from customer_forecast where ${members('customer_id', segment)}) as f`,
    params,
  );
  return {
    customers: sums?.customers ?? 0,
    sales: sums?.sales ?? 0,
    margin: sums?.margin ?? 0,
    lost: { customers: sums?.lostCustomers ?? 0, sales: sums?.lostSales ?? 0, margin: sums?.lostMargin ?? 0 },
    newcomers: await newcomersOf({ warehouse }, segment, sums && sums.sales > 0 ? sums.margin / sums.sales : 1),
  };
}

/**
 * Who came new in the year before the last order, and what one had bought after one month, two, twelve: of those who came two years
 * before to one year before, whose first year is over.
 */
async function newcomersOf(
  { warehouse }: Pick<Context, 'warehouse'>,
  segment: string | undefined,
  marginShare: number,
): Promise<NonNullable<Answer['base']>['newcomers']> {
  const rows = await warehouse.rows<{ month: number; bought: number; came: number; cohort: number }>(
    `with (select max(occurred_at) from customer_order) as until
     select toUInt8(month) as month, toFloat64(sum(o.amount)) as bought, toUInt32(any(o.came)) as came, toUInt32(any(o.cohort)) as cohort
       from (
         select c.amount as amount, dateDiff('day', v.first_at, c.occurred_at) as days, least(intDiv(days, 30), 12) as month,
                v.first_at > until - interval 1 year as young, v.came as came, v.cohort as cohort
           from customer_order as c
           join (
             select customer_id, first_purchase_at as first_at,
                    (select count() from customer_value where first_purchase_at > until - interval 1 year and ${members('customer_id', segment)}) as came,
                    (select count() from customer_value where first_purchase_at > until - interval 2 year
                        and first_purchase_at <= until - interval 1 year and ${members('customer_id', segment)}) as cohort
               from customer_value
              where first_purchase_at > until - interval 2 year and ${members('customer_id', segment)}
           ) as v on v.customer_id = c.customer_id
          where days >= 0
       ) as o
      where not o.young and o.month < 12
      group by month order by month`,
    segment ? { segment } : {},
  );
  const cohort = rows[0]?.cohort ?? 0;
  const bought = new Map(rows.map((row) => [row.month, row.bought]));
  let total = 0;
  const firstYear = Array.from({ length: 12 }, (_, month) => {
    total += bought.get(month) ?? 0;
    return cohort > 0 ? total / cohort : 0;
  });
  return { aMonth: (rows[0]?.came ?? 0) / 12, firstYear, marginShare };
}
