import { combine } from './key-hash.ts';
import type { KeyFinder, KeyPart } from './key-finder.ts';
import { nameOfKey } from './key-name.ts';
import type { LearnedBlocks } from './learned.ts';
import { pairTable } from './pair-table.ts';
import type { BlockingKey, BlockingRule, Settings } from './settings.ts';
import { sharedUint32 } from './shared-memory.ts';
import { splitBlocks } from './split-blocks.ts';
import { addString, stringTable } from './string-table.ts';
import { columnOf, type Table } from './table.ts';
import { transformation } from './transform.ts';

/**
 * The blocking keys of every row. A rule has one slot, or several where any of some columns may agree; two rows are a
 * candidate pair of the rule when a slot of one equals a slot of the other. Key 0 agrees with nothing.
 */
export interface Blocks {
  rows: number;
  rules: RuleKeys[];
  /** Keys of all slots of all rules row by row, so that a row's keys lie in one or two cache lines. */
  keys: Uint32Array;
  /** Slots of all rules together: the width of a row in `keys`. */
  width: number;
}

export interface RuleKeys {
  /** The rule as people read it: `birth_date + surname1|surname2`. */
  label: string;
  /** The columns that agree in its pairs. */
  columns: string[];
  /** Its slots are `keys[row * width + offset … + slots)`. */
  offset: number;
  slots: number;
  keyCount: number;
  /** Rows with key k: `members[starts[k] … starts[k + 1])`, ascending. */
  starts: Uint32Array;
  members: Uint32Array;
  /** Rows in blocks that even refined were too large, and the pairs they would have brought. */
  droppedRows: number;
  droppedPairs: number;
  /** Which keys were split or left out: what a model keeps of it. */
  learned: LearnedBlocks;
  /** Finds the keys of new records, where the blocks were built for them. */
  finder?: KeyFinder;
}

export interface BlockOptions {
  /** Rows that are alone under their key are listed too, for new records to find them; passing over them spares much of the work. */
  forNewRows?: boolean;
  /** Keys that were too large when a model was trained are split or left out, and others not; without, those that are too large now. */
  learned?: readonly LearnedBlocks[];
}

/** What the blocks will hold: known before they are built, so that threads can each build some of the rules. */
export interface BlockPlan {
  rules: RulePlan[];
  width: number;
}

export interface RulePlan {
  rule: BlockingRule;
  /** Which of its columns each part takes, slot by slot. */
  choices: number[][];
  offset: number;
}

/** Key codes of parts that several rules use, by the part as JSON. */
export type KnownParts = Map<string, KeyPart>;

export function planBlocks(table: Table, settings: Settings): BlockPlan {
  // A deterministic rule must see its pairs whatever the blocking says.
  const rules: BlockingRule[] = [...settings.blocking];
  for (const { equal } of settings.rules) {
    const label = equal.join(' + ');
    if (!rules.some((rule) => labelOf(rule) === label)) rules.push({ keys: equal.map((column) => ({ column })) });
  }
  let width = 0;
  const plans: RulePlan[] = [];
  for (const rule of rules) {
    if (!rule.keys.every((key) => columnsOf(table, key).length > 0)) continue;
    const choices = combinations(rule.keys.map((key) => columnsOf(table, key).length));
    plans.push({ rule, choices, offset: width });
    width += choices.length;
  }
  return { rules: plans, width };
}

export function blocksOf(table: Table, settings: Settings, options: BlockOptions = {}): Blocks {
  const plan = planBlocks(table, settings);
  const keys = sharedUint32(table.rows * plan.width);
  const known: KnownParts = new Map();
  const rules = plan.rules.map((rule) => buildRule(table, settings, rule, { keys, width: plan.width, known, ...options }));
  return { rows: table.rows, rules, keys, width: plan.width };
}

export function labelOf(rule: BlockingRule): string {
  return rule.keys.map(({ column, transform }) => [column].flat().join('|') + (transform ? `[${transform}]` : '')).join(' + ');
}

