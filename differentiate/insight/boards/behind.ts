// Who is behind a number: the customers that a bar, a point or a cell is made of, with what each adds to it.
import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { type Language, translator } from '@vinculo/languages';
import { sql } from 'kysely';
import type { Behind, BehindList } from '../api/boards.ts';
import { source, tableOf } from './aggregate.ts';
import { addDaysOf, addFilters, type Conditions, conditions, type Filters, UNKNOWN } from './conditions.ts';
import { factsInForce } from './facts-in-force.ts';
import { BOUGHT, type DimensionName, dimensionsOf, isTime, MEASURE, type MeasureName } from './measures.ts';
import { addDays, addMonths, before, endOf, type Grain, type Stretch, startOf, stretchOf, wholeMonths } from './periods.ts';
import { EVER, reachedBy } from './pictures.ts';

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
  const over = stretchOf(period, facts.asOf);
  const whole = MEASURE[measure].table === 'customer_month' ? wholeMonths(over, facts.asOf) : over;
  const where = conditions();
  const own = tableOf(
    { measure, stretch: whole, filters: [asked.filters, card.filters] },
    ['bar', 'pareto', 'sankey'].includes(card.kind) ? [card.dimension, card.second].filter((name) => name !== undefined) : [],
  );
  const table = isOfCustomers(asked) ? 'fact_customer' : own.table;
  addFilters(where, table, asked.filters, card.filters);
  const { from, who } = peopleOf(asked, table, where);
  const { value, stretch, having } = rowsBehind(asked, { measure, whole, asOf: facts.asOf, from, where, own: `toFloat64(${own.sql})` });
  if (stretch) addDaysOf(where, table, stretch);
  const people = `select ${who} as who, ${value} as value from ${from}${where.where()} group by who having ${having}`;
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

/** Whether the rows are customers as they are, of no day. */
function isOfCustomers({ card, key }: Asked): boolean {
  if (card.kind === 'funnel') return key === 'everybody' || key === 'ever' || key === undefined;
  return card.kind === 'rfm' || (card.kind !== 'cohort' && MEASURE[card.measure ?? 'revenue'].table === 'fact_customer');
}

interface Rows {
  /** Of each customer. */
  value: string;
  /** Absent where the rows have no days. */
  stretch?: Stretch;
  /** Who is one of them. */
  having: string;
}
interface Over {
  measure: MeasureName;
  whole: Stretch;
  asOf: string;
  from: string;
  where: Conditions;
  /** The value of the measure. */
  own: string;
}

const ANYBODY = 'true';
const REVENUE = 'toFloat64(sum(revenue))';
const WITH_A_PURCHASE = `countIf(${BOUGHT}) > 0`;

function rowsBehind(asked: Asked, over: Over): Rows {
  const { card, key, second } = asked;
  const { measure, whole, asOf, where, own } = over;
  if (card.kind === 'rfm') {
    where.add('recency > 0');
    if (key !== undefined) where.add(`recency = ${where.bind(Number(key) || 0, 'UInt8')}`);
    if (second !== undefined) where.add(`frequency = ${where.bind(Number(second) || 0, 'UInt8')}`);
    return { value: REVENUE, having: ANYBODY };
  }
  if (card.kind === 'cohort') return { value: own, stretch: cohortMonth(key, second, asOf, where), having: WITH_A_PURCHASE };
  if (card.kind === 'funnel') return funnelStep(asked, over);
  if (card.measure === 'below_zero') {
    where.add('profit < 0');
    return { value: 'toFloat64(sum(profit))', having: ANYBODY };
  }
  if (card.measure === 'customers') return { value: REVENUE, having: ANYBODY };
  const { returning, people } = MEASURE[card.measure ?? 'revenue'];
  const during = card.kind === 'trend' && key ? grainOf(card) : undefined;
  if (returning) return { value: own, ...returningIn(returning, during ? bucket(key!, during, whole) : [whole, before(whole)], over) };
  return {
    value: own,
    stretch: during ? within(key!, during, whole) : whole,
    // Nobody adds nothing to a sum; an average or a share may well be zero.
    having: people ? `countIf(${people}) > 0` : MEASURE[measure].additive ? 'value != 0' : 'isNotNull(value)',
  };
}

const grainOf = (card: Asked['card']): Grain => (card.dimension ?? 'month') as Grain;

/** Of those who bought in the time before, the ones who came back, or the ones who did not: by the same rows as the share. */
function returningIn(
  returning: 'again' | 'gone',
  [is, was]: readonly [Stretch, Stretch | undefined],
  { from, where }: Over,
): Omit<Rows, 'value'> {
  // Nothing comes before «todo»: nobody returns.
  if (!was) return { stretch: is, having: 'false' };
  const [shown, other] = returning === 'again' ? [is, was] : [was, is];
  const then = [...where.all, `day between ${where.bind(other.from, 'Date')} and ${where.bind(other.to, 'Date')}`, BOUGHT].join(' and ');
  where.add(`customer_no ${returning === 'again' ? '' : 'not '}in (select customer_no from ${from} where ${then})`);
  return { stretch: shown, having: WITH_A_PURCHASE };
}

/** A whole day, week, month … and the one before it, of which a share of those who return is told. */
function bucket(start: string, grain: Grain, whole: Stretch): [Stretch, Stretch] {
  const end = endOf(start, grain);
  const former = addDays(start, -1);
  const earliest = before(whole)?.from ?? whole.from;
  const from = startOf(former, grain);
  return [
    { ...whole, from: start, to: end < whole.to ? end : whole.to },
    { ...whole, from: from > earliest ? from : earliest, to: former },
  ];
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

function funnelStep(asked: Asked, { own, whole, where }: Over): Rows {
  const { key } = asked;
  if (isOfCustomers(asked)) {
    if (key === 'ever') where.add(EVER);
    return { value: REVENUE, having: ANYBODY };
  }
  if (key === 'once' || key === 'twice') return { value: own, stretch: whole, having: `countIf(${BOUGHT}) > ${key === 'once' ? 0 : 1}` };
  const reached = reachedBy(where, whole);
  const step = { responded: 'where answered', bought: 'where bought' }[key ?? ''] ?? '';
  where.add(`customer_no in (select customer_no from (${reached}) ${step})`);
  return { value: own, stretch: whole, having: ANYBODY };
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
