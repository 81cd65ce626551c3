/**
 * Similarity of two short strings, 0 to 1: Jaro's share of common characters in about the same place, with Winkler's
 * bonus of 0.1 for each of the first four characters in common (where Jaro is above 0.7).
 *
 * Bit-parallel for strings of at most 32 units: which characters of `a` are still free is one machine word.
 * Source: Winkler, "String comparator metrics and enhanced decision rules in the Fellegi–Sunter model", ASA 1990.
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return a.length === 0 ? 0 : 1;
  const la = a.length;
  const lb = b.length;
  if (la === 0 || lb === 0) return 0;
  // Which characters are matched first can matter; a fixed order makes the measure symmetric.
  const inOrder = la < lb || (la === lb && a < b);
  const first = inOrder ? a : b;
  const second = inOrder ? b : a;
  const jaro = la <= 32 && lb <= 32 ? jaroOfWords(first, second) : jaroByTheBook(first, second);
  if (jaro <= 0.7) return jaro;
  const most = Math.min(4, la, lb);
  let prefix = 0;
  while (prefix < most && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}

function jaroOfWords(a: string, b: string): number {
  const la = a.length;
  const lb = b.length;
  const reach = Math.max(0, (Math.max(la, lb) >> 1) - 1);
  for (let i = 0; i < la; i++) masks[a.charCodeAt(i)]! |= 1 << i;

  let taken = 0;
  let common = 0;
  for (let j = 0; j < lb; j++) {
    const from = j - reach;
    const to = j + reach;
    if (from >= la) break;
    let window = to >= 31 ? -1 : (1 << (to + 1)) - 1;
    if (from > 0) window &= -1 << from;
    const free = masks[b.charCodeAt(j)]! & window & ~taken;
    if (free !== 0) {
      taken |= free & -free;
      inB[common++] = j;
    }
  }
  for (let i = 0; i < la; i++) masks[a.charCodeAt(i)] = 0;
  if (common === 0) return 0;

  let outOfPlace = 0;
  for (let k = 0; k < common; k++) {
    const lowest = taken & -taken;
    taken ^= lowest;
    if (a.charCodeAt(31 - Math.clz32(lowest)) !== b.charCodeAt(inB[k]!)) outOfPlace++;
  }
  return (common / la + common / lb + (common - (outOfPlace >> 1)) / common) / 3;
}

/** The same as the definition says it, for long strings and as the oracle of the tests. */
export function jaroByTheBook(a: string, b: string): number {
  const la = a.length;
  const lb = b.length;
  const reach = Math.max(0, (Math.max(la, lb) >> 1) - 1);
  const taken = new Uint8Array(la);
  const matched: number[] = [];
  for (let j = 0; j < lb; j++) {
    const end = Math.min(la - 1, j + reach);
    for (let i = Math.max(0, j - reach); i <= end; i++) {
      if (taken[i] || a.charCodeAt(i) !== b.charCodeAt(j)) continue;
      taken[i] = 1;
      matched.push(j);
      break;
    }
  }
  const common = matched.length;
  if (common === 0) return 0;
  let outOfPlace = 0;
  for (let i = 0, k = 0; i < la; i++) if (taken[i] && a.charCodeAt(i) !== b.charCodeAt(matched[k++]!)) outOfPlace++;
  return (common / la + common / lb + (common - (outOfPlace >> 1)) / common) / 3;
}

const masks = new Int32Array(65_536);
const inB = new Int32Array(32);
