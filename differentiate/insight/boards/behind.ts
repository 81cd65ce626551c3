// Who is behind a number: the customers that a bar, a point or a cell is made of, with what each adds to it.
import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { type Language, translator } from '@vinculo/languages';
import { sql } from 'kysely';
import type { Behind, BehindList } from '../api/boards.ts';
import { source, tableOf } from './aggregate.ts';
import { addDaysOf, addFilters, type Conditions, conditions, type Filters, UNKNOWN } from './conditions.ts';
import { factsInForce } from './facts-in-force.ts';
import { type DimensionName, dimensionsOf, isTime, MEASURE, type MeasureName } from './measures.ts';
import { addMonths, before, endOf, type Grain, type Stretch, startOf, stretchOf } from './periods.ts';

type Asked = z.infer<typeof Behind>;
type List = z.infer<typeof BehindList>;

const EMPTY: List = { count: 0, measure: '', unit: 'count', rows: [], more: false, list: null, deeper: [] };

/** The customers, those who add most first, by pages; and the levels below. */
export async function behind(context: Pick<Context, 'store' | 'warehouse'>, language: Language, asked: Asked): Promise<List> {
  const { store, warehouse } = context;
  const { card } = asked;
  const facts = await factsInForce(store);
  if (!facts?.asOf) return EMPTY;
  const measure = measureOf(asked);
  const period = card.filters.period ?? asked.filters.period ?? 'last_12_months';
  const whole = stretchOf(period, facts.asOf);
  const where = conditions();
  const { table, value, stretch } = rowsBehind(asked, measure, whole, facts.asOf, where);
  const { from, who } = peopleOf(asked, table, where);
  addFilters(where, table, asked.filters, card.filters);
  if (stretch) addDaysOf(where, table, stretch);
  const people = `select ${who} as who, ${value} as value from ${from}${where.where()} group by who having ${stretch || MEASURE[measure].table === 'fact_customer' ? having(measure) : 'true'}`;
  const [size] = await warehouse.rows<{ n: number }>(`select count() as n from (${people})`, where.params);
  const rows = await warehouse.rows<{ id: string; province: string; value: number | null }>(
    `select toString(c.customer_id) as id, toString(c.province) as province, p.value as value
       from (${people}) p join fact_customer c on ${who === 'customer_id' ? 'c.customer_id' : 'c.customer_no'} = p.who
      order by ${MEASURE[measure].better === 'less' || measure !== 'below_zero' ? 'p.value desc nulls last' : 'p.value'}, id
      limit {limit:UInt32} offset {offset:UInt32}`,
    { ...where.params, limit: asked.limit, offset: asked.offset },
  );
  const names = await namesOf(
    context,
    rows.map(({ id }) => id),
  );
  const t = translator(language);
  return {
    count: size?.n ?? 0,
    measure: t(`boards:measure.${measure}`),
    unit: MEASURE[measure].unit,
    rows: rows.map(({ id, province, value: own }) => ({ id, name: names.get(id) ?? id, province, value: own })),
    more: asked.offset + rows.length < (size?.n ?? 0),
    list: listOf(asked),
    deeper: dimensionsOf(measure)
      .filter((name) => name !== card.dimension && !isTime(name) && name !== 'segment' && name !== 'needs' && card.kind !== 'question')
      .map((name) => ({ dimension: name, label: t(`boards:dimension.${name}`) })),
  };
}

/** What is counted of each customer: for shares and counts of people, what they bought. */
function measureOf({ card }: Asked): MeasureName {
  const asked = card.measure ?? 'revenue';
  if (card.kind === 'rfm' || card.kind === 'cohort') return 'revenue';
  if (card.kind === 'funnel') return asked === 'campaign_contacts' ? 'campaign_contacts' : 'revenue';
  if (['buyers', 'new_buyers', 'retention', 'churn', 'spend_per_buyer'].includes(asked)) return 'revenue';
  if (asked === 'orders_per_buyer') return 'orders';
  return asked === 'response_rate' ? 'campaign_responses' : asked;
}

/** Nobody adds nothing to a sum; an average or a share may well be zero. */
const having = (measure: MeasureName): string => (MEASURE[measure].additive && measure !== 'customers' ? 'value != 0' : 'isNotNull(value)');

function rowsBehind(asked: Asked, measure: MeasureName, whole: Stretch, asOf: string, where: Conditions) {
  const { card, key, second } = asked;
  const dimensions = [card.dimension, card.second].filter((name): name is DimensionName => name !== undefined);
  const { table: own, sql: value } = tableOf(
    { measure, stretch: whole, filters: [asked.filters, card.filters] },
    card.kind === 'bar' || card.kind === 'pareto' || card.kind === 'sankey' ? dimensions : [],
  );
  if (card.kind === 'rfm') {
    where.add('recency > 0');
    if (key !== undefined) where.add(`recency = ${where.bind(Number(key) || 0, 'UInt8')}`);
    if (second !== undefined) where.add(`frequency = ${where.bind(Number(second) || 0, 'UInt8')}`);
    return { table: 'fact_customer' as const, value: 'toFloat64(sum(revenue))', stretch: undefined };
  }
  if (card.kind === 'cohort') return { table: own, value: `toFloat64(${value})`, stretch: cohortMonth(key, second, asOf, where) };
  if (card.kind === 'funnel') return funnelStep(key, own, value, whole, where);
  if (card.measure === 'below_zero') {
    where.add('profit < 0');
    return { table: own, value: 'toFloat64(sum(profit))', stretch: undefined };
  }
  returningOnly(asked, whole, where);
  if (card.measure === 'new_buyers') where.add('first = 1');
  if (own === 'fact_customer' && card.measure === 'customers') return { table: own, value: 'toFloat64(sum(revenue))', stretch: undefined };
  const stretch = card.measure === 'churn' ? (before(whole) ?? whole) : whole;
  return {
    table: own,
    value: `toFloat64(${value})`,
    stretch: card.kind === 'trend' && key ? within(key, (card.dimension ?? 'month') as Grain, stretch) : stretch,
  };
}

