// The cards that are pictures of their own: RFM, cohorts, funnels, flows.
import { translator } from '@vinculo/languages';
import { flows } from './aggregate.ts';
import type { Looking, Result } from './card-result.ts';
import { addDaysOf, addFilters, type Conditions, conditions } from './conditions.ts';
import { BOUGHT, BOUGHT_FIRST, MEASURE, NOTHING_OF } from './measures.ts';
import { nameOf } from './names.ts';
import { addMonths, bucketWords, type Stretch, startOf } from './periods.ts';

const COHORTS = 12;
const MOST_FLOWS = 60;

/** How many customers, or what they brought, by quintile of recency and of frequency. Of all time: that is what RFM is. */
export async function rfmMap({ context, measure, filters }: Looking): Promise<Partial<Result>> {
  const where = conditions();
  where.add('recency > 0');
  addFilters(where, 'fact_customer', ...filters);
  const value = measure === 'revenue' ? 'toFloat64(sum(revenue))' : 'toFloat64(count())';
  const rows = await context.warehouse.rows<{ recency: number; frequency: number; value: number }>(
    `select recency, frequency, ${value} as value from fact_customer${where.where()} group by recency, frequency order by recency, frequency`,
    where.params,
  );
  if (rows.length === 0) return { advice: 'no_purchases' };
  const all = rows.reduce((sum, row) => sum + row.value, 0);
  return {
    value: all,
    cells: rows.map((row) => ({
      row: String(row.recency),
      rowLabel: String(row.recency),
      column: row.frequency,
      value: row.value,
      share: all ? row.value / all : null,
    })),
  };
}

/** Of the customers whose first purchase was in a month, how many bought so many months after. */
export async function cohorts({ context, filters, facts, language }: Looking): Promise<Partial<Result>> {
  const first = addMonths(startOf(facts.asOf, 'month'), 1 - COHORTS);
  const where = conditions();
  addFilters(where, 'fact_order', ...filters);
  addDaysOf(where, 'fact_order', { from: first, to: facts.asOf });
  where.add(BOUGHT);
  // Everybody of the cohort, also who first bought where the filters do not look: nobody is a part of less than all.
  const people = conditions();
  addFilters(people, 'fact_customer', ...filters);
  const firsts = `select day, customer_no from fact_order where ${BOUGHT_FIRST} and day between ${people.bind(first, 'Date')} and ${people.bind(facts.asOf, 'Date')}`;
  const [rows, sizes] = await Promise.all([
    context.warehouse.rows<{ cohort: string; later: number; value: number }>(
      `select toString(c.start) as cohort, toUInt16(dateDiff('month', c.start, toStartOfMonth(day))) as later, toFloat64(groupBitmap(customer_no)) as value
         from (select day, customer_no from fact_order${where.where()}) o
         join (select customer_no, toStartOfMonth(first_day) as start from fact_customer where first_day >= ${where.bind(first, 'Date')}) c
        using (customer_no)
        group by cohort, later order by cohort, later`,
      where.params,
    ),
    context.warehouse.rows<{ cohort: string; value: number }>(
      `select toString(toStartOfMonth(day)) as cohort, toFloat64(groupBitmap(customer_no)) as value
         from (${firsts} and customer_no in (select customer_no from fact_customer${people.where()})) group by cohort`,
      people.params,
    ),
  ]);
  if (rows.length === 0) return { advice: 'no_purchases' };
  const sizeOf = new Map(sizes.map(({ cohort, value }) => [cohort, value]));
  return {
    cells: rows.map(({ cohort, later, value }) => ({
      row: cohort,
      rowLabel: bucketWords(cohort, 'month', language),
      column: later,
      value,
      share: sizeOf.get(cohort) ? value / sizeOf.get(cohort)! : null,
    })),
  };
}

/** Steps of which each holds fewer than the one before. */
export async function funnel({ context, measure, filters, stretch, language }: Looking): Promise<Partial<Result>> {
  const t = translator(language);
  const steps =
    measure === 'campaign_contacts' ? await campaignSteps(context, filters, stretch) : await customerSteps(context, filters, stretch);
  const whole = steps[0]?.value ?? 0;
  if (whole === 0) return { advice: measure === 'campaign_contacts' ? 'no_contacts' : 'no_data' };
  return {
    value: whole,
    points: steps.map(({ key, value }, n) => ({
      key,
      label: t(`boards:step.${key}`),
      value,
      share: value / whole,
      cumulative: n === 0 || !steps[n - 1]!.value ? null : value / steps[n - 1]!.value,
      against: null,
      target: null,
    })),
  };
}

