import type { Table } from './table.ts';

/** How much a feature matters, as a share of all of them. */
export interface Importance {
  feature: string;
  share: number;
}

/** @throws RangeError if there is not one label a row, or all are alike. */
export function checkLabels({ rows }: Table, labels: Uint8Array): void {
  if (labels.length !== rows) throw new RangeError(`There are ${rows} rows and ${labels.length} labels.`);
  let ones = 0;
  for (const label of labels) ones += label ? 1 : 0;
  if (ones === 0 || ones === rows) throw new RangeError('Nothing can be learned where all rows have the same label.');
}

/** The same features as shares of their sum, greatest first. */
export function shares(sizes: readonly Importance[]): Importance[] {
  const total = sizes.reduce((sum, { share }) => sum + share, 0);
  return sizes.map(({ feature, share }) => ({ feature, share: total > 0 ? share / total : 0 })).toSorted((a, b) => b.share - a.share);
}
