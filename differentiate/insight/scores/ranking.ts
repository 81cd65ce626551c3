// The buyers in the order of a figure, for the list of customers.
import type { Ranking } from '@vinculo/customer-file';
import { factsInForce } from '../boards/facts-in-force.ts';

const FIGURES = {
  orders: { column: 'orders', type: 'UInt32' },
  profit: { column: 'profit', type: 'Decimal(18, 4)' },
  // With the digits the desk shows: what looks equal is equal.
  lifetime_value: { column: 'toDecimal64(lifetime_value, 4)', type: 'Decimal(18, 4)' },
  churn_risk: { column: 'churn_risk', type: 'Float32' },
} as const;

/** What of the list's filter is in the table, by its column. Where somebody lives may be another than when it was written. */
const FILTERS = {
  group: ['rfm_group', 'String'],
  decile: ['decile', 'UInt8'],
  recency: ['recency', 'UInt8'],
  frequency: ['frequency', 'UInt8'],
  monetary: ['monetary', 'UInt8'],
  tier: ['tier', 'String'],
  stage: ['stage', 'String'],
  loyalty: ['loyalty', 'String'],
  needs: ['needs', 'String'],
} as const;

/** UUIDs as the desk orders them: by their bytes. */
const ID = 'UUIDToNum(customer_id)';

/** What insight gives to the list of customers. */
export const ranking: Ranking = {
  async next({ store, warehouse }, { sort, filter, known, after, limit }) {
    if (!(await factsInForce(store))) return undefined;
    const down = sort.startsWith('-');
    const { column, type } = FIGURES[sort.replace('-', '') as keyof typeof FIGURES];
    const params: Record<string, unknown> = { limit };
    // Who has not bought has no group.
    const where = ["rfm_group != ''", `isNotNull(${column}) = ${known ? 1 : 0}`];
    for (const [word, [name, is]] of Object.entries(FILTERS)) {
      const value = filter[word as keyof typeof FILTERS];
      if (value === undefined) continue;
      where.push(`${name} = {${word}:${is}}`);
      params[word] = value;
    }
    if (after) {
      const later = `${ID} > UUIDToNum({afterId:UUID})`;
      where.push(
        known ? `(${column} ${down ? '<' : '>'} {afterValue:${type}} or ${column} = {afterValue:${type}} and ${later})` : `(${later})`,
      );
      params.afterId = after.id;
      if (known) params.afterValue = after.value;
    }
    return warehouse.rows<{ id: string; value: string | null }>(
      `select toString(customer_id) as id, toString(${column}) as value from fact_customer
        where ${where.join(' and ')} order by ${column} ${down ? 'desc' : 'asc'}, ${ID} limit {limit:UInt32}`,
      params,
    );
  },
};
