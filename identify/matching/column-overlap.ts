import { columnOf, type Table } from './table.ts';

/** Whether some columns are mostly filled where the others are not. */
export function complementary(table: Table, columns: readonly string[], others: readonly string[]): boolean {
  if (columns.length === 0 || others.length === 0) return false;
  const mine = columns.map((name) => columnOf(table, name).codes);
  const theirs = others.map((name) => columnOf(table, name).codes);
  let filled = 0;
  let both = 0;
  for (let i = 0; i < table.rows; i++) {
    if (!mine.some((codes) => codes[i] !== 0)) continue;
    filled++;
    if (theirs.some((codes) => codes[i] !== 0)) both++;
  }
  return filled > 0 && both < filled * 0.3;
}

/** Columns of one meaning in groups that stand in for one another: each group is one field. */
export function groupMerged(table: Table, columns: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (const column of columns) {
    const group = groups.find((members) => complementary(table, [column], members) && complementary(table, members, [column]));
    if (group) group.push(column);
    else groups.push([column]);
  }
  return groups;
}
