// Why one customer comes back, down to what was seen of them.
import type { z } from 'zod';
import { findCustomer } from '@vinculo/customer-file';
import type { Context } from '@vinculo/http';
import { LOYALTY_SIGNS, LOYALTY_TYPES, type LoyaltyBase, SIGN_NAMES, termsOf } from '@vinculo/value';
import { sql } from 'kysely';
import type { CustomerLoyalty } from '../api/loyalty.ts';
import { contentOf } from './loyalty-model.ts';
import { columnOf, COUNT_OF } from './score-query.ts';

type Loyalty = z.infer<typeof CustomerLoyalty>;
type Verdict = NonNullable<Loyalty['loyalty']>['type'];

interface Scored {
  type: Verdict;
  probability: number;
  probabilities: number[];
  signs: number[];
  visits: number;
  at: string;
}

/** @throws VIN_CUSTOMER_NOT_FOUND */
export async function customerLoyalty({ store, warehouse }: Context, id: string): Promise<Loyalty> {
  const { customer } = await findCustomer(store, id);
  const of = { customer: customer.id };
  const [[scored], [facts], { rows: scorings }] = await Promise.all([
    warehouse.rows<Scored>(
      `select type, probability, probabilities, signs, visits, formatDateTime(computed_at, '%Y-%m-%dT%H:%i:%SZ') as at
         from customer_loyalty where customer_id = {customer:UUID}`,
      of,
    ),
    warehouse.rows<Record<string, number | null>>('select * from customer_loyalty_fact where customer_id = {customer:UUID}', of),
    sql<{ version: number; usual: LoyaltyBase }>`select model_version as version, usual from loyalty_scoring`.execute(store.db),
  ]);
  const scoring = scorings[0];
  if (!scored || !facts || !scoring) return { loyalty: null };

  // The model of the scoring, which may not be the one in force while a new scoring runs.
  const model = await contentOf(store.db, scoring.version);
  const signs = Float64Array.from(scored.signs);
  const likeliest = scored.probabilities.indexOf(Math.max(...scored.probabilities));
  return {
    loyalty: {
      type: scored.type,
      likeliest: LOYALTY_TYPES[likeliest]!,
      probability: scored.probability,
      probabilities: LOYALTY_TYPES.map((type, place) => ({
        type,
        probability: scored.probabilities[place]!,
        terms: termsOf(signs, place, model).filter(({ points }) => Math.abs(points) >= 0.05),
      })),
      signs: SIGN_NAMES.map((sign, i) => {
        const { of: kind, against } = LOYALTY_SIGNS[sign];
        return {
          sign,
          of: kind,
          value: facts[columnOf(sign)] ?? null,
          usual: against === 'absolute' ? null : scoring.usual[sign],
          n: COUNT_OF[sign] === '1' ? 1 : (facts[COUNT_OF[sign]] ?? 0),
          strength: signs[i]!,
        };
      }),
      visits: scored.visits,
      leastVisits: model.leastVisits,
      threshold: model.threshold,
      computedAt: scored.at,
      modelVersion: scoring.version,
    },
  };
}
