// The arithmetic of a scoring's forecast: which model, fitted to everybody, and what it says of each.
import {
  byCustomer,
  type Candidate,
  chooseModel,
  expectedSpend,
  fitGammaGamma,
  fitPurchases,
  type GammaGammaFit,
  histories,
  lifetimeValue,
  outlook,
  type PurchaseFit,
  type PurchaseModel,
  type PurchaseModelName,
  purchasesWithin,
  purchaseCovariance,
  residualPurchases,
} from '@vinculo/value';
import type { Bought } from './bought.ts';
import type { CustomerColumns } from './customer-table.ts';
import { standingOf } from './standing.ts';

export interface ForecastTask {
  /** Days since 1970: what it is all about, and the last day known to the models under test. */
  asOf: number;
  cut: number;
  horizonYears: number;
  /** A year: 0.1 for 10 %. */
  discountRate: number;
}

/** More customers choose and fit no better and take longer. They are taken evenly from all. */
const CHOSEN_ON = 40_000;
const FITTED_ON = 100_000;
/** Fewer who came back before the cut teach no rhythm. */
export const REPEATERS_NEEDED = 30;
const WEEKS_A_YEAR = 365.25 / 7;
/** Of the interval of a lifetime value. */
export const LEVEL = 0.9;
const MONTHS = 12;
/** Points of the curve of purchases in the time held out. */
export const TRACK = 12;

export interface CandidateFound {
  model: PurchaseModelName;
  k: number;
  parameters: Record<string, number>;
  logLikelihood: number;
  actual: number;
  expected: number;
  error: number;
  customerError: number;
  groups: { purchases: number; customers: number; actual: number; expected: number }[];
}

export interface Computed {
  candidates: CandidateFound[];
  failed: { model: PurchaseModelName; k: number }[];
  tested: number;
  testable: number;
  /** Purchases expected since the cut, summed up over equal parts of the time held out, of the tested. */
  track: number[];
  bought: Bought;
  parameters: number[];
  k: number;
  model: PurchaseModelName;
  customers: number;
  repeaters: number;
  alive: { likely: number; doubtful: number; unlikely: number };
  purchases90: number;
  purchases365: number;
  sales365: number;
  /** Sales expected in each of the next twelve twelfths of a year. */
  months: number[];
  lifetimeValue: number;
  /** Share of a sale that is left; null where no margin is known. */
  marginShare: number | null;
  spend: { p: number; q: number; gamma: number; mean: number };
}

/** By customer, in the order of the columns. */
export interface Forecasts {
  alive: Float64Array;
  purchases90: Float64Array;
  purchases365: Float64Array;
  orderValue: Float64Array;
  spend: Float64Array;
  marginShare: Float64Array;
  lifetime: Float64Array;
  low: Float64Array;
  high: Float64Array;
}

export type Refused = { refused: 'few_repeats' | 'quiet' | 'no_fit'; repeaters: number };

/** Chooses, fits and forecasts; or says what is missing. */
export function computeForecast(
  of: CustomerColumns,
  bought: Bought,
  task: ForecastTask,
): { found: Computed; forecasts: Forecasts } | Refused {
  const tested = testedCustomers(of, task);
  if (tested.repeaters < REPEATERS_NEEDED) return { refused: 'few_repeats', repeaters: tested.repeaters };
  if (!tested.heldOut.some((bought) => bought > 0)) return { refused: 'quiet', repeaters: tested.repeaters };
  const { candidates, failed } = chooseModel(tested);
  const best = candidates[0];
  if (!best) return { refused: 'no_fit', repeaters: tested.repeaters };
  const { fit, forecasts, spend, margin } = forecastEverybody(best.fit.model, of, task);
  const sales = salesOf(of, fit, forecasts, task);
  const found: Computed = {
    candidates: candidates.map(described),
    failed: failed.map(({ name, k }) => ({ model: name, k })),
    tested: tested.heldOut.length,
    testable: tested.all,
    track: trackOf(best, tested),
    bought,
    model: fit.model.name,
    k: fit.model.k,
    parameters: [...fit.parameters],
    customers: of.customers,
    repeaters: of.purchases.reduce((sum, purchases) => sum + (purchases > 1 ? 1 : 0), 0),
    alive: standings(of, fit.model, forecasts.alive),
    purchases90: total(forecasts.purchases90),
    purchases365: total(forecasts.purchases365),
    ...sales,
    lifetimeValue: total(forecasts.lifetime),
    marginShare: margin,
    spend,
  };
  return { found, forecasts };
}

