import type { GroupModel } from '@vinculo/value';
import type { Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { NeedsPlan } from './plan.ts';

export interface FindingInForce {
  id: string;
  plan: NeedsPlan;
  model: GroupModel;
  /** Ids of the groups by their place in the model. */
  groups: string[];
}

/** What customers are grouped by tonight; undefined until groups have been found. */
export async function findingInForce(store: Pick<Store, 'db'>): Promise<FindingInForce | undefined> {
  const { rows } = await sql<FindingInForce>`
    select f.id, f.plan, f.model, (select array_agg(g.id order by g.place) from needs_group g where g.place is not null) as groups
      from needs_finding f where f.state = 'kept'`.execute(store.db);
  return rows[0];
}
