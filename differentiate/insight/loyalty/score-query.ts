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
export const modelParameters = (model: LoyaltyModel): Record<string, unknown> => ({
  weights: weightRows(model),
  start: startRow(model),
  temperature: model.temperature,
  threshold: model.threshold,
  leastVisits: model.leastVisits,
  types: LOYALTY_TYPES,
  market: MARKET.map(Number),
});

const EACH = LOYALTY_TYPES.map((_, i) => i + 1);
const each = (of: (type: number) => string, by = ', ') => EACH.map(of).join(by);

/**
 * Adds to the rows of `from`, which have `signs` and `visits`: `probabilities`, `best` (place of the likeliest, from 1),
 * `probability` and `type`. Each type is a column of its own until the end: a lambda over the seven would copy the signs for each.
 */
export const scored = (from: string): string => `
  select *, ${each((t) => `({start:Array(Float64)}[${t}] + arrayDotProduct({weights:Array(Array(Float64))}[${t}], signs)) / {temperature:Float64} as points_${t}`)},
         greatest(${each((t) => `points_${t}`)}) as most, ${each((t) => `exp(points_${t} - most) as power_${t}`)}, ${each((t) => `power_${t}`, ' + ')} as powers,
         [${each((t) => `power_${t} / powers`)}] as probabilities,
         arrayMax(probabilities) as probability, toUInt8(indexOf(probabilities, probability)) as best,
         if(probability >= {threshold:Float64}
              and (visits >= {leastVisits:UInt32} or arrayExists((m, s) -> m = 1 and s > 0.2, {market:Array(UInt8)}, signs)),
            {types:Array(String)}[best], 'unknown') as type
    from (${from})`;

/** Rows of customer_loyalty out of a table of facts. */
export const scoreQuery = (table: string): string => `
  select customer_id, type, probability, probabilities, {now:DateTime('UTC')}, signs, visits
    from (${scored(`select customer_id, visits, ${SIGNS} as signs from ${table}`)})`;
export const SCORE_COLUMNS = 'customer_id, type, probability, probabilities, computed_at, signs, visits';
