import type { z } from 'zod';
import { LOYALTY_TYPES, type LoyaltyModel, type LoyaltyType, termsOf } from '@vinculo/value';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { LoyaltyOverview, LoyaltySnapshot } from '../api/loyalty.ts';
import { contentOf } from './loyalty-model.ts';

type Overview = z.infer<typeof LoyaltyOverview>;
type Snapshot = z.infer<typeof LoyaltySnapshot>;

const EXAMPLES = 3;
const COMPARED_DAYS = 28;
const LEAST_POINTS = 0.05;
const SHOWN_TERMS = 8;

/** The map of types as last computed, the one it is compared with, and some customers of each type. */
export async function loyaltyOverview({ store, warehouse }: Context): Promise<Overview> {
  const { rows } = await sql<{ overview: Snapshot }>`select overview from loyalty_snapshot order by computed_at desc limit 1`.execute(
    store.db,
  );
  const now = rows[0]?.overview ?? null;
  const { rows: stated } = await sql<{ n: number }>`select count(*)::integer as n from market_fact where ended_at is null`.execute(
    store.db,
  );
  const marketFacts = stated[0]!.n;
  if (!now) return { now, before: null, examples: [], marketFacts };
  const { rows: earlier } = await sql<{ overview: Snapshot }>`
    select overview from loyalty_snapshot where computed_at < ${now.computedAt}::timestamptz - interval '20 hours'
     order by computed_at > ${now.computedAt}::timestamptz - make_interval(days => ${COMPARED_DAYS}),
              case when computed_at > ${now.computedAt}::timestamptz - make_interval(days => ${COMPARED_DAYS}) then computed_at end,
              computed_at desc limit 1`.execute(store.db);
  const before = earlier[0]?.overview;
  const surest = await warehouse.rows<{
    type: LoyaltyType;
    customer: string;
    probability: number;
    signs: number[];
  }>(
    `select type, customer_id as customer, probability, signs from customer_loyalty where type in {types:Array(String)}
      order by type, probability desc, customer_id limit ${EXAMPLES} by type`,
    { types: LOYALTY_TYPES },
  );
  const { rows: scorings } = await sql<{ version: number }>`select model_version as version from loyalty_scoring`.execute(store.db);
  const model = await contentOf(store.db, scorings[0]!.version);
  const { rows: names } = await sql<{ id: string; name: string }>`
    select id, display_name as name from customer where merged_into is null and id = any(${surest.map(({ customer }) => customer)}::uuid[])`.execute(
    store.db,
  );
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  return {
    now,
    before: before
      ? {
          computedAt: before.computedAt,
          customers: before.customers,
          types: before.types.map(({ type, customers, revenue }) => ({ type, customers, revenue })),
        }
      : null,
    // One merged since the scoring is left out.
    examples: surest.flatMap(({ type, customer, probability, signs }) => {
      const name = nameOf.get(customer);
      return name === undefined ? [] : [{ type, customerId: customer, name, probability, terms: speakingFor(type, signs, model) }];
    }),
    marketFacts,
  };
}

const thousandths = (value: number) => Math.round(value * 1000) / 1000;

/** What speaks for a type, strongest first. */
function speakingFor(type: LoyaltyType, signs: number[], model: LoyaltyModel): Overview['examples'][number]['terms'] {
  return termsOf(Float64Array.from(signs), LOYALTY_TYPES.indexOf(type), model)
    .filter(({ points }) => points >= LEAST_POINTS)
    .slice(0, SHOWN_TERMS)
    .map(({ sign, points, strength }) => ({ sign, points: thousandths(points), strength: thousandths(strength) }));
}
