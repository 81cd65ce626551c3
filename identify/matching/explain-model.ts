import type { Model } from './model.ts';

/** One bar of the chart of weights: a level of a field. */
export interface LevelExplanation {
  field: string;
  level: string;
  /** The threshold, for levels that have one. */
  at?: number;
  /** Share of pairs of one entity, of different entities, and of relatives that stand at it. */
  m: number;
  u: number;
  r?: number;
  /** log2(m ÷ u): bits for, or negative against, one entity. */
  weight: number;
  /** Whether pairs taught it; otherwise it is what the settings began with. */
  trained: boolean;
}

/** What a model holds, as data for charts. */
export interface ModelExplanation {
  levels: LevelExplanation[];
  /** Of two records drawn at random, in bits: log2 of the odds that they are one entity. */
  priorBits: number;
  /** Share of the pairs of one entity that blocking is expected never to bring. */
  missed?: number;
  /** Whether every session of training came to rest, and whether its starts came to one place. */
  converged: boolean;
  sessions: { rule: string; pairs: number; matches: number; iterations: number; converged: boolean; spread: number }[];
}

export function explainModel({ fields, prior, training }: Model): ModelExplanation {
  const untrained = new Set(training.untrained);
  return {
    levels: fields.flatMap(({ name, levels }) =>
      levels.map(({ is, at, m, u, r }) => ({
        field: name,
        level: is,
        ...(at === undefined ? {} : { at }),
        m,
        u,
        ...(r === undefined ? {} : { r }),
        weight: Math.log2(m / u),
        trained: !untrained.has(name),
      })),
    ),
    priorBits: Math.log2(prior / (1 - prior)),
    ...(training.missed === undefined ? {} : { missed: training.missed }),
    converged: training.converged,
    sessions: training.sessions.map(({ rule, pairs, matches, iterations, converged, spread }) => ({
      rule,
      pairs,
      matches,
      iterations,
      converged,
      spread,
    })),
  };
}
