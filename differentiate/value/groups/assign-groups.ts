import type { Table } from '../learn/table.ts';
import { centresOf, type GroupModel } from './find-groups.ts';
import { distanceTo, pointsOf } from './group-space.ts';

export interface Assignment {
  /** The group of each row, 0…count−1. */
  groups: Uint8Array;
  /** How well it fits, −1…1: how much nearer its own centre is than the next one (the silhouette by centres; Hruschka et al., 2004). */
  fit: Float32Array;
  /** Distance from the own centre, in deviations over all features: the least is the most typical. */
  distance: Float32Array;
}

/** Rows become points so many at a time: a million need no memory of their own. */
const BLOCK = 16_384;

/** The nearest group of each row. Linear in rows, features and groups. */
export function assignGroups(model: GroupModel, table: Table): Assignment {
  const centres = centresOf(model);
  const groups = new Uint8Array(table.rows);
  const fit = new Float32Array(table.rows);
  const distance = new Float32Array(table.rows);
  for (let from = 0; from < table.rows; from += BLOCK) {
    const points = pointsOf(table, model.axes, from, Math.min(from + BLOCK, table.rows));
    for (let row = 0; row < points.rows; row++) {
      let [own, least, next] = [0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      for (let group = 0; group < centres.count; group++) {
        const squared = distanceTo(points, row, centres, group);
        if (squared < least) {
          next = least;
          least = squared;
          own = group;
        } else if (squared < next) next = squared;
      }
      const [inside, outside] = [Math.sqrt(least), Math.sqrt(next)];
      groups[from + row] = own;
      fit[from + row] = outside > 0 && outside < Number.POSITIVE_INFINITY ? (outside - inside) / outside : 0;
      distance[from + row] = inside;
    }
  }
  return { groups, fit, distance };
}

/** The rows nearest to the centre of each group, most typical first. */
export function typicalRows({ groups, distance }: Pick<Assignment, 'groups' | 'distance'>, count: number, each: number): number[][] {
  const typical: number[][] = Array.from({ length: count }, () => []);
  for (let row = 0; row < groups.length; row++) {
    const list = typical[groups[row]!]!;
    if (list.length === each && distance[row]! >= distance[list.at(-1)!]!) continue;
    const place = list.findIndex((other) => distance[row]! < distance[other]!);
    list.splice(place < 0 ? list.length : place, 0, row);
    if (list.length > each) list.pop();
  }
  return typical;
}
