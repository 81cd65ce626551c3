import { type Bound, boundTo } from './bound.ts';
import { nearlySameId } from './comparisons/id.ts';
import { upTo } from './field-values.ts';
import { cleanSourceOf, type Linker } from './linker.ts';
import { componentsOf, componentWeights, strongestFirst } from './edge-components.ts';
import { enlarged } from './pair-table.ts';
import type { Model } from './model.ts';
import type { Edges } from './predict.ts';
import { checkAborted, type RunOptions } from './progress.ts';
import { type Scorer, scorerOf } from './score.ts';
import type { Column, Table } from './table.ts';
import { chooseThreshold } from './threshold.ts';

export interface Clusters {
  /** For each row the lowest row of its cluster. */
  cluster: Uint32Array;
  /** Clusters, rows alone included. */
  count: number;
  /** For each row that is not its cluster's lowest, the edge (an index into the edges) that ties it to the others; else {@link NO_EDGE}. */
  edge: Uint32Array;
  /** Edges above the threshold that were not allowed to join, and why. */
  refused: Refusal[];
  /** The probability that was asked of an edge. */
  threshold: number;
}

export interface Refusal {
  edge: number;
  reason: 'conflicting-id' | 'kept-apart' | 'one-per-source' | 'weak-bridge';
}

export const NO_EDGE = 0xffffffff;

export interface ClusterOptions extends RunOptions {
  /** Overrides the settings' threshold. */
  threshold?: number;
}

/**
 * Joins edges from the strongest down, unless the join would put two conflicting trusted ids, a pair kept apart, or two records of
 * a clean source into one cluster, or hang two groups together by an edge that the other pairs between them contradict.
 */
export function cluster(table: Table, edges: Edges, model: Model, options: ClusterOptions = {}): Clusters {
  return clusterOn(boundTo(table, model.settings, model.learned), edges, model, options);
}

/** {@link cluster} over rows that are bound already. */
export function clusterOn(
  { linker, order, scorer: known }: Pick<Bound, 'linker' | 'order'> & { scorer?: PairScorer },
  edges: Edges,
  model: Model,
  options: ClusterOptions,
): Clusters {
  const threshold = options.threshold ?? chooseThreshold(edges, model).threshold;
  const { rows } = linker.table;
  const placed = { ...(order ? atPositions(edges, order.positionOf) : edges), rowA: edges.a, rowB: edges.b };
  const { starts, edges: grouped } = componentsOf(placed, threshold, rows);
  const weights = componentWeights(placed);
  const scorer = known ?? scorerOf(linker, model);
  const groups = groupsOf(linker, scorer, rows, (i, j) => weights.find(i, j) ?? Math.fround(scorer.score(i, j, true)));
  groups.keepApart(placed.apart);
  const refused: Refusal[] = [];
  const tree = new Uint32Array(rows);
  let joins = 0;
  for (let first = 0, reported = -1; first < rows; first++) {
    const [from, to] = [starts[first]!, starts[first + 1]!];
    if (from >>> 16 !== reported) {
      reported = from >>> 16;
      checkAborted(options.signal);
      options.onProgress?.({ phase: 'cluster', done: from, total: grouped.length });
    }
    if (from === to) continue;
    weights.use(grouped, from, to);
    for (let k = from; k < to; k++) {
      const e = grouped[k]!;
      if (edges.probability[e]! < threshold) continue;
      const reason = groups.join(placed.a[e]!, placed.b[e]!);
      if (reason === undefined) tree[joins++] = e;
      else if (reason !== 'together') refused.push({ edge: e, reason });
    }
  }
  const { labels, count } = groups.labels(order?.rowAt);
  const edge = justify(placed, tree.subarray(0, joins), labels, order?.rowAt);
  // An edge refused early may have been overtaken by a later join of the same two groups.
  const lasting = refused.filter(({ edge: e }) => labels[edges.a[e]!] !== labels[edges.b[e]!]);
  const inOrder = strongestFirst(placed);
  lasting.sort((x, y) => inOrder(x.edge, y.edge));
  return { cluster: labels, count, edge, refused: lasting, threshold };
}

