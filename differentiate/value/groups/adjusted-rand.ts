/**
 * How alike two partitions of the same rows are: 1 is the same whatever the groups are called, 0 what chance would give.
 * Source: Hubert & Arabie, "Comparing partitions", 1985.
 */
export function adjustedRand(one: Uint8Array, other: Uint8Array): number {
  const cells = new Map<number, number>();
  const [rows, columns] = [new Int32Array(256), new Int32Array(256)];
  one.forEach((a, i) => {
    const b = other[i]!;
    rows[a]!++;
    columns[b]!++;
    cells.set(a * 256 + b, (cells.get(a * 256 + b) ?? 0) + 1);
  });
  const pairs = (counts: Iterable<number>) => {
    let sum = 0;
    for (const count of counts) sum += (count * (count - 1)) / 2;
    return sum;
  };
  const [together, inOne, inOther, all] = [pairs(cells.values()), pairs(rows), pairs(columns), pairs([one.length])];
  const chance = all > 0 ? (inOne * inOther) / all : 0;
  const most = (inOne + inOther) / 2;
  return most === chance ? 1 : (together - chance) / (most - chance);
}
