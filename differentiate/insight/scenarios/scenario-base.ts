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

/** Before so many days nobody can tell who is new from who had bought before the file began. */
const SETTLED_DAYS = 90;
const MONTH_DAYS = 30;

/**
 * Who came new in the year before the last order, and what one has bought after one month, two, twelve: month by month of those who
 * have been watched that long, of all who came in the last two years.
 */
async function newcomersOf(
  { warehouse }: Pick<Context, 'warehouse'>,
  segment: string | undefined,
  marginShare: number,
): Promise<NonNullable<Answer['base']>['newcomers']> {
  const rows = await warehouse.rows<{ month: number; bought: number; watched: number; came: number; days: number }>(
    `with (select (min(occurred_at), max(occurred_at)) from customer_order) as span,
          greatest(span.1 + interval ${SETTLED_DAYS} day, span.2 - interval 2 year) as settled,
          greatest(settled, span.2 - interval 1 year) as lately,
          new as (
            select customer_id, first_purchase_at as first_at from customer_value
             where first_purchase_at > settled and ${members('customer_id', segment)}
          )
     select m.month as month, toFloat64(sum(m.bought)) as bought, sum(m.watched) as watched,
            toUInt32((select countIf(first_at > lately) from new)) as came, toUInt32(greatest(0, dateDiff('day', lately, span.2))) as days
       from (
         select toUInt8(month) as month, 0 as bought, count() as watched
           from new array join range(12) as month where first_at + toIntervalDay((month + 1) * ${MONTH_DAYS}) <= span.2 group by month
         union all
         select toUInt8(intDiv(dateDiff('day', n.first_at, o.occurred_at), ${MONTH_DAYS})) as month, toFloat64(sum(o.amount)), 0
           from customer_order as o join new as n on n.customer_id = o.customer_id
          where o.occurred_at >= n.first_at and month < 12 and n.first_at + toIntervalDay((month + 1) * ${MONTH_DAYS}) <= span.2
          group by month
       ) as m
      group by month order by month`,
    segment ? { segment } : {},
  );
  const [known] = rows;
  const inMonth = new Map(rows.map(({ month, bought, watched }) => [month, watched > 0 ? bought / watched : 0]));
  let [total, last] = [0, 0];
  const firstYear = Array.from({ length: 12 }, (_, month) => {
    // Months that nobody has been watched for yet are taken to be like the last that somebody was.
    last = inMonth.get(month) ?? last;
    total += last;
    return total;
  });
  const months = (known?.days ?? 0) / (365 / 12);
  return { aMonth: known && months >= 1 ? known.came / months : 0, firstYear, marginShare };
}