type Over = Pick<Looking, 'filters' | 'stretch'>;

/** Of a customer: has bought, whenever. */
export const EVER = `customer_no in (select customer_no from fact_order where ${BOUGHT_FIRST})`;

/** Everybody, who has ever bought, who bought in the stretch, and who did so more than once. */
async function customerSteps({ warehouse }: Looking['context'], filters: Over['filters'], stretch: Over['stretch']) {
  const people = conditions();
  addFilters(people, 'fact_customer', ...filters);
  const orders = conditions();
  addFilters(orders, 'fact_order', ...filters);
  addDaysOf(orders, 'fact_order', stretch);
  orders.add(BOUGHT);
  const [all] = await warehouse.rows<{ everybody: number; ever: number }>(
    `select toFloat64(count()) as everybody, toFloat64(countIf(${EVER})) as ever from fact_customer${people.where()}`,
    people.params,
  );
  const [now] = await warehouse.rows<{ once: number; twice: number }>(
    `select toFloat64(count()) as once, toFloat64(countIf(n > 1)) as twice
       from (select customer_no, count() as n from fact_order${orders.where()} group by customer_no)`,
    orders.params,
  );
  return [
    { key: 'everybody', value: all?.everybody ?? 0 },
    { key: 'ever', value: all?.ever ?? 0 },
    { key: 'once', value: now?.once ?? 0 },
    { key: 'twice', value: now?.twice ?? 0 },
  ];
}

/** Customers a campaign wrote to in the stretch, who of them responded, and who bought in it from then on. */
async function campaignSteps({ warehouse }: Looking['context'], filters: Over['filters'], stretch: Over['stretch']) {
  const where = conditions();
  addFilters(where, 'fact_contact', ...filters);
  const [row] = await warehouse.rows<{ contacted: number; responded: number; bought: number }>(
    `select toFloat64(count()) as contacted, toFloat64(countIf(answered)) as responded, toFloat64(countIf(bought)) as bought
       from (${reachedBy(where, stretch)})`,
    where.params,
  );
  return [
    { key: 'contacted', value: row?.contacted ?? 0 },
    { key: 'responded', value: row?.responded ?? 0 },
    { key: 'bought', value: row?.bought ?? 0 },
  ];
}

/**
 * One row a customer whom a campaign wrote to in the stretch: whether they `answered`, and `bought` from the first of it on.
 *
 * @param where which contacts; what is bound here is added to it.
 */
export function reachedBy(where: Conditions, stretch: Stretch): string {
  where.add("campaign != ''");
  addDaysOf(where, 'fact_contact', stretch);
  return `
    select customer_no, answered, answered and last_day >= asked as bought
      from (select customer_no, min(day) as asked, max(responded) as answered from fact_contact${where.where()} group by customer_no) as asked_of
      left join (select customer_no, max(day) as last_day from fact_order where ${BOUGHT} and day <= ${where.bind(stretch.to, 'Date')} group by customer_no) as bought_by
     using (customer_no)`;
}

/** From the values of one dimension to those of another. */
export async function flowsOf({ context, card, measure, stretch, earlier, filters, names, language }: Looking): Promise<Partial<Result>> {
  const from = card.dimension ?? 'channel';
  const to = card.second ?? 'rfm_group';
  const rows = (await flows(context.warehouse, { measure, stretch, earlier, filters }, from, to)).filter(
    (row) => row.value > 0 && (from !== 'segment' || names.segment.has(row.from)) && (to !== 'segment' || names.segment.has(row.to)),
  );
  const known = rows.some((row) => row.from !== '') && rows.some((row) => row.to !== '');
  if (!known) return { advice: NOTHING_OF[from] ?? NOTHING_OF[to] ?? MEASURE[measure].advice };
  return {
    value: rows.reduce((sum, row) => sum + row.value, 0),
    flows: rows.slice(0, MOST_FLOWS).map((row) => ({
      from: row.from,
      fromLabel: nameOf(from, row.from, names, language),
      to: row.to,
      toLabel: nameOf(to, row.to, names, language),
      value: row.value,
    })),
  };
}
