/**
 * Which old group each new one continues: those that share the most customers, one to one, if they share at least `least` of
 * all that belong to either (Jaccard's index); −1 for a group that continues none.
 *
 * @param old The old group of each customer, 255 where there was none.
 */
export function matchGroups(old: Uint8Array, now: Uint8Array, least = 0.3): Int16Array {
  const count = (groups: Uint8Array) => {
    const sizes = new Int32Array(256);
    for (const group of groups) sizes[group]!++;
    return sizes;
  };
  const [olds, news] = [count(old), count(now)];
  const shared = new Map<number, number>();
  now.forEach((group, row) => {
    if (old[row] !== 255) shared.set(group * 256 + old[row]!, (shared.get(group * 256 + old[row]!) ?? 0) + 1);
  });
  const continued = new Int16Array(now.reduce((greatest, group) => Math.max(greatest, group), -1) + 1).fill(-1);
  const taken = new Set<number>();
  const pairs = Array.from(shared, ([pair, both]) => {
    const [group, before] = [pair >> 8, pair & 255];
    return { group, before, overlap: both / (news[group]! + olds[before]! - both) };
  });
  for (const { group, before, overlap } of pairs.toSorted((a, b) => b.overlap - a.overlap)) {
    if (overlap < least || continued[group]! >= 0 || taken.has(before)) continue;
    continued[group] = before;
    taken.add(before);
  }
  return continued;
}
