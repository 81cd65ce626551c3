/** Records by cluster: those of cluster c are `members[starts[c] … starts[c + 1])`, ascending. */
export interface Clusters {
  count: number;
  starts: Uint32Array;
  members: Uint32Array;
}

/** Which customer each cluster is. */
export interface Assignment {
  /** By cluster: the code of the customer whose id it keeps, or -1 for a customer not known before. */
  customerOf: Int32Array;
  /** Customers left without records, and the cluster where most of theirs went. */
  redirects: { customer: number; cluster: number }[];
}

/** Groups `rows` by their cluster, `clusterOf[row]` from 0 to `count` - 1. */
export function groupByCluster(rows: Iterable<number> & { length: number }, clusterOf: ArrayLike<number>, count: number): Clusters {
  const starts = new Uint32Array(count + 1);
  for (const row of rows) starts[clusterOf[row]! + 1]!++;
  for (let c = 0; c < count; c++) starts[c + 1]! += starts[c]!;
  const members = new Uint32Array(rows.length);
  const next = starts.slice();
  for (const row of rows) members[next[clusterOf[row]!]!++] = row;
  return { count, starts, members };
}

/** What a record counts in a claim; a changed one a trifle less, which only decides between equals. */
const WHOLE = 10_000;

/**
 * Gives clusters the ids their records already had: a cluster keeps the customer that most of its records belonged to, and
 * where two customers, or two clusters, have equal claims, the older customer comes first. Nobody's id is used twice. Of two parts
 * of a customer that are as large, the one whose records did not change keeps the id.
 *
 * @param changed 1 for records that are not what they were when they were given their customer.
 * @param customerOf code of the customer each record belongs to now, -1 for none.
 * @param compare orders customer codes by age, the oldest first.
 */
export function assignCustomers(
  { count, starts, members }: Clusters,
  customerOf: ArrayLike<number>,
  customers: number,
  compare: (a: number, b: number) => number,
  changed?: Uint8Array,
): Assignment {
  const worth = (row: number) => (changed?.[row] ? WHOLE - 1 : WHOLE);
  const claims: { cluster: number; customer: number; records: number }[] = [];
  const assigned = new Int32Array(count).fill(-1);
  const taken = new Int32Array(customers).fill(-1); // its cluster
  const claimed = new Uint32Array(customers);
  const only = new Int32Array(count).fill(-1); // the one customer of a cluster whose records all had the same

  const tally = new Map<number, number>();
  for (let c = 0; c < count; c++) {
    tally.clear();
    for (let m = starts[c]!; m < starts[c + 1]!; m++) {
      const customer = customerOf[members[m]!]!;
      if (customer >= 0) tally.set(customer, (tally.get(customer) ?? 0) + worth(members[m]!));
    }
    for (const customer of tally.keys()) claimed[customer]!++;
    if (tally.size === 1) only[c] = tally.keys().next().value!;
    else for (const [customer, records] of tally) claims.push({ cluster: c, customer, records });
  }

  // Most clusters are what they were: nobody else wants their customer. The rest are settled one by one.
  for (let c = 0; c < count; c++) {
    const customer = only[c]!;
    if (customer < 0) continue;
    if (claimed[customer] === 1) {
      assigned[c] = customer;
      taken[customer] = c;
    } else {
      let records = 0;
      for (let m = starts[c]!; m < starts[c + 1]!; m++) if (customerOf[members[m]!] === customer) records += worth(members[m]!);
      claims.push({ cluster: c, customer, records });
    }
  }
  claims.sort((a, b) => b.records - a.records || compare(a.customer, b.customer) || a.cluster - b.cluster);
  for (const { cluster, customer } of claims) {
    if (assigned[cluster] !== -1 || taken[customer] !== -1) continue;
    assigned[cluster] = customer;
    taken[customer] = cluster;
  }

  const redirects: Assignment['redirects'] = [];
  const redirected = new Set<number>();
  // The claims are in order of size, so the first of a customer without a cluster is where most of its records went.
  for (const { cluster, customer } of claims) {
    if (taken[customer] !== -1 || redirected.has(customer)) continue;
    redirected.add(customer);
    redirects.push({ customer, cluster });
  }
  return { customerOf: assigned, redirects };
}
