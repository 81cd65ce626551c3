import { type Blocks, blocksOf } from './block.ts';
import { bind, type Linker } from './linker.ts';
import type { Learned } from './learned.ts';
import { type LearnedColumns, prepare } from './prepare.ts';
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
  /** What the file taught those who prepared its columns. */
  columns: () => LearnedColumns;
}

interface Kept {
  settings: string;
  /** What it was bound with; undefined: the table's own frequencies and blocks. */
  learned: Learned | undefined;
  bound: Bound;
}

const kept = new WeakMap<Table, Kept>();
/** What was learned from a bound table: to be bound with it would come to the same. */
const learnedFrom = new WeakMap<Learned, Bound>();

/** With `learned`, as the model's file was; without, as the table is. */
export function boundTo(table: Table, settings: Settings, learned?: Learned): Bound {
  const known = knownBound(table, settings, learned);
  if (known) return known;
  let blocks: Blocks | undefined;
  const { table: own, order, columns } = arranged(table, settings, learned);
  const bound: Bound = {
    columns,
    linker: bind(own, settings, { learned }),
    blocks: () => {
      if (blocks === undefined) {
        blocks = blocksOf(own, settings, { learned: learned?.blocks });
        if (order) releaseCodes(order, settings);
      }
      return blocks;
    },
    ...(order ? { order } : {}),
  };
  return keepBound(table, settings, learned, bound);
}

/** Says that a model was learned from what is bound, so that it need not be bound again for it. */
export function rememberLearned(learned: Learned, bound: Bound): void {
  learnedFrom.set(learned, bound);
}

/** The table with the columns and the order of rows that linkage works on. */
export function arranged(
  table: Table,
  settings: Settings,
  learned: Learned | undefined,
): { table: Table; order?: Reordered; columns: () => LearnedColumns } {
  for (const { codes } of Object.values(table.columns)) {
    if (codes.length < table.rows) throw new RangeError('A column has not as many codes as the table has rows: was it handed over?');
  }
  const { table: ready, learned: columns } = prepare(table, settings, learned);
  const order = reorder(ready, settings);
  return { table: order?.table ?? ready, columns, ...(order ? { order } : {}) };
}

/** What is kept of a table for these settings, if anything. */
export function knownBound(table: Table, settings: Settings, learned: Learned | undefined): Bound | undefined {
  const known = kept.get(table);
  if (known === undefined || known.settings !== JSON.stringify(settings)) return undefined;
  return known.learned === learned || (learned && learnedFrom.get(learned) === known.bound) ? known.bound : undefined;
}

export function keepBound(table: Table, settings: Settings, learned: Learned | undefined, bound: Bound): Bound {
  kept.set(table, { settings: JSON.stringify(settings), learned, bound });
  return bound;
}

/** Lets go of what is kept for a table, when its caller knows that it needs it no more. */
export function unbind(table: Table): void {
  kept.delete(table);
}
