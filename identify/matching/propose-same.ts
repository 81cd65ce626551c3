import { type ColumnProfile, columnProfile, type Meaning } from './column-meaning.ts';
import { planFields } from './propose-fields.ts';
import type { DeterministicRule } from './settings.ts';
import type { FieldPlan } from './field-plan.ts';
import type { Table } from './table.ts';

/** What the records of a table are compared by when they are all the same. */
export interface SamePlan {
  columns: ColumnProfile[];
  plan: FieldPlan;
  rules: DeterministicRule[];
}

/** What says by itself who or what a record is about. */
const TELLING = new Set<Meaning>(['id', 'email', 'phone', 'full-name', 'company', 'words']);

/**
 * A file of one person written many times: no column differs, so nothing can be learned, and columns that never differ are otherwise left
 * out as saying nothing. What is the same in everything that says who it is about is one. Undefined where no column says that.
 */
export function sameThroughout(table: Table, hints: Record<string, Meaning> | undefined): SamePlan | undefined {
  if (table.rows < 2) return undefined;
  const columns = Object.entries(table.columns).map(([name, column]) => columnProfile(name, column, hints?.[name], true));
  const same = columns.filter(({ distinct, filled, meaning }) => distinct === 1 && filled === 1 && meaning !== 'ignore');
  const has = (meaning: Meaning): boolean => same.some((column) => column.meaning === meaning);
  if (!same.some(({ meaning }) => TELLING.has(meaning)) && !(has('given') && has('surname'))) return undefined;
  const kept = columns.map((column) =>
    column.distinct === 1 && !same.includes(column) ? { ...column, meaning: 'ignore' as const, because: 'always the same' } : column,
  );
  const plan = planFields(table, kept);
  if (plan.fields.length === 0) return undefined;
  return { columns: kept, plan, rules: [{ name: 'the same in everything', equal: same.map(({ column }) => column) }] };
}
