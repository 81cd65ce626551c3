/** A stretch of a value that the other value has too, or has not. */
export interface Stretch {
  text: string;
  same: boolean;
}

/** Longer values are compared whole: nobody reads letter by letter there. */
const MOST_LETTERS = 200;

/**
 * Two values in stretches, letter by letter: what both have, in the same order, and what only one has. Case and accents make no
 * difference, as they make none to the comparison. Source: longest common subsequence by dynamic programming.
 */
export function differences(left: string, right: string): [Stretch[], Stretch[]] {
  const [a, b] = [[...left], [...right]];
  if (a.length > MOST_LETTERS || b.length > MOST_LETTERS) {
    const same = left === right;
    return [[{ text: left, same }], [{ text: right, same }]];
  }
  const [plainA, plainB] = [a.map(plain), b.map(plain)];
  const width = b.length + 1;
  const longest = new Uint8Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] =
        plainA[i] === plainB[j]
          ? longest[(i + 1) * width + j + 1]! + 1
          : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
    }
  }
  const [first, second]: [Stretch[], Stretch[]] = [[], []];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && plainA[i] === plainB[j]) {
      append(first, a[i++]!, true);
      append(second, b[j++]!, true);
    } else if (j === b.length || (i < a.length && longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!)) {
      append(first, a[i++]!, false);
    } else append(second, b[j++]!, false);
  }
  return [first, second];
}

function append(stretches: Stretch[], text: string, same: boolean): void {
  const last = stretches.at(-1);
  if (last?.same === same) last.text += text;
  else stretches.push({ text, same });
}

const plain = (letter: string) => letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase() || letter;
