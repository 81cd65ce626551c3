// Makes a finding the one that customers are grouped by. Its groups keep their ids, and with them their names and lists.
import type { Language } from '@vinculo/languages';
import { newId, type Transaction } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { FindingOutcome } from './find-needs.ts';

export interface Finding {
  id: string;
  state: 'proposed' | 'kept' | 'discarded';
  outcome: FindingOutcome;
  /** The finding that was in force before it; null where there was none, and once it has been taken back. */
  replaced: string | null;
  /** The groups it was in force as, by their place; null where it never was. */
  group_ids: string[] | null;
}

/** Held until the transaction ends. */
export async function lockedFinding(tx: Transaction, id: string): Promise<Finding | undefined> {
  const { rows } =
    await sql<Finding>`select id, state, outcome, replaced, group_ids from needs_finding where id = ${id} for update`.execute(tx);
  return rows[0];
}

/** No other may be in force any more. A group somebody renamed keeps that name. */
export async function putInForce(tx: Transaction, { id, outcome, group_ids }: Finding, language: Language): Promise<void> {
  const ids = group_ids ?? outcome.groups.map(({ continues }) => continues ?? newId());
  await sql`update needs_finding set state = 'kept', kept_at = now(), group_ids = ${ids}::uuid[] where id = ${id}`.execute(tx);
  await sql`update needs_group set place = null, gone_at = coalesce(gone_at, now()), customers = 0, revenue = 0`.execute(tx);
  for (const [place, { proposed, customers, silhouette, differences, typical }] of outcome.groups.entries()) {
    await sql`
      insert into needs_group (id, place, name, proposed, customers, silhouette, differences, typical)
      values (${ids[place]}, ${place}, ${proposed[language]}, ${JSON.stringify(proposed)}::jsonb, ${customers}, ${silhouette},
              ${JSON.stringify(differences)}::jsonb, ${typical}::uuid[])
      on conflict (id) do update
         set place = excluded.place, name = case when needs_group.renamed then needs_group.name else excluded.name end,
             proposed = excluded.proposed, customers = excluded.customers, silhouette = excluded.silhouette,
             differences = excluded.differences, typical = excluded.typical, gone_at = null`.execute(tx);
  }
}
