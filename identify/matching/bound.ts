import { type Blocks, blocksOf } from './block.ts';
import { bind, type Linker } from './linker.ts';
import { type Reordered, reorder } from './row-order.ts';
import type { Settings } from './settings.ts';
import type { Table } from './table.ts';

/**
 * Settings bound to a table, kept as long as the table lives, because train, predict, cluster and explain each need it and
 * it costs as much as they do. One settings object a table: other settings replace it.
 */
export interface Bound {
  linker: Linker;
  /** Built when first asked for: explaining and clustering need none. */
  blocks(): Blocks;
  /** The linker's rows stand in this order, where it pays; absent where they stand in the table's. */
  order?: Reordered;
}

const kept = new WeakMap<Table, { settings: string; bound: Bound }>();

export function boundTo(table: Table, settings: Settings): Bound {
  const text = JSON.stringify(settings);
  const known = kept.get(table);
  if (known?.settings === text) return known.bound;
  let blocks: Blocks | undefined;
  const order = reorder(table, settings);
  const own = order?.table ?? table;
  const bound: Bound = { linker: bind(own, settings), blocks: () => (blocks ??= blocksOf(own, settings)), ...(order ? { order } : {}) };
  kept.set(table, { settings: text, bound });
  return bound;
}

/** Lets go of what is kept for a table, when its caller knows that it needs it no more. */
export function unbind(table: Table): void {
  kept.delete(table);
}
