// What scoring lets rules ask: fields over its tables, and its orders. Given to @vinculo/segments in apps/server/features.ts, since
// segments stand to the left and know nothing of scores.
import type { SegmentField, SegmentSources } from '@vinculo/segments';
import { LifeStage, LoyaltyType, ValueTier } from '@vinculo/customer-file/api/customers';
import { RFM_GROUPS } from '@vinculo/value';
import { sql } from 'kysely';

type Labels = NonNullable<SegmentField['labels']>;

/** When and how often somebody bought is for everybody who serves them; what it brings is not. */
const OPEN = { worth: undefined };

const score = (id: string, kind: SegmentField['kind'], table: string, column: string, rest: Partial<SegmentField> = {}): SegmentField => ({
  id: `score.${id}`,
  group: 'score',
  kind,
  table,
  sql: column,
  worth: true,
  ...rest,
});

const needsGroups: Labels = async ({ db }) => {
  const { rows: tables } = await sql<{ there: boolean }>`select to_regclass('needs_group') is not null as there`.execute(db);
  if (!tables[0]!.there) return [];
  const { rows } = await sql<{ value: string; label: string }>`select id as value, name as label from needs_group order by name`.execute(
    db,
  );
  return rows;
};

/** Every score there is, as a field of rules. */
export const segmentFields: SegmentField[] = [
  score('revenue', 'money', 'customer_value', 'toFloat64(revenue)'),
  score('margin', 'money', 'customer_value', 'toFloat64(margin)'),
  score('orders', 'number', 'customer_value', 'orders', OPEN),
  score('last_purchase', 'date', 'customer_value', 'last_purchase_at', OPEN),
  score('first_purchase', 'date', 'customer_value', 'first_purchase_at', OPEN),
  score('discount_share', 'share', 'customer_value', 'discount_share'),
  score('rfm_group', 'choice', 'customer_value', 'rfm_group', { choices: RFM_GROUPS, choicesAs: 'value:group' }),
  score('recency', 'number', 'customer_value', 'recency'),
  score('frequency', 'number', 'customer_value', 'frequency'),
  score('monetary', 'number', 'customer_value', 'monetary'),
  score('decile', 'number', 'customer_value', 'decile'),
  score('profit', 'money', 'customer_profit', 'toFloat64(profit)'),
  score('cost_to_serve', 'money', 'customer_profit', 'toFloat64(cost_to_serve)'),
  score('tier', 'choice', 'customer_tier', 'tier', { choices: ValueTier.options, choicesAs: 'value:tier' }),
  score('potential', 'money', 'customer_tier', 'potential'),
  score('wallet', 'share', 'customer_tier', 'wallet'),
  score('lifetime_value', 'money', 'customer_forecast', 'lifetime_value'),
  score('alive', 'share', 'customer_forecast', 'alive'),
  score('expected_purchases', 'number', 'customer_forecast', 'purchases_365'),
  score('stage', 'choice', 'customer_life_cycle', 'stage', { choices: LifeStage.options, choicesAs: 'value:stage' }),
  score('churn_risk', 'share', 'customer_life_cycle', 'churn_risk'),
  score('expected_loss', 'money', 'customer_life_cycle', 'expected_loss'),
  score('loyalty_type', 'choice', 'customer_loyalty', 'type', { choices: LoyaltyType.options, choicesAs: 'value:loyalty' }),
  score('loyalty_probability', 'share', 'customer_loyalty', 'probability'),
  score('needs_group', 'text', 'customer_needs', 'group_id', { labels: needsGroups }),
];

/** What insight gives to segments. */
export const segmentSources: SegmentSources = {
  fields: segmentFields,
  quick: { order: 'customer_order', line: 'customer_line' },
  quickAt: 'select max(computed_at) as at from customer_value having count() > 0',
  revenue: 'customer_value',
};
