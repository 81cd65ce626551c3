import { fingerprint } from './fingerprint.ts';
import { rowsByFingerprint } from './frequency.ts';
import type { LearnedWords } from './learned.ts';
import { wordsOf } from './prepare-values.ts';
import { columnOf, type Table } from './table.ts';

/** Words that more records than this have bring too many pairs. */
const MOST_ROWS = 120;

/** Functions that give the rarest words of some texts together, one for each of so many, rarest first. */
export interface RareWords {
  makers: ((values: readonly string[]) => string)[];
  /** What a model keeps of them; {@link knownRareWords} makes the same of that. */
  learned(): Omit<LearnedWords, 'from'>;
}

/**
 * The rarest words of some texts together, among those that at least two records have: what two texts about one thing most likely
 * share, and few others do.
 */
export function rareWords(table: Table, from: readonly string[], count: number): RareWords {
  const rows = rowsByWord(table, from);
  return {
    makers: makersOf((word) => rows.get(word) ?? 0, count),
    learned: () => ({ words: Array.from(rows.keys(), fingerprint), rows: [...rows.values()] }),
  };
}

/** Those of a model: words that its file did not have, or had once, are no use. */
export function knownRareWords({ words, rows }: Omit<LearnedWords, 'from'>, count: number): RareWords['makers'] {
  const find = rowsByFingerprint({ present: 0, floor: 0, average: 0, values: words, rows });
  return makersOf((word) => find(fingerprint(word)), count);
}

/** `rowsWith`: 0 for words of no use. */
function makersOf(rowsWith: (word: string) => number, count: number): RareWords['makers'] {
  let last = '';
  let ranked: string[] = [];
  return Array.from({ length: count }, (_, at) => (values: readonly string[]) => {
    const text = values.join('\n');
    if (text !== last) {
      ranked = [...new Set(values.flatMap(wordsOf))]
        .filter((word) => rowsWith(word) > 0)
        .toSorted((a, b) => rowsWith(a) - rowsWith(b) || (a < b ? -1 : 1));
      last = text;
    }
    return ranked[at] ?? '';
  });
}

/** The most rows that a word may have for all words up to it to bring no more than some forty pairs a record, fewer in a large table. */
function affordable(counts: Iterable<number>, rows: number): number {
  const words = new Float64Array(MOST_ROWS + 1);
  for (const n of counts) if (n <= MOST_ROWS) words[n]!++;
  let left = Math.min(100_000 + 40 * rows, 4_000_000 + 4 * rows);
  let most = 2;
  for (let n = 2; n <= MOST_ROWS; n++) {
    left -= words[n]! * ((n * (n - 1)) / 2);
    if (left < 0) break;
    most = n;
  }
  return most;
}

/** How many rows have each word, the useless left out: those of one row, and those of too many. */
function rowsByWord(table: Table, from: readonly string[]): Map<string, number> {
  const rows = new Map<string, number>();
  for (const name of from) {
    const { codes, values } = columnOf(table, name);
    const counts = new Uint32Array(values.length);
    for (let i = 0; i < codes.length; i++) counts[codes[i]!]!++;
    for (let code = 1; code < values.length; code++) {
      const n = counts[code]!;
      if (n > 0) for (const word of new Set(wordsOf(values[code]!))) rows.set(word, (rows.get(word) ?? 0) + n);
    }
  }
  const most = Math.min(MOST_ROWS, Math.max(20, table.rows / 20), affordable(rows.values(), table.rows));
  for (const [word, n] of rows) if (n < 2 || n > most || word.length < 2) rows.delete(word);
  return rows;
}
