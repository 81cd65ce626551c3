/**
 * A number of 53 bits that stands for a text: what a model remembers of values, so that it knows them again without holding them. Two
 * texts share one with a probability of 10⁻¹⁶; a million values hold such a pair with one of 10⁻⁴, which would mistake one frequency.
 *
 * Two hashes in the manner of FNV-1a over UTF-16 units, with other multipliers, each mixed at the end.
 */
export function fingerprint(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x5bd1e995);
    high ^= high >>> 13;
  }
  return (mixed(high) >>> 11) * 2 ** 32 + mixed(low);
}

/** The fingerprint of several values together; missing ones at the end make no difference. */
export function fingerprintOfAll(values: readonly string[]): number {
  let length = values.length;
  while (length > 1 && values[length - 1] === '') length--;
  return length === 1 ? fingerprint(values[0]!) : fingerprint(values.slice(0, length).join(BETWEEN));
}

const BETWEEN = '\u001f';

function mixed(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
