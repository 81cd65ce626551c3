// What can be read, in the reader's words: the views with their columns, and examples to begin with.
import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { type Language, translator } from '@vinculo/languages';
import { MOST_ROWS, type QuestionSchema } from '../api/questions.ts';
import { EXAMPLES } from './examples.ts';
import { boundsOf } from './run-question.ts';
import { VIEWS } from './views.ts';

export async function describeViews(
  { warehouse, config }: Pick<Context, 'warehouse' | 'config'>,
  language: Language,
): Promise<z.infer<typeof QuestionSchema>> {
  const t = translator(language);
  const columns = await warehouse.rows<{ table: string; name: string; type: string }>(
    'select table, name, type from system.columns where database = currentDatabase() and table in {views:Array(String)} order by table, position',
    { views: [...VIEWS] },
  );
  const { rows, seconds, memoryMb } = boundsOf(config.warehouseMemoryMb, MOST_ROWS);
  return {
    views: VIEWS.map((view) => ({
      name: view,
      about: t(`questions:view.${view}`),
      columns: columns
        .filter(({ table }) => table === view)
        .map(({ name, type }) => ({ name, type: type.replace(/^Nullable\((.*)\)$/, '$1'), about: t(`questions:column.${name}`) })),
    })),
    examples: EXAMPLES.map(({ key, sql, parameters }) => ({ name: t(`questions:example.${key}`), sql, parameters: [...parameters] })),
    limits: { rows, seconds, memoryMb },
  };
}
