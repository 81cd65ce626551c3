import { type Kysely, sql } from 'kysely';
import { newId, type Transaction } from '@vinculo/postgres';
import type { DecidedPersons } from './household-table.ts';

/** The customer that ids merged into others stand for today: `survivor(d.person_a)`. */
const survivor = (column: string) => sql`(
  with recursive chain as (
    select c.id, c.merged_into, 0 as step from customer c where c.id = ${sql.ref(column)}
    union all
    select c.id, c.merged_into, chain.step + 1 from customer c join chain on c.id = chain.merged_into where chain.step < 20
  ) select id from chain where merged_into is null)`;

/** The decisions in force, by the ids that the persons have today. Few: people make them one by one. */
export async function decisionsOfHouseholds(db: Kysely<unknown>): Promise<DecidedPersons[]> {
  const { rows } = await sql<{ a: string | null; b: string | null; together: boolean }>`
    select ${survivor('d.person_a')} as a, ${survivor('d.person_b')} as b, d.together
      from household_decision d where d.undone_at is null order by d.id`.execute(db);
  return rows.filter((row): row is DecidedPersons => row.a !== null && row.b !== null && row.a !== row.b);
}

export interface DecisionChange {
  made: string[];
  withdrawn: string[];
}

/** Decides about pairs of persons; what was decided to the contrary about them goes out of force. */
export async function decidePairs(
  tx: Transaction,
  together: boolean,
  pairs: readonly (readonly [string, string])[],
): Promise<DecisionChange> {
  if (pairs.length === 0) return { made: [], withdrawn: [] };
  const a = pairs.map(([x, y]) => (x < y ? x : y));
  const b = pairs.map(([x, y]) => (x < y ? y : x));
  const { rows: gone } = await sql<{ id: string }>`
    update household_decision d set undone_at = clock_timestamp()
      from unnest(${a}::uuid[], ${b}::uuid[]) as pair(a, b)
     where d.undone_at is null and d.together <> ${together}
       and least(${survivor('d.person_a')}, ${survivor('d.person_b')}) = pair.a and greatest(${survivor('d.person_a')}, ${survivor('d.person_b')}) = pair.b
    returning d.id`.execute(tx);
  const ids = pairs.map(() => newId());
  await sql`
    insert into household_decision (id, person_a, person_b, together, decided_by)
    select id, a, b, ${together}, ${tx.actor.name} from unnest(${ids}::uuid[], ${a}::uuid[], ${b}::uuid[]) as pair(id, a, b)`.execute(tx);
  return { made: ids, withdrawn: gone.map(({ id }) => id) };
}

/** Takes decisions out of force and brings others back. */
export async function turnDecisions(tx: Transaction, { made, withdrawn }: DecisionChange): Promise<DecisionChange> {
  await sql`update household_decision set undone_at = clock_timestamp() where id = any(${made}::uuid[])`.execute(tx);
  await sql`update household_decision set undone_at = null where id = any(${withdrawn}::uuid[])`.execute(tx);
  return { made: withdrawn, withdrawn: made };
}
