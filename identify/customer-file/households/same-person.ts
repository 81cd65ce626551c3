import type { People } from './people.ts';

/**
 * Whether two people look like one who is in the file twice: surnames that do not differ, one given name in two writings, no two birth
 * dates. That is for the review of duplicates to decide; it makes no household.
 */
export function maybeOnePerson({ given, birth, surname1, surname2, givenNames }: People, a: number, b: number): boolean {
  if (given[a] === 0 || given[b] === 0 || surname1[a] !== surname1[b]) return false;
  if (surname2[a] !== 0 && surname2[b] !== 0 && surname2[a] !== surname2[b]) return false;
  if (birth[a] !== 0 && birth[b] !== 0 && birth[a] !== birth[b]) return false;
  return given[a] === given[b] || nearlyEqual(givenNames.get(given[a]!) ?? '', givenNames.get(given[b]!) ?? '');
}

/** One writing error apart, two in a long name; or a second given name left out. */
function nearlyEqual(a: string, b: string): boolean {
  if (a === '' || b === '') return false;
  if (a.startsWith(`${b} `) || b.startsWith(`${a} `)) return true;
  return distance(a, b) <= (Math.min(a.length, b.length) >= LONG ? 2 : 1);
}

const LONG = 8;

/** Edit distance in which two letters swapped count once (optimal string alignment). For words: quadratic. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}
