import { wordsOf } from './prepare-values.ts';
import { columnOf, type Table } from './table.ts';

/** Words that more records than this have bring too many pairs. */
const MOST_ROWS = 120;

/**
 * The rarest words of some texts together, among those that at least two records have: what two texts about one thing most likely
 * share, and few others do. One function for each of the `count` rarest, rarest first.
 */
export function rareWords(table: Table, from: readonly string[], count: number): ((values: readonly string[]) => string)[] {
  const rows = rowsByWord(table, from);
  let last = '';
  let ranked: string[] = [];
  return Array.from({ length: count }, (_, at) => (values: readonly string[]) => {
    const text = values.join('\n');
    if (text !== last) {
      ranked = [...new Set(values.flatMap(wordsOf))]
        .filter((word) => rows.has(word))
        .toSorted((a, b) => rows.get(a)! - rows.get(b)! || (a < b ? -1 : 1));
      last = text;
    }
    return ranked[at] ?? '';
  });
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
  const most = Math.max(20, Math.min(MOST_ROWS, table.rows / 20));
  for (const [word, n] of rows) if (n < 2 || n > most || word.length < 2) rows.delete(word);
  return rows;
}
