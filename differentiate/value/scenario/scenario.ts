// What a year would bring if a company did some things differently: arithmetic over what its customers are expected to buy.

/** What is expected of the coming twelve months if nothing changes. Money in one currency; `margin` is what is left of `sales`. */
export interface ScenarioBase {
  customers: number;
  sales: number;
  margin: number;
  /** What those would buy who probably have left or will: sum of (1 − P(alive)) × purchases if alive × spend. */
  lost: { customers: number; sales: number; margin: number };
  /** Customers who come new. `firstYear[m]`: what one has bought, on average, after m + 1 months; `marginShare` of it is left. */
  newcomers: { aMonth: number; firstYear: readonly number[]; marginShare: number };
}

/** What would be different. 0 everywhere is the year as it is expected. */
export interface ScenarioLevers {
  /** Share of what would be lost that is kept, 0..1. */
  kept: number;
  /** Purchases of each customer, more or less: 0.1 is a tenth more. At least −1. */
  frequency: number;
  /** Money of each purchase, more or less. At least −1. */
  order: number;
  /** Share of sales that is left, in points more or less: 0.02 is two of a hundred. */
  margin: number;
  /** New customers a month, more or less: 0.2 is a fifth more. At least −1. */
  newcomers: number;
  /** Money it takes, once. */
  cost: number;
}

export const LEVERS = ['kept', 'frequency', 'order', 'margin', 'newcomers'] as const;
export type Lever = (typeof LEVERS)[number];

export const NO_CHANGE: ScenarioLevers = { kept: 0, frequency: 0, order: 0, margin: 0, newcomers: 0, cost: 0 };

export interface ScenarioOutcome {
  sales: number;
  margin: number;
  /** Against no change; `margin` before the cost, `net` after it. */
  change: { sales: number; margin: number; net: number };
  /** What each lever alone would bring, in the order of {@link LEVERS}. */
  alone: { lever: Lever; sales: number; margin: number }[];
  /** What they bring together beyond the sum of each alone: a larger order of a customer who was kept. */
  together: { sales: number; margin: number };
  /** Months until what it cost has come back, the year's gain spread evenly; null when it does not within the year, 0 when it costs nothing. */
  paidBackAfter: number | null;
}

/**
 * The year under these levers. What is kept is kept from the first day; newcomers come evenly, so that those of the last month have
 * bought for one month only. Linear in the base: everything is exact for sums over any group of customers.
 */
export function scenario(base: ScenarioBase, levers: ScenarioLevers): ScenarioOutcome {
  const still = yearOf(base, NO_CHANGE);
  const then = yearOf(base, levers);
  const gain = (year: Year) => ({ sales: year.sales - still.sales, margin: year.margin - still.margin });
  const change = gain(then);
  const alone = LEVERS.map((lever) => ({ lever, ...gain(yearOf(base, { ...NO_CHANGE, [lever]: levers[lever] })) }));
  const sum = (of: 'sales' | 'margin') => alone.reduce((total, effect) => total + effect[of], 0);
  return {
    ...then,
    change: { ...change, net: change.margin - levers.cost },
    alone,
    together: { sales: change.sales - sum('sales'), margin: change.margin - sum('margin') },
    paidBackAfter: levers.cost <= 0 ? 0 : change.margin >= levers.cost ? (12 * levers.cost) / change.margin : null,
  };
}

interface Year {
  sales: number;
  margin: number;
}

function yearOf({ sales, margin, lost, newcomers }: ScenarioBase, levers: ScenarioLevers): Year {
  const each = (1 + levers.frequency) * (1 + levers.order);
  const fromCustomers = (sales + levers.kept * lost.sales) * each;
  const left = (margin + levers.kept * lost.margin) * each;
  // Of those who come in month m of the year, n months remain.
  const oneAMonth = newcomers.firstYear.slice(0, 12).reduce((total, bought) => total + bought, 0);
  const fromNewcomers = newcomers.aMonth * (1 + levers.newcomers) * oneAMonth * each;
  const all = fromCustomers + fromNewcomers;
  return { sales: all, margin: left + fromNewcomers * newcomers.marginShare + all * levers.margin };
}
