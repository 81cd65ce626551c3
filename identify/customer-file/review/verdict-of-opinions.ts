// What follows from what people said of a pair. Pure.

export interface Opinion {
  by: string;
  verdict: 'same' | 'different' | 'unsure';
  /** The last word on a disagreement. */
  settles: boolean;
}

export interface Standing {
  state: 'open' | 'waiting' | 'disagreed' | 'decided';
  /** To be in force; `undefined` leaves in force what is. */
  verdict: 'same' | 'different' | null | undefined;
}

/**
 * A settlement is final. Two who say different things disagree, and what was in force stays so until somebody settles it. One who
 * has decided is enough, unless a second opinion is asked for; who is unsure has decided nothing.
 *
 * @param given a verdict in force that one person gave before second opinions were asked for: it needs none.
 */
export function verdictOf(opinions: readonly Opinion[], secondOpinion: boolean, given: 'same' | 'different' | null): Standing {
  const settled = opinions.find(({ settles }) => settles);
  if (settled && settled.verdict !== 'unsure') return { state: 'decided', verdict: settled.verdict };
  const decided = opinions.filter(({ verdict }) => verdict !== 'unsure');
  const verdicts = new Set(decided.map(({ verdict }) => verdict));
  if (verdicts.size === 0) return { state: 'open', verdict: null };
  if (verdicts.size > 1) return { state: 'disagreed', verdict: undefined };
  const [verdict] = verdicts as Set<'same' | 'different'>;
  if (secondOpinion && decided.length < 2 && given !== verdict) return { state: 'waiting', verdict: null };
  return { state: 'decided', verdict: verdict! };
}
