import type { Binning } from './bins.ts';
import { leftBins, type Tree } from './tree.ts';

/** Adds to each row the value of the leaf it ends in. */
export function addTree(tree: Tree, binnings: readonly Binning[], columns: readonly Uint8Array[], sums: Float64Array): void {
  const walk = prepare(tree, binnings);
  for (let row = 0; row < sums.length; row++) {
    let node = 0;
    while (walk.left[node]! >= 0) node = step(walk, columns, node, row);
    sums[row]! += walk.value[node]!;
  }
}

/**
 * Adds to each row what each question on its way through the tree changed, to the feature that was asked about; the value of
 * the root belongs to nobody (Saabas, "Interpreting random forests", 2014). Together they are what {@link addTree} adds.
 *
 * @param parts Row-major, rows × features.
 */
export function addPath(tree: Tree, binnings: readonly Binning[], columns: readonly Uint8Array[], rows: number, parts: Float64Array): void {
  const walk = prepare(tree, binnings);
  const width = binnings.length;
  for (let row = 0; row < rows; row++) {
    let node = 0;
    while (walk.left[node]! >= 0) {
      const next = step(walk, columns, node, row);
      parts[row * width + walk.feature[node]!]! += walk.value[next]! - walk.value[node]!;
      node = next;
    }
  }
}

interface Walk {
  feature: Int32Array;
  left: Int32Array;
  right: Int32Array;
  value: Float64Array;
  goes: Uint8Array[];
}

const prepare = (tree: Tree, binnings: readonly Binning[]): Walk => ({
  feature: Int32Array.from(tree.feature),
  left: Int32Array.from(tree.left),
  right: Int32Array.from(tree.right),
  value: Float64Array.from(tree.value),
  goes: tree.feature.map((feature, node) =>
    feature < 0
      ? new Uint8Array(0)
      : leftBins({ bin: tree.bin[node]!, missingLeft: tree.missingLeft[node]!, bins: tree.bins[node]! }, binnings[feature]!),
  ),
});

const step = (walk: Walk, columns: readonly Uint8Array[], node: number, row: number): number =>
  walk.goes[node]![columns[walk.feature[node]!]![row]!] ? walk.left[node]! : walk.right[node]!;