/** Of those who bought before, the ones who came back, or the ones who did not. */
function returningOnly({ card }: Asked, whole: Stretch, where: Conditions): void {
  const { returning } = MEASURE[card.measure ?? 'revenue'];
  const earlier = before(whole);
  if (!returning || !earlier) return;
  const other = returning === 'again' ? earlier : whole;
  where.add(
    `customer_no ${returning === 'again' ? '' : 'not '}in (select customer_no from fact_order where day between ${where.bind(other.from, 'Date')} and ${where.bind(other.to, 'Date')})`,
  );
}

function within(start: string, grain: Grain, stretch: Stretch): Stretch {
  const end = endOf(start, grain);
  return { ...stretch, from: start > stretch.from ? start : stretch.from, to: end < stretch.to ? end : stretch.to };
}

function cohortMonth(key: string | undefined, second: string | undefined, asOf: string, where: Conditions): Stretch {
  const first = key ?? addMonths(startOf(asOf, 'month'), -11);
  const until = key ? endOf(key, 'month') : asOf;
  where.add(
    `customer_no in (select customer_no from fact_customer where first_day between ${where.bind(first, 'Date')} and ${where.bind(until, 'Date')})`,
  );
  const month = second === undefined ? undefined : addMonths(first, Number(second) || 0);
  return stretchOf({ from: month ?? first, to: month ? endOf(month, 'month') : asOf }, asOf);
}

function funnelStep(key: string | undefined, own: ReturnType<typeof tableOf>['table'], value: string, whole: Stretch, where: Conditions) {
  if (key === 'everybody' || key === 'ever' || key === undefined) {
    if (key === 'ever') where.add('orders > 0');
    return { table: 'fact_customer' as const, value: 'toFloat64(sum(revenue))', stretch: undefined };
  }
  if (key === 'twice')
    where.add(
      `customer_no in (select customer_no from fact_order where day between ${where.bind(whole.from, 'Date')} and ${where.bind(whole.to, 'Date')} group by customer_no having count() > 1)`,
    );
  if (['contacted', 'responded', 'bought'].includes(key)) where.add("campaign != ''");
  if (key === 'responded' || key === 'bought') where.add('responded = 1');
  if (key === 'bought')
    where.add(
      `customer_no in (select customer_no from fact_order where day between ${where.bind(whole.from, 'Date')} and ${where.bind(whole.to, 'Date')})`,
    );
  return { table: own, value: `toFloat64(${value})`, stretch: whole };
}

/** The rows of the bar that was pressed. */
function peopleOf({ card, key, second }: Asked, table: ReturnType<typeof tableOf>['table'], where: Conditions) {
  const who = table === 'customer_month' ? 'customer_id' : 'customer_no';
  const dimension = card.kind === 'map' ? 'province' : card.dimension;
  const pressed: [DimensionName, string][] = [];
  if (['bar', 'pareto', 'map', 'sankey'].includes(card.kind) && dimension && key !== undefined) pressed.push([dimension, key]);
  if (card.kind === 'sankey' && card.second && second !== undefined) pressed.push([card.second, second]);
  const { from, keys } = source(
    table,
    pressed.map(([name]) => name),
  );
  for (const [n, [, given]] of pressed.entries())
    where.add(`toString(${keys[n]!}) = ${where.bind(given === UNKNOWN ? '' : given, 'String')}`);
  return { from, who };
}

/** The filter of the list of customers that shows the same people, where there is one: of all time, one trait. */
function listOf({ card, key, second, filters }: Asked): Record<string, string> | null {
  const narrowed = Object.keys({ ...filters, ...card.filters }).some((name) => name !== 'period');
  if (narrowed || key === undefined || key === '') return null;
  if (card.kind === 'rfm') return { recency: key, ...(second === undefined ? {} : { frequency: second }), sort: '-revenue' };
  const timeless = MEASURE[card.measure ?? 'revenue'].table === 'fact_customer';
  const dimension = card.kind === 'map' ? 'province' : card.dimension;
  const words: Partial<Record<DimensionName, string>> = {
    province: 'province',
    rfm_group: 'group',
    decile: 'decile',
    tier: 'tier',
    stage: 'stage',
    loyalty: 'loyalty',
    needs: 'needs',
    segment: 'segment',
    kind: 'kind',
  };
  if (timeless && dimension && words[dimension]) return { [words[dimension]]: key, sort: '-revenue' };
  if (card.kind === 'trend' && (card.dimension ?? 'month') === 'month' && card.measure === 'buyers')
    return { bought: key.slice(0, 7), sort: '-revenue' };
  return null;
}

async function namesOf({ store }: Pick<Context, 'store'>, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{
    id: string;
    display_name: string;
  }>`select id, display_name from customer where id = any(${ids}::uuid[])`.execute(store.db);
  return new Map(rows.map((row) => [row.id, row.display_name]));
}

export type { Filters };
