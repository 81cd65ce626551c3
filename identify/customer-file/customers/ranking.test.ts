import { describe, expect, it } from 'vitest';
import { type RankedPlace, rankedRows } from './ranking.ts';

/** A ranking of so many, and the asks it heard. */
function rankingOf(count: number) {
  const all = Array.from({ length: count }, (_, n): RankedPlace => ({ id: String(n), value: String(n) }));
  const asked: number[] = [];
  const next = async (after: RankedPlace | undefined, limit: number) => {
    asked.push(limit);
    const from = after ? Number(after.id) + 1 : 0;
    return all.slice(from, from + limit);
  };
  return { next, asked };
}
/** A list that holds every so manieth of them. */
const every = (nth: number) => async (ranked: readonly RankedPlace[], limit: number) =>
  ranked
    .filter(({ id }) => Number(id) % nth === nth - 1)
    .slice(0, limit)
    .map(({ id, value }) => ({ id, sort_value: value }));

describe('rows of a ranking', () => {
  it('are the first that are on the list, and go on after a place', async () => {
    const { next, asked } = rankingOf(10_000);
    const first = await rankedRows(next, every(1), undefined, 3);
    expect(first!.map(({ id }) => id)).toEqual(['0', '1', '2']);
    expect(asked).toHaveLength(1);
    const later = await rankedRows(next, every(1), { id: '2', value: '2' }, 3);
    expect(later!.map(({ id }) => id)).toEqual(['3', '4', '5']);
  });

  it('are looked for further down where few are on the list', async () => {
    const { next, asked } = rankingOf(10_000);
    const found = await rankedRows(next, every(100), undefined, 20);
    expect(found!.map(({ id }) => Number(id))).toEqual(Array.from({ length: 20 }, (_, n) => 99 + 100 * n));
    expect(asked).toHaveLength(2);
  });

  it('are fewer where the ranking ends', async () => {
    expect(await rankedRows(rankingOf(250).next, every(100), undefined, 20)).toHaveLength(2);
    expect(await rankedRows(rankingOf(0).next, every(1), undefined, 20)).toEqual([]);
  });

  it('are left to the desk where nearly nobody is on the list, and where there is no ranking', async () => {
    const { next, asked } = rankingOf(1_000_000);
    expect(await rankedRows(next, every(50_000), undefined, 20)).toBeUndefined();
    expect(asked.reduce((sum, n) => sum + n, 0)).toBeLessThan(5_000);
    expect(await rankedRows(async () => undefined, every(1), undefined, 20)).toBeUndefined();
  });
});
