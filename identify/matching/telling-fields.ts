import type { FieldInput, FieldPlan } from './field-plan.ts';
import { preparedBy } from './prepare.ts';
import { columnOf, type Table } from './table.ts';

const MOST_FIELDS = 14;

/** As many fields as settings may have, those that say most. */
export function mostTelling(table: Table, plan: FieldPlan): FieldInput[] {
  if (plan.fields.length <= MOST_FIELDS) return plan.fields;
  const ready = preparedBy(table, plan.prepare);
  const bits = new Map(plan.fields.map((field) => [field, Math.max(...field.columns.map((column) => bitsOf(ready, column)))]));
  const kept = new Set(plan.fields.toSorted((a, b) => bits.get(b)! - bits.get(a)!).slice(0, MOST_FIELDS));
  return plan.fields.filter((field) => kept.has(field));
}

/** What agreement on a column says, times how often both have it. */
function bitsOf(table: Table, column: string): number {
  const { codes, values } = columnOf(table, column);
  const counts = new Uint32Array(values.length);
  for (let i = 0; i < codes.length; i++) counts[codes[i]!]!++;
  const present = codes.length - counts[0]!;
  let squares = 0;
  for (let code = 1; code < counts.length; code++) squares += counts[code]! ** 2;
  return present === 0 ? 0 : -Math.log2(squares / present ** 2) * (present / codes.length) ** 2;
}
