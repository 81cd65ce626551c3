// What can be measured, as rows of data: a measure is a sentence of SQL over one of the fact tables, and what it may be told apart by.
import type { ADVICE, DIMENSIONS, MEASURES } from '../api/boards.ts';

export type MeasureName = (typeof MEASURES)[number];
export type DimensionName = (typeof DIMENSIONS)[number];
export type Advice = (typeof ADVICE)[number];
export type FactTable = 'fact_order' | 'fact_category' | 'fact_contact' | 'fact_customer' | 'customer_month';

export interface Measure {
  table: FactTable;
  unit: 'money' | 'count' | 'number' | 'share';
  /** Over the rows of the table; null where nothing is known. */
  sql: string;
  /** Whether more of it is good news. */
  better: 'more' | 'less' | 'neither';
  /** The parts add up to the whole. */
  additive: boolean;
  /** Nobody is counted in two times, so that those of months add up to those of the year; told apart otherwise, parts may share people. */
  oncePerson?: true;
  /** Said when it is null. */
  advice: Advice;
  /** Of those who bought in the period before, the share that did, or did not, in this one. */
  returning?: 'again' | 'gone';
  /** It counts people, or divides by them: who is behind it are those with a row of this. */
  people?: string;
  /** The same over what was bought of each category, where it makes sense. */
  byCategory?: string;
}

/** What was only brought back, or given away, is no purchase: orders and buyers are those of the six questions. */
export const BOUGHT = 'amount > 0';
const BUYERS = `groupBitmapIf(customer_no, ${BOUGHT})`;
export const BOUGHT_FIRST = `first = 1 and ${BOUGHT}`;
// A division of decimals cuts off what comes after their last digit.
const PER_BUYER = `if(${BUYERS} = 0, null, toFloat64(sum(amount)) / ${BUYERS})`;

const money = { unit: 'money', better: 'more', additive: true } as const;
const count = { unit: 'count', better: 'more', additive: true } as const;

export const MEASURE: Record<MeasureName, Measure> = {
  revenue: { ...money, table: 'fact_order', sql: 'sum(amount)', advice: 'no_purchases', byCategory: 'sum(amount)' },
  margin: {
    ...money,
    table: 'fact_order',
    sql: 'if(countIf(isNotNull(margin)) = 0, null, sum(margin))',
    advice: 'no_costs',
    byCategory: 'if(countIf(isNotNull(margin)) = 0, null, sum(margin))',
  },
  profit: { ...money, table: 'customer_month', sql: 'if(countIf(isNotNull(profit)) = 0, null, sum(profit))', advice: 'no_costs' },
  cost_to_serve: {
    ...money,
    better: 'less',
    table: 'customer_month',
    sql: 'if(count() = 0, null, sum(cost_to_serve))',
    advice: 'no_costs',
  },
  orders: { ...count, table: 'fact_order', sql: `countIf(${BOUGHT})`, advice: 'no_purchases' },
  buyers: {
    ...count,
    additive: false,
    table: 'fact_order',
    sql: BUYERS,
    advice: 'no_purchases',
    people: BOUGHT,
    byCategory: BUYERS,
  },
  new_buyers: {
    ...count,
    additive: false,
    table: 'fact_order',
    sql: `groupBitmapIf(customer_no, ${BOUGHT_FIRST})`,
    oncePerson: true,
    advice: 'no_purchases',
    people: BOUGHT_FIRST,
  },
  average_order: {
    ...money,
    additive: false,
    table: 'fact_order',
    sql: `if(countIf(${BOUGHT}) = 0, null, toFloat64(sum(amount)) / countIf(${BOUGHT}))`,
    advice: 'no_purchases',
  },
  spend_per_buyer: {
    ...money,
    additive: false,
    table: 'fact_order',
    sql: PER_BUYER,
    advice: 'no_purchases',
    people: BOUGHT,
    byCategory: PER_BUYER,
  },
  orders_per_buyer: {
    unit: 'number',
    better: 'more',
    additive: false,
    table: 'fact_order',
    sql: `if(${BUYERS} = 0, null, countIf(${BOUGHT}) / ${BUYERS})`,
    advice: 'no_purchases',
    people: BOUGHT,
  },
  returns: { ...money, better: 'less', table: 'fact_order', sql: 'sum(returned)', advice: 'no_purchases', byCategory: 'sum(returned)' },
  return_share: {
    unit: 'share',
    better: 'less',
    additive: false,
    table: 'fact_order',
    sql: 'if(sum(amount + returned) = 0, null, toFloat64(sum(returned)) / toFloat64(sum(amount + returned)))',
    advice: 'no_purchases',
    byCategory: 'if(sum(amount + returned) = 0, null, toFloat64(sum(returned)) / toFloat64(sum(amount + returned)))',
  },
  discount_share: {
    unit: 'share',
    better: 'less',
    additive: false,
    table: 'fact_order',
    sql: 'if(sum(listed) = 0, null, sum(saved) / sum(listed))',
    advice: 'no_purchases',
  },
  retention: {
    unit: 'share',
    better: 'more',
    additive: false,
    table: 'fact_order',
    sql: '',
    returning: 'again',
    people: BOUGHT,
    advice: 'no_data',
  },
  churn: {
    unit: 'share',
    better: 'less',
    additive: false,
    table: 'fact_order',
    sql: '',
    returning: 'gone',
    people: BOUGHT,
    advice: 'no_data',
  },
  customers: { ...count, table: 'fact_customer', sql: 'count()', advice: 'no_data' },
  lifetime_value: {
    ...money,
    table: 'fact_customer',
    sql: 'if(countIf(isNotNull(lifetime_value)) = 0, null, sum(lifetime_value))',
    advice: 'no_forecast',
  },
  average_lifetime_value: { ...money, additive: false, table: 'fact_customer', sql: 'avg(lifetime_value)', advice: 'no_forecast' },
  churn_risk: { unit: 'share', better: 'less', additive: false, table: 'fact_customer', sql: 'avg(churn_risk)', advice: 'no_life_cycle' },
  expected_loss: {
    ...money,
    better: 'less',
    table: 'fact_customer',
    sql: 'if(countIf(isNotNull(expected_loss)) = 0, null, sum(expected_loss))',
    advice: 'no_life_cycle',
  },
  below_zero: {
    ...count,
    better: 'less',
    table: 'fact_customer',
    sql: 'if(countIf(isNotNull(profit)) = 0, null, countIf(profit < 0))',
    advice: 'no_costs',
  },
  contacts: { ...count, better: 'neither', table: 'fact_contact', sql: "countIf(campaign = '')", advice: 'no_contacts' },
  campaign_contacts: { ...count, better: 'neither', table: 'fact_contact', sql: "countIf(campaign != '')", advice: 'no_contacts' },
  campaign_responses: { ...count, table: 'fact_contact', sql: 'countIf(responded = 1)', advice: 'no_contacts' },
  response_rate: {
    unit: 'share',
    better: 'more',
    additive: false,
    table: 'fact_contact',
    sql: "if(countIf(campaign != '') = 0, null, countIf(responded = 1) / countIf(campaign != ''))",
    advice: 'no_contacts',
  },
};

