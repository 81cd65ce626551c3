import { type Blocks, blocksOf } from './block.ts';
import { bind, type Linker } from './linker.ts';
import { prepare } from './prepare.ts';
import { releaseCodes, type Reordered, reorder } from './row-order.ts';
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
  const known = knownBound(table, settings);
  if (known) return known;
  let blocks: Blocks | undefined;
  const { table: own, order } = arranged(table, settings);
  const bound: Bound = {
    linker: bind(own, settings),
    blocks: () => {
      if (blocks === undefined) {
        blocks = blocksOf(own, settings);
        if (order) releaseCodes(order, settings);
      }
      return blocks;
    },
    ...(order ? { order } : {}),
  };
  return keepBound(table, settings, bound);
}

/** The table with the columns and the order of rows that linkage works on. */
export function arranged(table: Table, settings: Settings): { table: Table; order?: Reordered } {
  for (const { codes } of Object.values(table.columns)) {
    if (codes.length < table.rows) throw new RangeError('A column has not as many codes as the table has rows: was it handed over?');
  }
  const ready = prepare(table, settings).table;
  const order = reorder(ready, settings);
  return order ? { table: order.table, order } : { table: ready };
}

/** What is kept of a table for these settings, if anything. */
export function knownBound(table: Table, settings: Settings): Bound | undefined {
  const known = kept.get(table);
  return known?.settings === JSON.stringify(settings) ? known.bound : undefined;
}

export function keepBound(table: Table, settings: Settings, bound: Bound): Bound {
  kept.set(table, { settings: JSON.stringify(settings), bound });
  return bound;
}

/** Lets go of what is kept for a table, when its caller knows that it needs it no more. */
export function unbind(table: Table): void {
  kept.delete(table);
}
