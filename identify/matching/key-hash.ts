import { addPair, type PairTable, pairTable } from './pair-table.ts';

/**
 * One key for the codes of several parts, by slot: their 63-bit hash, made dense. That two different combinations share a hash
 * is a matter of one in 10¹², and would cost one comparison.
 */
export function combine(columns: readonly Uint32Array[][], rows: number, forNewRows: boolean): { slots: Uint32Array[]; table: PairTable } {
  const hashes = columns.map((codes) => hashesOf(codes, rows));
  const repeated = forNewRows ? undefined : repeatedHashes(hashes, rows);
  const table = pairTable(repeated?.count ?? rows);
  const slots = hashes.map(({ lefts, rights }) => {
    const keys = new Uint32Array(rows);
    for (let i = 0; i < rows; i++) {
      const right = rights[i]!;
      if (right === 0) continue;
      const left = lefts[i]!;
      if (repeated && !(repeated.bits[(left >>> 5) & (repeated.bits.length - 1)]! & (1 << (left & 31)))) continue;
      keys[i] = addPair(table, left, right);
    }
    return keys;
  });
  return { slots, table };
}

interface Hashes {
  lefts: Uint32Array;
  /** 0 where a part is missing, otherwise odd. */
  rights: Uint32Array;
}

function hashesOf(codes: readonly Uint32Array[], rows: number): Hashes {
  const lefts = new Uint32Array(rows).fill(LEFT_SEED);
  const rights = new Uint32Array(rows).fill(RIGHT_SEED);
  for (const part of codes) {
    for (let i = 0; i < rows; i++) {
      const right = rights[i]!;
      if (right === 0) continue;
      const code = part[i]!;
      lefts[i] = mixLeft(lefts[i]!, code);
      rights[i] = code === 0 ? 0 : mixRight(right, code);
    }
  }
  return { lefts, rights };
}

/** A bit for each hash, set where two rows have it: a small table to ask before the large one. */
function repeatedHashes(hashes: readonly Hashes[], rows: number): { bits: Int32Array; count: number } {
  let words = 1024;
  while (words < rows / 2) words *= 2;
  const once = new Int32Array(words);
  const bits = new Int32Array(words);
  let count = 0;
  for (const { lefts, rights } of hashes) {
    for (let i = 0; i < rows; i++) {
      if (rights[i] === 0) continue;
      const left = lefts[i]!;
      const word = (left >>> 5) & (words - 1);
      const bit = 1 << (left & 31);
      if ((once[word]! & bit) === 0) once[word]! |= bit;
      else if ((bits[word]! & bit) === 0) {
        bits[word]! |= bit;
        count++;
      }
    }
  }
  return { bits, count };
}

export const LEFT_SEED = 0x9e3779b1;
export const RIGHT_SEED = 0x7f4a7c15;

export function mixLeft(hash: number, code: number): number {
  const mixed = Math.imul(hash ^ code, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

export function mixRight(hash: number, code: number): number {
  const mixed = Math.imul(hash + code, 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 13)) | 1) >>> 0;
}
