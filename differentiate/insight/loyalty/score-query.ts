// Types out of facts, in the warehouse: the same as `signsOf` and `scoreLoyalty` of @vinculo/value, which a test holds it to.
import {
  LOYALTY_SIGNS,
  LOYALTY_TYPES,
  type LoyaltyBase,
  type LoyaltyModel,
  type LoyaltySign,
  SIGN_NAMES,
  SMALLEST,
  startRow,
  weightRows,
} from '@vinculo/value';

/** The column of customer_loyalty_fact that holds a sign's value, where it is not the sign's own name. */
const COLUMN: Partial<Record<LoyaltySign, string>> = { store: 'same_store' };
export const columnOf = (sign: LoyaltySign): string => COLUMN[sign] ?? sign;

/** The column that counts what the value rests on. */
export const COUNT_OF: Record<LoyaltySign, string> = {
  pace: 'days',
  regularity: 'gaps',
  weekday: 'days',
  sameness: 'known',
  variety: 'sorted',
  basket: 'visits',
  growth: 'visits',
  tenure: 'visits',
  store: 'placed',
  near: 'placed',
  channel: 'reached',
  deals: 'lines',
  price: 'priced',
  stockpile: 'pairs',
  coupons: 'visits',
  mailing: 'contacted',
  survey: 'surveys',
  referral: '1',
  complaint: '1',
  exclusive: 'visits',
  contract: 'visits',
  no_rival: 'visits',
};

/** What is usual, asked of customer_loyalty_fact: one row, a column a sign. */
export const usualQuery = (table: string): string => {
  const of = (sign: LoyaltySign) => {
    const { against } = LOYALTY_SIGNS[sign];
    if (against === 'absolute') return '0';
    return against === 'relative' ? `quantileExactInclusive(0.5)(${columnOf(sign)})` : `avg(${columnOf(sign)})`;
  };
  return `select ${SIGN_NAMES.map((sign) => `ifNull(toFloat64(${of(sign)}), 0) as ${sign}`).join(', ')} from ${table}`;
};

const usualName = (sign: LoyaltySign) => `usual_${sign}`;
export const usualParameters = (usual: LoyaltyBase): Record<string, number> =>
  Object.fromEntries(SIGN_NAMES.map((sign) => [usualName(sign), usual[sign]]));

/** The array of signs of a row of customer_loyalty_fact. */
export const SIGNS = `[${SIGN_NAMES.map((sign) => {
  const { against, centre, scale, half } = LOYALTY_SIGNS[sign];
  const [value, n, usual] = [columnOf(sign), COUNT_OF[sign], `{${usualName(sign)}:Float64}`];
  const x = { relative: `log2((${value} + ${SMALLEST}) / (${usual} + ${SMALLEST}))`, shifted: `${value} - ${usual}`, absolute: value }[
    against
  ];
  return `ifNull(if(${n} = 0, 0, tanh((${x} - ${centre}) / ${scale}) * ${n} / (${n} + ${half})), 0)`;
}).join(', ')}]`;

const MARKET = SIGN_NAMES.map((sign) => LOYALTY_SIGNS[sign].of === 'market');

/** A model as parameters of {@link scored}. */
export const modelParameters = (model: LoyaltyModel): Record<string, unknown> => {
  const rows = weightRows(model);
  const common = SIGN_NAMES.map((_, i) => rows.reduce((total, row) => total + row[i]!, 0) / rows.length);
  return {
    weights: rows,
    apart: rows.map((row) => row.map((weight, i) => weight - common[i]!)),
    start: startRow(model),
    temperature: model.temperature,
    threshold: model.threshold,
    leastVisits: model.leastVisits,
    types: LOYALTY_TYPES,
    market: MARKET.map(Number),
  };
};

/**
 * Adds to the rows of `from`, which have `signs` and `visits`: `probabilities`, `best` (place of the likeliest, from 1),
 * `probability` and `type`.
 */
export const scored = (from: string): string => `
  select *, arrayMap((w, s) -> (s + arrayDotProduct(w, signs)) / {temperature:Float64}, {weights:Array(Array(Float64))}, {start:Array(Float64)}) as points,
         arrayMap(p -> exp(p - arrayMax(points)), points) as powers, arrayMap(p -> p / arraySum(powers), powers) as probabilities,
         arrayMax(probabilities) as probability, toUInt8(indexOf(probabilities, probability)) as best,
         if(probability >= {threshold:Float64}
              and (visits >= {leastVisits:UInt32} or arrayExists((m, s) -> m = 1 and s > 0.2, {market:Array(UInt8)}, signs)),
            {types:Array(String)}[best], 'unknown') as type
    from (${from})`;

const NAMES = `[${SIGN_NAMES.map((sign) => `'${sign}'`).join(', ')}]`;
const LEAST_POINTS = 0.05;
const KEPT_TERMS = 8;
/** What speaks for the likeliest type, strongest first, as JSON: [{ sign, points, strength }]. Few are kept: all follow from the signs. */
const EVIDENCE = `
  toJSONString(arrayMap(i -> CAST((${NAMES}[i], round(terms[i], 3), round(signs[i], 3)), 'Tuple(sign String, points Float64, strength Float64)'),
    arraySlice(arraySort(i -> -terms[i], arrayFilter(i -> terms[i] >= ${LEAST_POINTS}, range(1, ${SIGN_NAMES.length + 1}))), 1, ${KEPT_TERMS})))`;

/** Rows of customer_loyalty out of a table of facts. */
export const scoreQuery = (table: string): string => `
  select customer_id, type, probability, probabilities, ${EVIDENCE} as evidence, {now:DateTime('UTC')}, signs, visits
    from (select *, arrayMap((a, s) -> a * s, ({apart:Array(Array(Float64))})[best], signs) as terms
            from (${scored(`select customer_id, visits, ${SIGNS} as signs from ${table}`)}))`;
export const SCORE_COLUMNS = 'customer_id, type, probability, probabilities, evidence, computed_at, signs, visits';