/** The same edges between positions instead of rows. */
function atPositions(edges: Edges, positionOf: Uint32Array): Edges {
  const moved = (rows: Uint32Array): Uint32Array => {
    const positions = new Uint32Array(rows.length);
    for (let e = 0; e < rows.length; e++) positions[e] = positionOf[rows[e]!]!;
    return positions;
  };
  const { apart } = edges;
  return { ...edges, a: moved(edges.a), b: moved(edges.b), apart: { ...apart, a: moved(apart.a), b: moved(apart.b) } };
}

/** What groups ask of a scorer: the weight of a pair, and the prior. */
export type PairScorer = Pick<Scorer, 'score' | 'prior'>;

/** Groups of rows that grow by joins and know which joins are not allowed. */
export function groupsOf(
  linker: Pick<Linker, 'table' | 'settings'>,
  scorer: PairScorer,
  rows: number,
  /** The weight of a pair as edges have it, -Infinity where a constraint keeps it apart. */
  weigh: (i: number, j: number) => number = (i, j) => Math.fround(scorer.score(i, j, true)),
) {
  const { table, settings } = linker;
  let parent: Uint32Array = upTo(rows);
  let next: Uint32Array = parent.slice(); // the group as a ring
  let size: Uint32Array = new Uint32Array(rows).fill(1);
  const enemies = new Map<number, number[]>();
  const ids = settings.constraints.conflictingIds.flatMap((name) => table.columns[name] ?? []);
  const source = cleanSourceOf(table, settings);

  const rootOf = (row: number): number => {
    let at = row;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  const members = (root: number): number[] => {
    const list = [root];
    for (let at = next[root]!; at !== root; at = next[at]!) list.push(at);
    return list;
  };
  const obstacle = (x: number, y: number): Refusal['reason'] | undefined => {
    if (size[x] === 1 && size[y] === 1) {
      // The edge itself speaks for the two; only what the model does not weigh can stand against it.
      for (const id of ids) if (conflicting(id, x, y)) return 'conflicting-id';
      if (enemies.size > 0 && enemies.get(x)?.includes(y)) return 'kept-apart';
      return source && source(x) !== 0 && source(x) === source(y) ? 'one-per-source' : undefined;
    }
    const left = members(x);
    const right = members(y);
    for (const id of ids)
      for (const i of left) if (id.codes[i] !== 0) for (const j of right) if (conflicting(id, i, j)) return 'conflicting-id';
    if (enemies.size > 0 && left.some((i) => enemies.get(i)?.some((j) => rootOf(j) === y))) return 'kept-apart';
    if (source) {
      const taken = new Set(left.map(source).filter((code) => code !== 0));
      if (right.some((j) => taken.has(source(j)))) return 'one-per-source';
    }
    return verdict(weigh, scorer.prior, left, right);
  };

  const unite = (x: number, y: number): void => {
    const [keep, gone] = size[x]! >= size[y]! ? [x, y] : [y, x];
    parent[gone] = keep;
    size[keep]! += size[gone]!;
    [next[keep], next[gone]] = [next[gone]!, next[keep]!]; // two rings become one
  };

  return {
    rootOf,
    members,
    /** Joins without asking. */
    unite: (i: number, j: number): void => {
      const [x, y] = [rootOf(i), rootOf(j)];
      if (x !== y) unite(x, y);
    },
    /** Makes every row a group of its own again; the rows must be whole groups. */
    separate(list: readonly number[]): void {
      for (const row of list) {
        parent[row] = row;
        next[row] = row;
        size[row] = 1;
      }
    },
    /** Room for a new row, which stands alone. */
    add(row: number): void {
      while (row >= parent.length) [parent, next, size] = [enlarged(parent), enlarged(next), enlarged(size)];
      parent[row] = row;
      next[row] = row;
      size[row] = 1;
    },
    /** Pairs that must not meet in a group: those a person has parted, say. */
    keepApart(pairs: { count: number; a: Uint32Array; b: Uint32Array }): void {
      for (let k = 0; k < pairs.count; k++) {
        const [i, j] = [pairs.a[k]!, pairs.b[k]!];
        (enemies.get(i) ?? enemies.set(i, []).get(i)!).push(j);
        (enemies.get(j) ?? enemies.set(j, []).get(j)!).push(i);
      }
    },
    /** Joins the groups of two rows; says why not, or that they were one already. */
    join(i: number, j: number): Refusal['reason'] | 'together' | undefined {
      const x = rootOf(i);
      const y = rootOf(j);
      if (x === y) return 'together';
      const reason = obstacle(x, y);
      if (reason !== undefined) return reason;
      unite(x, y);
      return undefined;
    },
    /** For each row the lowest row of its group. With `rowAt` the groups are of positions, and the labels of the rows at them. */
    labels(rowAt?: Uint32Array): { labels: Uint32Array; count: number } {
      const lowest = new Uint32Array(rows).fill(NO_EDGE);
      let count = 0;
      for (let at = 0; at < rows; at++) {
        const root = rootOf(at);
        const row = rowAt?.[at] ?? at;
        if (lowest[root] === NO_EDGE) count++;
        if (row < lowest[root]!) lowest[root] = row;
      }
      const labels = new Uint32Array(rows);
      for (let at = 0; at < rows; at++) labels[rowAt?.[at] ?? at] = lowest[rootOf(at)]!;
      return { labels, count };
    },
  };
}

/** Pairs between two groups looked at before a join; beyond that an even selection is. */
const MOST_CROSS_PAIRS = 100;
/** No single pair may outvote the others: more bits than this count as this. */
const MOST_BITS = 12;
const IGNORANCE_BITS = 2;

/** Whether the pairs between two groups speak against their being one entity: one that a constraint keeps apart, or all together. */
function verdict(
  weigh: (i: number, j: number) => number,
  prior: number,
  left: readonly number[],
  right: readonly number[],
): 'kept-apart' | 'weak-bridge' | undefined {
  const total = left.length * right.length;
  const step = Math.max(1, total / MOST_CROSS_PAIRS);
  let sum = 0;
  for (let at = 0; at < total; at += step) {
    const k = Math.floor(at);
    const weight = weigh(left[Math.floor(k / right.length)]!, right[k % right.length]!);
    if (weight === Number.NEGATIVE_INFINITY) return 'kept-apart';
    // Between evidence against and probable identity lies ignorance, which speaks a little against.
    if (weight < 0) sum += Math.max(-MOST_BITS, weight);
    else if (weight + prior > 0) sum += Math.min(MOST_BITS, weight + prior);
    else sum -= IGNORANCE_BITS;
  }
  return sum < 0 ? 'weak-bridge' : undefined;
}

/** Walks each cluster's tree from its lowest row, giving every other row the edge it was reached by. The edges are between positions. */
function justify({ a, b }: Edges, tree: Uint32Array, labels: Uint32Array, rowAt: Uint32Array | undefined): Uint32Array {
  const rows = labels.length;
  const degree = new Uint32Array(rows + 1);
  for (const e of tree) {
    degree[a[e]! + 1]!++;
    degree[b[e]! + 1]!++;
  }
  for (let at = 1; at <= rows; at++) degree[at]! += degree[at - 1]!;
  const next = degree.slice();
  const around = new Uint32Array(tree.length * 2);
  for (const e of tree) {
    around[next[a[e]!]!++] = e;
    around[next[b[e]!]!++] = e;
  }
  const edge = new Uint32Array(rows).fill(NO_EDGE);
  const stack: number[] = [];
  for (let root = 0; root < rows; root++) {
    if (degree[root] === degree[root + 1]) continue;
    const lowest = rowAt?.[root] ?? root;
    if (labels[lowest] !== lowest) continue;
    stack.push(root);
    while (stack.length > 0) {
      const at = stack.pop()!;
      for (let k = degree[at]!; k < degree[at + 1]!; k++) {
        const e = around[k]!;
        const other = a[e] === at ? b[e]! : a[e]!;
        const row = rowAt?.[other] ?? other;
        if (other === root || edge[row] !== NO_EDGE) continue;
        edge[row] = e;
        stack.push(other);
      }
    }
  }
  return edge;
}

function conflicting({ codes, values }: Column, i: number, j: number): boolean {
  const a = codes[i]!;
  const b = codes[j]!;
  return a !== b && a !== 0 && b !== 0 && !nearlySameId(values[a]!, values[b]!);
}
