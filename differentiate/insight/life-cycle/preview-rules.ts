import type { z } from 'zod';
import { STAGES } from '@vinculo/value';
import type { Context } from '@vinculo/http';
import type { RulesPreview } from '../api/life-cycle.ts';
import { readHistories } from './read-histories.ts';
import { checkRules, type LifeCycleRules, lifeCycleRules } from './rules.ts';

/** Where customers would stand by other rules, counted on their real purchases; nothing is written. @throws VIN_LIFECYCLE_STAGE_ORDER */
export async function previewRules(
  { store, warehouse, settings }: Pick<Context, 'store' | 'warehouse' | 'settings'>,
  rules: LifeCycleRules,
  signal: AbortSignal,
): Promise<z.infer<typeof RulesPreview>> {
  checkRules(rules);
  const { timeZone } = await settings.get();
  const { thread, asOf } = await readHistories(warehouse, { at: new Date(), timeZone, signal });
  try {
    if (asOf === undefined) return { moved: 0, customers: 0, moves: [] };
    const counts = await thread.call('compare', { asOf, before: await lifeCycleRules(store), after: rules });
    const moves = counts.flatMap((row, before) =>
      row
        .map((customers, after) => ({ before: STAGES[before]!, after: STAGES[after]!, customers }))
        .filter(({ customers }) => customers > 0),
    );
    const sum = (some: typeof moves) => some.reduce((total, { customers }) => total + customers, 0);
    return { customers: sum(moves), moved: sum(moves.filter(({ before, after }) => before !== after)), moves };
  } finally {
    await thread.end();
  }
}
