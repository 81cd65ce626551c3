// The groups in force, how good they are, and those that wait for a yes.
import type { z } from 'zod';
import { notFound } from '@vinculo/errors';
import type { Context } from '@vinculo/http';
import type { Language } from '@vinculo/languages';
import type { Store } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { NeedsGroup, NeedsOverview, NeedsProposal, NeedsQuality } from '../api/needs.ts';
import { ORDERS_TO_LEARN } from './feature-query.ts';
import type { FindingOutcome } from './find-needs.ts';
import { CUSTOMERS_NEEDED, type NeedsDifference } from './learn-groups.ts';

type Group = z.infer<typeof NeedsGroup>;
type Quality = z.infer<typeof NeedsQuality>;

interface GroupRow {
  id: string;
  name: string;
  proposed: Record<Language, string>;
  renamed: boolean;
  hidden: boolean;
  customers: number;
  revenue: number;
  silhouette: number;
  differences: NeedsDifference[];
  typical: { id: string; name: string }[];
}

interface FindingRow {
  id: string;
  state: 'kept' | 'proposed';
  foundAt: string;
  foundBy: string | null;
  asked: number | null;
  outcome: FindingOutcome;
  /** When the finding it took the place of was made; null where there was none. */
  foundBefore: string | null;
}

export async function needsOverview({ store, warehouse, settings }: Context, language: Language): Promise<z.infer<typeof NeedsOverview>> {
  const [groups, { rows: findings }, { currency }, { rows: jobs }] = await Promise.all([
    listGroups(store, language),
    sql<FindingRow>`
      select id, state, to_char(found_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "foundAt",
             case when found_by ->> 'kind' = 'system' then null else found_by ->> 'name' end as "foundBy", asked, outcome,
             (select to_char(b.found_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from needs_finding b where b.id = f.replaced) as "foundBefore"
        from needs_finding f where state in ('kept', 'proposed')`.execute(store.db),
    settings.get(),
    sql<{ id: string }>`
      select id from job_run where name in ('needs.find', 'needs.keep', 'needs.undo') and state in ('waiting', 'running') order by created_at limit 1`.execute(
      store.db,
    ),
  ]);
  const kept = findings.find(({ state }) => state === 'kept');
  const proposed = findings.find(({ state }) => state === 'proposed');
  const ready = kept
    ? kept.outcome.learnedFrom
    : ((
        await warehouse.rows<{ n: number }>('select toUInt32(countIf(orders >= {orders:UInt32})) as n from customer_value', {
          orders: ORDERS_TO_LEARN,
        })
      )[0]?.n ?? 0);
  return {
    quality: kept ? qualityOf(kept) : null,
    groups,
    proposal: proposed ? proposalOf(proposed, groups, await namesOf(store, proposed), language) : null,
    undo: kept?.foundBefore ? { id: kept.id, foundAt: kept.foundBefore } : null,
    currency,
    ready: { customers: ready, needed: CUSTOMERS_NEEDED, orders: ORDERS_TO_LEARN },
    jobId: jobs[0]?.id ?? null,
  };
}

/** @throws VIN_NEEDS_GROUP_NOT_FOUND for one unknown or not in force. */
export async function findGroup({ store }: Context, language: Language, id: string): Promise<Group> {
  const group = (await listGroups(store, language)).find((one) => one.id === id);
  if (!group) throw notFound('needs_group', id);
  return group;
}

/** Those in force, the one with most customers first. */
export async function listGroups(store: Pick<Store, 'db'>, language: Language): Promise<Group[]> {
  const { rows } = await sql<GroupRow>`
    select g.id, g.name, g.proposed, g.renamed, g.hidden_at is not null as hidden, g.customers, g.revenue::float8 as revenue, g.silhouette, g.differences,
           coalesce((select json_agg(json_build_object('id', c.id, 'name', c.display_name) order by t.place)
                       from unnest(g.typical) with ordinality t(id, place) join customer c on c.id = t.id and c.merged_into is null), '[]') as typical
      from needs_group g where g.place is not null order by g.customers desc, g.place`.execute(store.db);
  const customers = rows.reduce((sum, row) => sum + row.customers, 0);
  const revenue = rows.reduce((sum, row) => sum + row.revenue, 0);
  return rows.map(({ proposed, ...row }) => ({
    ...row,
    name: row.renamed ? row.name : proposed[language],
    proposedName: proposed[language],
    share: customers > 0 ? row.customers / customers : 0,
    revenueShare: revenue > 0 ? row.revenue / revenue : 0,
  }));
}

const qualityOf = ({ foundAt, foundBy, outcome }: FindingRow): Quality => ({
  foundAt,
  foundBy,
  silhouette: outcome.silhouette,
  stability: outcome.stability,
  customers: outcome.customers,
  learnedFrom: outcome.learnedFrom,
});

/** Of the typical customers of a finding; who has left since has none. */
async function namesOf({ db }: Store, { outcome }: FindingRow): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, display_name as name from customer
     where id = any(${outcome.groups.flatMap(({ typical }) => typical)}::uuid[]) and merged_into is null`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function proposalOf(
  finding: FindingRow,
  inForce: readonly Group[],
  names: ReadonlyMap<string, string>,
  language: Language,
): z.infer<typeof NeedsProposal> {
  const { groups, customers, trials } = finding.outcome;
  const continued = new Set(groups.map(({ continues }) => continues));
  return {
    ...qualityOf(finding),
    id: finding.id,
    asked: finding.asked,
    trials,
    groups: groups
      .map(({ proposed, continues, customers: size, silhouette, differences, typical }) => {
        const before = inForce.find(({ id }) => id === continues);
        return {
          name: before?.renamed ? before.name : proposed[language],
          continues: before ? { id: before.id, name: before.name } : null,
          customers: size,
          share: customers > 0 ? size / customers : 0,
          silhouette,
          differences,
          typical: typical.flatMap((id) => (names.has(id) ? [{ id, name: names.get(id)! }] : [])),
        };
      })
      .toSorted((a, b) => b.customers - a.customers),
    lost: inForce.filter(({ id }) => !continued.has(id)).map(({ id, name }) => ({ id, name })),
  };
}
