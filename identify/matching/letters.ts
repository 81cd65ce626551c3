/**
 * Which letters a text has, as 32 bits: enough to see at once that two texts cannot be alike, which spares most comparisons
 * their work. Letters beyond a–z share bits, which only makes the bound weaker, never wrong.
 */
export function letterSet(text: string): number {
  let set = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    set |= code >= 97 && code <= 122 ? 1 << (code - 97) : 1 << (26 + (code % 6));
  }
  return set;
}

/** Letter sets of texts by code, read when first asked for. */
export function letterSets(texts: readonly string[]): (code: number) => number {
  const sets = new Int32Array(texts.length);
  return (code) => {
    if (code >= sets.length) return letterSet(texts[code]!);
    return sets[code] !== 0 ? sets[code]! : (sets[code] = letterSet(texts[code]!));
  };
}

/** No fewer edits than this make texts with these letters equal. */
export function fewestEdits(a: number, b: number): number {
  const onlyA = bits(a & ~b);
  const onlyB = bits(b & ~a);
  return onlyA > onlyB ? onlyA : onlyB;
}

/** Jaro–Winkler of texts with these letters is no more than this. */
export function mostAlike(x: string, y: string, a: number, b: number): number {
  const common = Math.min(x.length - bits(a & ~b), y.length - bits(b & ~a));
  if (common <= 0) return 0;
  const jaro = (common / x.length + common / y.length + 1) / 3;
  if (jaro <= 0.7) return jaro;
  const most = Math.min(4, x.length, y.length);
  let prefix = 0;
  while (prefix < most && x.charCodeAt(prefix) === y.charCodeAt(prefix)) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}

function bits(set: number): number {
  let v = set - ((set >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
