// The profit of the whole base as the screens show it.
import type { Context } from '@vinculo/http';
import type { z } from 'zod';
import type { ProfitOverview, ProfitTerm } from '../api/profit.ts';
import { currentCosts } from './current-costs.ts';
import { type DescribeTerm, termDescriptions } from './describe-term.ts';
import { latestSnapshot, type Overview } from './profit-snapshot.ts';

/** 202603 → 2026-03. */
export const writtenMonth = (month: number): string => `${String(month).slice(0, 4)}-${String(month).slice(4)}`;

export async function profitOverview({ store, settings }: Pick<Context, 'store' | 'settings'>): Promise<z.infer<typeof ProfitOverview>> {
  const [snapshot, costs, describe, { currency }] = await Promise.all([
    latestSnapshot(store.db),
    currentCosts(store.db),
    termDescriptions(store.db),
    settings.get(),
  ]);
  const overview = snapshot?.overview ?? NOTHING;
  const { customers, revenue, margin, profit, bases, unknown, belowZero, deciles, curve, byMonth } = overview;
  let reached = { customers: 0, profit: 0 };
  return {
    computedAt: snapshot?.computedAt ?? null,
    currency,
    customers,
    steps: {
      revenue,
      goods: revenue - margin,
      margin,
      terms: [...terms(overview.incomes, 'income', describe), ...terms(overview.costs, 'cost', describe)],
      profit,
    },
    bases,
    unknown,
    belowZero: {
      ...belowZero,
      reasons: belowZero.reasons.map(({ reason, ...of }) => ({ reason, ...of, ...describe(reason) })),
    },
    deciles: deciles.map(({ decile, customers: many, profit: brought }) => ({
      decile,
      customers: many,
      profit: brought,
      share: profit > 0 ? brought / profit : null,
    })),
    curve: curve.length
      ? [
          { customers: 0, profit: 0 },
          ...curve.map((step) => {
            reached = { customers: reached.customers + step.customers, profit: reached.profit + step.profit };
            return { customers: reached.customers / customers, profit: reached.profit };
          }),
        ]
      : [],
    byMonth: byMonth.map(({ month, ...money }) => ({ month: writtenMonth(month), ...money })),
    costsVersion: snapshot?.costsVersion ?? 0,
    outdated: snapshot !== undefined && snapshot.costsVersion !== costs.version,
  };
}

function terms(of: Overview['costs'], side: 'income' | 'cost', describe: DescribeTerm): z.infer<typeof ProfitTerm>[] {
  return of
    .map(([term, amount]) => ({ term, side, amount, ...describe(term) }))
    .filter(({ amount }) => amount !== 0)
    .toSorted((a, b) => b.amount - a.amount);
}

const NOTHING: Overview = {
  customers: 0,
  revenue: 0,
  margin: 0,
  profit: 0,
  costs: [],
  incomes: [],
  bases: { cost: 0, category: 0, company: 0 },
  unknown: { customers: 0, revenue: 0 },
  belowZero: { customers: 0, loss: 0, neverBought: 0, reasons: [] },
  deciles: [],
  curve: [],
  byMonth: [],
  efforts: [],
  categories: [],
  observedMargin: null,
  uncosted: 0,
};
