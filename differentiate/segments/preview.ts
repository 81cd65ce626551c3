// How many a rule would hold, while it is being written.
import type { Actor } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Preview, SampleCustomer } from './api.ts';
import { checkRule } from './check-rule.ts';
import { ASK_EVERYBODY, compile } from './compile.ts';
import { meaningOf, type Segments } from './environment.ts';
import type { Rule } from './rule.ts';

const SAMPLE = 10;

/** @throws what {@link checkRule} throws. @param own the segment whose rule it is to become. */
export async function preview(segments: Segments, actor: Actor, rule: Rule, own?: string): Promise<z.infer<typeof Preview>> {
  const { context } = segments;
  const { warehouse } = context;
  await checkRule(segments, actor, rule.where, own);
  const { meaning, touched } = await meaningOf(segments, [rule.where]);
  const { where, params } = compile(rule.where, meaning, { touched });
  const worth = actor.permissions.has('value.read');
  const [[found], { everybody, scored }] = await Promise.all([
    warehouse.rows<{ n: number; sample: string[]; brought: number }>(
      `select count() as n, arrayMap(x -> toString(x), groupArraySample(${SAMPLE}, 1)(p.customer_id)) as sample, sum(p.revenue) as brought
         from customer_profile as p final where p.alive and (${where})`,
      params,
      { settings: ASK_EVERYBODY },
    ),
    whole(context),
  ]);
  const count = found!.n;
  return {
    count,
    everybody,
    share: everybody === 0 ? 0 : count / everybody,
    revenue: worth && scored ? found!.brought : null,
    sample: await sampleOf(context, found!.sample, worth),
  };
}

/** How many there are, and whether what they bring has been computed at all. */
async function whole({ warehouse }: Segments['context']): Promise<{ everybody: number; scored: boolean }> {
  const [row] = await warehouse.rows<{ n: number; brought: number }>(
    'select count() as n, countIf(revenue != 0) as brought from customer_profile final where alive',
  );
  return { everybody: row!.n, scored: row!.brought > 0 };
}

async function sampleOf({ store }: Segments['context'], ids: readonly string[], worth: boolean): Promise<z.infer<typeof SampleCustomer>[]> {
  const { rows } = await sql<{ id: string; kind: 'person' | 'company'; display_name: string; city: string | null; revenue: string | null }>`
    select c.id, c.kind, c.display_name, c.city, s.revenue
      from customer c left join customer_score s on s.customer_id = c.id
     where c.id = any(${ids}::uuid[]) and c.merged_into is null order by s.revenue desc nulls last, c.sort_name`.execute(store.db);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    name: row.display_name,
    city: row.city,
    revenue: worth && row.revenue !== null ? Number(row.revenue) : null,
  }));
}
