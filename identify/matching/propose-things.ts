import type { FieldDraft } from './field-plan.ts';
import { dateOrder } from './prepare-date.ts';
import { columnOf } from './table.ts';

/** What describes a thing, and what nobody could name: words, sets, texts, numbers, categories, dates. */
export function planThings({ table, plan, people, of, add, block, cleaned }: FieldDraft): void {
  const title = of('words')
    .toSorted((a, b) => a.agreement / a.filled ** 2 - b.agreement / b.filled ** 2)
    .find(({ looks }) => looks!.length < 120)?.column;
  for (const { column } of of('words')) {
    const text = cleaned(column, 'clean');
    // What a thing is called is its own; who made it and where it appeared it shares with others.
    add(column, [text], 'words', { shared: plan.about === 'things' && column !== title });
    plan.texts.push(text);
  }
  for (const { column } of of('set')) {
    const text = cleaned(column, 'clean');
    add(column, [text], 'set');
    plan.texts.push(text);
  }
  for (const { column, looks } of of('text')) {
    const text = cleaned(column, 'clean');
    add(column, [text], 'text');
    block(text, 'text');
    if (looks && looks.words > 1.8) plan.texts.push(text);
  }
  for (const { column } of of('number')) add(column, [cleaned(column, 'number')], 'number');
  for (const { column, looks, because } of of('category')) {
    if (looks && looks.year > 0.9) {
      const year = cleaned(column, 'number');
      add(column, [year], 'number', {
        levels: [
          { is: 'exact', m: 0.8 },
          { is: 'similar', at: 0.9994, m: 0.1 },
          { is: 'different', m: 0.1 },
        ],
      });
      block(year, 'category');
      continue;
    }
    const text = cleaned(column, 'clean');
    add(column, [text], 'exact', {
      levels: [
        { is: 'exact', m: 0.85 },
        { is: 'different', m: 0.15 },
      ],
      // What nobody has named may be a town, and those of one house share it.
      shared: people() && because === 'few values',
    });
    block(text, 'category');
  }
  if (!people()) {
    for (const { column } of of('date')) {
      const date = cleaned(column, 'date', dateOrder(columnOf(table, column).values));
      add(column, [date], 'date');
      block(date, 'birth-date');
    }
  }
}
