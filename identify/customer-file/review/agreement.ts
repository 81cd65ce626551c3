/** Two people's words about one pair. */
export type TwoWords = readonly [first: string, second: string];

/**
 * How often two people agree, and Cohen's kappa: the same without what agreement chance alone would bring, 1 at best. Null where
 * everybody always says one thing, so that nothing can be told from chance.
 *
 * Source: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20, 1960.
 */
export function agreement(pairs: readonly TwoWords[]): { pairs: number; share: number; kappa: number | null } | null {
  if (pairs.length === 0) return null;
  const share = pairs.filter(([first, second]) => first === second).length / pairs.length;
  const said = (person: 0 | 1, word: string) => pairs.filter((words) => words[person] === word).length / pairs.length;
  const words = new Set(pairs.flat());
  let chance = 0;
  for (const word of words) chance += said(0, word) * said(1, word);
  return { pairs: pairs.length, share, kappa: chance > 1 - 1e-12 ? null : (share - chance) / (1 - chance) };
}
