// The cost table with what there is to put a price on; and its history.
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { z } from 'zod';
import { type Costs, type CostsVersion, EffortKind } from '../api/costs.ts';
import { type CostTable, NO_COSTS } from './cost-table.ts';
import { currentCosts } from './current-costs.ts';
import { latestSnapshot } from './profit-snapshot.ts';

export async function showCosts({ store, settings }: Pick<Context, 'store' | 'settings'>): Promise<z.infer<typeof Costs>> {
  const [{ version, table }, snapshot, { currency }] = await Promise.all([
    currentCosts(store.db),
    latestSnapshot(store.db),
    settings.get(),
  ]);
  const { efforts = [], categories = [], observedMargin = null, uncosted = 0 } = snapshot?.overview ?? {};
  return {
    version,
    table,
    scoredVersion: snapshot?.costsVersion ?? null,
    currency,
    efforts: efforts.flatMap(({ kind, ...rest }) => {
      const known = EffortKind.safeParse(kind);
      return known.success ? [{ kind: known.data, ...rest }] : [];
    }),
    categories,
    observedMargin,
    uncosted,
  };
}

type Version = z.infer<typeof CostsVersion>;

/** Every change, newest first. */
export async function costsHistory({ store }: Pick<Context, 'store'>): Promise<Version[]> {
  const { rows } = await sql<{
    version: number;
    content: CostTable;
    before: CostTable | null;
    note: string;
    restores: number | null;
    by: string;
    changed_at: Date;
  }>`
    select version, content, lag(content) over (order by version) as before, note, restores, changed_by ->> 'name' as by, changed_at
      from cost_version order by version desc limit 200`.execute(store.db);
  return rows.map(({ version, content, before, note, restores, by, changed_at }) => ({
    version,
    by,
    at: changed_at.toISOString(),
    note,
    restores,
    changes: changesBetween(before ?? NO_COSTS, content),
  }));
}

/** What one table says and the other does not, amount by amount. */
export function changesBetween(before: CostTable, after: CostTable): Version['changes'] {
  const was = amountsOf(before);
  const is = amountsOf(after);
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const [old, now] = [was.get(key), is.get(key)];
    if (old?.amount === now?.amount) return [];
    const { of, kind, via, from } = (now ?? old)!;
    return [{ of, kind, via, from, before: old?.amount ?? null, after: now?.amount ?? null }];
  });
}

type Amount = Omit<Version['changes'][number], 'before' | 'after'> & { amount: number };

function amountsOf({ terms, margins }: CostTable): Map<string, Amount> {
  const all = new Map<string, Amount>();
  for (const { kind, via, rates } of terms)
    for (const { from, amount } of rates) all.set(JSON.stringify([kind, via, from]), { of: 'term', kind, via, from, amount });
  if (margins.company !== null) {
    all.set('company', { of: 'company_margin', kind: null, via: null, from: null, amount: margins.company });
  }
  for (const { category, margin } of margins.categories) {
    all.set(JSON.stringify([category]), { of: 'category_margin', kind: null, via: category, from: null, amount: margin });
  }
  return all;
}
