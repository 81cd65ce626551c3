import { upTo } from './field-values.ts';
import { addPair, findPair, type PairTable, pairTable } from './pair-table.ts';

type EdgeColumns = { count: number; a: Uint32Array; b: Uint32Array; weight: Float32Array; probability: Float32Array };

/** Between rows in the order that decides between equals, and between the positions where these stand. */
export interface PlacedEdges extends EdgeColumns {
  rowA: Uint32Array;
  rowB: Uint32Array;
}

/**
 * Rows that edges of at least the threshold connect, directly or not. What happens in one component is nothing to another, so
 * each can be clustered by itself, in memory that lies together.
 */
export interface Components {
  /** Edges within the component whose lowest row is r, strongest first: `edges[starts[r] … starts[r + 1])`. Those under the threshold are among them. */
  starts: Uint32Array;
  edges: Uint32Array;
}

export function componentsOf(all: PlacedEdges, threshold: number, rows: number): Components {
  const { count, a, b, probability } = all;
  const parent = upTo(rows);
  const rootOf = (row: number): number => {
    let at = row;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  for (let e = 0; e < count; e++) {
    if (probability[e]! < threshold) continue;
    const [x, y] = [rootOf(a[e]!), rootOf(b[e]!)];
    if (x < y) parent[y] = x;
    else parent[x] = y;
  }
  const starts = new Uint32Array(rows + 2);
  const root = new Uint32Array(count).fill(OUTSIDE);
  for (let e = 0; e < count; e++) {
    const x = rootOf(a[e]!);
    if (x !== rootOf(b[e]!)) continue;
    root[e] = x;
    starts[x + 2]!++;
  }
  for (let row = 2; row < starts.length; row++) starts[row]! += starts[row - 1]!;
  const edges = new Uint32Array(starts[rows + 1]!);
  // Shifted by one, so that placing them leaves each start where it belongs.
  for (let e = 0; e < count; e++) if (root[e] !== OUTSIDE) edges[starts[root[e]! + 1]!++] = e;
  for (let row = 0; row < rows; row++) {
    const [from, to] = [starts[row]!, starts[row + 1]!];
    if (to - from > 1) sortStrongestFirst(edges, from, to, all);
  }
  return { starts, edges };
}

const OUTSIDE = 0xffffffff;

/** Within 1/4096 bit weights count as equal. */
function strength(weight: number): number {
  return Math.round(weight * 4096);
}

/**
 * Compares two edges, the stronger first; of equals the one whose lower row comes first, then whose higher row does. What number an
 * edge has, which the blocks that brought it decide, makes no difference.
 */
export function strongestFirst({ weight, rowA, rowB }: Pick<PlacedEdges, 'weight' | 'rowA' | 'rowB'>): (x: number, y: number) => number {
  return (x, y) =>
    strength(weight[y]!) - strength(weight[x]!) ||
    Math.min(rowA[x]!, rowB[x]!) - Math.min(rowA[y]!, rowB[y]!) ||
    Math.max(rowA[x]!, rowB[x]!) - Math.max(rowA[y]!, rowB[y]!) ||
    x - y;
}

function sortStrongestFirst(edges: Uint32Array, from: number, to: number, all: PlacedEdges): void {
  const compare = strongestFirst(all);
  if (to - from > 24) {
    edges.set(Array.from(edges.subarray(from, to)).toSorted(compare), from);
    return;
  }
  for (let k = from + 1; k < to; k++) {
    const e = edges[k]!;
    let at = k;
    for (; at > from && compare(edges[at - 1]!, e) > 0; at--) edges[at] = edges[at - 1]!;
    edges[at] = e;
  }
}

/** Weights of the pairs of one component that are edges: found by looking through them, or by a table where they are many. */
export interface ComponentWeights {
  /** Takes the edges of a component. */
  use(edges: Uint32Array, from: number, to: number): void;
  /** Undefined where the pair is no edge. */
  find(i: number, j: number): number | undefined;
}

const FEW_EDGES = 48;

export function componentWeights({ a, b, weight }: EdgeColumns): ComponentWeights {
  let lows = new Uint32Array(FEW_EDGES);
  let highs = new Uint32Array(FEW_EDGES);
  let weights = new Float64Array(FEW_EDGES);
  let numbers = new Uint32Array(FEW_EDGES);
  let count = 0;
  let table: PairTable | undefined;
  return {
    use(edges, from, to) {
      count = to - from;
      if (count > lows.length) {
        [lows, highs] = [new Uint32Array(count * 2), new Uint32Array(count * 2)];
        [weights, numbers] = [new Float64Array(count * 2), new Uint32Array(count * 2)];
      }
      table = count > FEW_EDGES ? pairTable(count) : undefined;
      for (let k = 0; k < count; k++) {
        const e = edges[from + k]!;
        const [i, j] = [a[e]!, b[e]!];
        const [low, high] = i < j ? [i, j] : [j, i];
        // A caller may have added a pair that was there: what it added has the higher number, and stands.
        const known = table?.size ?? k;
        const at = table ? addPair(table, low, high) - 1 : k;
        if (at < known && numbers[at]! > e) continue;
        lows[at] = low;
        highs[at] = high;
        weights[at] = weight[e]!;
        numbers[at] = e;
      }
    },
    find(i, j) {
      const [low, high] = i < j ? [i, j] : [j, i];
      if (table) {
        const code = findPair(table, low, high);
        return code === 0 ? undefined : weights[code - 1];
      }
      let found = -1;
      for (let k = 0; k < count; k++) {
        if (lows[k] === low && highs[k] === high && (found < 0 || numbers[k]! > numbers[found]!)) found = k;
      }
      return found < 0 ? undefined : weights[found];
    },
  };
}
