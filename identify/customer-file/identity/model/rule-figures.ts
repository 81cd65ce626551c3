// What each blocking rule is worth: a rule whose pairs others bring too can go, one that alone brings likely pairs cannot.
import { type BlockingReport, type Edges, explainBlocking, type Model, type Table } from '@vinculo/matching';

export interface RuleFigures extends BlockingReport {
  /** Edges that it brings, whichever rule brought them first; an estimate from a sample where there are many. */
  edges: number;
  /** Those that no other rule brings, and how many of these are expected to be right. */
  onlyEdges: number;
  onlyMatches: number;
}

/** Enough for two figures of each rule; asking every rule of every edge of a million records would take a second. */
const MOST_EDGES = 50_000;

export function ruleFigures(table: Table, model: Model, edges: Edges): RuleFigures[] {
  const sample = evenSample(edges, MOST_EDGES);
  const each = sample.count === 0 ? 0 : edges.count / sample.count;
  const rules = explainBlocking(table, model, sample);
  return edges.blocking.map((report, r) => ({
    ...report,
    edges: Math.round(rules[r]!.edges * each),
    onlyEdges: Math.round(rules[r]!.onlyEdges * each),
    onlyMatches: Math.round(rules[r]!.onlyMatches * each),
  }));
}

/** Edges at equal steps through all of them, so that every rule has its share. */
function evenSample(edges: Edges, most: number): Edges {
  if (edges.count <= most) return edges;
  const at = Uint32Array.from({ length: most }, (_, n) => Math.floor((n * edges.count) / most));
  return {
    ...edges,
    count: most,
    a: at.map((e) => edges.a[e]!),
    b: at.map((e) => edges.b[e]!),
    probability: Float32Array.from(at, (e) => edges.probability[e]!),
  };
}
