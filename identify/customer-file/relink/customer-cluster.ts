// The records of a customer as a graph: every pair weighed, the strongest tree that holds them together, its weakest edge.
import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { Actor } from '@vinculo/postgres';
import type { CustomerCluster } from '../api/relink.ts';
import { findCustomer } from '../identity/find-customer.ts';
import { liveExplainer, masked, matchValues } from '../identity/explain-records.ts';
import { seesPersonal } from '../identity/mask.ts';
import { modelsKnown } from '../identity/queries.ts';
import { clusterHistory } from './cluster-history.ts';
import { recordsShown } from './records-shown.ts';

type Cluster = z.infer<typeof CustomerCluster>;
type Edge = Cluster['edges'][number];
type Reason = Cluster['records'][number]['reason'];

/** More than this cannot be read as a graph. */
const MOST_RECORDS = 30;

/** @throws VIN_CUSTOMER_NOT_FOUND */
export async function customerCluster(context: Context, actor: Actor, id: string): Promise<Cluster> {
  const { store } = context;
  const { customer } = await findCustomer(store, id);
  const open = seesPersonal(actor);
  const { rows } = await sql<{ record_id: string; reason: Reason }>`
    select record_id, reason from link where customer_id = ${customer.id} and valid_to is null order by record_id`.execute(store.db);
  const drawn = rows.slice(0, MOST_RECORDS);
  const reasons = new Map(drawn.map(({ record_id, reason }) => [record_id, reason]));
  const shown = await recordsShown(context, [...reasons.keys()], open);
  const records = [...shown.values()]
    .toSorted((a, b) => a.sourceLabel.localeCompare(b.sourceLabel) || (a.key < b.key ? -1 : 1))
    .map(({ id: record, sourceId, sourceLabel, key, name, values }) => ({
      id: record,
      sourceId,
      sourceLabel,
      key,
      name,
      values,
      reason: reasons.get(record)!,
    }));
  const model = (await modelsKnown(store.db))[customer.kind];
  const edges = model && records.length > 1 ? await weigh(context, model, [...reasons.keys()]) : [];
  const tree = strongestTree(edges);
  for (const edge of tree) edge.tree = true;
  const weakest = tree.toSorted((a, b) => strength(a) - strength(b))[0];
  return {
    customer: { id: customer.id, name: customer.display_name, kind: customer.kind },
    records,
    more: rows.length - drawn.length,
    threshold: model?.threshold ?? null,
    edges: open ? edges : edges.map(masked),
    weakest: weakest ? edges.indexOf(weakest) : null,
    history: await clusterHistory(context, customer.id, open),
  };
}

async function weigh(context: Context, model: Parameters<typeof liveExplainer>[1], ids: string[]): Promise<Edge[]> {
  const { rows } = await sql<{ a: string; b: string; same: boolean }>`
    select record_a as a, record_b as b, same from decision
     where undone_at is null and record_a = any(${ids}::uuid[]) and record_b = any(${ids}::uuid[])`.execute(context.store.db);
  const decided = new Map(rows.map(({ a, b, same }) => [`${a} ${b}`, same ? ('same' as const) : ('different' as const)]));
  const explain = liveExplainer(context, model, await matchValues(context, ids));
  const edges: Edge[] = [];
  for (const [n, a] of ids.entries()) {
    for (const b of ids.slice(n + 1)) {
      edges.push({ ...(await explain(a, b)), tree: false, decided: decided.get(`${a} ${b}`) ?? null });
    }
  }
  return edges;
}

/** What people said outweighs any comparison; what a rule keeps apart holds nothing together. */
function strength({ decided, apart, weight }: Edge): number {
  if (decided !== null) return decided === 'same' ? 1000 : -1000;
  return apart === null ? weight : weight - 500;
}

/** Kruskal: of all the edges the strongest that lead from every record to every other. */
function strongestTree(edges: readonly Edge[]): Edge[] {
  const root = new Map<string, string>();
  const rootOf = (id: string): string => {
    const up = root.get(id) ?? id;
    return up === id ? id : rootOf(up);
  };
  return edges
    .toSorted((x, y) => strength(y) - strength(x))
    .filter(({ a, b }) => {
      const [x, y] = [rootOf(a), rootOf(b)];
      if (x === y) return false;
      root.set(x, y);
      return true;
    });
}
