import type { z } from 'zod';
import { LOYALTY_TYPES, type LoyaltyModel } from '@vinculo/value';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { LoyaltyPreview } from '../api/loyalty.ts';
import { modelParameters, scored } from './score-query.ts';

type Preview = z.infer<typeof LoyaltyPreview>;
type Verdict = Preview['types'][number]['type'];

const SAMPLE = 20;
/** Everybody's signs are kept, so that other weights are one multiplication away. */
const AGAIN = scored('select customer_id, type as before, visits, arrayMap(s -> toFloat64(s), signs) as signs from customer_loyalty');

/** What another model would change, of everybody, without changing anything. */
export async function previewModel({ store, warehouse }: Context, model: LoyaltyModel): Promise<Preview> {
  const parameters = modelParameters(model);
  const moves = await warehouse.rows<{ from: Verdict; to: Verdict; customers: number; revenue: number }>(
    `select s.before as from, s.type as to, toUInt32(count()) as customers, toFloat64(sum(v.revenue)) as revenue
       from (select customer_id, before, type from (${AGAIN})) s join customer_value v on v.customer_id = s.customer_id
      group by from, to order by customers desc`,
    parameters,
  );
  const sample = await warehouse.rows<{ customer: string; revenue: number; from: Verdict; to: Verdict; probability: number }>(
    `select s.customer_id as customer, toFloat64(v.revenue) as revenue, s.before as from, s.type as to, s.probability as probability
       from (select customer_id, before, type, probability from (${AGAIN}) where type != before) s join customer_value v on v.customer_id = s.customer_id
      order by v.revenue desc, customer limit ${SAMPLE}`,
    parameters,
  );
  const { rows: names } = await sql<{ id: string; name: string }>`
    select id, display_name as name from customer where merged_into is null and id = any(${sample.map(({ customer }) => customer)}::uuid[])`.execute(
    store.db,
  );
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  const count = (which: (move: (typeof moves)[number]) => boolean) =>
    moves.filter(which).reduce((total, { customers }) => total + customers, 0);
  return {
    customers: count(() => true),
    changed: count(({ from, to }) => from !== to),
    types: [...LOYALTY_TYPES, 'unknown' as const].map((type) => ({
      type,
      before: count(({ from }) => from === type),
      after: count(({ to }) => to === type),
    })),
    moves: moves.filter(({ from, to }) => from !== to),
    sample: sample.flatMap(({ customer, ...rest }) => {
      const name = nameOf.get(customer);
      return name === undefined ? [] : [{ customerId: customer, name, ...rest }];
    }),
  };
}
