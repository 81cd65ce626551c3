// Which doubtful pair to ask about first.

/**
 * How unsure one is of a yes-or-no question whose answer is yes with this probability: its entropy in bits, 1 at a half and 0
 * where it is certain.
 *
 * Source: uncertainty sampling; D. Lewis and W. Gale, "A sequential algorithm for training text classifiers", SIGIR 1994.
 */
export function uncertainty(probability: number): number {
  if (probability <= 0 || probability >= 1) return 0;
  return -probability * Math.log2(probability) - (1 - probability) * Math.log2(1 - probability);
}

/**
 * The same where the weights say yes with this probability and clustering says no: each is one vote of two, and the entropy is
 * that of their mean, so that a flat contradiction counts as much as a toss of a coin.
 *
 * Source: vote entropy in a committee; I. Dagan and S. Engelson, "Committee-based sampling", ICML 1995.
 */
export const contradiction = (probability: number): number => uncertainty(probability / 2);

/**
 * What one decision teaches: how unsure the answer is × √(like pairs ÷ place) × what hangs on it.
 *
 * `alike` pairs have the same levels field by field, so they get the same weights and what is learned of one is learned of all:
 * the density of the region a question stands for, damped by a root as in B. Settles and M. Craven, "An analysis of active
 * learning strategies for sequence labeling tasks", EMNLP 2008 (their β). `place` is the pair's place among them, 1 for the
 * first asked: each further answer about one pattern tells less, so a big pattern does not crowd out the others (batch-mode
 * diversity; B. Settles, "Active learning literature survey", 2009, 6.1). What hangs on it, log2(1 + records of both customers) ×
 * (1 to 2 by the tenth of revenue of the better one), is multiplied in by the desk, which knows customers: see save-doubtful.ts.
 */
export function teaches(unsure: number, alike: number, place: number): number {
  return unsure * Math.sqrt(alike / place);
}
