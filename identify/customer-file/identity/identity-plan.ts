import { assignCustomers, groupByCluster } from './assign-customers.ts';
import { ALONE, type CurrentLinks, PERSON } from './current-links.ts';
import type { Kind } from './customer-record.ts';
import type { Linkage } from './link-records.ts';
import type { RecordTable } from './record-table.ts';

/** What a linkage changes in the file, before anything is written. Rows are those of the record table. */
export interface IdentityPlan {
  /** Code of the customer of each row afterwards. */
  customerAfter: Int32Array;
  /** Rows whose link is closed and opened anew, ascending. */
  moved: number[];
  /** Customers whose golden record has to be built: code → how many records they will have. */
  build: Map<number, number>;
  /** Customers not known before, by code. */
  created: Set<number>;
  /** Customers left without records, and where most of theirs went. */
  redirects: { customer: number; into: number }[];
  /** Records that left one known customer for another: code of the former and the later, and the rows. */
  transfers: { from: number; to: number; rows: number[] }[];
}

export interface PlanInput {
  records: RecordTable;
  links: CurrentLinks;
  linkages: Partial<Record<Kind, Linkage>>;
  /** 1 for rows whose record is new or changed since it was looked at last. */
  pending: Uint8Array;
  newId(): string;
}

/** Turns clusters into customers: who keeps which id, which links change, which golden records do. */
export function planIdentity({ records, links, linkages, pending, newId }: PlanInput): IdentityPlan {
  const { customers } = links;
  const rows = judgedRows(records, linkages);
  const clusterOf = new Int32Array(records.rows).fill(-1);
  let count = 0;
  for (const row of rows) {
    const lowest = lowestOf(records, linkages, row);
    if (clusterOf[lowest] === -1) clusterOf[lowest] = count++;
    clusterOf[row] = clusterOf[lowest]!;
  }
  const clusters = groupByCluster(rows, clusterOf, count);
  const assigned = assignCustomers(clusters, links.customerOf, customers.size, customers.compare, pending);

  const customerAfter = links.customerOf.slice();
  const created = new Set<number>();
  for (let c = 0; c < count; c++) {
    let customer = assigned.customerOf[c]!;
    if (customer < 0) created.add((customer = customers.addText(newId())));
    assigned.customerOf[c] = customer;
    for (let m = clusters.starts[c]!; m < clusters.starts[c + 1]!; m++) customerAfter[clusters.members[m]!] = customer;
  }

  const moved: number[] = [];
  const dirty = new Set<number>();
  const transfers = new Map<string, IdentityPlan['transfers'][number]>();
  for (const row of rows) {
    const before = links.customerOf[row]!;
    const after = customerAfter[row]!;
    if (before !== after && before >= 0) {
      dirty.add(before);
      const key = `${before} ${after}`;
      const transfer = transfers.get(key);
      if (transfer) transfer.rows.push(row);
      else transfers.set(key, { from: before, to: after, rows: [row] });
    }
    if (pending[row] || before !== after) dirty.add(after);
    if (needsNewLink(records, links, linkages, row, after)) {
      moved.push(row);
      dirty.add(after);
    }
  }

  const build = new Map<number, number>();
  for (let c = 0; c < count; c++) {
    const customer = assigned.customerOf[c]!;
    if (dirty.has(customer)) build.set(customer, clusters.starts[c + 1]! - clusters.starts[c]!);
  }
  const redirects = assigned.redirects.map(({ customer, cluster }) => ({ customer, into: assigned.customerOf[cluster]! }));
  return { customerAfter, moved, build, created, redirects, transfers: [...transfers.values()] };
}

/** A link is rewritten when the customer changes, or when a record that stood alone no longer does; a person's link stays. */
function needsNewLink(records: RecordTable, links: CurrentLinks, linkages: PlanInput['linkages'], row: number, after: number): boolean {
  const before = links.customerOf[row]!;
  if (before !== after) return true;
  if (links.reasonOf[row] === PERSON) return false;
  return (links.reasonOf[row] === ALONE) !== (tieOf(records, linkages, row) === undefined);
}

function judgedRows(records: RecordTable, linkages: PlanInput['linkages']): Uint32Array {
  const { person, company } = records.kinds;
  const rows = new Uint32Array((linkages.person?.rows.length ?? 0) + (linkages.company?.rows.length ?? 0));
  let n = 0;
  for (const local of linkages.person?.rows ?? []) rows[n++] = person.rows[local]!;
  for (const local of linkages.company?.rows ?? []) rows[n++] = company.rows[local]!;
  return rows.toSorted();
}

function lowestOf(records: RecordTable, linkages: PlanInput['linkages'], row: number): number {
  const kind = records.kindOf(row);
  const { rows, localOf } = records.kinds[kind];
  return rows[linkages[kind]!.labels[localOf(row)]!]!;
}

/** Why a row is with the others of its customer: the edge that joined it, in rows of the record table; undefined alone. */
export interface Tie {
  with: number;
  weight: number;
  probability: number;
  rule: number;
}

export function tieOf(records: RecordTable, linkages: PlanInput['linkages'], row: number): Tie | undefined {
  const kind = records.kindOf(row);
  const ties = linkages[kind]?.ties;
  if (!ties) return undefined;
  const { rows, localOf } = records.kinds[kind];
  const local = localOf(row);
  const other = ties.with[local]!;
  if (other < 0) return undefined;
  return { with: rows[other]!, weight: ties.weight[local]!, probability: ties.probability[local]!, rule: ties.rule[local]! };
}

/** The lowest probability that holds the customer of this row together. */
export function weakestOf(records: RecordTable, linkages: PlanInput['linkages'], row: number): number {
  const kind = records.kindOf(row);
  const linkage = linkages[kind];
  if (!linkage) return 1;
  return linkage.ties.weakest[linkage.labels[records.kinds[kind].localOf(row)]!]!;
}
