// Roles, sites and parents put in by hand name customers. Ids merged since lead to who they are now, so that an undone merge needs
// nothing rewritten here.
import { type Kysely, sql } from 'kysely';

/** The ids that stand for a customer today: its own, and those merged into it. */
export async function idsOf(db: Kysely<unknown>, customers: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive all_of as (
      select id from unnest(${customers}::uuid[]) as own(id)
      union
      select c.id from customer c join all_of on c.merged_into = all_of.id
    )
    select id from all_of`.execute(db);
  return rows.map((row) => row.id);
}

export interface Standing {
  id: string;
  name: string;
  kind: 'person' | 'company';
  city: string | null;
}

/** Who each id stands for today; ids of nobody are missing. */
export async function standingFor(db: Kysely<unknown>, ids: readonly string[]): Promise<Map<string, Standing>> {
  const { rows } = await sql<Standing & { asked: string }>`
    with recursive chain as (
      select asked.id as asked, c.id, c.merged_into, 0 as step from unnest(${[...new Set(ids)]}::uuid[]) as asked(id) join customer c on c.id = asked.id
      union all
      select chain.asked, c.id, c.merged_into, chain.step + 1 from customer c join chain on c.id = chain.merged_into where chain.step < 20
    )
    select chain.asked, c.id, c.display_name as name, c.kind, c.city from chain join customer c on c.id = chain.id where chain.merged_into is null`.execute(
    db,
  );
  return new Map(rows.map(({ asked, ...standing }) => [asked, standing]));
}