const described = ({ fit, groups, actual, expected, error, customerError }: Candidate): CandidateFound => ({
  model: fit.model.name,
  k: fit.model.k,
  parameters: Object.fromEntries(fit.model.parameters.map((name, i) => [name, fit.parameters[i]!])),
  logLikelihood: fit.logLikelihood,
  actual,
  expected,
  error,
  customerError,
  groups,
});

function standings(of: CustomerColumns, model: PurchaseModel, alive: Float64Array): Computed['alive'] {
  const counted = { likely: 0, doubtful: 0, unlikely: 0 };
  for (let i = 0; i < of.customers; i++) {
    counted[standingOf(model.name, alive[i]!, of.purchases[i]!)]++;
  }
  return counted;
}

/** Weeks, the unit of the models. */
const weeks = (days: number) => days / 7;

/** Who had bought until the cut, as was known on it, and what they bought since. */
function testedCustomers(of: CustomerColumns, { asOf, cut }: ForecastTask) {
  let all = 0;
  for (let i = 0; i < of.customers; i++) if (of.purchasesKnown[i]! > 0) all++;
  const every = Math.max(1, Math.ceil(all / CHOSEN_ON));
  const [x, tx, T, heldOut]: number[][] = [[], [], [], []];
  let place = 0;
  let repeaters = 0;
  for (let i = 0; i < of.customers; i++) {
    if (of.purchasesKnown[i] === 0) continue;
    if (of.purchasesKnown[i]! > 1) repeaters++;
    if (place++ % every > 0) continue;
    x!.push(of.purchasesKnown[i]! - 1);
    tx!.push(weeks(of.lastKnown[i]! - of.first[i]!));
    T!.push(weeks(cut - of.first[i]!));
    heldOut!.push(of.purchasesHeldOut[i]!);
  }
  return { calibration: { x: x!, tx: tx!, T: T! }, heldOut: heldOut!, length: weeks(asOf - cut), repeaters, all };
}

function trackOf({ fit }: Candidate, tested: ReturnType<typeof testedCustomers>): number[] {
  const known = histories(tested.calibration);
  const predictor = fit.model.predictor(fit.parameters);
  const points = Array.from({ length: TRACK }, (_, i) => purchasesWithin(predictor, (tested.length * (i + 1)) / TRACK));
  return outlook(predictor, known, points).answers.map((rows) => rows.reduce((sum, each, row) => sum + each * known.count[row]!, 0));
}

