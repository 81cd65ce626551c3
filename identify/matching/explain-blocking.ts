import { boundTo } from './bound.ts';
import { bringsPair } from './captures.ts';
import type { Model } from './model.ts';
import type { Edges } from './predict.ts';
import { pairsOfRule } from './sample-pairs.ts';
import type { Table } from './table.ts';

/** What a blocking rule does for a linkage. */
export interface BlockingExplanation {
  rule: string;
  /** Pairs its blocks hold. */
  pairs: number;
  /** Edges among them, and how many of those are expected to be right. */
  edges: number;
  matches: number;
  /** Edges, and right ones, that no other rule brings: what would be lost without it. */
  onlyEdges: number;
  onlyMatches: number;
  /** Rows of its largest block. */
  largestBlock: number;
  /** Rows in blocks too large even when refined, and the pairs left out with them. */
  droppedRows: number;
  droppedPairs: number;
}

/** What each blocking rule brings, and what only it brings, from the edges of a run over the table. */
export function explainBlocking(table: Table, model: Model, edges: Edges): BlockingExplanation[] {
  const bound = boundTo(table, model.settings, model.learned);
  const blocks = bound.blocks();
  const found = blocks.rules.map((rule) => ({
    rule: rule.label,
    pairs: pairsOfRule(rule),
    edges: 0,
    matches: 0,
    onlyEdges: 0,
    onlyMatches: 0,
    largestBlock: largest(rule.starts),
    droppedRows: rule.droppedRows,
    droppedPairs: rule.droppedPairs,
  }));
  const positionOf = bound.order?.positionOf;
  for (let e = 0; e < edges.count; e++) {
    const [i, j] = [positionOf?.[edges.a[e]!] ?? edges.a[e]!, positionOf?.[edges.b[e]!] ?? edges.b[e]!];
    const bringing = blocks.rules.flatMap((_, r) => (bringsPair(blocks, r, i, j) ? [r] : []));
    for (const r of bringing) {
      found[r]!.edges++;
      found[r]!.matches += edges.probability[e]!;
      if (bringing.length > 1) continue;
      found[r]!.onlyEdges++;
      found[r]!.onlyMatches += edges.probability[e]!;
    }
  }
  return found;
}

function largest(starts: Uint32Array): number {
  let most = 0;
  for (let key = 1; key + 1 < starts.length; key++) most = Math.max(most, starts[key + 1]! - starts[key]!);
  return most;
}
