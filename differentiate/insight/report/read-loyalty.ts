import { LoyaltyType } from '@vinculo/customer-file/api/customers';
import type { Figures } from './read-report.ts';

const TYPES = LoyaltyType.options;

/** Why those who bought come back, as last scored, with what they brought in the period: columns over the buyers `b`. */
export const LOYALTY_COLUMNS = TYPES.flatMap((type) => {
  const theirs = `b.orders > 0 and b.loyalty = '${type}'`;
  return [
    `toUInt32(countIf(${theirs})) as ${type}_customers`,
    `sumIf(b.spend, ${theirs}) as ${type}_revenue`,
    `if(countIf(isNotNull(b.profit) and ${theirs}) = 0, null, toFloat64(sumIf(b.profit, ${theirs}))) as ${type}_profit`,
  ];
}).join(', ');

export function loyaltyOf(found: Readonly<Record<string, unknown>>): Figures['loyalty'] {
  const types = TYPES.map((type) => ({
    type,
    customers: found[`${type}_customers`] as number,
    revenue: found[`${type}_revenue`] as number,
    profit: found[`${type}_profit`] as number | null,
  })).filter(({ customers }) => customers > 0);
  const all = types.reduce((sum, { customers }) => sum + customers, 0);
  return { types: types.map((one) => ({ ...one, share: one.customers / all })) };
}
