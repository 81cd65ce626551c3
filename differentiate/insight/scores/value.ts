// What each buyer brought, how recently and how often: revenue, margin, RFM, deciles.
import { RFM_MAP } from '@vinculo/value';
import { COHORT_MONTHS } from '../life-cycle/cohorts.ts';
import { inParts } from './money-parts.ts';
import { replaceTable } from './replace-table.ts';
import { type ScoreStep, warehouseTime } from './score-step.ts';

/** Where each fifth but the first begins, of a list in order: whoever has more than so many of these is in the next fifth. */
const fifths = (list: string) => `arrayMap(k -> ${list}[intDiv(k * length(${list}) + 4, 5)], [1, 2, 3, 4])`;
const fifth = (value: string, of: number) => `1 + arrayCount(begins -> ${value} > begins, fifths.${of})`;

/** Of orders that brought something; of all where none did. */
const FIRST = 'if(countIf(amount > 0) = 0, min(occurred_at), minIf(occurred_at, amount > 0))';
const LAST = 'if(countIf(amount > 0) = 0, max(occurred_at), maxIf(occurred_at, amount > 0))';

/** Of three lists of numbers: to rank everybody would sort every column of theirs along, three times over. */
const FIFTHS = `
  select (${['lasts', 'counts', 'sums'].map(fifths).join(', ')})
    from (
      select arraySort(groupArray(toUnixTimestamp(last))) as lasts, arraySort(groupArray(orders)) as counts, arraySort(groupArray(sum)) as sums
        from (select ${LAST} as last, toUInt32(countIf(amount > 0)) as orders, sum(${inParts('amount')}) as sum from customer_order
               group by customer_id settings optimize_aggregation_in_order = 1)
    )`;

/**
 * Orders, the first and the last purchase and the months are of what brought something: what was only brought back or given away is no
 * order, began nothing, and makes nobody recent. Who has nothing else keeps a row, with 0 orders. Of the months the last are kept: as many as cohorts open lists of.
 * Quintiles share ties downwards, like `quantiles` of @vinculo/value: rank, not row number.
 */
const VALUE = `
  with (${FIFTHS}) as fifths, bought as (
    select customer_id, sum(amount) as revenue, sum(margin) as margin, toUInt32(countIf(amount > 0)) as orders, toUInt32(sum(lines)) as lines,
           ${FIRST} as first_purchase_at, ${LAST} as last_purchase_at, sum(returned) as returned,
           sum(saved) as saved, sum(listed) as listed,
           arraySort(groupUniqArrayIf(10)(toString(channel), channel != '')) as channels,
           arraySlice(arraySort(groupUniqArrayIf(toYYYYMM(occurred_at, {timeZone:String}), amount > 0)), -${COHORT_MONTHS}) as months
      from customer_order
     group by customer_id
  ), ranked as (
    select *,
           ${fifth('toUnixTimestamp(last_purchase_at)', 1)} as r,
           ${fifth('orders', 2)} as f,
           ${fifth(inParts('revenue'), 3)} as m,
           row_number() over (order by revenue desc, customer_id) - 1 as better,
           1 + intDiv(10 * better, count() over ()) as d,
           1 + intDiv(100 * better, count() over ()) as percentile
      from bought
  )
  select customer_id, revenue, margin, orders, lines, first_purchase_at, last_purchase_at, returned,
         if(listed > 0, least(greatest(saved / listed, 0), 1), 0), channels, r, f, m,
         {groups:Array(String)}[(r - 1) * 5 + toUInt8(floor((f + m) / 2 + 0.5))], d, {now:DateTime('UTC')}, percentile, months
    from ranked
  settings optimize_aggregation_in_order = 1`;

export const valueStep: ScoreStep = {
  name: 'value',
  after: ['orders'],
  run: ({ warehouse }, { at, timeZone, signal }) =>
    replaceTable(warehouse, 'customer_value', (next) =>
      warehouse.command(`insert into ${next} ${VALUE}`, { timeZone, groups: RFM_MAP.flat(), now: warehouseTime(at) }, { signal }),
    ),
};
