import { type Edges, explainBlocking, type Model, type Table } from '@vinculo/matching';
import type { LinkReport } from './link-task.ts';

/** Enough for a figure of each rule, few enough to cost nothing beside the linkage itself. */
const MOST_EDGES = 50_000;

/** What each rule brought; the likely pairs that no other brings are an estimate from edges at equal steps where there are many. */
export function blockingReport(table: Table, model: Model, edges: Edges): LinkReport['blocking'] {
  const count = Math.min(edges.count, MOST_EDGES);
  const at = Uint32Array.from({ length: count }, (_, n) => Math.floor((n * edges.count) / count));
  const pick = <T extends Uint32Array | Float32Array>(from: T, into: T): T => {
    at.forEach((e, n) => (into[n] = from[e]!));
    return into;
  };
  const sample: Edges = {
    ...edges,
    count,
    a: pick(edges.a, new Uint32Array(count)),
    b: pick(edges.b, new Uint32Array(count)),
    probability: pick(edges.probability, new Float32Array(count)),
  };
  const only = explainBlocking(table, model, sample).map(({ onlyEdges }) => onlyEdges);
  const each = count === 0 ? 0 : edges.count / count;
  return {
    rules: edges.blocking.map((report, r) => ({ ...report, onlyEdges: Math.round(only[r]! * each) })),
    candidates: edges.candidates,
    ...(model.training.missed === undefined ? {} : { missed: model.training.missed }),
  };
}