const TIME = ['day', 'week', 'month', 'quarter', 'year'] as const;
const TRAITS = ['province', 'kind', 'rfm_group', 'decile', 'tier', 'stage', 'loyalty', 'needs', 'segment'] as const;

const OF_TABLE: Record<FactTable, readonly DimensionName[]> = {
  fact_order: [...TIME, 'channel', 'store', 'source', ...TRAITS],
  fact_category: [...TIME, 'category', 'channel', 'store', 'source', ...TRAITS],
  fact_contact: [...TIME, 'channel', 'source', 'campaign', ...TRAITS],
  fact_customer: TRAITS,
  customer_month: ['month', 'quarter', 'year', ...TRAITS],
};

/** What a measure can be told apart by. */
export function dimensionsOf(name: MeasureName): readonly DimensionName[] {
  const { table, byCategory } = MEASURE[name];
  return byCategory ? [...OF_TABLE[table], 'category'] : OF_TABLE[table];
}

export const isTime = (name: DimensionName): name is (typeof TIME)[number] => (TIME as readonly string[]).includes(name);
export const isTrait = (name: DimensionName): boolean => (TRAITS as readonly string[]).includes(name);

/** A day without sales is a day of none, and of nobody; an average of none is unknown. */
export const ofNothing = (measure: MeasureName): 0 | null => (MEASURE[measure].additive || MEASURE[measure].unit === 'count' ? 0 : null);

/**
 * What a figure of a month says of another stretch: a part of it where it adds up; the same where it is an average of each order or
 * contact; nothing where it is about distinct people, who in a year are neither as many as in a month nor twelve times as many.
 */
export function scaling(name: MeasureName): 'adds' | 'same' | 'none' {
  const { additive, oncePerson, people, returning } = MEASURE[name];
  if (additive || oncePerson) return 'adds';
  return people || returning ? 'none' : 'same';
}

/** Of what customers are today, not of a time. */
export const isTimeless = (name: MeasureName): boolean => MEASURE[name].table === 'fact_customer';

/** Said when everything of a dimension is unknown. */
export const NOTHING_OF: Partial<Record<DimensionName, Advice>> = {
  province: 'no_provinces',
  category: 'no_categories',
  tier: 'no_tiers',
  stage: 'no_life_cycle',
  loyalty: 'no_loyalty',
  needs: 'no_needs',
  segment: 'no_segments',
  campaign: 'no_contacts',
};
