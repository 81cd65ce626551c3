// Words that are a common one with a slip of the pen: gmial.com, Madird.

export interface Counted {
  word: string;
  records: number;
}

export interface Misspelt extends Counted {
  right: string;
}

/** So many times rarer than the word it looks like, or it may be a word of its own. */
const RARER = 50;
/** A common word is looked for among so many. */
const COMMONEST = 200;
const SHORTEST = 5;
/** Real mail domains, one slip from one commoner still. */
const REAL = new Set(
  '@ymail.com @mail.com @email.com @hotmail.co @yahoo.co @live.com @line.com @gmx.com @gmx.net @gmx.es @gmx.de @me.com @mac.com @aol.com'.split(
    ' ',
  ),
);

/**
 * The words that are one slip (a letter left out, added, changed, or two changed over) away from one that is far commoner.
 * Works on counts, in any language; only a few real mail domains are known by name.
 *
 * @returns most records first.
 */
export function misspelt(words: readonly Counted[], { rarer = RARER }: { rarer?: number } = {}): Misspelt[] {
  const sorted = words.toSorted((a, b) => b.records - a.records || (a.word < b.word ? -1 : 1));
  const common = sorted.slice(0, COMMONEST);
  const found: Misspelt[] = [];
  for (const { word, records } of sorted) {
    if (word.length < SHORTEST || REAL.has(word)) continue;
    const right = common.find((other) => other.records >= records * rarer && oneSlip(word, other.word));
    if (right) found.push({ word, records, right: right.word });
  }
  return found;
}

/** Whether two words differ by one letter left out, added or changed, or by two neighbours changed over (Damerau, 1964). */
export function oneSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}