/** Builds one rule and writes its slots into the rows of `keys`. */
export function buildRule(
  table: Table,
  settings: Settings,
  { rule, choices, offset }: RulePlan,
  { keys, width, known, forNewRows = false, learned }: { keys: Uint32Array; width: number; known: KnownParts } & BlockOptions,
): RuleKeys {
  const parts = rule.keys.map((key) => {
    const id = JSON.stringify(key);
    const part = known.get(id) ?? keyPart(table, key);
    known.set(id, part);
    return part;
  });
  const columns = choices.map((choice) => parts.map((part, p) => keyCodes(table, part, choice[p]!)));
  const combined = parts.length > 1 ? combine(columns, table.rows, forNewRows) : undefined;
  const size = combined?.table.size ?? parts[0]!.size;
  const used = parts.flatMap((part) => part.columns);
  const label = labelOf(rule);
  const nameOf = (row: number, slot: number): string =>
    nameOfKey(parts.map((part, p) => part.transform(valueOf(table, part.columns[choices[slot]![p]!]!, row))));
  const before = learned && (learned.find((one) => one.rule === label) ?? NOTHING_SPLIT);
  const refined = splitBlocks(table, settings, used, { slots: combined?.slots ?? columns.map(([codes]) => codes!), size, nameOf }, before);
  const split = refined.refinements.filter(({ keys: own }) => own.size > 0).map(({ column, keys: own }) => ({ column, keys: [...own] }));
  refined.slots.forEach((codes, slot) => {
    for (let i = 0, at = offset + slot; i < table.rows; i++, at += width) keys[at] = codes[i]!;
  });
  return {
    label,
    columns: used,
    offset,
    slots: choices.length,
    keyCount: refined.keyCount,
    ...group(refined.slots, refined.keyCount, table.rows),
    droppedRows: refined.droppedRows,
    droppedPairs: refined.droppedPairs,
    learned: { rule: label, split, leftOut: [...refined.leftOutKeys] },
    ...(forNewRows
      ? {
          finder: {
            choices,
            parts,
            ...(combined ? { table: combined.table } : {}),
            builtSize: size,
            refinements: refined.refinements,
            leftOut: refined.leftOut,
            leftOutKeys: refined.leftOutKeys,
            later: pairTable(),
            laterPairs: pairTable(),
          },
        }
      : {}),
  };
}

const NOTHING_SPLIT = { rule: '', split: [], leftOut: [] };

function keyCodes(table: Table, part: KeyPart, choice: number): Uint32Array {
  const { codes } = columnOf(table, part.columns[choice]!);
  const map = part.maps[choice];
  if (map === undefined) return codes;
  const mapped = new Uint32Array(codes.length);
  for (let i = 0; i < codes.length; i++) mapped[i] = map[codes[i]!]!;
  return mapped;
}

function valueOf(table: Table, column: string, row: number): string {
  const { codes, values } = columnOf(table, column);
  return values[codes[row]!]!;
}

/** Rows by key, by counting. A row that has the same key in two slots is listed once. */
function group(slots: readonly Uint32Array[], keyCount: number, rows: number): { starts: Uint32Array; members: Uint32Array } {
  const starts = sharedUint32(keyCount + 2);
  const repeated = (i: number, slot: number): boolean => {
    for (let earlier = 0; earlier < slot; earlier++) if (slots[earlier]![i] === slots[slot]![i]) return true;
    return false;
  };
  for (let slot = 0; slot < slots.length; slot++) {
    const codes = slots[slot]!;
    for (let i = 0; i < rows; i++) if (codes[i] !== 0 && (slot === 0 || !repeated(i, slot))) starts[codes[i]! + 1]!++;
  }
  for (let key = 1; key < starts.length; key++) starts[key]! += starts[key - 1]!;
  const next = Uint32Array.from(starts);
  const members = sharedUint32(starts.at(-1)!);
  for (let i = 0; i < rows; i++) {
    for (let slot = 0; slot < slots.length; slot++) {
      const key = slots[slot]![i]!;
      if (key !== 0 && (slot === 0 || !repeated(i, slot))) members[next[key]!++] = i;
    }
  }
  return { starts, members };
}

function columnsOf(table: Table, key: BlockingKey): string[] {
  return [key.column].flat().filter((name) => name in table.columns);
}

function keyPart(table: Table, key: BlockingKey): KeyPart {
  const columns = columnsOf(table, key);
  if (columns.length === 1 && key.transform === undefined) {
    return { key, columns, maps: [undefined], transform: transformation(undefined), size: columnOf(table, columns[0]!).values.length - 1 };
  }
  // Several columns, or a transform, need codes of their own.
  const transform = transformation(key.transform);
  const strings = stringTable(['']);
  const maps = columns.map((name) => {
    const { values } = columnOf(table, name);
    const map = new Uint32Array(values.length);
    for (let code = 1; code < values.length; code++) map[code] = addString(strings, transform(values[code]!));
    return map;
  });
  return { key, columns, maps, transform, strings, size: strings.values.length - 1 };
}

function combinations(sizes: readonly number[]): number[][] {
  let out: number[][] = [[]];
  for (const size of sizes) out = out.flatMap((head) => Array.from({ length: size }, (_, k) => [...head, k]));
  return out;
}
