import type { Settings } from '@vinculo/matching';

/** The columns that a preparation makes: one, or `words1`, `words2` … */
export function columnsMade({ column, as, at }: Settings['prepare'][number]): string[] {
  return as === 'rare-words' ? Array.from({ length: at ?? 6 }, (_, k) => `${column}${k + 1}`) : [column];
}

/** For every column made by a preparation, the columns of the files that it is made from. Others stand for themselves. */
export function originsOf({ prepare }: Pick<Settings, 'prepare'>): (column: string) => string[] {
  const origins = new Map<string, string[]>();
  const of = (column: string): string[] => origins.get(column) ?? [column];
  for (const step of prepare) {
    const from = step.as === 'constant' ? [] : [...new Set(step.from.flatMap(of))];
    for (const column of columnsMade(step)) origins.set(column, from);
  }
  return of;
}
