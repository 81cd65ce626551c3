import type { Meaning } from './column-meaning.ts';
import type { FieldDraft } from './field-plan.ts';
import { dateOrder } from './prepare-date.ts';
import { columnOf } from './table.ts';

/** The date of birth, whole or in parts; the age where there is no more. */
export function planBirth(draft: FieldDraft): void {
  const { table, plan, made, cleaned, add, block } = draft;
  const of = (meaning: Meaning): string[] => draft.of(meaning).map(({ column }) => column);
  for (const column of of('birth-date')) {
    const date = cleaned(column, 'date', dateOrder(columnOf(table, column).values));
    add(column, [date], 'date');
    block(date, 'birth-date');
    plan.dates.push(column);
  }
  const [year, month, day] = [of('birth-year')[0], of('birth-month')[0], of('birth-day')[0]];
  if (year && month && day) {
    const date = made({ column: 'birth', from: [year, month, day], as: 'date' });
    add('birth', [date], 'date');
    block(date, 'birth-date');
    plan.dates.push('birth');
  } else {
    for (const column of [year, month, day, ...of('age')]) {
      if (column === undefined) continue;
      const number = cleaned(column, 'number');
      const near = column === year ? 0.9994 : 0.96;
      add(column, [number], 'number', {
        levels: [
          { is: 'exact', m: 0.85 },
          { is: 'similar', at: near, m: 0.08 },
          { is: 'different', m: 0.07 },
        ],
      });
      block(number, 'category');
    }
  }
}
