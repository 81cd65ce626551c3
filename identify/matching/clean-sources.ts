import { boundTo, unbind } from './bound.ts';
import { broughtBefore } from './candidates.ts';
import { MISSING } from './comparisons/comparison.ts';
import { levelOf } from './linker.ts';
import { seededRandom } from './random.ts';
import { samplePairs } from './sample-pairs.ts';
import type { Settings } from './settings.ts';
import { columnOf, type Table } from './table.ts';

/** Pairs looked at, at most: an even share of them from each rule. */
const MOST_PAIRS = 150_000;
/** Bits of agreement beyond what finds one row among all, from which two rows can only be twins or one entity. */
const SURE_BITS = 6;

/**
 * Which sources hold each entity once, by the data alone: pairs that agree in everything they can be compared in are one entity
 * where nothing else is so alike. Between sources they abound when both know the entity; within a clean source there are none. Where
 * records are of things (products, titles), whose variants differ in one sign, only pairs equal throughout count, and only two
 * sources are taken for two lists to be matched.
 */
export function cleanSources(table: Table, settings: Settings, column: string, things: boolean): string[] {
  const { codes: sources, values } = columnOf(table, column);
  const rowsOf = new Float64Array(values.length);
  for (let i = 0; i < table.rows; i++) rowsOf[sources[i]!]!++;
  const known = [...values.keys()].filter((code) => code !== 0 && rowsOf[code]! > 0);
  if (known.length < 2 || known.length > 20) return [];

  const bound = boundTo(table, settings);
  const { linker, order } = bound;
  const { fields, width, codes } = linker;
  const alike = new Float64Array(values.length);
  const across = new Float64Array(values.length);
  const equal = new Float64Array(values.length);
  const needed = Math.log2(table.rows) + SURE_BITS;
  const blocks = bound.blocks();
  const random = seededRandom(1);
  const weigh = (i: number, j: number): void => {
    let bits = 0;
    let compared = 0;
    let exact = 0;
    for (let f = 0; f < width; f++) {
      const a = codes[i * width + f]!;
      const level = levelOf(fields[f]!, a, codes[j * width + f]!);
      if (level === MISSING) continue;
      compared++;
      if (level === fields[f]!.levels.length - 1) return;
      if (level !== 0) continue;
      exact++;
      bits += Math.log2(fields[f]!.values.present / fields[f]!.values.counts[a]!);
    }
    const [x, y] = [sources[order?.rowAt[i] ?? i]!, sources[order?.rowAt[j] ?? j]!];
    const same = x === y;
    if (bits >= needed) {
      if (same) alike[x]!++;
      else {
        across[x]!++;
        across[y]!++;
      }
    }
    if (same && exact === compared && compared > 1 && bits >= needed - SURE_BITS) equal[x]!++;
  };
  blocks.rules.forEach((_, r) =>
    samplePairs(blocks, r, Math.ceil(MOST_PAIRS / blocks.rules.length), random, (i, j) => {
      if (!broughtBefore(blocks, r, i, j)) weigh(i, j);
    }),
  );
  unbind(table);
  return known
    .filter((code) => {
      const rows = rowsOf[code]!;
      const within = alike[code]! / Math.max(1, (rows * (rows - 1)) / 2);
      const between = across[code]! / Math.max(1, rows * (table.rows - rows));
      if (across[code]! >= 10 && within < 0.1 * between) return true;
      return things && known.length === 2 && rows >= 100 && equal[code]! < 0.003 * rows;
    })
    .map((code) => values[code]!)
    .toSorted();
}