function forecastEverybody(model: PurchaseModel, of: CustomerColumns, { asOf, horizonYears, discountRate }: ForecastTask) {
  const columnsOf = (every: number) => {
    const n = Math.ceil(of.customers / every);
    const columns = { x: new Float64Array(n), tx: new Float64Array(n), T: new Float64Array(n) };
    for (let i = 0, at = 0; at < of.customers; i++, at += every) {
      columns.x[i] = of.purchases[at]! - 1;
      columns.tx[i] = weeks(of.last[at]! - of.first[at]!);
      columns.T[i] = weeks(asOf - of.first[at]!);
    }
    return columns;
  };
  const everybody = histories(columnsOf(1));
  const every = Math.max(1, Math.ceil(of.customers / FITTED_ON));
  const taught = every > 1 ? histories(columnsOf(every)) : everybody;
  const fit = fitPurchases(model, taught);
  const predictor = model.predictor(fit.parameters);
  const soon = outlook(predictor, everybody, [purchasesWithin(predictor, weeks(90)), purchasesWithin(predictor, weeks(365))]);
  const residual = residualPurchases(fit, purchaseCovariance(fit, taught), everybody, {
    horizon: horizonYears * WEEKS_A_YEAR,
    rate: Math.log1p(discountRate) / WEEKS_A_YEAR,
  });

  const means = of.money.map((money, i) => money / of.purchases[i]!);
  const some = everyNth(every);
  const spending = fitGammaGamma(some(of.purchases), some(means));
  const money = moneyOf(of, means, spending);
  const lifetime = new Float64Array(of.customers);
  const low = new Float64Array(of.customers);
  const high = new Float64Array(of.customers);
  for (let i = 0; i < of.customers; i++) {
    const row = everybody.rowOf[i]!;
    const given = { purchases: residual.purchases[row]!, error: residual.error[row]!, orders: of.purchases[i]!, mean: means[i]! };
    const value = lifetimeValue(given, spending, LEVEL);
    const share = money.marginShare[i]!;
    lifetime[i] = value.value * share;
    // A customer on whom money is lost brings less, the more they buy.
    low[i] = Math.min(value.low * share, value.high * share);
    high[i] = Math.max(value.low * share, value.high * share);
  }
  return {
    fit,
    margin: money.company,
    spend: { p: spending.p, q: spending.q, gamma: spending.gamma, mean: total(of.money) / total(of.purchases) },
    forecasts: {
      alive: byCustomer(everybody, soon.alive),
      purchases90: byCustomer(everybody, soon.answers[0]!),
      purchases365: byCustomer(everybody, soon.answers[1]!),
      orderValue: money.spend.map((spend, i) => spend * money.marginShare[i]!),
      spend: money.spend,
      marginShare: money.marginShare,
      lifetime,
      low,
      high,
    } satisfies Forecasts,
  };
}

/**
 * What an order to come brings: the expected spend, and the share of it that is left. A customer's own share counts the more, the
 * more money it is known of, against that of the company; where no margin is known at all the whole sale counts.
 */
function moneyOf(of: CustomerColumns, means: Float64Array, spending: GammaGammaFit) {
  const known = total(of.marginOf);
  const company = known > 0 ? total(of.margin) / known : null;
  const weight = total(of.money) / total(of.purchases);
  const spend = means.map((mean, i) => expectedSpend(spending, of.purchases[i]!, mean));
  const marginShare = means.map((_, i) => (company === null ? 1 : (of.margin[i]! + company * weight) / (of.marginOf[i]! + weight)));
  return { company, spend, marginShare };
}

const everyNth = (every: number) => (values: Float64Array | Uint32Array) =>
  every === 1 ? values : Float64Array.from({ length: Math.ceil(values.length / every) }, (_, i) => values[i * every]!);

/** Customers enough to see how sales spread over the year; their sum is that of everybody. */
const SPREAD_ON = 20_000;

function salesOf(of: CustomerColumns, fit: PurchaseFit, forecasts: Forecasts, { asOf }: ForecastTask) {
  const sales365 = forecasts.purchases365.reduce((sum, purchases, i) => sum + purchases * forecasts.spend[i]!, 0);
  const every = Math.max(1, Math.ceil(of.customers / SPREAD_ON));
  const some = Array.from({ length: Math.ceil(of.customers / every) }, (_, i) => i * every);
  const known = histories({
    x: some.map((i) => of.purchases[i]! - 1),
    tx: some.map((i) => weeks(of.last[i]! - of.first[i]!)),
    T: some.map((i) => weeks(asOf - of.first[i]!)),
  });
  const predictor = fit.model.predictor(fit.parameters);
  const until = Array.from({ length: MONTHS }, (_, i) => purchasesWithin(predictor, weeks((365 * (i + 1)) / MONTHS)));
  const sums = outlook(predictor, known, until).answers.map((rows) =>
    some.reduce((sum, i, line) => sum + rows[known.rowOf[line]!]! * forecasts.spend[i]!, 0),
  );
  const all = sums[MONTHS - 1]! || 1;
  return { sales365, months: sums.map((sum, i) => ((sum - (sums[i - 1] ?? 0)) / all) * sales365) };
}

const total = (values: Float64Array | Uint32Array): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
};
