// The way back: a plan that gives records to the customers they came from. Runs in the linkage thread.
import { type CurrentLinks, REASONS } from './current-links.ts';
import type { Why } from './identity-lines.ts';
import type { IdentityPlan } from './identity-plan.ts';
import type { RecordTable } from './record-table.ts';

export interface Restore {
  record: string;
  /** The customer it returns to; the one it has, when only the reason of its link comes back. */
  to: string;
  /** Of the link it had: one of REASONS, and the rule's name or ''. */
  reason: string;
  rule: string;
}

/** Turns restores into a plan. Customers that this empties lead to where most of their records go; those that went are there again. */
export function planRestore(records: RecordTable, links: CurrentLinks, restores: readonly Restore[]): { plan: IdentityPlan; why: Why } {
  const customerAfter = links.customerOf.slice();
  const why: Why = { reasons: new Uint8Array(records.rows), rules: new Uint8Array(records.rows), names: [''] };
  const moved: number[] = [];
  const touched = new Set<number>();
  const transfers = new Map<string, IdentityPlan['transfers'][number]>();
  for (const { record, to, reason, rule } of restores) {
    const row = records.ids.findText(record);
    if (row < 0) continue;
    const [from, after] = [links.customerOf[row]!, links.customers.addText(to)];
    moved.push(row);
    customerAfter[row] = after;
    touched.add(after);
    why.reasons[row] = Math.max(0, REASONS.indexOf(reason as (typeof REASONS)[number]));
    if (!why.names.includes(rule)) why.names.push(rule);
    why.rules[row] = why.names.indexOf(rule);
    if (from < 0 || from === after) continue;
    touched.add(from);
    const key = `${from} ${after}`;
    const transfer = transfers.get(key);
    if (transfer) transfer.rows.push(row);
    else transfers.set(key, { from, to: after, rows: [row] });
  }

  const build = new Map<number, number>();
  for (const customer of customerAfter) if (customer >= 0 && touched.has(customer)) build.set(customer, (build.get(customer) ?? 0) + 1);
  const redirects = new Map<number, { into: number; records: number }>();
  for (const { from, to, rows } of transfers.values()) {
    if (!build.has(from) && (redirects.get(from)?.records ?? 0) < rows.length) redirects.set(from, { into: to, records: rows.length });
  }
  return {
    plan: {
      customerAfter,
      moved: moved.toSorted((x, y) => x - y),
      build,
      created: new Set(),
      redirects: [...redirects].map(([customer, { into }]) => ({ customer, into })),
      transfers: [...transfers.values()],
    },
    why,
  };
}
